"""The page where the uncontested items of an agenda are ticked and adopted together."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import AccessDenied, SaksbehandlingError
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete.lesing import saksliste, tilstand
from saksbehandling.moete.models import Moete
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views import OPPRETT
from saksbehandling.moete.views_felles import REGISTRER, hendelsesdato, utfoer
from saksbehandling.vedtak.utkryssing import Utkryssing, hvorfor_ikke

MAL = "vedtak/utkryssing.jinja2"
KJENTE = {"saker": "sak", "til_stede": "sak", "stemmer_mot": "sak"}


@view_config(route_name="utkryssing", request_method="GET", permission=OPPRETT, renderer=MAL)
def vis(moete: Moete, request: Request) -> dict[str, Any]:
    """The items that nobody contests, and why the others are not among them."""
    return _side(moete, request, Utfylling())


@view_config(route_name="utkryssing", request_method="POST", permission=OPPRETT, renderer=MAL)
def vedta(moete: Moete, request: Request) -> Any:
    """Those ticked are adopted, all or none."""
    felter = Felter(request.POST, "utkryssing")

    def handling() -> str:
        valgte = set(felter.alle("sak"))
        saker = [sak for sak in saksliste(request.dbsession, moete) if str(sak.id) in valgte]
        tjenester = request.tjenester
        utkryssing = Utkryssing(request.dbsession, tjenester.moeter, tjenester.voteringer, tjenester.vedtak)
        utkryssing.vedta(saker, request.identitet, hendelsesdato(request, moete))
        return f"{len(saker)} saker er vedtatt samlet: {', '.join(sak.saksnummer for sak in saker)}."

    try:
        utfoer(request, lambda: _krev_tillatt(moete, request, felter), handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moete, request, avvist("utkryssing", request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("moete", id=moete.id))


def _krev_tillatt(moete: Moete, request: Request, felter: Felter) -> None:
    """Each item that stands open is one that this person records; the workflow asks who may open the others."""
    valgte = set(felter.alle("sak"))
    for sak in saksliste(request.dbsession, moete):
        aapen = sak.flyt is not None and sak.flyt.aktive == "til_behandling"
        if str(sak.id) in valgte and aapen and not request.has_permission(REGISTRER, sak):
            raise AccessDenied("Behandlingen føres av utvalgets sekretær.")


def _side(moete: Moete, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    saker = [sak for sak in saksliste(request.dbsession, moete) if kan_lese(request.identitet, sak.lesere)]
    return {
        "moete": moete,
        "saker": saker,
        "ikke": hvorfor_ikke(request.dbsession, saker),
        "tilstand": tilstand,
        "utfylling": utfylling,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", request.route_path("moete", id=moete.id)),
            ("Samlet votering", None),
        ],
    }
