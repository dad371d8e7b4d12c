"""Who is present: the whole list, everybody at once, and one who comes or goes during the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import Conflict, InvalidInput, SaksbehandlingError
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete, Oppmoete
from saksbehandling.moete.oppmoete import hoppet_over, oppmoete, oppmoetemerke, vara_for
from saksbehandling.moete.schemas import Felter, Utfylling, avvist, finn_medlem, medlemsnavn
from saksbehandling.moete.views import OPPRETT
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.moete.views_utvalg import grupper
from saksbehandling.utvalg.models import Medlemskap

KJENTE = {"til_stede": "person", "kl": "kl", "person": "person", "retning": "retning"}


@view_config(route_name="frammoete", request_method="GET", permission=OPPRETT, renderer="moete/frammoete.jinja2")
def vis(moete: Moete, request: Request) -> dict[str, Any]:
    return _side(moete, request, Utfylling())


@view_config(route_name="frammoete", request_method="POST", permission=OPPRETT, renderer="moete/frammoete.jinja2")
def registrer_alle(moete: Moete, request: Request) -> Any:
    """The whole list as ticked, or everybody who is expected: members without absence, and called substitutes."""
    felter = Felter(request.POST, "frammoete")

    def handling() -> str:
        alle = _medlemmer(moete, request)
        if felter.har("alle"):
            return _registrer(moete, request, felter, request.tjenester.forfall.ventet(moete)[0])
        valgte = set(felter.alle("inne"))
        return _registrer(moete, request, felter, [rad for rad in alle if str(rad.id) in valgte])

    return _svar(moete, request, "frammoete", handling)


@view_config(
    route_name="frammoete_endring", request_method="POST", permission=OPPRETT, renderer="moete/frammoete.jinja2"
)
def endre(moete: Moete, request: Request) -> Any:
    """One person comes or goes, from a time of day."""
    felter = Felter(request.POST, "endring")

    def handling() -> str:
        alle = _medlemmer(moete, request)
        inne = [rad.medlemskap for rad in request.tjenester.moeter.til_stede(moete)]
        medlem, retning = _hvem_og_hva(felter, alle, inne, moete.utvalg.navn)
        fjern = {medlem.id} if retning == "kommer_fjern" else set()
        return _registrer(moete, request, felter, _etter(inne, medlem, retning.removesuffix("_fjern")), fjern)

    return _svar(moete, request, "endring", handling)


def _hvem_og_hva(
    felter: Felter, alle: Sequence[Medlemskap], inne: Sequence[Medlemskap], utvalg: str
) -> tuple[Medlemskap, str]:
    """Who comes or goes: as typed, or one who was pressed in the strip and then changes place."""
    trykket = felter.tekst("veksle")
    if not trykket:
        return finn_medlem(alle, felter.tekst("person"), utvalg, "person"), felter.tekst("retning")
    medlem = next((rad for rad in alle if str(rad.id) == trykket), None)
    if medlem is None:
        raise InvalidInput(f"Personen er ikke medlem eller varamedlem i {utvalg}.", "person")
    return medlem, "gaar" if medlem in inne else "kommer"


def _etter(inne: list[Medlemskap], medlem: Medlemskap, retning: str) -> list[Medlemskap]:
    er_inne = medlem in inne
    if retning == "kommer" and not er_inne:
        return [*inne, medlem]
    if retning == "gaar" and er_inne:
        return [rad for rad in inne if rad is not medlem]
    if retning not in ("kommer", "gaar"):
        raise InvalidInput("Velg om personen kommer eller går.", "retning")
    raise InvalidInput(f"{medlem.person.navn} er {'alt' if er_inne else 'ikke'} til stede.", "person")


def _registrer(
    moete: Moete, request: Request, felter: Felter, inne: Sequence[Medlemskap], fjern: Collection[int] = ()
) -> str:
    _krev_uendret(moete, felter)
    alle = _medlemmer(moete, request)
    for_hvem = {**vara_for(inne, alle), **_innkalt_for(moete, request, inne)}
    kl = felter.klokkeslett("kl") or _naa(moete, request)
    request.tjenester.moeter.registrer_oppmoete(moete, inne, vara_for=for_hvem, kl=kl, fjern=fjern)
    for rad in hoppet_over(inne, alle):
        tekst = f"{medlemsnavn(rad)} er valgt som {rad.vararekkefoelge}. vara, foran en som møter."
        request.meld("advarsel", f"{tekst} Rekkefølgen gjelder så langt det er mulig.")
    return f"Frammøtet er ført: {len(inne)} til stede."


def _innkalt_for(moete: Moete, request: Request, inne: Sequence[Medlemskap]) -> dict[int, Medlemskap]:
    """For whom each called substitute comes, where that member is not there."""
    inne_id = {rad.id for rad in inne}
    _, kommer = request.tjenester.forfall.ventet(moete)
    return {vara: medlem for vara, medlem in kommer.items() if vara in inne_id and medlem.id not in inne_id}


def _naa(moete: Moete, request: Request) -> dt.time | None:
    """The time of day while the meeting runs; before it is opened, what is recorded holds from its start."""
    i_gang = moete.status is Moetestatus.SATT and moete.dato == request.tjenester.felles.clock.today()
    return request.tjenester.moetegang.naa() if i_gang else None


def _krev_uendret(moete: Moete, felter: Felter) -> None:
    sett = felter.tekst("merke")
    if sett and sett != oppmoetemerke(moete.oppmoete):
        raise Conflict(
            "Noen andre har endret frammøtet etter at du åpnet siden. Se hvem som er ført nå, og send igjen."
        )


def _svar(moete: Moete, request: Request, skjema: str, handling: Any) -> Any:
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moete, request, avvist(skjema, request.POST, feil, KJENTE))
    sak = str(request.POST.get("sak", ""))
    if sak.isdecimal():
        return HTTPSeeOther(request.route_path("registrer", id=sak))
    return HTTPSeeOther(request.route_path("moete", id=moete.id))


def _side(moete: Moete, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    medlemmer = _medlemmer(moete, request)
    naa: dict[int, Oppmoete] = {rad.medlemskap_id: rad for rad in request.tjenester.moeter.til_stede(moete)}
    return {
        "moete": moete,
        "oversikt": oppmoete(request.dbsession, moete, medlemmer),
        "merke": oppmoetemerke(moete.oppmoete),
        "grupper": grupper(medlemmer),
        "inne": naa,
        "forfall": {rad.medlemskap_id for rad in request.tjenester.forfall.alle(moete)},
        "ventet": len(request.tjenester.forfall.ventet(moete)[0]),
        "foerste_gang": not moete.oppmoete,
        "sak": request.params.get("sak", ""),
        "medlemsnavn": medlemsnavn,
        "utfylling": utfylling,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", request.route_path("moete", id=moete.id)),
            ("Frammøte", None),
        ],
    }


def _medlemmer(moete: Moete, request: Request) -> Sequence[Medlemskap]:
    funnet: Sequence[Medlemskap] = request.tjenester.utvalg.medlemmer(moete.utvalg, moete.dato)
    return funnet
