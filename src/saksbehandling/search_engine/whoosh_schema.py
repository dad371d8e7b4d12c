"""The Whoosh schema: fields that take the terms of our own chain, and what of a document goes into each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from whoosh.columns import NumericColumn
from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from saksbehandling.search_engine.analysis import (
    analyse,
    date_term,
    fingerprint,
    name_tokens,
    numbers_in,
    pieces,
    weights,
)
from saksbehandling.search_engine.model import FACETS, Document
from saksbehandling.search_engine.plan import facet_term
from saksbehandling.search_engine.whoosh_pool import PostingsPool, Weighted

WATERMARK_ID = "#vannmerke"
# Places between two names, so that no phrase runs from one person into the next.
_NAME_GAP = 10


class TokensField(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Terms with place and weight; their places are for phrases, and the length is the number of whole words."""

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None, scorable=True)


class TermsField(FieldType):  # type: ignore[misc]
    """Exact terms, without places or score."""

    def __init__(self, column: object = False) -> None:
        super().__init__(format=Existence(), analyzer=None, sortable=column)


class DayField(TermsField):
    """A day as a term (YYYYMMDD), and as a number in a column, for sorting."""

    def __init__(self) -> None:
        super().__init__(NumericColumn("i", default=0))


def schema() -> Schema:
    return Schema(
        id=TermsField(),
        lesere=TermsField(),
        fasett=TermsField(),
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


def add_postings(pool: PostingsPool, number: int, document: Document) -> dict[str, int]:
    """Everything that `document` can be found by. How many whole words it has, for each field with places."""
    names = list(_names(document.personer))
    pool.add_terms("id", number, [document.id])
    pool.add_terms("lesere", number, document.lesere)
    pool.add_terms("fasett", number, _facets(document))
    pool.add_terms("nummer", number, dict.fromkeys(_numbers(document)))
    pool.add_terms("ord", number, (name for name, _, _ in names))
    if document.dato:
        pool.add_terms("dato", number, [date_term(document.dato)])
    return {
        "personer": pool.add_weighted("personer", number, names),
        "tittel": pool.add_text("tittel", number, pieces(document.tittel), "ord"),
        "tekst": pool.add_text("tekst", number, pieces(document.tekst), "ord"),
        "utvalg": pool.add_weighted("utvalg", number, _weighted(document.utvalg)),
        "resultat": pool.add_weighted("resultat", number, _weighted(document.resultat)),
    }


@lru_cache(maxsize=1000)
def _weighted(text: str) -> tuple[Weighted, ...]:
    """Of what few different texts are written in."""
    return tuple((token.term, token.position, token.weight) for token in analyse(text).tokens())


def _facets(document: Document) -> set[str]:
    """Each as an exact term for choosing; those that are counted also as written."""
    pairs = [(facet, value) for facet in FACETS for value in document.facet_values(facet)]
    return {term for pair in (*pairs, *document.stemmer) for term in _facet_terms(*pair)}


@lru_cache(maxsize=10_000)
def _facet_terms(facet: str, value: str) -> tuple[str, ...]:
    return (facet_term(facet, value), *((f"={facet}:{value}",) if facet in FACETS else ()))


def watermark(number: int) -> dict[str, object]:
    """Stored under an id that no reader may see: the last change that the index holds, and the lists that it was made
    with."""
    return {"vannmerke": number, "analyse": fingerprint()}


def stored(document: Document) -> dict[str, object]:
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
