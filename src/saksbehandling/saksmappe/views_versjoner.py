"""Every text of the saksframlegg that was saved: the list, one beside another, and taking one up again."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import NotFound, SaksbehandlingError
from saksbehandling.saksmappe.framlegg import SaksframleggService
from saksbehandling.saksmappe.framleggstekst import Framleggstekst, forskjell
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.schemas import Feil, feil_av, heltall
from saksbehandling.saksmappe.views_saksframlegg import TILLATELSE, ramme

LES = "les_utkast"
MAL = "saksmappe/versjon.jinja2"


@view_config(
    route_name="saksframlegg_versjoner", request_method="GET", permission=LES, renderer="saksmappe/versjoner.jinja2"
)
def versjoner(sak: Saksmappe, request: Request) -> dict[str, Any]:
    lagringer = request.find_service(SaksframleggService).lagringer(sak)
    siste = {rad.saksframlegg_id: rad.nummer for rad in reversed(lagringer) if rad.saksframlegg.godkjent}
    return {
        **ramme(sak, "Versjoner"),
        "lagringer": lagringer,
        "godkjente": frozenset(siste.values()),
        "kan_skrive": request.has_permission(TILLATELSE, sak),
    }


@view_config(route_name="saksframlegg_versjon", request_method="GET", permission=LES, renderer=MAL)
def versjon(sak: Saksmappe, request: Request) -> dict[str, Any]:
    """One version, compared with the one before or with that of `?mot=`."""
    return _side(sak, request, [])


@view_config(route_name="saksframlegg_versjon", request_method="POST", permission=TILLATELSE, renderer=MAL)
def gjenopprett(sak: Saksmappe, request: Request) -> Any:
    tjeneste, nummer = request.find_service(SaksframleggService), int(request.matchdict["nummer"])
    try:
        tjeneste.gjenopprett(sak, nummer, heltall(request.POST.get("radversjon", "")), request.identitet)
    except NotFound:
        raise
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        return _side(sak, request, feil_av(feil))
    request.meld("suksess", f"Versjon {nummer} er hentet fram og gjelder nå. Den som stod der, ligger under versjoner.")
    return HTTPSeeOther(request.route_path("saksframlegg_versjoner", **request.matchdict))


def _side(sak: Saksmappe, request: Request, feil: Feil) -> dict[str, Any]:
    tjeneste = request.find_service(SaksframleggService)
    lagring = tjeneste.lagring(sak, int(request.matchdict["nummer"]))
    lagringer = tjeneste.lagringer(sak)
    mot = heltall(request.GET.get("mot", ""))
    mot = lagring.nummer - 1 if mot is None else mot
    foer = tjeneste.lagring(sak, mot).tekst if mot else Framleggstekst()
    return {
        **ramme(sak, f"Versjon {lagring.nummer}"),
        "lagring": lagring,
        "mot": mot,
        "lagringer": lagringer,
        "forskjell": forskjell(foer, lagring.tekst),
        "lagret": tjeneste.lagret(sak),
        "kan_hentes": request.has_permission(TILLATELSE, sak) and lagring.nummer != lagringer[0].nummer,
        "feil": feil,
    }
