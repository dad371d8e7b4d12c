"""Meetings: the calendar, one meeting with its agenda, attendance, and the secretary's desk."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound, SaksbehandlingError
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete import lesing
from saksbehandling.moete.models import Moete
from saksbehandling.moete.oppmoete import oppmoete
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import hendelsesdato, side_fra, utfoer
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Utvalg

Side = dict[str, Any]

OPPRETT = "opprett_moete"


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
        "adresse": lambda nr: request.route_path("moeter", _query={**request.GET.mixed(), "side": nr}),
        "broedsmuler": [("Møter", None)],
    }


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


@view_config(route_name="moete_saker", request_method="POST", permission=OPPRETT, renderer="moete/moete.jinja2")
def sett_paa_saksliste(moete: Moete, request: Request) -> Any:
    """Put a case on the agenda."""
    felter = Felter(request.POST, "sak")
    return _endre(moete, request, "sak", lambda: _sett_paa(moete, request, felter))


@view_config(route_name="saksliste", request_method="POST", permission=OPPRETT, renderer="moete/moete.jinja2")
def publiser_saksliste(moete: Moete, request: Request) -> Any:
    """Send the agenda; from then on it is public."""

    def handling() -> str:
        request.tjenester.moeter.publiser_saksliste(moete)
        return "Sakslisten er sendt til medlemmene og er offentlig."

    return _endre(moete, request, "saksliste", handling)


def moeteside(moete: Moete, request: Request, utfylling: Utfylling) -> Side:
    """What the page of a meeting shows. `utfylling`: what was typed in a form that was refused."""
    kan_endre = bool(request.has_permission(OPPRETT, moete))
    medlemmer = request.tjenester.utvalg.medlemmer(moete.utvalg, moete.dato)
    return {
        "moete": moete,
        "saker": lesing.synlig_saksliste(request.dbsession, moete, request.identitet),
        "tilstand": lesing.tilstand,
        "moetetilstand": lesing.moetetilstand(moete, request.tjenester.felles.clock.today()),
        "kan_endre": kan_endre,
        "kan_lese": lambda ting: kan_lese(request.identitet, ting.lesere),
        "venter": lesing.venter_paa_saksliste(request.dbsession, moete.utvalg) if kan_endre else [],
        "oppmoete": oppmoete(request.dbsession, moete, medlemmer),
        "utfylling": utfylling,
        "broedsmuler": [("Møter", request.route_path("moeter")), (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", None)],
    }


def _endre(moete: Moete, request: Request, skjema: str, handling: Any) -> Any:
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        kjente = {"sak": "saksnummer", "saksnummer": "saksnummer", "nummer": "nummer"}
        return moeteside(moete, request, avvist(skjema, request.POST, feil, kjente))
    return HTTPSeeOther(request.route_path("moete", id=moete.id))


def _sett_paa(moete: Moete, request: Request, felter: Felter) -> str:
    sak = _saken(moete, request, felter)
    ny = request.tjenester.moeter.sett_paa_saksliste(
        moete, sak, request.identitet, nummer=felter.tall("nummer"), dato=hendelsesdato(request, moete)
    )
    if moete.saksliste is not None and moete.saksliste.publisert:
        # What comes on after the agenda was sent goes out at once, with its papers.
        request.tjenester.moeter.publiser_saksliste(moete)
    return f"{sak.saksnummer} står på sakslisten som {ny.saksnummer}."


def _saken(moete: Moete, request: Request, felter: Felter) -> Saksmappe:
    """The case that was typed, or else chosen. One that does not wait for the body must be one that the person sees."""
    nummer = felter.tekst("saksnummer") or felter.tekst("valgt")
    if not nummer:
        raise InvalidInput("Velg en sak, eller skriv saksnummeret.", "saksnummer")
    try:
        sak: Saksmappe = request.tjenester.saker.finn(nummer)
    except NotFound as feil:
        raise InvalidInput(str(feil), "saksnummer") from feil
    venter = sak in lesing.venter_paa_saksliste(request.dbsession, moete.utvalg)
    if not venter and not kan_lese(request.identitet, sak.lesere):
        raise InvalidInput(f"Det finnes ingen sak med nummer {nummer}.", "saksnummer")
    return sak


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
