"""d'Hondt's method: seats to lists by the largest quotients of their votes divided by 1, 2, 3 … Pure.

Of equal quotients the list with most votes goes first; of equal votes a lot decides (kommuneloven § 7-6; 1992 § 37).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Fordeling:
    """Seats by list name. `lodd_mellom`: lists that stand equal for the last seats and have no lot yet."""

    plasser: Mapping[str, int]
    lodd_mellom: tuple[str, ...] = ()
    ved_lodd: bool = False


def kvotienter(stemmer: int, antall: int) -> tuple[Fraction, ...]:
    """The votes divided by 1 to `antall`."""
    return tuple(Fraction(stemmer, delt) for delt in range(1, antall + 1))


def fordel(stemmer: Mapping[str, int], plasser: int, lodd: Sequence[str] = ()) -> Fordeling:
    """`plasser` seats to lists. `stemmer`: list name -> votes; `lodd`: names in the order in which they were drawn."""
    ranked = sorted(
        (
            (kvotient, votes, name)
            for name, votes in stemmer.items()
            if votes
            for kvotient in kvotienter(votes, plasser)
        ),
        key=lambda entry: (-entry[0], -entry[1], _drawn(entry[2], lodd)),
    )
    won = ranked[:plasser]
    tied = _equal_at_the_end(ranked, plasser)
    if tied and not set(tied) <= set(lodd):
        return Fordeling({}, tied)
    seats = Counter(name for _, _, name in won)
    return Fordeling({name: seats[name] for name in stemmer}, ved_lodd=bool(tied))


def _drawn(name: str, lodd: Sequence[str]) -> int:
    return lodd.index(name) if name in lodd else len(lodd)


def _equal_at_the_end(ranked: Sequence[tuple[Fraction, int, str]], plasser: int) -> tuple[str, ...]:
    """The lists of which some but not all get one of the last seats with the same quotient and the same votes."""
    if plasser == 0 or len(ranked) <= plasser or ranked[plasser - 1][:2] != ranked[plasser][:2]:
        return ()
    return tuple(name for *figures, name in ranked if tuple(figures) == ranked[plasser][:2])
