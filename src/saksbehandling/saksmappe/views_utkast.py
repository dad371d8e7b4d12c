"""The private draft of a saksframlegg: kept while it is typed, compared with what is saved, and thrown away."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import NotFound, SaksbehandlingError
from saksbehandling.richtext import IllegalCharacter
from saksbehandling.saksmappe.framlegg import SaksframleggService
from saksbehandling.saksmappe.framleggsskjema import Saksframleggsskjema
from saksbehandling.saksmappe.framleggstekst import forskjell
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.views_bilde import bilder
from saksbehandling.saksmappe.views_saksframlegg import TILLATELSE, ramme, skrevet_tekst


@view_config(route_name="saksframlegg_utkast", request_method="POST", permission=TILLATELSE, renderer="json")
def ta_vare_paa(sak: Saksmappe, request: Request) -> Any:
    """Sent by the page while somebody types. Answers with the draft's revision, or why it was not kept."""
    if request.POST.get("handling") == "forkast":
        return _forkast(sak, request)
    skjema = Saksframleggsskjema.fra(request.POST, bilder(request).kjente(sak))
    tjeneste = request.find_service(SaksframleggService)
    try:
        tekst = skrevet_tekst(sak, request, skjema)
        utkast = tjeneste.ta_vare_paa(sak, tekst, request.identitet, skjema.radversjon, skjema.revisjon)
    except (IllegalCharacter, SaksbehandlingError) as feil:
        request.tm.doom()
        request.response.status_int = getattr(feil, "status", 400)
        return {"feil": str(feil)}
    return {"revisjon": utkast.revisjon, "lagret": utkast.endret.isoformat()}


@view_config(
    route_name="saksframlegg_endringer",
    request_method="GET",
    permission=TILLATELSE,
    renderer="saksmappe/endringer.jinja2",
)
def endringer(sak: Saksmappe, request: Request) -> dict[str, Any]:
    """What the person's draft would change."""
    tjeneste = request.find_service(SaksframleggService)
    utkast, lagret = tjeneste.utkast(sak, request.identitet), tjeneste.lagret(sak)
    if utkast is None:
        raise NotFound("Du har ikke noe utkast i denne saken. Kanskje det alt er lagret.")
    return {
        **ramme(sak, "Endringene dine"),
        "utkast": utkast,
        "forskjell": forskjell(lagret.tekst, utkast.tekst),
        "skjema": Saksframleggsskjema.av(utkast.tekst, utkast.radversjon, utkast.revisjon),
    }


def _forkast(sak: Saksmappe, request: Request) -> HTTPSeeOther:
    request.find_service(SaksframleggService).forkast(sak, request.identitet)
    request.meld("info", "Utkastet er forkastet. Under står teksten som er lagret i saken.")
    return HTTPSeeOther(request.route_path("saksframlegg", aar=sak.saksaar, sekvens=sak.sakssekvensnummer))
