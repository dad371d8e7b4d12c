"""The parts of a parsed query. `field` is one of `FIELDS`, or None for everywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# What may stand before a colon, and the field that it means.
FIELDS = {
    "utvalg": "utvalg",
    "parti": "parti",
    "person": "person",
    "resultat": "resultat",
    "type": "type",
    "tittel": "tittel",
    "sak": "sak",
    "nummer": "sak",
    "år": "år",
    "aar": "år",
    "dato": "dato",
    "saksbehandler": "saksbehandler",
    "for": "for",
    "mot": "mot",
    "delt": "delt",
    "enstemmig": "enstemmig",
}

# Fields whose values are exact, and no text.
EXACT = ("parti", "type", "saksbehandler", "for", "mot", "delt", "enstemmig")


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, all of which must be found; several in a row stay together, since `PS 87/19` is one thing."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word or one that is spelt much like it."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included; None is open."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


Node = Words | Phrase | Prefix | Fuzzy | Days | And | Or | Not
