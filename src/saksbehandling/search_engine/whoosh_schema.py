"""The Whoosh schema: fields that take the terms of our own chain, and what of a document goes into each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from whoosh.columns import NumericColumn
from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from saksbehandling.search_engine.analysis import (
    Analysis,
    Kind,
    analyse,
    date_term,
    fingerprint,
    name_tokens,
    numbers_in,
    weights,
)
from saksbehandling.search_engine.model import FACETS, Document
from saksbehandling.search_engine.plan import facet_term

WATERMARK_ID = "#vannmerke"
# Places between two names, so that no phrase runs from one person into the next.
_NAME_GAP = 10

# A term, how often it counts in the length of the field, its weight, and its places.
Posting = tuple[bytes, int, float, list[int] | None]


# A term, its position, and its weight.
Weighted = tuple[str, int, float]


class TokensField(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Takes terms with place and weight; keeps their places for phrases, and as length the number of whole words."""

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None, scorable=True)

    def index(self, value: Iterable[Weighted], **_: object) -> Iterator[Posting]:
        places: dict[str, list[int]] = {}
        sums: dict[str, float] = {}
        wholes: dict[str, int] = {}
        for term, position, weight in value:
            places.setdefault(term, []).append(position)
            sums[term] = sums.get(term, 0.0) + weight
            wholes[term] = wholes.get(term, 0) + (weight == 1.0)
        for term, found in places.items():
            yield term.encode(), wholes[term], sums[term], sorted(found)


def _postings(terms: set[str]) -> Iterator[Posting]:
    return ((term.encode(), 1, 1.0, None) for term in terms)


class TermsField(FieldType):  # type: ignore[misc]
    """Takes exact terms, without places or score."""

    def __init__(self, column: object = False) -> None:
        super().__init__(format=Existence(), analyzer=None, sortable=column)

    def index(self, value: Iterable[Any], **_: object) -> Iterator[Posting]:
        return _postings(set(value))


class FacetsField(TermsField):
    """Takes (facet, value) pairs: exact terms for choosing, and after an = the values as written, for counting."""

    def index(self, value: Iterable[tuple[str, str]], **_: object) -> Iterator[Posting]:
        pairs = list(value)
        counted = {f"={facet}:{text}" for facet, text in pairs if facet in FACETS}
        return _postings({facet_term(facet, text) for facet, text in pairs} | counted)


class DayField(TermsField):
    """Takes days as terms (YYYYMMDD); the first is also a number in a column, for sorting."""

    def __init__(self) -> None:
        super().__init__(NumericColumn("i", default=0))

    def to_column_value(self, value: Iterable[str]) -> int:
        return int(next(iter(value)))


def schema() -> Schema:
    return Schema(
        id=TermsField(),
        lesere=TermsField(),
        fasett=FacetsField(),
        dato=DayField(),
        nummer=TermsField(),
        personer=TokensField(),
        tittel=TokensField(),
        tekst=TokensField(),
        utvalg=TokensField(),
        resultat=TokensField(),
        ord=TermsField(),
        lagret=STORED(),
    )


@cache
def with_places() -> frozenset[str]:
    """The fields whose terms have places and score."""
    return frozenset(name for name, field in schema().items() if field.scorable)


def index_fields(document: Document) -> dict[str, object]:
    """The values of the schema's fields for `document`; empty ones are left out."""
    title, text = analyse(document.tittel), analyse(document.tekst)
    names = list(_names(document.personer))
    values: dict[str, Any] = {
        "lesere": document.lesere,
        "fasett": [*((facet, value) for facet in FACETS for value in document.facet_values(facet)), *document.stemmer],
        "nummer": list(_numbers(document)),
        "personer": names,
        "tittel": list(title.weighted()),
        "tekst": list(text.weighted()),
        "utvalg": list(analyse(document.utvalg).weighted()),
        "resultat": list(analyse(document.resultat).weighted()),
        "ord": {*_words(title), *_words(text), *(name for name, _, _ in names)},
        "dato": [date_term(document.dato)] if document.dato else [],
    }
    filled = {field: value for field, value in values.items() if value}
    return {**filled, "id": [document.id], "lagret": _stored(document)}


def watermark_fields(number: int) -> dict[str, object]:
    """A document that no reader may see: the last change that the index holds, and the lists that it was made with."""
    return {"id": [WATERMARK_ID], "lagret": {"vannmerke": number, "analyse": fingerprint()}}


def _stored(document: Document) -> dict[str, object]:
    """What a `Hit` shows, and the text that its snippet is cut from."""
    names = "id type tittel tekst nummer utvalg dato personer partier resultat saksbehandler url sak_id"
    return {name: getattr(document, name) for name in names.split()}


def _numbers(document: Document) -> Iterator[str]:
    for written in document.nummer:
        yield from numbers_in(written) or (written.lower(),)


def _names(persons: tuple[str, ...]) -> Iterator[Weighted]:
    for index, person in enumerate(persons):
        for name in name_tokens(person):
            position = index * _NAME_GAP + name.position
            yield name.term, position, 1.0
            if name.initial != name.term:
                yield name.initial, position, weights().ledd


def _words(analysis: Analysis) -> Iterator[str]:
    """Words as written, for prefixes and spelling; also those that are too common to be looked for alone."""
    for slot in analysis.slots:
        if slot.kind is Kind.WORD:
            yield slot.surface
            if "-" in slot.surface:
                yield from slot.surface.split("-")
