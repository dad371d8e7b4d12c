"""What Whoosh is told of the index, and what of a document goes where."""

from __future__ import annotations

from typing import Protocol

from whoosh.fields import ID, STORED, TEXT, Schema

from saksbehandling.search_engine.index_fields import EXACT, TEXTS, exact_terms, names, with_places
from saksbehandling.search_engine.model import Document


class Postings(Protocol):
    """Takes what a document is found by."""

    def add(self, field: str, document: int, term: str, place: int = 0, whole: int = 1) -> None: ...

    def add_text(self, field: str, document: int, text: str) -> None: ...


def schema() -> Schema:
    """What Whoosh is told: which fields have terms, and which of those have places and score. The terms are ours."""
    return Schema(lagret=STORED, **{name: ID() for name in EXACT}, **{name: TEXT() for name in with_places()})


def add_postings(number: int, document: Document, into: Postings) -> None:
    """What `document`, the one with this number in its segment, is found by."""
    for field in TEXTS:
        into.add_text(field, number, getattr(document, field))
    for field, terms in exact_terms(document).items():
        for term in terms:
            into.add(field, number, term)
    for term, place, whole in names(document.personer):
        into.add("personer", number, term, place, whole)
        into.add("ord", number, term)
