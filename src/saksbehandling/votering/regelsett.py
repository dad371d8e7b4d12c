"""The rules of voting as data, versioned by date: majority, quorum, ties, and the law behind each.

Kommuneloven 2018 took effect for each council at its constituting meeting in the autumn of 2019; the date below is
the first day on which one could be held. A municipality that constituted later passes its own rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from saksbehandling.utvalg.rules import lov_paa


class VedLikhet(StrEnum):
    """What settles a tie."""

    MOETELEDERS_STEMME = "moeteleders_stemme"  # the presiding member's own, single vote; never an extra one
    LODDTREKNING = "loddtrekning"


@dataclass(frozen=True, slots=True)
class Hjemler:
    """The legal reference behind each rule."""

    flertall: str
    quorum: str
    likhet: str
    likhet_valg: str
    stemmeplikt: str
    protokoll: str
    habilitet: str


@dataclass(frozen=True, slots=True)
class Voteringsregler:
    """One version of the rules.

    `flertall`: more than this part of the votes cast wins. `quorum_broek`: at least this part of the seats votes.
    `navn_ved_delt_parti`: the minutes name the persons where a party splits (Prop. 46 L (2017-2018)).
    """

    gyldig_fra: dt.date
    flertall: Fraction
    quorum_broek: Fraction
    ved_likhet: VedLikhet
    ved_likhet_valg: VedLikhet
    navn_ved_delt_parti: bool
    hjemmel: Hjemler


KOMMUNELOVEN_1992 = Voteringsregler(
    gyldig_fra=dt.date(1993, 1, 1),
    flertall=Fraction(1, 2),
    quorum_broek=Fraction(1, 2),
    ved_likhet=VedLikhet.MOETELEDERS_STEMME,
    ved_likhet_valg=VedLikhet.LODDTREKNING,
    navn_ved_delt_parti=False,
    hjemmel=Hjemler(
        flertall="kommuneloven 1992 § 35 nr. 1",
        quorum="kommuneloven 1992 § 33",
        likhet="kommuneloven 1992 § 35 nr. 1",
        likhet_valg="kommuneloven 1992 § 38",
        stemmeplikt="kommuneloven 1992 § 40 nr. 2",
        protokoll="kommuneloven 1992 § 30 nr. 3",
        habilitet="kommuneloven 1992 § 40 nr. 3",
    ),
)

KOMMUNELOVEN_2018 = Voteringsregler(
    gyldig_fra=dt.date(2019, 10, 1),
    flertall=Fraction(1, 2),
    quorum_broek=Fraction(1, 2),
    ved_likhet=VedLikhet.MOETELEDERS_STEMME,
    ved_likhet_valg=VedLikhet.LODDTREKNING,
    navn_ved_delt_parti=True,
    hjemmel=Hjemler(
        flertall="kommuneloven § 11-9",
        quorum="kommuneloven § 11-9",
        likhet="kommuneloven § 11-9",
        likhet_valg="kommuneloven § 7-8",
        stemmeplikt="kommuneloven § 8-1",
        protokoll="kommuneloven § 11-4",
        habilitet="kommuneloven § 11-10",
    ),
)

REGELSETT = (KOMMUNELOVEN_1992, KOMMUNELOVEN_2018)


def regler_for(dato: dt.date, regelsett: Sequence[Voteringsregler] = REGELSETT) -> Voteringsregler:
    """The rules in force on the day of the meeting. Raises `InvalidInput` before the first of them."""
    return lov_paa(regelsett, dato, "voteringsregler")
