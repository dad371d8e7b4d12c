"""The page of one's own saved searches, and the forms that save and change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.identity.models import Bruker
from saksbehandling.lagretsoek.models import LagretSoek, Varsling
from saksbehandling.lagretsoek.services import LagretSoekService
from saksbehandling.lagretsoek.varsling import FLEST, soek_fra, treffene
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import utfoer

MAL = "lagretsoek/liste.jinja2"
FELTER = {navn: navn for navn in ("navn", "varsling", "epost")}
VALG = {
    Varsling.INGEN: "Ikke på e-post",
    Varsling.STRAKS: "E-post straks",
    Varsling.DAGLIG: "E-post hver morgen",
}


def varslingsvalg(request: Request) -> list[tuple[str, str]]:
    """How one can be told of new hits; nothing where the installation sends no e-mail."""
    return [(valg.value, ord_) for valg, ord_ in VALG.items()] if request.registry["settings"].sends_mail else []


@view_config(route_name="lagrede_sok", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer=MAL)
def vis(request: Request) -> dict[str, Any]:
    """For whoever is logged in: one's own, and nobody else's."""
    return _side(request, Utfylling())


@view_config(route_name="lagrede_sok", request_method="POST", permission=NO_PERMISSION_REQUIRED, renderer=MAL)
def lagre(request: Request) -> Any:
    def handling(felter: Felter) -> str:
        soek = soek_fra(felter.tekst("sporring"), request.identitet)
        lagret = _mine(request).lagre(soek, felter.tekst("navn"), _varsling(felter))
        return f"Søket «{lagret.navn}» er lagret.{_raad(request, lagret)}"

    return _svar(request, "nytt", handling)


@view_config(route_name="lagret_sok", request_method="POST", permission=NO_PERMISSION_REQUIRED, renderer=MAL)
def endre(request: Request) -> Any:
    lagret = _lagret(request)

    def handling(felter: Felter) -> str:
        _mine(request).endre(lagret, felter.tekst("navn"), _varsling(felter))
        return f"«{lagret.navn}» er endret.{_raad(request, lagret)}"

    return _svar(request, f"s{lagret.id}", handling)


@view_config(route_name="lagret_sok_slett", request_method="POST", permission=NO_PERMISSION_REQUIRED, renderer=MAL)
def slett(request: Request) -> Any:
    lagret = _lagret(request)
    navn = lagret.navn

    def handling(_felter: Felter) -> str:
        _mine(request).slett(lagret)
        return f"«{navn}» er slettet."

    return _svar(request, f"s{lagret.id}", handling)


@view_config(route_name="lagrede_sok_epost", request_method="POST", permission=NO_PERMISSION_REQUIRED, renderer=MAL)
def sett_epost(request: Request) -> Any:
    def handling(felter: Felter) -> str:
        epost = felter.tekst("epost")
        _mine(request).sett_epost(epost)
        return f"Varsler sendes til {epost}." if epost else "E-postadressen er tatt bort."

    return _svar(request, "min", handling)


def _mine(request: Request) -> LagretSoekService:
    if request.identitet.bruker_id is None:
        raise HTTPForbidden
    motor, klokke = request.registry["search_engine"], request.registry["clock"]
    return LagretSoekService(
        request.dbsession,
        klokke,
        request.identitet.bruker_id,
        lambda lagret: treffene(motor, lagret, klokke.today()),
    )


def _lagret(request: Request) -> LagretSoek:
    return _mine(request).ett(int(request.matchdict["id"]))


def _varsling(felter: Felter) -> Varsling:
    valgt = felter.tekst("varsling") or Varsling.INGEN
    try:
        return Varsling(valgt)
    except ValueError:
        raise InvalidInput("Velg om du vil ha e-post.", "varsling") from None


def _raad(request: Request, lagret: LagretSoek) -> str:
    if _mine(request).varsler_om_alt(lagret):
        return ""
    return f" Det har minst {FLEST} treff, og du får bare vite om nye blant de nyeste. Avgrens søket for å få med alle."


def _svar(request: Request, skjema: str, handling: Callable[[Felter], str]) -> Any:
    _mine(request)
    try:
        utfoer(request, lambda: handling(Felter(request.POST, skjema)))
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(request, avvist(skjema, request.POST, feil, FELTER))
    return HTTPSeeOther(request.route_path("lagrede_sok"))


def _side(request: Request, utfylling: Utfylling) -> dict[str, Any]:
    mine = _mine(request)
    return {
        "lagrede": mine.alle(),
        "epost": request.dbsession.get_one(Bruker, request.identitet.bruker_id).epost or "",
        "ord": VALG,
        "utfylling": utfylling,
        "broedsmuler": [("Søk", request.route_path("sok")), ("Lagrede søk", None)],
    }
