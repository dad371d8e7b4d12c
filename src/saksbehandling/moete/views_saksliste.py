"""Making the agenda and taking the meeting through its course: cases on, in order and off; sent, opened, adjourned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound, SaksbehandlingError
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete import lesing
from saksbehandling.moete.kodeverk import Moetehendelse, Oppfoering
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.schemas import Felter, avvist
from saksbehandling.moete.views import OPPRETT, moeteside
from saksbehandling.moete.views_felles import hendelsesdato, utfoer
from saksbehandling.saksmappe.models import Saksmappe

MAL = "moete/moete.jinja2"
KJENTE = {
    "sak": "saksnummer",
    "saksnummer": "saksnummer",
    "nummer": "nummer",
    "serie": "serie",
    "mot": "mot",
    "leder": "leder",
    "begrunnelse": "begrunnelse",
    "kl": "kl",
}


@view_config(route_name="moete_saker", request_method="POST", permission=OPPRETT, renderer=MAL)
def sett_paa_saksliste(moete: Moete, request: Request) -> Any:
    """Put one or several cases on the agenda."""
    felter = Felter(request.POST, "sak")
    return _endre(moete, request, "sak", lambda: _sett_paa(moete, request, felter))


@view_config(route_name="moete_rekkefoelge", request_method="POST", permission=OPPRETT, renderer=MAL)
def ordne(moete: Moete, request: Request) -> Any:
    """Move an item up or down, or put all in a new order."""
    felter = Felter(request.POST, "orden")

    def handling() -> None:
        sett = _ider(felter.tekst("sett"))
        request.tjenester.moetegang.ordne(moete, _ny_orden(felter, sett), sett)

    flyttet = felter.tekst("opp") or felter.tekst("ned")
    return _endre(moete, request, "orden", handling, anker=f"sak-{flyttet}" if flyttet else "saksliste")


@view_config(route_name="moete_trekk", request_method="POST", permission=OPPRETT, renderer=MAL)
def trekk(moete: Moete, request: Request) -> Any:
    """Withdraw a case: it stays on the agenda as withdrawn, with its number."""
    felter = Felter(request.POST, "trekk")

    def handling() -> str:
        moetesak = _egen_sak(moete, felter.tekst("sak"))
        dato = hendelsesdato(request, moete)
        request.tjenester.moeter.hendelse(
            moetesak, "trekk", request.identitet, dato=dato, merknad=felter.tekst("grunn") or None
        )
        return f"{moetesak.saksnummer} er trukket. Nummeret blir stående og brukes ikke om igjen."

    return _endre(moete, request, "trekk", handling)


@view_config(route_name="saksliste", request_method="POST", permission=OPPRETT, renderer=MAL)
def innkall(moete: Moete, request: Request) -> Any:
    """Send the summons with the agenda; from then on it is public."""
    felter = Felter(request.POST, "saksliste")

    def handling() -> str:
        request.tjenester.moetegang.innkall(moete, felter.tekst("begrunnelse"))
        return "Innkallingen og sakslisten er sendt til medlemmene, og sakslisten er offentlig."

    return _endre(moete, request, "saksliste", handling)


@view_config(route_name="moetegang", request_method="POST", permission=OPPRETT, renderer=MAL)
def gang(moete: Moete, request: Request) -> Any:
    """The meeting is opened, adjourned or called off."""
    felter = Felter(request.POST, "gang")
    moetegang = request.tjenester.moetegang
    valg: dict[str, Callable[[], str]] = {
        Moetehendelse.SETT: lambda: moetegang.sett(moete, felter.klokkeslett("kl")) or "Møtet er satt.",
        Moetehendelse.HEV: lambda: moetegang.hev(moete, felter.klokkeslett("kl")) or "Møtet er hevet.",
        Moetehendelse.AVLYS: lambda: moetegang.avlys(moete) or "Møtet er avlyst.",
    }

    def handling() -> str:
        if felter.tekst("hendelse") not in valg:
            raise InvalidInput("Velg hva som skal skje med møtet.")
        return valg[felter.tekst("hendelse")]()

    return _endre(moete, request, "gang", handling)


def _endre(
    moete: Moete, request: Request, skjema: str, handling: Callable[[], str | None], anker: str | None = None
) -> Any:
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return moeteside(moete, request, avvist(skjema, request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("moete", id=moete.id, _anchor=anker))


def _sett_paa(moete: Moete, request: Request, felter: Felter) -> str:
    saker = _sakene(moete, request, felter)
    if felter.tall("nummer") and len(saker) > 1:
        raise InvalidInput("Et nummer kan bare gis når du setter på én sak.", "nummer")
    nye = [_sett_paa_en(moete, sak, request, felter) for sak in saker]
    if moete.saksliste is not None and moete.saksliste.publisert:
        # What comes on after the agenda was sent goes out at once, with its papers.
        request.tjenester.sakslister.publiser(moete)
    return ", ".join(f"{ny.saksmappe.saksnummer} står på sakslisten som {ny.saksnummer}" for ny in nye) + "."


def _sett_paa_en(moete: Moete, sak: Saksmappe, request: Request, felter: Felter) -> Moetesak:
    ny: Moetesak = request.tjenester.sakslister.sett_paa(
        moete,
        sak,
        request.identitet,
        nummer=felter.tall("nummer"),
        prefiks=felter.tekst("serie") or None,
        dato=hendelsesdato(request, moete),
    )
    if ny.oppfoering is Oppfoering.HASTESAK:
        request.tjenester.moetegang.ta_opp(ny, felter.tall("mot") or 0, moeteleder_mot=felter.har("leder"))
    return ny


def _sakene(moete: Moete, request: Request, felter: Felter) -> list[Saksmappe]:
    """The case that was typed, or else those ticked."""
    numre = [felter.tekst("saksnummer")] if felter.har("saksnummer") else felter.alle("valgt")
    numre = [nummer for nummer in numre if nummer]
    if not numre:
        raise InvalidInput("Velg en sak, eller skriv saksnummeret.", "saksnummer")
    venter = lesing.venter_paa_saksliste(request.dbsession, moete.utvalg)
    return [_saken(request, nummer, venter) for nummer in numre]


def _saken(request: Request, nummer: str, venter: Any) -> Saksmappe:
    """A case by its number. One that does not wait for the body must be one that the person sees."""
    try:
        sak: Saksmappe = request.tjenester.saker.finn(nummer)
    except NotFound as feil:
        raise InvalidInput(str(feil), "saksnummer") from feil
    if sak not in venter and not kan_lese(request.identitet, sak.lesere):
        raise InvalidInput(f"Det finnes ingen sak med nummer {nummer}.", "saksnummer")
    return sak


def _egen_sak(moete: Moete, tekst: str) -> Moetesak:
    saker = moete.saksliste.saker if moete.saksliste else []
    funnet = next((sak for sak in saker if str(sak.id) == tekst), None)
    if funnet is None:
        raise InvalidInput("Saken står ikke på denne sakslisten.")
    return funnet


def _ider(tekst: str) -> list[int]:
    """`3,1,2` as numbers. Raises `InvalidInput`."""
    deler = [del_.strip() for del_ in tekst.split(",")]
    if not all(del_.isdecimal() and len(del_) < 10 for del_ in deler):
        raise InvalidInput("Rekkefølgen er ødelagt. Hent siden på nytt.")
    return [int(del_) for del_ in deler]


def _ny_orden(felter: Felter, sett: list[int]) -> list[int]:
    """The order asked for: the whole of it, or one id moved a step."""
    if felter.har("ny"):
        return _ider(felter.tekst("ny"))
    flyttet, steg = (felter.tall("opp"), -1) if felter.har("opp") else (felter.tall("ned"), 1)
    if flyttet not in sett:
        raise InvalidInput("Saken står ikke på denne sakslisten.")
    sted = sett.index(flyttet)
    til = min(max(sted + steg, 0), len(sett) - 1)
    sett = [ett for ett in sett if ett != flyttet]
    return [*sett[:til], flyttet, *sett[til:]]
