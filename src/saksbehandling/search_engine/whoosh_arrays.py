"""A segment of the index as arrays: postings, lengths, days, readers and facets. It never changes; threads share it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine.edit_distance import Lexicon
from saksbehandling.search_engine.index_fields import CASE, SHUT_OUT, with_places
from saksbehandling.search_engine.whoosh_documents import DocumentsReader
from saksbehandling.search_engine.whoosh_terms import Extent, Floats, Integers, TermsReader

Mask = npt.NDArray[np.bool_]

_KEPT_EXTENTS = 20_000
_KEPT_READERS = 50


class Postings(NamedTuple):
    """The documents that have a term, in order, and how much of it; `weights` is None in a field without places."""

    extent: Extent
    documents: Integers
    weights: Floats | None


class Arrays:
    def __init__(self, storage: Any, segment: Any) -> None:
        codec = segment.codec()
        self.terms: TermsReader = codec.terms_reader(storage, segment)
        self.documents_file: DocumentsReader = codec.per_document_reader(storage, segment)
        self.size = self.documents_file.size
        self._total_lengths: dict[str, int] = segment._fieldlengths
        self._extents: dict[tuple[str, bytes], Extent | None] = {}
        self._lengths: dict[str, Floats] = {}
        self._readers: dict[frozenset[str], Mask] = {}
        self._lexicons: dict[tuple[str, str], Lexicon] = {}

    def postings(self, field: str, term: str) -> Postings | None:
        """Those of a term, None if it has none. Deleted documents are among them."""
        extent = self.extent(field, term)
        if extent is None:
            return None
        weights = self.terms.weights(extent) if field in with_places() else None
        return Postings(extent, self.terms.documents(extent), weights)

    def extent(self, field: str, term: str) -> Extent | None:
        """Where its postings lie. Only this is kept: what lies there is in the system's memory if it is read often."""
        key = (field, term.encode())
        if key not in self._extents:
            if len(self._extents) >= _KEPT_EXTENTS:
                self._extents = {}
            self._extents[key] = self.terms.extent(*key)
        return self._extents[key]

    def having(self, field: str, term: str) -> int:
        """How many documents have a term."""
        extent = self.extent(field, term)
        return extent.size if extent else 0

    def documents(self, field: str, term: str) -> Integers:
        extent = self.extent(field, term)
        return self.terms.documents(extent) if extent else np.empty(0, np.uint32)

    def documents_of_each(self, field: str, beginning: str) -> Iterator[Integers]:
        """For each term that begins so the documents that have it."""
        start = beginning.encode()
        return (self.terms.documents(extent) for _, extent in self.terms.terms_between(field, start, after(start)))

    def documents_between(self, field: str, first: str, end: bytes | None) -> Integers:
        return self.terms.documents_between(field, first.encode(), end)

    def places(self, postings: Postings) -> tuple[Integers, Integers]:
        return self.terms.places(postings.extent)

    def lexicon(self, field: str, beginning: str) -> Lexicon:
        """The terms of a field that begin with a letter."""
        key = (field, beginning)
        if key not in self._lexicons:
            start = beginning.encode()
            found = self.terms.terms_between(field, start, after(start))
            self._lexicons[key] = Lexicon([term.decode() for term, _ in found])
        return self._lexicons[key]

    def lengths(self, field: str) -> Floats:
        """For each document the number of words in a field, as Whoosh rounds it."""
        if field not in self._lengths:
            self._lengths[field] = self.documents_file.lengths(field)
        return self._lengths[field]

    def total_length(self, field: str) -> int:
        return self._total_lengths.get(field, 0)

    @cached_property
    def days(self) -> npt.NDArray[np.int64]:
        """Each document's day as YYYYMMDD, 0 without one."""
        return self.documents_file.days()

    @cached_property
    def cases(self) -> npt.NDArray[np.uint64]:
        """Each document's case as a number that is the same in every segment, 0 without one."""
        numbers = np.zeros(self.size, np.uint64)
        beginning = f"{CASE}:".encode()
        for term, extent in self.terms.terms_between("fasett", beginning, after(beginning)):
            numbers[self.terms.documents(extent)] = _number_of(term)
        return numbers

    def readable(self, readers: frozenset[str]) -> Mask:
        """The documents that a holder of one of these tokens may see; remembered, since the segment never changes."""
        if readers not in self._readers:
            if len(self._readers) >= _KEPT_READERS:
                self._readers = {}
            mask = np.zeros(self.size, bool)
            for token in readers:
                mask[self.documents("lesere", token)] = True
            # A document may also name those who are shut out, whatever else lets them in.
            for token in readers:
                mask[self.documents("lesere", f"{SHUT_OUT}{token}")] = False
            self._readers[readers] = mask
        return self._readers[readers]

    @cached_property
    def facets(self) -> FacetColumn:
        found = list(self.terms.terms_between("fasett", b"=", after(b"=")))
        labels = [(facet, value) for facet, _, value in (term[1:].decode().partition(":") for term, _ in found)]
        return FacetColumn(labels, [self.terms.documents(extent) for _, extent in found], self.size)

    def stored(self, document: int) -> dict[str, Any]:
        return self.documents_file.stored(document)


class FacetColumn:
    """Which labels each document has. `labels`: (facet, value); `documents`: for each label those that have it."""

    def __init__(self, labels: list[tuple[str, str]], documents: list[Integers], size: int) -> None:
        self.labels = labels
        every = np.concatenate([np.empty(0, np.uint32), *documents])
        order = np.argsort(every, kind="stable")
        counts = np.bincount(every, minlength=size)
        within = np.arange(len(every)) - np.repeat(np.cumsum(counts) - counts, counts)
        # A row for each document, filled up with a number that is no label's.
        self._rows = np.full((size, counts.max(initial=0)), len(labels), np.int32)
        self._rows[every[order], within] = np.repeat(np.arange(len(labels)), [len(part) for part in documents])[order]

    def count(self, documents: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """For each label how many of `documents` have it."""
        return np.bincount(self._rows[documents].ravel(), minlength=len(self.labels) + 1)[:-1]


def _number_of(term: bytes) -> np.uint64:
    """63 bits of its digest: two of a million cases share a number once in twenty million indexes."""
    return np.uint64(int.from_bytes(blake2b(term, digest_size=8).digest()) >> 1)


def after(text: bytes) -> bytes:
    """The first text that comes after everything that begins with `text`."""
    return text[:-1] + bytes([text[-1] + 1])
