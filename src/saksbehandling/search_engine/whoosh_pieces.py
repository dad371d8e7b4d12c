"""What the pieces of texts come to, worked out once for each different piece, as numbers that numpy can spread out."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine.analysis import Kind, RawToken, may_begin, read_piece, terms_of, weights
from saksbehandling.search_engine.analysis.words import MAX_WORD

Numbers = npt.NDArray[Any]
Placed = tuple[Numbers, Numbers, Numbers, Numbers]
"""Terms, documents, places and weights, row by row."""


class Vocabulary(dict[str, int]):
    """The number of each term, in the order in which they are first asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def in_order(self) -> tuple[list[bytes], Numbers]:
        """The terms as they sort, and for each number the place of its term among them."""
        encoded = [term.encode() for term in self]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(order), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        return [encoded[number] for number in order], rank


class PieceTable(dict[str, int]):
    """The number of each piece; under it how many places it takes, and its terms."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._places, self._wholes = array("I"), array("I")
        self._ends, self._terms = array("I"), array("I")
        self._offsets, self._weights = array("I"), array("f")
        self._word_ends, self._words = array("I"), array("I")
        self._beginning: set[int] = set()
        self._several: set[int] = set()
        self._part_weight = weights().ledd

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        tokens = read_piece(piece)
        self._places.append(len(tokens))
        self._wholes.append(sum(self._add_terms(place, token) for place, token in enumerate(tokens)))
        self._ends.append(len(self._terms))
        self._words.extend(self._vocabulary[word] for token in tokens for word in words_of(token))
        self._word_ends.append(len(self._words))
        if any(map(may_begin, tokens)):
            self._beginning.add(number)
        if len(tokens) > 1:
            self._several.add(number)
        return number

    def _add_terms(self, place: int, token: RawToken) -> bool:
        whole, segments, spans = terms_of(token)
        terms = [(whole, 1.0)] if whole else []
        for term, weight in [*terms, *((part, self._part_weight) for part in (*segments, *spans))]:
            self._terms.append(self._vocabulary[term])
            self._offsets.append(place)
            self._weights.append(weight)
        return bool(whole)

    def wholes_in(self, ids: Sequence[int]) -> int:
        """How many whole words the pieces are."""
        return sum(map(self._wholes.__getitem__, ids))

    def tokens(self, pieces: Sequence[str], ids: Sequence[int]) -> tuple[Sequence[RawToken], list[int]]:
        """The tokens of a text, and the positions of those with which more than a word may begin."""
        if not self._several.isdisjoint(ids):
            tokens = [token for piece in pieces for token in read_piece(piece)]
            return tokens, [position for position, token in enumerate(tokens) if may_begin(token)]
        if self._beginning.isdisjoint(ids):
            return (), []
        return _Tokens(pieces), [position for position, number in enumerate(ids) if number in self._beginning]

    def terms_of(self, texts: array[int], documents: array[int], sizes: array[int]) -> Placed:
        """The rows of texts that stand one after the other. `sizes`: how many pieces each has."""
        ids, document = _spread(texts, documents, sizes)
        place = _places(_taken(self._places, ids), sizes)
        piece, row = _expand(ids, self._ends)
        return (
            _taken(self._terms, row),
            document[piece],
            place[piece] + _taken(self._offsets, row),
            _taken(self._weights, row),
        )

    def words_of(self, texts: array[int], documents: array[int], sizes: array[int]) -> tuple[Numbers, Numbers]:
        """The words as written in such texts, and their documents; each word once for a document, or more often."""
        ids, document = _spread(texts, documents, sizes)
        distinct = np.sort((document.astype(np.uint64) << np.uint64(32)) | ids)
        distinct = distinct[changes(distinct)]
        piece, row = _expand((distinct & np.uint64(0xFFFFFFFF)).astype(np.int64), self._word_ends)
        return _taken(self._words, row), (distinct >> np.uint64(32))[piece].astype(np.uint32)


class _Tokens(Sequence[RawToken]):
    """The tokens of pieces that are one each, read where somebody looks."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    @overload
    def __getitem__(self, at: int) -> RawToken: ...

    @overload
    def __getitem__(self, at: slice) -> list[RawToken]: ...

    def __getitem__(self, at: int | slice) -> RawToken | list[RawToken]:
        if isinstance(at, slice):
            return [read_piece(piece)[0] for piece in self._pieces[at]]
        return read_piece(self._pieces[at])[0]


def words_of(token: RawToken) -> tuple[str, ...]:
    """What stands there as written, for prefixes and spelling; also what is too common to be looked for alone."""
    if token.kind is not Kind.WORD:
        return ()
    surface = token.term[:MAX_WORD]
    return (surface, *surface.split("-")) if "-" in surface else (surface,)


def changes(values: Numbers) -> Numbers:
    """True at the first of each run of equal values."""
    changed = np.ones(len(values), bool)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _spread(texts: array[int], documents: array[int], sizes: array[int]) -> tuple[Numbers, Numbers]:
    """The pieces, and the document of each."""
    if not texts:
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    return np.frombuffer(texts, np.uint32), np.repeat(np.frombuffer(documents, np.uint32), sizes)


def _places(widths: Numbers, sizes: array[int]) -> Numbers:
    """Where each piece begins in its text. `widths`: how many places each takes."""
    if not len(widths):
        return np.empty(0, np.int64)
    before = np.cumsum(widths, dtype=np.int64) - widths
    in_text = np.frombuffer(sizes, np.uint32).astype(np.int64)
    first = np.minimum(np.cumsum(in_text) - in_text, len(before) - 1)
    return before - np.repeat(before[first], in_text)


def _expand(ids: Numbers, ends: array[int]) -> tuple[Numbers, Numbers]:
    """For each row of each of `ids`: the place among `ids`, and the number of the row."""
    if not len(ids):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    last = np.frombuffer(ends, np.uint32).astype(np.int64)
    first = np.concatenate((np.zeros(1, np.int64), last[:-1]))
    counts = (last - first)[ids]
    piece = np.repeat(np.arange(len(ids)), counts)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    return piece, first[ids][piece] + within


def _taken(values: array[Any], rows: Numbers) -> Numbers:
    kind = np.float32 if values.typecode == "f" else np.uint32
    return np.frombuffer(values, kind)[rows] if len(rows) else np.empty(0, kind)
