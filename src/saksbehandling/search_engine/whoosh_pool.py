"""Collects the postings of a segment that is being written, as keys in arrays."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from saksbehandling.search_engine.analysis.indexing import Numbers, Rows, Vocabulary
from saksbehandling.search_engine.whoosh_keys import (
    FieldPostings,
    Ints,
    Keys,
    Postings,
    distinct,
    key,
    keys,
    laid_out,
    whole_words,
)

# Chunks of text that are kept before they become keys.
_WAITING = 200_000


class PostingsPool:
    """Takes the place of Whoosh's pool, which writes every posting to a file of its own and sorts them.

    `words`: a field for words as they are written, and the fields whose words it gets.
    """

    def __init__(self, words: tuple[str, frozenset[str]]) -> None:
        self._word_field, self._worded = words
        self._numbers = Numbers()
        self._vocabulary = Vocabulary(self._numbers)
        self._texts: dict[str, Waiting] = {}
        self._single: dict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._keys: dict[str, list[Keys]] = defaultdict(list)
        self._lengths: dict[str, Ints] = {}

    def add(self, field: str, document: int, term: str, place: int = 0, whole: int = 1) -> None:
        """One posting. In a field without places they are all at 0."""
        self._single[field].append(key(self._numbers[term], document, place, whole))

    def add_text(self, field: str, document: int, text: str) -> None:
        chunks, synonyms = self._vocabulary.text(text)
        for synonym in synonyms:
            self.add(field, document, synonym.term, synonym.position)
        waiting = self._texts.setdefault(field, Waiting())
        waiting.append(document, chunks)
        if len(waiting.chunks) > _WAITING:
            self._make_keys(field)

    def add_many(self, field: str, terms: list[bytes], found: Postings) -> None:
        """The postings of a field in another segment, which has these `terms`."""
        numbers = np.array([self._numbers[term.decode()] for term in terms], np.int64)
        self._keys[field].append(keys(numbers[found.terms], found.documents, found.places, found.wholes))

    def add_lengths(self, field: str, documents: Ints, counts: Ints) -> None:
        """How many whole words each of `documents`, which are different ones, has more in `field`."""
        lengths = np.zeros(max(len(self._lengths.get(field, ())), int(documents.max(initial=-1)) + 1), np.int64)
        lengths[: len(self._lengths.get(field, ()))] = self._lengths.get(field, 0)
        lengths[documents] += counts
        self._lengths[field] = lengths

    def lengths(self, fields: Iterable[str]) -> dict[str, Ints]:
        """For `fields` the whole words of each document, up to the last that has any. Asked for once, at last."""
        self._make_all()
        for field in fields:
            self.add_lengths(field, *whole_words(np.array(self._single[field], np.uint64)))
        return self._lengths

    def iter_postings(self, with_places: frozenset[str]) -> Iterator[tuple[str, FieldPostings]]:
        """Field by field; each is let go of when the next is asked for."""
        self._make_all()
        names = [term.encode() for term in self._numbers]
        for field in sorted(self._keys.keys() | self._single.keys()):
            found = np.concatenate([np.array(self._single.pop(field, ()), np.uint64), *self._keys.pop(field, [])])
            if len(found):
                yield field, laid_out(found, names, field in with_places)

    def cleanup(self) -> None:
        """What Whoosh asks for; there are no files."""

    def _make_all(self) -> None:
        for field in list(self._texts):
            self._make_keys(field)

    def _make_keys(self, field: str) -> None:
        waiting = self._texts.pop(field)
        if not waiting.chunks:
            return
        documents, counts = waiting.terms(self._vocabulary, self._keys[field])
        self.add_lengths(field, documents, counts)
        if field in self._worded:
            waiting.words(self._vocabulary, self._keys[self._word_field])


class Waiting:
    """Texts of one field that wait to become keys: all their chunks, and how many each document has."""

    def __init__(self) -> None:
        self.chunks, self._documents, self._sizes = array("I"), array("I"), array("I")

    def append(self, document: int, chunks: list[int]) -> None:
        if chunks:
            self.chunks.extend(chunks)
            self._documents.append(document)
            self._sizes.append(len(chunks))

    def terms(self, vocabulary: Vocabulary, into: list[Keys]) -> tuple[Ints, Ints]:
        """Adds the keys of all terms; returns the documents and the number of whole words in each."""
        chunks, sizes = np.array(self.chunks, np.int64), np.array(self._sizes, np.int64)
        widths = np.array(vocabulary.widths, np.int64)[chunks]
        before = np.cumsum(widths) - widths
        before -= np.repeat(before[np.cumsum(sizes) - sizes], sizes)
        terms, counts = _rows(vocabulary.terms, chunks)
        places = np.repeat(before, counts) + _rows(vocabulary.places, chunks)[0]
        wholes, documents = _rows(vocabulary.wholes, chunks)[0], np.repeat(self._document_of_chunks(), counts)
        into.append(keys(terms, documents, places, wholes))
        lengths = np.bincount(documents, wholes).astype(np.int64)
        return np.arange(len(lengths)), lengths

    def words(self, vocabulary: Vocabulary, into: list[Keys]) -> None:
        """Adds a key for each word as it is written in each document."""
        words, counts = _rows(vocabulary.words, np.array(self.chunks, np.int64))
        documents = np.repeat(self._document_of_chunks(), counts)
        into.append(distinct(keys(words, documents, np.zeros_like(words), np.ones_like(words))))

    def _document_of_chunks(self) -> Ints:
        return np.repeat(np.array(self._documents, np.int64), np.array(self._sizes, np.int64))


def _rows(rows: Rows, chosen: Ints) -> tuple[Ints, Ints]:
    """The values of the `chosen` rows, one after the other, and how many each has."""
    starts = np.array(rows.starts, np.int64)
    counts = np.diff(starts)[chosen]
    total = np.cumsum(counts)
    at = np.arange(total[-1]) + np.repeat(starts[chosen] - total + counts, counts)
    return np.array(rows.values, np.int64)[at], counts
