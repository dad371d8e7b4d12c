"""Absence, substitutes, habilitet and deputations: one page, on which each sees and does what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.moete import lesing
from saksbehandling.moete.forfall import KOMMER
from saksbehandling.moete.models import Deputasjon, Forfall, Moete, Moetesak, Moetesaksutfall, Varainnkalling
from saksbehandling.moete.regelsett import regler_for
from saksbehandling.moete.schemas import Felter, Utfylling, avvist, finn_medlem, medlemsnavn
from saksbehandling.moete.views import OPPRETT
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.utvalg.models import Funksjon, Medlemskap

MAL = "moete/forfall.jinja2"
FELTER = ("person", "grunn", "fra", "til", "sak", "hvem", "tema", "kl")
KJENTE = {felt: felt for felt in FELTER}


@view_config(route_name="forfall", request_method="GET", renderer=MAL)
def vis(moete: Moete, request: Request) -> dict[str, Any]:
    return _side(moete, request, Utfylling())


@view_config(route_name="forfall", request_method="POST", renderer=MAL)
def meld(moete: Moete, request: Request) -> Any:
    """Report absence, one's own or, for the secretary, anybody's; or take it back."""
    felter = Felter(request.POST, "forfall")

    def handling() -> str:
        if felter.har("trekk"):
            forfall = _mitt_forfall(moete, request, felter)
            request.tjenester.forfall.trekk(forfall, moete)
            return f"Forfallet til {forfall.medlemskap.person.navn} er tatt tilbake."
        medlem = _medlemmet(moete, request, felter)
        fra, til = felter.klokkeslett("fra"), felter.klokkeslett("til")
        hvem = request.identitet.navn
        request.tjenester.forfall.meld(moete, medlem, felter.tekst("grunn"), hvem, fra=fra, til=til)
        return f"Forfall er meldt for {medlem.person.navn}."

    return _endre(moete, request, "forfall", handling)


@view_config(route_name="forfall_vara", request_method="POST", renderer=MAL)
def vara(moete: Moete, request: Request) -> Any:
    """The next substitute is called or passed over by the secretary; the substitute, or the secretary, answers."""
    felter = Felter(request.POST, "vara")
    valg: dict[str, Callable[[], str]] = {
        "kall": lambda: _kall(moete, request, felter),
        "hopp": lambda: _hopp(moete, request, felter),
        "ja": lambda: _svar(moete, request, felter, kommer=True),
        "nei": lambda: _svar(moete, request, felter, kommer=False),
    }

    def handling() -> str:
        if felter.tekst("hva") not in valg:
            raise InvalidInput("Velg hva som skal skje med innkallingen.")
        return valg[felter.tekst("hva")]()

    return _endre(moete, request, "vara", handling)


@view_config(route_name="habilitet_reis", request_method="POST", renderer=MAL)
def reis_habilitet(moete: Moete, request: Request) -> Any:
    """A member raises a question of habilitet, one's own or another's; the body decides it when the case comes up."""
    felter = Felter(request.POST, "habilitet")

    def handling() -> str:
        moetesak = next((sak for sak in _aapne_saker(moete, request) if str(sak.id) == felter.tekst("sak")), None)
        if moetesak is None:
            raise InvalidInput("Velg hvilken sak det gjelder.", "sak")
        medlem = _medlemmet(moete, request, felter, andre=True)
        hvem = request.identitet.navn
        request.tjenester.habilitet.reis(moetesak, medlem.person, felter.tekst("grunn"), hvem)
        return f"Spørsmålet om habilitet i {moetesak.saksnummer} er meldt. Utvalget avgjør det når saken tas opp."

    return _endre(moete, request, "habilitet", handling)


@view_config(route_name="deputasjoner", request_method="POST", permission=OPPRETT, renderer=MAL)
def ny_deputasjon(moete: Moete, request: Request) -> Any:
    """Enter people from outside who are to be heard."""
    felter = Felter(request.POST, "deputasjon")

    def handling() -> str:
        if not felter.har("hvem"):
            raise InvalidInput("Skriv hvem som skal høres.", "hvem")
        moetesak = next((sak for sak in _aapne_saker(moete, request) if str(sak.id) == felter.tekst("sak")), None)
        hvem, tema = felter.tekst("hvem")[:200], felter.tekst("tema")[:200] or None
        ny = Deputasjon(moete_id=moete.id, moetesak=moetesak, hvem=hvem, tema=tema, kl=felter.klokkeslett("kl"))
        request.dbsession.add(ny)
        request.dbsession.flush()
        return f"Deputasjonen fra {hvem} er ført opp."

    return _endre(moete, request, "deputasjon", handling)


def _endre(moete: Moete, request: Request, skjema: str, handling: Callable[[], str]) -> Any:
    _krev_plass(moete, request)
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moete, request, avvist(skjema, request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("forfall", id=moete.id))


def _side(moete: Moete, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    mine = _krev_plass(moete, request)
    mine_id = {rad.id for rad in mine}
    forfall = request.tjenester.forfall
    er_sekretaer = bool(request.has_permission(OPPRETT, moete))
    alle = forfall.alle(moete)
    return {
        "moete": moete,
        "er_sekretaer": er_sekretaer,
        "mine": mine,
        "mitt_forfall": next((rad for rad in alle if rad.medlemskap_id in mine_id), None),
        "kan_melde": any(rad.funksjon is not Funksjon.VARAMEDLEM for rad in mine),
        "min_innkalling": next((rad for rad in forfall.innkallinger(moete) if _staar(rad, mine_id)), None),
        "rader": forfall.oversikt(moete) if er_sekretaer else [],
        "medlemmer": [medlemsnavn(rad) for rad in _medlemmer(moete, request)],
        "saker": [(sak.id, f"{sak.saksnummer} {sak.offentlig_tittel}") for sak in _aapne_saker(moete, request)],
        "deputasjoner": lesing.deputasjoner(request.dbsession, moete),
        "hjemmel": regler_for(moete.dato).hjemmel,
        "utfylling": utfylling,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", request.route_path("moete", id=moete.id)),
            ("Forfall og vara", None),
        ],
    }


def _staar(innkalling: Varainnkalling, mine: set[int]) -> bool:
    return innkalling.medlemskap_id in mine and innkalling.status in KOMMER


def _krev_plass(moete: Moete, request: Request) -> list[Medlemskap]:
    """My places in the body on the day of the meeting. Others than its members and secretary are turned away."""
    mine = [
        rad
        for rad in lesing.mine_medlemskap(request.dbsession, request.identitet, moete.dato)
        if rad.utvalgsperiode.utvalg_id == moete.utvalg_id
    ]
    if not mine and not request.has_permission(OPPRETT, moete):
        raise HTTPForbidden()
    return mine


def _medlemmet(moete: Moete, request: Request, felter: Felter, *, andre: bool = False) -> Medlemskap:
    """Who it is about: the one typed, where the secretary or (`andre`) any member may name somebody; else oneself."""
    mine = _krev_plass(moete, request)
    if felter.har("person") and (andre or request.has_permission(OPPRETT, moete)):
        return finn_medlem(_medlemmer(moete, request), felter.tekst("person"), moete.utvalg.navn, "person")
    if not mine:
        raise InvalidInput("Skriv hvem det gjelder.", "person")
    return min(mine, key=lambda rad: rad.funksjon is Funksjon.VARAMEDLEM)


def _mitt_forfall(moete: Moete, request: Request, felter: Felter) -> Forfall:
    """The absence to take back: one's own, or any for the secretary."""
    mine = {rad.id for rad in _krev_plass(moete, request)}
    er_sekretaer = request.has_permission(OPPRETT, moete)
    for rad in request.tjenester.forfall.alle(moete):
        if str(rad.id) == felter.tekst("trekk") and (er_sekretaer or rad.medlemskap_id in mine):
            return rad
    raise InvalidInput("Forfallet er ikke meldt, eller er tatt tilbake alt.")


