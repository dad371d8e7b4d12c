"""The order of voting in an item: what is proposed, and how the chair or the secretary changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.view import view_config

from saksbehandling.errors import SaksbehandlingError
from saksbehandling.innsyn import behandlingsbilder
from saksbehandling.innsyn.registreringsside import objektvalg, voteringsside
from saksbehandling.moete import TALL
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import LED, REGISTRER, moetesak_for, uendret, utfoer
from saksbehandling.vedtak.rekkefoelge import INNSTILLINGEN

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

MAL = "behandling/orden.jinja2"
KJENTE = {"plass": "plass", "begrunnelse": "begrunnelse"}


def includeme(config: Configurator) -> None:
    config.add_route("voteringsorden", f"/moetesaker/{{id:{TALL}}}/voteringsorden", factory=moetesak_for)
    config.scan("saksbehandling.innsyn.ordenside")


@view_config(route_name="voteringsorden", request_method="GET", permission="les", renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    _krev_kan_endre(moetesak, request)
    return _side(moetesak, request, Utfylling())


@view_config(route_name="voteringsorden", request_method="POST", permission="les", renderer=MAL)
def sett(moetesak: Moetesak, request: Request) -> Any:
    """The order as typed: a place beside each."""
    _krev_kan_endre(moetesak, request)
    felter = Felter(request.POST, "orden")

    def handling() -> str:
        gang = request.tjenester.voteringsgang
        plasser = {noekkel: felter.tall(f"plass-{noekkel}") for noekkel in gang.orden(moetesak)}
        noekler = sorted(plasser, key=lambda noekkel: plasser[noekkel] or len(plasser))
        gang.sett(moetesak, noekler, felter.tekst("begrunnelse"), request.identitet)
        return "Voteringsrekkefølgen er lagret."

    try:
        utfoer(request, lambda: uendret(request, moetesak), handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moetesak, request, avvist("orden", request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("voteringsorden", id=moetesak.id))


def _krev_kan_endre(moetesak: Moetesak, request: Request) -> None:
    """The chair proposes the order, and whoever records the treatment writes it down."""
    if not (request.has_permission(REGISTRER, moetesak) or request.has_permission(LED, moetesak.moete)):
        raise HTTPForbidden()


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    tjenester = request.tjenester
    behandling = behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)
    return {
        **voteringsside(behandling, request, utfylling, "Voteringsrekkefølge"),
        "orden": voteringsrekkefoelge(behandling, request),
        "spor": tjenester.voteringsgang.spor(moetesak),
        "navn": _navn(behandling),
        "foerer": bool(request.has_permission(REGISTRER, moetesak)),
    }


def voteringsrekkefoelge(behandling: behandlingsbilder.Behandling, request: Request) -> list[tuple[str, str, str]]:
    """What is to be voted on, in order: key, name, and its first words."""
    navn = _navn(behandling)
    return [(noekkel, *navn[noekkel]) for noekkel in request.tjenester.voteringsgang.orden(behandling.moetesak)]


def _navn(behandling: behandlingsbilder.Behandling) -> dict[str, tuple[str, str]]:
    kjente = {noekkel: (navn, om) for noekkel, navn, om in objektvalg(behandling)}
    return {**kjente, INNSTILLINGEN: ("Innstillingen", "avsnittene som ingen foreslår å endre")}
