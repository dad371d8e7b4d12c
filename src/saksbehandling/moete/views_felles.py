"""What the forms of a treatment share: which treatment, whether it has moved on since, and what a refusal becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm.exc import StaleDataError

from saksbehandling.errors import Conflict, InvalidInput, NotFound, SaksbehandlingError
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.schemas import Felter
from saksbehandling.utvalg.models import Utvalg

REGISTRER = "registrer_behandling"
LED = "led_moete"

Handling = Callable[[Felter], str | None]


class Skjemaavslag(Exception):
    """A form about a treatment was refused, and nothing was saved. Its page shows it again with what was typed."""

    def __init__(self, moetesak: Moetesak, skjema: str, feil: SaksbehandlingError) -> None:
        super().__init__(str(feil))
        self.moetesak = moetesak
        self.skjema = skjema
        self.feil = feil


def moetesak_for(request: Request) -> Moetesak:
    """The treatment that the address names. Raises `NotFound`."""
    moetesak: Moetesak | None = request.dbsession.get(Moetesak, int(request.matchdict["id"]))
    if moetesak is None:
        raise NotFound("Denne behandlingen finnes ikke.")
    return moetesak


def utvalg_for(request: Request) -> Utvalg:
    """The body that the address names. Raises `NotFound`."""
    utvalg: Utvalg = request.tjenester.utvalg.ved_kode(request.matchdict["kode"])
    return utvalg


def moete_for(request: Request) -> Moete:
    """The meeting that the address names. Raises `NotFound`."""
    moete: Moete | None = request.dbsession.get(Moete, int(request.matchdict["id"]))
    if moete is None:
        raise NotFound("Dette møtet finnes ikke.")
    return moete


def registrer(request: Request, moetesak: Moetesak, skjema: str, handling: Handling, *, aapne: str = "") -> Response:
    """Let `handling` do what the form `skjema` asks for, all or nothing, and go back to the registration page.

    `handling` returns the receipt, if any. `aapne`: the form that stands open when the page comes back.
    """
    try:
        utfoer(request, lambda: uendret(request, moetesak), lambda: handling(Felter(request.POST, skjema)))
    except SaksbehandlingError as feil:
        return request.invoke_exception_view((Skjemaavslag, Skjemaavslag(moetesak, skjema, feil), None))
    videre = {"_query": {"skjema": aapne}} if aapne else {}
    return HTTPSeeOther(request.route_path("registrer", id=moetesak.id, **videre))


def utfoer(request: Request, *handlinger: Callable[[], str | None]) -> None:
    """Do these in order and tell what the last of them answers. On an error nothing of them stays, and none is saved.

    Raises what they raise, and `Conflict` when somebody else wrote first.
    """
    kvittering = None
    try:
        with request.dbsession.begin_nested():
            for handling in handlinger:
                kvittering = handling()
    except StaleDataError as feil:
        request.tm.doom()
        raise Conflict("Noen andre registrerte noe i samme øyeblikk. Se hva som er nytt, og send inn igjen.") from feil
    except SaksbehandlingError:
        request.tm.doom()
        raise
    if kvittering:
        request.meld("suksess", kvittering)


def krev_innlogget(request: Request) -> None:
    """For events whose roles the workflow itself decides: nobody fires one without a name."""
    if request.identitet.bruker_id is None:
        raise HTTPForbidden()


def hendelsesdato(request: Request, moete: Moete) -> dt.date:
    """The day something of a meeting happened: the meeting's own, but none that is still to come."""
    idag: dt.date = request.tjenester.felles.clock.today()
    return min(idag, moete.dato)


def uendret(request: Request, moetesak: Moetesak) -> None:
    """Raise `Conflict` when the treatment has moved on since the form was shown."""
    sett = str(request.POST.get("radversjon", ""))
    if sett and not sett.isdecimal():
        raise InvalidInput("Skjemaet er ødelagt. Hent siden på nytt.")
    request.tjenester.moeter.krev_uendret(moetesak, int(sett) if sett else None)


def side_fra(request: Request, navn: str = "side") -> int:
    """The page of a list that the address asks for; the first when it asks for nonsense."""
    verdi: Any = request.GET.get(navn, "1")
    return int(verdi) if verdi.isdecimal() and len(verdi) < 7 else 1
