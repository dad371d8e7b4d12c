"""What a body's own rules decide: which version holds on a day, when members must be summoned, which numbers. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from saksbehandling.errors import InvalidInput

_SERIE = re.compile(r"([A-ZÆØÅ]{1,10})\s+(\S.*)")
LENGSTE_FRIST = 90


class Regelversjon(Protocol):
    """Anything that holds from a day on."""

    @property
    def gyldig_fra(self) -> dt.date: ...


@dataclass(frozen=True, slots=True)
class Nummerserie:
    """A number series of a body. `prefiks`: PS; `navn`: what a secretary calls its cases."""

    prefiks: str
    navn: str


Versjon = TypeVar("Versjon", bound=Regelversjon)

# Prefixes and names are local custom; these are common, and each body changes them in its own settings.
VANLIGE_SERIER = (
    Nummerserie("PS", "Politiske saker"),
    Nummerserie("RS", "Referatsaker"),
    Nummerserie("OS", "Orienteringssaker"),
    Nummerserie("DS", "Delegerte saker"),
    Nummerserie("FO", "Forespørsler"),
)


def gjeldende(versjoner: Sequence[Versjon], dato: dt.date) -> Versjon | None:
    """The version in force on `dato`; of two from the same day the later one in the list. None before the first."""
    mulige = [(versjon.gyldig_fra, nr) for nr, versjon in enumerate(versjoner) if versjon.gyldig_fra <= dato]
    return versjoner[max(mulige)[1]] if mulige else None


def lov_paa(versjoner: Sequence[Versjon], dato: dt.date, hva: str) -> Versjon:
    """The law in force on the day of a meeting. `hva`: what it holds rules of. Raises `InvalidInput` before it all."""
    funnet = gjeldende(versjoner, dato)
    if funnet is None:
        raise InvalidInput(f"Det finnes ingen {hva} for {dato:%d.%m.%Y}. Kontroller møtedatoen.", "dato")
    return funnet


def innkallingsdag(moetedato: dt.date, frist: int) -> dt.date:
    """The last day on which the summons is in time. `frist`: days before the meeting."""
    return moetedato - dt.timedelta(days=frist)


def les_serier(tekst: str) -> list[Nummerserie]:
    """Series as typed, one a line, `PS Politiske saker`. Raises `InvalidInput` naming the line that cannot be read."""
    funnet: dict[str, Nummerserie] = {}
    for linje in filter(None, map(str.strip, tekst.splitlines())):
        lest = _SERIE.fullmatch(linje)
        if not lest:
            raise InvalidInput(f"«{linje}» er ikke en nummerserie. Skriv den som «PS Politiske saker».", "nummerserier")
        if lest[1] in funnet:
            raise InvalidInput(f"Prefikset {lest[1]} står to ganger.", "nummerserier")
        funnet[lest[1]] = Nummerserie(lest[1], lest[2].strip())
    if not funnet:
        raise InvalidInput("Skriv minst én nummerserie, for eksempel «PS Politiske saker».", "nummerserier")
    return list(funnet.values())


def krev_frist(dager: int | None) -> int:
    """The number of days of the summons as typed. Raises `InvalidInput` outside 0 to `LENGSTE_FRIST`."""
    if dager is None or dager > LENGSTE_FRIST:
        raise InvalidInput(
            f"Skriv hvor mange dager innkallingen skal gå ut før møtet, fra 0 til {LENGSTE_FRIST}.", "frist"
        )
    return dager
