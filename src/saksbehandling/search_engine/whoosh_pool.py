"""The postings of a segment that is being written, in memory, term by term; nothing is sorted but the terms."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any


class TermPostings:
    """In which documents a term stands, with what weight, and where; in a field without places only the documents."""

    __slots__ = ("documents", "ends", "places", "weights")

    def __init__(self) -> None:
        self.documents, self.weights = array("I"), array("f")
        self.ends, self.places = array("I"), array("I")

    def content(self) -> bytes:
        """As it stands in the file."""
        parts = (self.documents, self.weights, self.ends, self.places)
        return b"".join(part.tobytes() for part in parts)


FieldPostings = tuple[str, Iterable[tuple[bytes, TermPostings]]]


class PostingsPool:
    """Takes the place of Whoosh's pool, which writes every posting to a file of its own and sorts them."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, TermPostings]] = {}

    def add(self, item: tuple[str, bytes, int, float, Any]) -> None:
        """One posting: field, term, document, weight, and the places (None in a field without)."""
        field, term, document, weight, places = item
        terms = self._fields.get(field)
        if terms is None:
            terms = self._fields[field] = {}
        postings = terms.get(term)
        if postings is None:
            postings = terms[term] = TermPostings()
        postings.documents.append(document)
        if places is not None:
            postings.weights.append(weight)
            postings.places.extend(places)
            postings.ends.append(len(postings.places))

    def of(self, field: str, term: bytes) -> TermPostings:
        """The postings of a term, to be added to; for segments that are merged."""
        return self._fields.setdefault(field, {}).setdefault(term, TermPostings())

    def iter_postings(self) -> Iterator[FieldPostings]:
        for field in sorted(self._fields):
            yield field, sorted(self._fields[field].items())

    def cleanup(self) -> None:
        self._fields = {}
