"""The postings of a segment that is being written: rows of numbers in memory, sorted once when the segment is whole."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine.analysis import synonyms_at
from saksbehandling.search_engine.whoosh_pieces import PieceTable, Vocabulary, changes

Numbers = npt.NDArray[Any]
Weighted = tuple[str, int, float]
"""A term, its position, and its weight."""

Posting = tuple[bytes, int, bytes]
"""A term, how many documents it stands in, and its postings as they stand in the file."""


class _Rows:
    """Those of one field: a term stands in a document, and in a field with places at a place with a weight."""

    def __init__(self) -> None:
        self.terms, self.documents = array("I"), array("I")
        self.places, self.weights = array("I"), array("f")
        self.texts, self.text_documents, self.text_sizes = array("I"), array("I"), array("I")

    def add_text(self, document: int, ids: Sequence[int]) -> None:
        self.texts.extend(ids)
        self.text_documents.append(document)
        self.text_sizes.append(len(ids))


class PostingsPool:
    """Takes the place of Whoosh's pool, which writes every posting to a file of its own and sorts them."""

    def __init__(self) -> None:
        self.cleanup()

    def cleanup(self) -> None:
        self._vocabulary = Vocabulary()
        self._pieces = PieceTable(self._vocabulary)
        self._with_places: defaultdict[str, _Rows] = defaultdict(_Rows)
        self._without: defaultdict[str, _Rows] = defaultdict(_Rows)

    def add_terms(self, field: str, document: int, terms: Iterable[str]) -> None:
        """Exact terms, in a field without places."""
        rows = self._without[field]
        before = len(rows.terms)
        rows.terms.extend(map(self._vocabulary.__getitem__, terms))
        rows.documents.extend([document] * (len(rows.terms) - before))

    def add_weighted(self, field: str, document: int, weighted: Iterable[Weighted]) -> int:
        """Terms with place and weight; how many of them are whole words."""
        rows, whole = self._with_places[field], 0
        for term, place, weight in weighted:
            rows.terms.append(self._vocabulary[term])
            rows.documents.append(document)
            rows.places.append(place)
            rows.weights.append(weight)
            whole += weight == 1.0
        return whole

    def add_text(self, field: str, document: int, pieces: Sequence[str], words: str) -> int:
        """A text in pieces, and its words as written into the field `words`; how many whole words it has."""
        ids = array("I", map(self._pieces.__getitem__, pieces))
        self._with_places[field].add_text(document, ids)
        self._without[words].add_text(document, ids)
        synonyms = synonyms_at(*self._pieces.tokens(pieces, ids))
        return self._pieces.wholes_in(ids) + self.add_weighted(field, document, ((s[0], s[1], 1.0) for s in synonyms))

    def copy(self, field: str, term: bytes, documents: Numbers) -> None:
        """The postings of a term in another segment, under their new numbers, in a field without places."""
        self._copied(self._without, field, term, documents)

    def copy_places(self, field: str, term: bytes, documents: Numbers, weights: Numbers, places: Numbers) -> None:
        """Likewise in a field with places: a row for each place. The weight of a document stands at one of them."""
        rows = self._copied(self._with_places, field, term, documents)
        rows.weights.frombytes(weights.astype(np.float32).tobytes())
        rows.places.frombytes(places.astype(np.uint32).tobytes())

    def _copied(self, fields: defaultdict[str, _Rows], field: str, term: bytes, documents: Numbers) -> _Rows:
        rows = fields[field]
        number = self._vocabulary[term.decode()]
        rows.terms.frombytes(np.full(len(documents), number, np.uint32).tobytes())
        rows.documents.frombytes(documents.astype(np.uint32).tobytes())
        return rows

    def iter_postings(self) -> Iterator[tuple[str, Iterator[Posting]]]:
        """Each field, and its terms in order."""
        names, rank = self._vocabulary.in_order()
        for field in sorted({*self._with_places, *self._without}):
            if field in self._with_places:
                yield field, self._placed(self._with_places[field], names, rank)
            else:
                yield field, self._exact(self._without[field], names, rank)

    def _exact(self, rows: _Rows, names: Sequence[bytes], rank: Numbers) -> Iterator[Posting]:
        terms, documents = self._pieces.words_of(rows.texts, rows.text_documents, rows.text_sizes)
        term = rank[np.concatenate((_numbers(rows.terms), terms))].astype(np.uint64)
        document = np.concatenate((_numbers(rows.documents), documents)).astype(np.uint64)
        found = np.sort((term << np.uint64(32)) | document)
        found = found[changes(found)]
        document = (found & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        for name, start, end in _runs(found >> np.uint64(32), names):
            yield name, end - start, document[start:end].tobytes()

    def _placed(self, rows: _Rows, names: Sequence[bytes], rank: Numbers) -> Iterator[Posting]:
        expanded = self._pieces.terms_of(rows.texts, rows.text_documents, rows.text_sizes)
        own = [_numbers(each) for each in (rows.terms, rows.documents, rows.places, rows.weights)]
        term, document, place, weight = map(np.concatenate, zip(own, expanded, strict=True))
        order = _sorted(rank[term], document, place)
        term, document, place, weight = rank[term][order], document[order], place[order], weight[order]
        first = np.flatnonzero(changes(term) | changes(document))
        weights = np.add.reduceat(weight, first) if len(first) else weight
        ends = np.append(first, len(term))[1:]
        documents, weights = document[first].astype(np.uint32), weights.astype(np.float32)
        for name, start, end in _runs(term[first], names):
            low, high = first[start], ends[end - 1]
            parts = (
                documents[start:end],
                weights[start:end],
                (ends[start:end] - low).astype(np.uint32),
                place[low:high].astype(np.uint32),
            )
            yield name, end - start, b"".join(part.tobytes() for part in parts)


def _numbers(values: array[Any]) -> Numbers:
    return np.frombuffer(values, np.float32 if values.typecode == "f" else np.uint32) if values else np.empty(0, "u4")


def _runs(ranks: Numbers, names: Sequence[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """Each term, and where its run of rows begins and ends."""
    starts = np.flatnonzero(changes(ranks))
    ends = np.append(starts, len(ranks))[1:]
    for rank, start, end in zip(ranks[starts].tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield names[rank], start, end


def _sorted(*keys: Numbers) -> Numbers:
    """The order by the first key, then the second, and so on; in one number where they have room in it."""
    bits = [int(key.max()).bit_length() if len(key) else 0 for key in keys]
    if sum(bits) > 64:
        return np.lexsort(keys[::-1])
    packed = np.zeros(len(keys[0]), np.uint64)
    for key, size in zip(keys, bits, strict=True):
        packed = (packed << np.uint64(size)) | key.astype(np.uint64)
    return np.argsort(packed)
