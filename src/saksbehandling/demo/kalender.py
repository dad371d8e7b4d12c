"""A plausible meeting calendar for each body of Nidarvik. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

_UTEN_JULI = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)
_TIL_NOVEMBER = _UTEN_JULI[:-1]  # the end of December is Christmas
_RAAD = (2, 3, 4, 5, 6, 9, 10, 11)
_TIRSDAG, _ONSDAG, _TORSDAG = 1, 2, 3
_SISTE = -1


@dataclass(frozen=True, slots=True)
class _Fast:
    """A standing appointment: the `nr`-th such weekday (Monday 0) of these months; -1 is the last."""

    ukedag: int
    nr: int
    maaneder: tuple[int, ...] = _UTEN_JULI


_RYTME: Mapping[str, tuple[_Fast, ...]] = {
    "bystyret": (_Fast(_TORSDAG, _SISTE, (1, 2, 3, 4, 5, 8, 9, 10, 11)), _Fast(_TORSDAG, 2, (6, 12))),
    "formannskapet": (_Fast(_TIRSDAG, 1), _Fast(_TIRSDAG, 3)),
    "finanskomiteen": (_Fast(_TORSDAG, 2, (1, 2, 3, 4, 5, 8, 9, 10, 11)), _Fast(_TIRSDAG, 4, _TIL_NOVEMBER)),
    "byutviklingskomiteen": (_Fast(_ONSDAG, 1), _Fast(_ONSDAG, 3)),
    "mangfoldsraadet": (_Fast(_TIRSDAG, 4, _RAAD),),
    "funksjonsevneraadet": (_Fast(_TIRSDAG, 4, _RAAD),),
    "studentraadet": (_Fast(_TIRSDAG, 4, _RAAD),),
    "ungdommens_bystyre": (_Fast(_TIRSDAG, 1, _RAAD),),
    "eldreraadet": (_Fast(_ONSDAG, 2, _RAAD),),
}


def moetedatoer(utvalgskode: str, aar: int) -> list[dt.date]:
    """The body's meetings in a year, in order; on a public holiday a week later. `KeyError` on an unknown body."""
    fri = helligdager(aar)
    datoer = {_dag(aar, maaned, fast.ukedag, fast.nr) for fast in _RYTME[utvalgskode] for maaned in fast.maaneder}
    return sorted({_arbeidsdag(dato, fri) for dato in datoer})


def moeter_mellom(utvalgskode: str, fra: dt.date, til: dt.date) -> list[dt.date]:
    """The body's meetings from one date to another, both inclusive."""
    aarene = range(fra.year, til.year + 1)
    return [dato for aar in aarene for dato in moetedatoer(utvalgskode, aar) if fra <= dato <= til]


def helligdager(aar: int) -> frozenset[dt.date]:
    """The public holidays of a year, without Sundays."""
    faste = {dt.date(aar, maaned, dag) for maaned, dag in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))}
    paaske = _foerste_paaskedag(aar)
    return frozenset(faste | {paaske + dt.timedelta(days=dager) for dager in (-3, -2, 1, 39, 50)})


def _arbeidsdag(dato: dt.date, fri: frozenset[dt.date]) -> dt.date:
    return _arbeidsdag(dato + dt.timedelta(weeks=1), fri) if dato in fri else dato


def _dag(aar: int, maaned: int, ukedag: int, nr: int) -> dt.date:
    foerste = dt.date(aar, maaned, 1)
    forskyvning = (ukedag - foerste.weekday()) % 7
    dager = [dag for uke in range(5) if (dag := foerste + dt.timedelta(forskyvning + 7 * uke)).month == maaned]
    return dager[nr if nr < 0 else nr - 1]


def _foerste_paaskedag(aar: int) -> dt.date:
    """By the anonymous Gregorian algorithm (Meeus/Jones/Butcher)."""
    a, (b, c) = aar % 19, divmod(aar, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    maaned, dag = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return dt.date(aar, maaned, dag + 1)
