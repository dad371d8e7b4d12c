"""The bodies' settings: who sits there, and what their reglement decides, with every earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.moete.regelsett import REGELSETT, regler_for
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.utvalg.models import Medlemskap, Utvalg, Utvalgsregler
from saksbehandling.utvalg.rules import krev_frist, les_serier
from saksbehandling.utvalg.services import MALFORMER

REDIGER = "rediger_utvalg"
MAL = "moete/utvalg.jinja2"
FELTER = ("fra", "frist", "nummerserier", "felles", "behold", "tilfoersel", "blanke", "hjemmel")


@view_config(route_name="utvalgsoppsett", request_method="GET", renderer="moete/utvalgene.jinja2")
def alle(request: Request) -> dict[str, Any]:
    """Every body, with its seats and what holds there today."""
    if not request.has_permission(REDIGER, None):
        raise HTTPForbidden()
    idag = request.tjenester.felles.clock.today()
    utvalg = request.tjenester.utvalg
    return {
        "rader": [(ett, utvalg.periode(ett, idag), utvalg.regler(ett, idag)) for ett in utvalg.alle()],
        "broedsmuler": [("Utvalg", None)],
    }


@view_config(route_name="utvalg_oppsett", request_method="GET", permission=REDIGER, renderer=MAL)
def vis(utvalg: Utvalg, request: Request) -> dict[str, Any]:
    return _side(utvalg, request, Utfylling())


@view_config(route_name="utvalg_oppsett", request_method="POST", permission=REDIGER, renderer=MAL)
def nye_regler(utvalg: Utvalg, request: Request) -> Any:
    """A new version of what the body's reglement decides."""
    felter = Felter(request.POST, "regler")

    def handling() -> str:
        nye = _les(felter)
        felles = request.tjenester
        felles.utvalg.nye_regler(utvalg, nye, hvem=request.identitet.navn, naa=felles.felles.clock.now())
        return f"Reglene gjelder fra {nye.gyldig_fra:%d.%m.%Y}."

    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(utvalg, request, avvist("regler", request.POST, feil, {felt: felt for felt in FELTER}))
    return HTTPSeeOther(request.route_path("utvalg_oppsett", kode=utvalg.kode))


@view_config(route_name="utvalg_malform", request_method="POST", permission=REDIGER, renderer=MAL)
def ny_malform(utvalg: Utvalg, request: Request) -> Any:
    """What the body's documents are written in from now on."""
    felter = Felter(request.POST, "skriver")

    def handling() -> str:
        malform = felter.tekst("malform")
        request.tjenester.utvalg.sett_malform(utvalg, malform)
        return f"{utvalg.navn} skriver {MALFORMER[malform]}. Nye dokumenter følger det."

    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(utvalg, request, avvist("skriver", request.POST, feil, {"malform": "malform"}))
    return HTTPSeeOther(request.route_path("utvalg_oppsett", kode=utvalg.kode))


def _les(felter: Felter) -> Utvalgsregler:
    fra = felter.dato("fra")
    if fra is None:
        raise InvalidInput("Skriv fra hvilken dag reglene gjelder.", "fra")
    if not felter.har("hjemmel"):
        raise InvalidInput("Skriv hvor reglementet sier dette, for eksempel «Reglement for bystyret § 4».", "hjemmel")
    if len(felter.tekst("hjemmel")) > 200:
        raise InvalidInput("Henvisningen kan ha høyst 200 tegn.", "hjemmel")
    return Utvalgsregler(
        gyldig_fra=fra,
        innkallingsfrist=krev_frist(felter.tall("frist")),
        nummerserier=[[serie.prefiks, serie.navn] for serie in les_serier(felter.tekst("nummerserier"))],
        felles_nummer=felter.har("felles"),
        behold_nummer_ved_utsettelse=felter.har("behold"),
        tilfoersel_avgjoeres=felter.har("tilfoersel"),
        blanke_tillatt=felter.har("blanke"),
        hjemmel=felter.tekst("hjemmel"),
    )


def _side(utvalg: Utvalg, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    tjenester = request.tjenester
    idag = tjenester.felles.clock.today()
    medlemmer = tjenester.utvalg.medlemmer(utvalg, idag)
    return {
        "utvalg": utvalg,
        "idag": idag,
        "malformer": MALFORMER,
        "regler": tjenester.utvalg.regler(utvalg, idag),
        "versjoner": sorted(utvalg.regelversjoner, key=lambda rad: (rad.gyldig_fra, rad.id), reverse=True),
        "lov": regler_for(idag),
        "lover": REGELSETT,
        "periode": tjenester.utvalg.periode(utvalg, idag),
        "perioder": sorted(utvalg.perioder, key=lambda rad: rad.valgperiode.fra, reverse=True),
        "grupper": grupper(medlemmer),
        "utfylling": utfylling,
        "broedsmuler": [("Utvalg", request.route_path("utvalgsoppsett")), (utvalg.navn, None)],
    }


def grupper(medlemmer: Sequence[Medlemskap]) -> list[tuple[str, list[Medlemskap]]]:
    """Members and their substitutes together, by party in the usual order."""
    ordnet = sorted(medlemmer, key=lambda rad: (rad.parti.rekkefoelge, rad.parti.id))
    return [(parti.navn, list(rader)) for parti, rader in groupby(ordnet, key=lambda rad: rad.parti)]
