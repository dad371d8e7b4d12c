"""The page on which a body gets members and substitutes, and where it is recorded that one leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.moete.medlemsfoering import Medlemsfoering, krev_periode
from saksbehandling.moete.schemas import Felter, Utfylling, avvist, medlemsnavn
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.moete.views_utvalg import REDIGER
from saksbehandling.utvalg.models import Funksjon, Person, Utvalg

MAL = "moete/medlemmer.jinja2"
FELTER = ("fornavn", "etternavn", "parti", "funksjon", "fra", "medlem", "til")


@view_config(route_name="utvalg_medlemmer", request_method="GET", permission=REDIGER, renderer=MAL)
def vis(utvalg: Utvalg, request: Request) -> dict[str, Any]:
    return _side(utvalg, request, Utfylling())


@view_config(route_name="utvalg_medlemmer", request_method="POST", permission=REDIGER, renderer=MAL)
def nytt(utvalg: Utvalg, request: Request) -> Any:
    """Somebody takes a seat."""
    felter = Felter(request.POST, "ny")

    def handling() -> str:
        fra = felter.dato("fra")
        if fra is None:
            raise InvalidInput("Skriv den første dagen.", "fra")
        if felter.tekst("funksjon") not in set(Funksjon):
            raise InvalidInput("Velg en funksjon fra listen.", "funksjon")
        parti = request.tjenester.utvalg.parti(felter.tekst("parti"))
        funksjon = Funksjon(felter.tekst("funksjon"))
        rad = _foering(utvalg, request).ny(_person(felter, request), parti, funksjon, fra)
        return f"{rad.person.navn} ({parti.kode}) er {funksjon} fra {fra:%d.%m.%Y}."

    return _utfoert(utvalg, request, "ny", handling)


@view_config(route_name="utvalg_siste_dag", request_method="POST", permission=REDIGER, renderer=MAL)
def siste_dag(utvalg: Utvalg, request: Request) -> Any:
    """Somebody leaves on a day, or stays after all."""
    felter = Felter(request.POST, "slutt")

    def handling() -> str:
        foering, til = _foering(utvalg, request), felter.dato("til")
        rad = next((rad for rad in foering.alle() if str(rad.id) == felter.tekst("medlem")), None)
        if rad is None:
            raise InvalidInput("Velg et medlem fra listen.", "medlem")
        foering.siste_dag(rad, til)
        return f"{rad.person.navn} sitter {f'til og med {til:%d.%m.%Y}' if til else 'ut valgperioden'}."

    return _utfoert(utvalg, request, "slutt", handling)


def _utfoert(utvalg: Utvalg, request: Request, skjema: str, handling: Callable[[], str]) -> Any:
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(utvalg, request, avvist(skjema, request.POST, feil, {felt: felt for felt in FELTER}))
    return HTTPSeeOther(request.route_path("utvalg_medlemmer", kode=utvalg.kode))


def _person(felter: Felter, request: Request) -> Person:
    """The one of that name in the register, unless it is said to be another; else a new one."""
    for felt in ("fornavn", "etternavn"):
        if not 0 < len(felter.tekst(felt)) <= 120:
            raise InvalidInput(f"Skriv {felt}et, høyst 120 tegn.", felt)
    ny = Person(fornavn=felter.tekst("fornavn"), etternavn=felter.tekst("etternavn"))
    kjent = None if felter.har("annen") else request.tjenester.utvalg.finn_person(ny.navn)
    return kjent or ny


def _foering(utvalg: Utvalg, request: Request) -> Medlemsfoering:
    idag = request.tjenester.felles.clock.today()
    return Medlemsfoering(request.dbsession, krev_periode(request.tjenester.utvalg.periode(utvalg, idag)))


def _side(utvalg: Utvalg, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    idag = request.tjenester.felles.clock.today()
    periode = request.tjenester.utvalg.periode(utvalg, idag)
    rader = Medlemsfoering(request.dbsession, periode).alle() if periode else []
    oppsettet = request.route_path("utvalg_oppsett", kode=utvalg.kode)
    return {
        "utvalg": utvalg,
        "idag": idag,
        "periode": periode,
        "rader": rader,
        "valgene": [(rad.id, f"{medlemsnavn(rad)}, {rad.funksjon}") for rad in rader],
        "partier": [(parti.kode, parti.navn) for parti in request.tjenester.utvalg.partier()],
        "funksjoner": [(funksjon.value, funksjon.value.capitalize()) for funksjon in Funksjon],
        "utfylling": utfylling,
        "broedsmuler": [
            ("Utvalg", request.route_path("utvalgsoppsett")),
            (utvalg.navn, oppsettet),
            ("Medlemmer", None),
        ],
    }
