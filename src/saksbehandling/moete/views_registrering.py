"""Recording what belongs to the meeting itself in a treatment: opening it, notes, habilitet, saksordfører."""

from __future__ import annotations

from collections.abc import Sequence

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput
from saksbehandling.moete.models import Habilitetsutfall, Moetesak
from saksbehandling.moete.schemas import Felter, finn_medlem
from saksbehandling.moete.views_felles import REGISTRER, hendelsesdato, krev_innlogget, registrer
from saksbehandling.utvalg.models import Medlemskap


@view_config(route_name="moetesak_aapne", request_method="POST", permission="les")
def aapne(moetesak: Moetesak, request: Request) -> Response:
    """Begin the treatment."""
    krev_innlogget(request)

    def handling(_felter: Felter) -> str:
        dato = hendelsesdato(request, moetesak.moete)
        request.tjenester.moeter.hendelse(moetesak, "aapne", request.identitet, dato=dato)
        return f"{moetesak.saksnummer} er åpnet."

    return registrer(request, moetesak, "aapne", handling)


@view_config(route_name="notat_nytt", request_method="POST", permission=REGISTRER)
def noter(moetesak: Moetesak, request: Request) -> Response:
    """A free paragraph of the minutes."""

    def handling(felter: Felter) -> str:
        request.tjenester.moeter.noter(moetesak, felter.blokker("tekst"))
        return "Notatet er ført i protokollen."

    return registrer(request, moetesak, "notat", handling)


@view_config(route_name="habilitet_ny", request_method="POST", permission=REGISTRER)
def vurder_habilitet(moetesak: Moetesak, request: Request) -> Response:
    """The body's decision on a member's habilitet."""

    def handling(felter: Felter) -> str:
        medlem = finn_medlem(medlemmer(request, moetesak), felter.tekst("person"), moetesak.utvalg.navn, "person")
        tekst = felter.blokker("tekst")
        if not tekst:
            raise InvalidInput("Skriv hva utvalget vurderte og kom til.", "tekst")
        utfall = _utfall(felter.tekst("utfall"))
        alle, navn = medlemmer(request, moetesak), felter.tekst("vara")
        vara = finn_medlem(alle, navn, moetesak.utvalg.navn, "vara") if navn else None
        request.tjenester.habilitet.vurder(moetesak, medlem.person, utfall, tekst, vara)
        return f"{medlem.person.navn} er ført som {utfall.value}."

    return registrer(request, moetesak, "habilitet", handling)


@view_config(route_name="saksordfoerer", request_method="POST", permission=REGISTRER)
def sett_saksordfoerer(moetesak: Moetesak, request: Request) -> Response:
    """Who presents the case; an empty field takes it away."""

    def handling(felter: Felter) -> str:
        navn = felter.tekst("person")
        medlem = finn_medlem(medlemmer(request, moetesak), navn, moetesak.utvalg.navn, "person") if navn else None
        request.tjenester.moeter.sett_saksordfoerer(moetesak, medlem)
        return f"{medlem.person.navn} er saksordfører." if medlem else "Saken har ingen saksordfører."

    return registrer(request, moetesak, "saksordfoerer", handling)


def medlemmer(request: Request, moetesak: Moetesak) -> Sequence[Medlemskap]:
    """Members and substitutes of the body on the day of the meeting."""
    funnet: Sequence[Medlemskap] = request.tjenester.utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
    return funnet


def _utfall(tekst: str) -> Habilitetsutfall:
    try:
        return Habilitetsutfall(tekst)
    except ValueError:
        raise InvalidInput("Velg om medlemmet ble funnet habil eller inhabil.", "utfall") from None