def _forfallet(moete: Moete, request: Request, felter: Felter) -> Forfall:
    if not request.has_permission(OPPRETT, moete):
        raise HTTPForbidden()
    funnet = next((rad for rad in request.tjenester.forfall.alle(moete) if str(rad.id) == felter.tekst("id")), None)
    if funnet is None:
        raise InvalidInput("Forfallet er ikke meldt, eller er tatt tilbake.")
    return funnet


def _kall(moete: Moete, request: Request, felter: Felter) -> str:
    hvem = request.identitet.navn
    ny = request.tjenester.forfall.kall_inn(_forfallet(moete, request, felter), moete, hvem)
    return f"{ny.medlemskap.person.navn} er innkalt for {ny.vara_for.person.navn}."


def _hopp(moete: Moete, request: Request, felter: Felter) -> str:
    hvem = request.identitet.navn
    ny = request.tjenester.forfall.hopp_over(_forfallet(moete, request, felter), moete, hvem)
    return f"{ny.medlemskap.person.navn} er ført som forhindret. Neste i rekken foreslås."


def _svar(moete: Moete, request: Request, felter: Felter, *, kommer: bool) -> str:
    mine = {rad.id for rad in _krev_plass(moete, request)}
    er_sekretaer = request.has_permission(OPPRETT, moete)
    for innkalling in request.tjenester.forfall.innkallinger(moete):
        if str(innkalling.id) == felter.tekst("id") and (er_sekretaer or innkalling.medlemskap_id in mine):
            request.tjenester.forfall.svar(innkalling, moete, kommer=kommer)
            return f"{innkalling.medlemskap.person.navn} {'møter' if kommer else 'kan ikke møte'}."
    raise InvalidInput("Innkallingen finnes ikke.")


def _aapne_saker(moete: Moete, request: Request) -> list[Moetesak]:
    """The items of the agenda, as far as this person may know of it, that are not over."""
    saker = lesing.synlig_saksliste(request.dbsession, moete, request.identitet)
    return [sak for sak in saker if sak.utfall is Moetesaksutfall.AAPEN]


def _medlemmer(moete: Moete, request: Request) -> list[Medlemskap]:
    return list(request.tjenester.utvalg.medlemmer(moete.utvalg, moete.dato))
