"""The fields of an index, and what of a document goes into each; the same for every engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

from saksbehandling.search_engine.analysis import (
    date_term,
    fingerprint,
    name_tokens,
    numbers_in,
)
from saksbehandling.search_engine.model import FACETS, Document
from saksbehandling.search_engine.plan import facet_term

WATERMARK_ID = "#vannmerke"
SHUT_OUT = "ikke:"  # before a token in `lesere`: whoever holds that token, whatever else lets them in
TEXTS = ("tittel", "tekst", "utvalg", "resultat")
# The field with words as they are written, and those whose words it gets (and those of `personer`).
WORDS = ("ord", frozenset({"tittel", "tekst"}))
# Fields whose terms are found as they stand, without places and scores.
EXACT = ("id", "lesere", "fasett", "dato", "nummer", "ord")
# Where an engine has columns: what is kept of a document to show it, those that facets are counted in, and those that
# days are sorted by. Larger is nearer to the top; a document without a date has 0 in both.
STORED = "lagret"
COLUMNS = {facet: f"telles_{'aar' if facet == 'år' else facet}" for facet in FACETS}
NEWEST, OLDEST = "nyest", "eldst"
# Where an engine has columns: by what hits fold (`folds_by`).
FOLD = "samles"
CASE = "sak"  # before a case's id among the terms of `fasett`
NO_DAY = 99_999_999
# Places between two names, so that no phrase runs from one person into the next.
_NAME_GAP = 10


@cache
def with_places() -> frozenset[str]:
    """The fields whose terms have places and score."""
    return frozenset({*TEXTS, "personer"})


def exact_terms(document: Document) -> dict[str, set[str]]:
    """What `document` has in the fields of `EXACT` but `ord`."""
    return {
        "id": {document.id},
        "lesere": set(document.lesere),
        "fasett": set(_facets(document)),
        "dato": {date_term(document.dato)} if document.dato else set(),
        "nummer": set(_numbers(document)),
    }


def names(persons: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Names and initials, their places, and 1 for a name."""
    for index, person in enumerate(persons):
        for name in name_tokens(person):
            position = index * _NAME_GAP + name.position
            yield name.term, position, 1
            if name.initial != name.term:
                yield name.initial, position, 0


def watermark_stored(number: int) -> dict[str, object]:
    """Stored of a document that no reader may see: the last change in the index, and the lists it was made with."""
    return {"vannmerke": number, "analyse": fingerprint()}


def stored(document: Document) -> dict[str, Any]:
    """What a `Hit` shows, and the text that its snippet is cut from."""
    names = "id type tittel tekst nummer utvalg dato personer partier resultat saksbehandler url sak_id"
    return {name: getattr(document, name) for name in names.split()}


def jsonable(document: Document) -> dict[str, Any]:
    """`stored`, for engines that keep it as JSON."""
    return {**stored(document), "dato": document.dato.isoformat() if document.dato else None}


def from_json(found: dict[str, Any]) -> dict[str, Any]:
    """What `jsonable` was made of."""
    lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
    return {**found, **lists, "dato": dt.date.fromisoformat(found["dato"]) if found["dato"] else None}


def day(document: Document) -> int:
    """YYYYMMDD, or 0."""
    return int(date_term(document.dato)) if document.dato else 0


def folds_by(identity: str, case: str) -> str:
    """What documents of one case have in common, and one without a case has alone. No `id` begins with #."""
    return f"#{case}" if case else identity


def _facets(document: Document) -> Iterator[str]:
    """Exact terms for choosing, and after an = the values as written, for counting."""
    if document.sak_id:
        yield facet_term(CASE, document.sak_id)
    for facet in FACETS:
        for value in document.facet_values(facet):
            yield facet_term(facet, value)
            yield f"={facet}:{value}"
    for facet, value in document.stemmer:
        yield facet_term(facet, value)


def _numbers(document: Document) -> Iterator[str]:
    for number in document.nummer:
        yield from numbers_in(number) or (number.lower(),)
