"""The rules of elections as data, versioned by date like the other rules of voting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from saksbehandling.utvalg.rules import lov_paa


@dataclass(frozen=True, slots=True)
class Valgregler:
    """One version of the rules.

    `minst_av_hvert_kjoenn`: how many elected together -> at least so many of each gender; above the table `andel` of
    them, rounded up. `varatillegg`: substitutes of a list beyond its members. `blanke_er_avgitt`: whether half of the
    votes is counted with the blank ones in the first round of a flertallsvalg.

    The numbers of `minst_av_hvert_kjoenn`, `andel` and `varatillegg` have not been checked against the text of the law.
    """

    gyldig_fra: dt.date
    minst_av_hvert_kjoenn: Mapping[int, int]
    andel: Fraction
    varatillegg: int
    blanke_er_avgitt: bool
    forholdsvalg: str
    oppgjoer: str
    kjoenn: str
    avtalevalg: str
    flertallsvalg: str

    def minst(self, antall: int) -> int:
        """At least so many of each gender among `antall`."""
        return self.minst_av_hvert_kjoenn.get(antall, ceil(self.andel * antall))


VALGREGLER_1992 = Valgregler(
    gyldig_fra=dt.date(1993, 1, 1),
    minst_av_hvert_kjoenn={0: 0, 1: 0, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 7: 3, 8: 3, 9: 4},
    andel=Fraction(2, 5),
    varatillegg=2,
    blanke_er_avgitt=True,
    forholdsvalg="kommuneloven 1992 § 36",
    oppgjoer="kommuneloven 1992 § 37",
    kjoenn="kommuneloven 1992 §§ 36 og 37",
    avtalevalg="kommuneloven 1992 § 38 a",
    flertallsvalg="kommuneloven 1992 § 38",
)

VALGREGLER_2018 = Valgregler(
    gyldig_fra=dt.date(2019, 10, 1),
    minst_av_hvert_kjoenn={0: 0, 1: 0, 2: 1, 3: 1},
    andel=Fraction(2, 5),
    varatillegg=2,
    blanke_er_avgitt=True,
    forholdsvalg="kommuneloven § 7-5",
    oppgjoer="kommuneloven § 7-6",
    kjoenn="kommuneloven § 7-6",
    avtalevalg="kommuneloven § 7-7",
    flertallsvalg="kommuneloven § 7-8",
)

VALGREGLER = (VALGREGLER_1992, VALGREGLER_2018)


def valgregler_for(dato: dt.date, regelsett: Sequence[Valgregler] = VALGREGLER) -> Valgregler:
    """The rules in force on the day of the meeting. Raises `InvalidInput` before the first of them."""
    return lov_paa(regelsett, dato, "valgregler")
