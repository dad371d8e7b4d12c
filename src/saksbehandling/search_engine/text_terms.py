"""The terms of texts, for engines that take terms as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from saksbehandling.search_engine.analysis import Vocabulary
from saksbehandling.search_engine.analysis.indexing import Numbers, Rows
from saksbehandling.search_engine.index_fields import TEXTS, WORDS, names
from saksbehandling.search_engine.model import Document

PART = "~"  # before a term that is a part, of a compound or of a name, and is worth less
_CHUNKS = 500_000  # that are remembered

Placed = list[tuple[int, str]]


class TextTerms(NamedTuple):
    """For each field with places its places and terms, in order; and the words as written, for the field of them."""

    placed: dict[str, Placed]
    words: set[str]


class _Chunk(NamedTuple):
    width: int
    terms: tuple[tuple[int, str], ...]
    words: tuple[str, ...]


class Analyst:
    """Makes the terms of many documents; what stands between two blanks is analysed once."""

    def __init__(self) -> None:
        self._forget()

    def terms(self, document: Document) -> TextTerms:
        if len(self._chunks) > _CHUNKS:
            self._forget()
        words: set[str] = set()
        placed = {field: self._text(getattr(document, field), words if field in WORDS[1] else set()) for field in TEXTS}
        found = list(names(document.personer))
        placed["personer"] = sorted({(place, term if whole else PART + term) for term, place, whole in found})
        return TextTerms(placed, words | {term for term, _, _ in found})

    def _forget(self) -> None:
        self._names: list[str] = []
        self._numbers = Numbers()
        self._vocabulary = Vocabulary(self._numbers)
        self._chunks: list[_Chunk] = []

    def _text(self, text: str, words: set[str]) -> Placed:
        """The terms of a text; its words are added to `words`."""
        chunks, synonyms = self._vocabulary.text(text)
        self._learn()
        placed = {(synonym.position, synonym.term) for synonym in synonyms}
        begin = 0
        for chunk in map(self._chunks.__getitem__, chunks):
            placed.update((begin + place, term) for place, term in chunk.terms)
            words.update(chunk.words)
            begin += chunk.width
        return sorted(placed)

    def _learn(self) -> None:
        """Take over what the vocabulary has met since the last time."""
        newest = islice(reversed(self._numbers), len(self._numbers) - len(self._names))
        self._names += reversed(list(newest))
        vocabulary = self._vocabulary
        for number in range(len(self._chunks), len(vocabulary)):
            wholes, places = _row(vocabulary.wholes, number), _row(vocabulary.places, number)
            terms = self._named(vocabulary.terms, number)
            marked = (term if whole else PART + term for term, whole in zip(terms, wholes, strict=True))
            placed = tuple(zip(places, marked, strict=True))
            self._chunks.append(_Chunk(vocabulary.widths[number], placed, tuple(self._named(vocabulary.words, number))))

    def _named(self, rows: Rows, number: int) -> Iterator[str]:
        return (self._names[term] for term in _row(rows, number))


def _row(rows: Rows, number: int) -> list[int]:
    return rows.values[rows.starts[number] : rows.starts[number + 1]].tolist()
