"""What an engine is asked to do: a tree of terms in fields, the same for all engines, so that all find the same.

The fields of the index: `tittel`, `tekst`, `utvalg` and `resultat` (terms of the analysis chain, with places),
`personer` (names and initials), `nummer` (canonical numbers), `dato` (days as YYYYMMDD), `fasett` (`facet_term`),
`ord` (words as written).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from saksbehandling.search_engine.analysis import party_code


class FieldTerm(NamedTuple):
    """A term in a field, and what finding it is worth."""

    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """Documents with at least one of `terms`; scores add up."""

    terms: tuple[FieldTerm, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """In one `field`, for each step one of its terms, at exactly its distance from the first."""

    field: str
    steps: tuple[tuple[int, tuple[str, ...]], ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class StartsWith:
    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class SpeltLike:
    """Terms within `distance` changed letters, the first letter being the same."""

    field: str
    text: str
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Between:
    """Terms from `first` to `last`, both included; None is open."""

    field: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class All:
    children: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Any:
    children: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Every document but those of `child`."""

    child: Plan


Plan = AnyTerm | Sequence | StartsWith | SpeltLike | Between | All | Any | Without


# Where a party may stand; a person's name there stays as it is.
_OF_PARTIES = ("parti", "for", "mot", "delt")


def facet_term(facet: str, value: str) -> str:
    """The term of a facet's value: case does not count, and a party is its code."""
    return f"{facet}:{party_code(value) if facet in _OF_PARTIES else value.casefold()}"


def max_distance(word: str) -> int:
    """How many letters may differ in a word that is spelt alike."""
    return 1 if len(word) <= 5 else 2
