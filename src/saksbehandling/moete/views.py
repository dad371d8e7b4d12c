"""Meetings: the calendar, a new meeting, and the page of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete import lesing, rules
from saksbehandling.moete.kalender import MEDIETYPE, kalender
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import oppmoete
from saksbehandling.moete.regelsett import regler_for
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import LED, side_fra, utfoer
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Utvalg, Utvalgsregler
from saksbehandling.utvalg.rules import innkallingsdag

Side = dict[str, Any]

OPPRETT = "opprett_moete"
I_KALENDEREN = dt.timedelta(days=365)  # how far back the calendar goes


@view_config(route_name="moeter", request_method="GET", renderer="moete/liste.jinja2")
def liste(request: Request) -> Side:
    """The calendar: what comes, or what was."""
    tidligere = request.GET.get("vis") == "tidligere"
    utvalg = _valgt_utvalg(request)
    side = lesing.moeteliste(
        request.dbsession,
        request.tjenester.felles.clock.today(),
        tidligere=tidligere,
        utvalg_id=utvalg.id if utvalg else None,
        side=side_fra(request),
    )
    return {
        "side": side,
        "tidligere": tidligere,
        "utvalg": utvalg,
        "alle_utvalg": request.tjenester.utvalg.alle(),
        "idag": request.tjenester.felles.clock.today(),
        "moetetilstand": lesing.moetetilstand,
        "kan_opprette": bool(_mine_utvalg(request)),
        "kalender": request.route_url("moetekalender", _query={"utvalg": utvalg.kode} if utvalg else {}),
        "adresse": lambda nr: request.route_path("moeter", _query={**request.GET.mixed(), "side": nr}),
        "broedsmuler": [("Møter", None)],
    }


@view_config(route_name="moetekalender", request_method="GET")
def kalenderen(request: Request) -> Response:
    """The same meetings for a calendar program to follow: of all bodies, or of the one in `utvalg`."""
    utvalg, felles = _valgt_utvalg(request), request.tjenester.felles
    fra = felles.clock.today() - I_KALENDEREN
    moeter = lesing.moeter_fra(request.dbsession, fra, utvalg.id if utvalg else None)
    navn = f"Møter i {utvalg.navn if utvalg else felles.kommune}"
    innhold = kalender(moeter, navn, request.registry["settings"].base_url, felles.clock.now())
    return Response(innhold, content_type=MEDIETYPE, charset="utf-8")


@view_config(route_name="moete_nytt", request_method="GET", renderer="moete/nytt.jinja2")
def skjema_for_nytt(request: Request) -> Side:
    _krev_mine_utvalg(request)
    return _nytt(request, Utfylling())


@view_config(route_name="moete_nytt", request_method="POST", renderer="moete/nytt.jinja2")
def opprett(request: Request) -> Any:
    _krev_mine_utvalg(request)
    felter = Felter(request.POST, "moete")
    try:
        utfoer(request, lambda: _opprett(request, felter))
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        kjente = {navn: navn for navn in ("utvalg", "dato", "starttid", "sted")}
        return _nytt(request, avvist("moete", request.POST, feil, kjente))
    return HTTPSeeOther(request.route_path("moete", id=_finn(request, felter).id))


@view_config(route_name="moete", request_method="GET", renderer="moete/moete.jinja2")
def vis(moete: Moete, request: Request) -> Side:
    return moeteside(moete, request, Utfylling())


def moeteside(moete: Moete, request: Request, utfylling: Utfylling) -> Side:
    """What the page of a meeting shows. `utfylling`: what was typed in a form that was refused."""
    kan_endre = bool(request.has_permission(OPPRETT, moete))
    idag = request.tjenester.felles.clock.today()
    regler = request.tjenester.utvalg.regler(moete.utvalg, moete.dato)
    medlemmer = request.tjenester.utvalg.medlemmer(moete.utvalg, moete.dato)
    saker = lesing.synlig_saksliste(request.dbsession, moete, request.identitet)
    return {
        "moete": moete,
        "saker": saker,
        "trekkbare": _trekkbare(saker) if kan_endre else [],
        "serier": [(prefiks, f"{prefiks} {navn}") for prefiks, navn in regler.nummerserier],
        "tilstand": lesing.tilstand,
        "moetetilstand": lesing.moetetilstand(moete, idag),
        "kan_endre": kan_endre,
        "kan_lede": bool(request.has_permission(LED, moete)),
        "har_plass": any(
            rad.utvalgsperiode.utvalg_id == moete.utvalg_id
            for rad in lesing.mine_medlemskap(request.dbsession, request.identitet, moete.dato)
        ),
        "mulig": rules.mulige(moete.status) if kan_endre else frozenset(),
        "innkalling": _innkalling(moete, regler, idag),
        "kan_lese": lambda ting: kan_lese(request.identitet, ting.lesere),
        "hjemmel": regler_for(moete.dato).hjemmel,
        "q": request.GET.get("q", "").strip(),
        "venter": _venter(moete, request) if kan_endre else [],
        "oppmoete": oppmoete(request.dbsession, moete, medlemmer),
        "utfylling": utfylling,
        "broedsmuler": [("Møter", request.route_path("moeter")), (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", None)],
    }


def _innkalling(moete: Moete, regler: Utvalgsregler, idag: dt.date) -> dict[str, Any]:
    """When the summons is due, by which rule, and whether that is over."""
    senest = innkallingsdag(moete.dato, regler.innkallingsfrist)
    return {"senest": senest, "regler": regler, "passert": idag > senest}


def _trekkbare(saker: Sequence[Moetesak]) -> list[tuple[int, str]]:
    """The items that can be withdrawn, as a list of choices shows them."""
    aapne = [sak for sak in saker if sak.flyt is not None and sak.utfall is Moetesaksutfall.AAPEN]
    return [(sak.id, f"{sak.saksnummer} {sak.tittel}") for sak in aapne]


def _venter(moete: Moete, request: Request) -> list[Saksmappe]:
    """The cases that wait for the body, those with `?q=` in number or title."""
    ord_ = request.GET.get("q", "").casefold().split()
    saker = lesing.venter_paa_saksliste(request.dbsession, moete.utvalg)
    return [sak for sak in saker if all(ett in f"{sak.saksnummer} {sak.offentlig_tittel}".casefold() for ett in ord_)]


def _opprett(request: Request, felter: Felter) -> str:
    utvalg = next((ett for ett in _mine_utvalg(request) if ett.kode == felter.tekst("utvalg")), None)
    dato = felter.dato("dato")
    if utvalg is None:
        raise InvalidInput("Velg hvilket utvalg som skal møtes.", "utvalg")
    if dato is None:
        raise InvalidInput("Skriv datoen for møtet.", "dato")
    request.tjenester.moeter.opprett(
        utvalg, dato, starttid=felter.klokkeslett("starttid"), sted=felter.tekst("sted") or None
    )
    return f"Møtet i {utvalg.navn} {dato:%d.%m.%Y} er opprettet."


def _finn(request: Request, felter: Felter) -> Moete:
    utvalg = request.tjenester.utvalg.finn(felter.tekst("utvalg"))
    moete: Moete = request.tjenester.moeter.finn_moete(utvalg, felter.dato("dato"))
    return moete


def _nytt(request: Request, utfylling: Utfylling) -> Side:
    return {
        "utfylling": utfylling,
        "mine_utvalg": [(ett.kode, ett.navn) for ett in _mine_utvalg(request)],
        "valgt": request.GET.get("utvalg", ""),
        "broedsmuler": [("Møter", request.route_path("moeter")), ("Nytt møte", None)],
    }


def _mine_utvalg(request: Request) -> list[Utvalg]:
    """The bodies that this person may call to a meeting."""
    return [utvalg for utvalg in request.tjenester.utvalg.alle() if request.has_permission(OPPRETT, _Motested(utvalg))]


class _Motested:
    """Stands for the meeting that does not exist yet, so that its body decides the permission."""

    def __init__(self, utvalg: Utvalg) -> None:
        self.utvalg = utvalg


def _krev_mine_utvalg(request: Request) -> None:
    if not _mine_utvalg(request):
        raise HTTPForbidden()


def _valgt_utvalg(request: Request) -> Utvalg | None:
    kode = request.GET.get("utvalg", "")
    return next((ett for ett in request.tjenester.utvalg.alle() if ett.kode == kode), None)
