"""The law of meetings as data, versioned by date: what it demands, and where it says so.

Kommuneloven 2018 took effect for each council at its constituting meeting in the autumn of 2019; the date below is
the first day on which one could be held. What a body's own reglement decides is in `Utvalgsregler`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from saksbehandling.utvalg.rules import lov_paa


@dataclass(frozen=True, slots=True)
class Hjemler:
    """The legal reference behind each rule."""

    innkalling: str
    ny_sak: str
    moeteplikt: str
    vara: str
    habilitet: str
    protokoll: str


@dataclass(frozen=True, slots=True)
class Moeteregler:
    """One version of the law. `motstand_stanser`: this part of those present can stop a case that was not announced.

    `ubekreftet`: references that nobody has yet read in the text of the law; the body's page says so.
    """

    navn: str
    gyldig_fra: dt.date
    motstand_stanser: Fraction
    hjemmel: Hjemler
    ubekreftet: Sequence[str] = ()


KOMMUNELOVEN_1992 = Moeteregler(
    navn="Kommuneloven 1992",
    gyldig_fra=dt.date(1993, 1, 1),
    motstand_stanser=Fraction(1, 3),
    hjemmel=Hjemler(
        innkalling="kommuneloven 1992 § 32",
        ny_sak="kommuneloven 1992 § 34",
        moeteplikt="kommuneloven 1992 § 40 nr. 1",
        vara="kommuneloven 1992 § 16",
        habilitet="forvaltningsloven §§ 6-8, kommuneloven 1992 § 40 nr. 3",
        protokoll="kommuneloven 1992 § 30 nr. 3",
    ),
    ubekreftet=("§ 16", "§ 30 nr. 3", "§ 32", "§ 40 nr. 1", "§ 40 nr. 3"),
)

KOMMUNELOVEN_2018 = Moeteregler(
    navn="Kommuneloven 2018",
    gyldig_fra=dt.date(2019, 10, 1),
    motstand_stanser=Fraction(1, 3),
    hjemmel=Hjemler(
        innkalling="kommuneloven § 11-3",
        ny_sak="kommuneloven § 11-3",
        moeteplikt="kommuneloven § 8-1",
        vara="kommuneloven § 7-10",
        habilitet="forvaltningsloven §§ 6-8, kommuneloven § 11-10",
        protokoll="kommuneloven § 11-4",
    ),
    ubekreftet=("§ 11-3 om innkallingen",),
)

REGELSETT = (KOMMUNELOVEN_1992, KOMMUNELOVEN_2018)


def regler_for(dato: dt.date, regelsett: Sequence[Moeteregler] = REGELSETT) -> Moeteregler:
    """The law in force on the day of the meeting. Raises `InvalidInput` before the first of them."""
    return lov_paa(regelsett, dato, "møteregler")
