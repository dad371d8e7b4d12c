"""The terms of a segment: a file with the terms of each field in order, found by a few of them that stay in memory."""

from __future__ import annotations

import pickle
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine.whoosh_keys import FieldPostings
from saksbehandling.search_engine.whoosh_storage import SharedFile

Integers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

_WIDTH = 4
# Of so many terms one stays in memory; the others are read when they are looked for.
_STEP = 64
_FOOT = struct.Struct("<QQ")


class Extent(NamedTuple):
    """Where in the file a term's postings begin, and in how many documents it stands."""

    offset: int
    size: int


class _Field(NamedTuple):
    """Of a field: every `_STEP`th term, how many there are, and where their text, ends, postings and sizes lie."""

    known: list[bytes]
    total: int
    text: int
    ends: int
    offsets: int
    sizes: int


class TermsWriter:
    """Writes the terms and the postings of a segment."""

    def __init__(self, terms: Any, postings: Any) -> None:
        self._terms, self._postings = terms, postings
        self._fields: dict[str, _Field] = {}
        self.is_closed = False

    def add_postings(self, fields: Iterable[tuple[str, FieldPostings]]) -> None:
        """Fields with their postings, as the pool gives them."""
        for name, field in fields:
            begin = self._postings.tell()
            self._postings.write(field.content.tobytes())
            offsets = np.append(field.starts, len(field.content)) * _WIDTH + begin
            ends = np.cumsum([0, *map(len, field.terms)])
            places = [self._write(part) for part in (b"".join(field.terms), _u8(ends), _u8(offsets), _u4(field.sizes))]
            self._fields[name] = _Field(field.terms[::_STEP], len(field.terms), *places)

    def close(self) -> None:
        head = pickle.dumps({name: tuple(field) for name, field in self._fields.items()})
        self._terms.write(_FOOT.pack(self._write(head), len(head)))
        self._terms.close()
        self._postings.close()
        self.is_closed = True

    def _write(self, content: bytes) -> int:
        at = int(self._terms.tell())
        self._terms.write(content)
        return at


def _u8(values: npt.NDArray[Any]) -> bytes:
    return values.astype(np.uint64).tobytes()


def _u4(values: npt.NDArray[Any]) -> bytes:
    return values.astype(np.uint32).tobytes()


class TermsReader:
    """The terms of a segment, and their postings as arrays. Raises all kinds of errors if the files are damaged."""

    def __init__(self, terms: SharedFile, postings: SharedFile) -> None:
        self._terms, self._postings = terms, postings
        place, length = _FOOT.unpack(terms.get(terms.length() - _FOOT.size, _FOOT.size))
        fields = pickle.loads(terms.get(place, length))  # noqa: S301  # our own file; Whoosh's table of contents is one too
        self._fields = {name: _Field(*field) for name, field in fields.items()}

    def extent(self, field: str, term: bytes) -> Extent | None:
        if field not in self._fields:
            return None
        start, block = self._block(self._fields[field], term)
        within = bisect_left(block, term)
        if term not in block[within : within + 1]:
            return None
        return self._extents(self._fields[field], start + within, start + within + 1)[0]

    def documents(self, extent: Extent) -> Integers:
        return self._numbers(extent.offset, extent.size)

    def weights(self, extent: Extent) -> Floats:
        return self._numbers(extent.offset + extent.size * _WIDTH, extent.size).view(np.float32)

    def places(self, extent: Extent) -> tuple[Integers, Integers]:
        """For each document the end of its places among all of them, and all the places."""
        start = extent.offset + 2 * extent.size * _WIDTH
        ends = self._numbers(start, extent.size)
        return ends, self._numbers(start + extent.size * _WIDTH, int(ends[-1]))

    def documents_between(self, field: str, first: bytes, end: bytes | None) -> Integers:
        """The documents of a field without places whose terms are `first` or after, and before `end` (None: open)."""
        if field not in self._fields:
            return np.empty(0, np.uint32)
        low, high = (self._offset(self._fields[field], index) for index in self._between(field, first, end))
        return self._numbers(low, max(high - low, 0) // _WIDTH)

    def terms_between(self, field: str, first: bytes, end: bytes | None) -> Iterator[tuple[bytes, Extent]]:
        if field in self._fields:
            known = self._fields[field]
            low, high = self._between(field, first, end)
            for start in range(low, high, _STEP):
                stop = min(start + _STEP, high)
                yield from zip(self._read(known, start, stop), self._extents(known, start, stop), strict=True)

    def every(self) -> Iterator[tuple[str, FieldPostings]]:
        """The fields with their postings, as `add_postings` took them."""
        for name, field in self._fields.items():
            offsets = np.frombuffer(self._terms.get(field.offsets, (field.total + 1) * 8), np.uint64).astype(np.int64)
            sizes = np.frombuffer(self._terms.get(field.sizes, field.total * _WIDTH), np.uint32).astype(np.int64)
            starts = (offsets - offsets[0]) // _WIDTH
            content = self._numbers(int(offsets[0]), int(starts[-1]))
            yield name, FieldPostings(self._read(field, 0, field.total), sizes, starts[:-1], content)

    def _between(self, field: str, first: bytes, end: bytes | None) -> tuple[int, int]:
        known = self._fields[field]
        return self._first_at(known, first), known.total if end is None else self._first_at(known, end)

    def _first_at(self, field: _Field, term: bytes) -> int:
        """The index of the first term that is `term` or after."""
        start, block = self._block(field, term)
        return start + bisect_left(block, term)

    def _block(self, field: _Field, term: bytes) -> tuple[int, list[bytes]]:
        """The terms among which `term` stands if it is there, and the index of the first of them."""
        start = max(bisect_right(field.known, term) - 1, 0) * _STEP
        return start, self._read(field, start, start + _STEP)

    def _read(self, field: _Field, first: int, end: int) -> list[bytes]:
        end = min(end, field.total)
        if first >= end:
            return []
        ends = np.frombuffer(self._terms.get(field.ends + first * 8, (end - first + 1) * 8), np.uint64)
        text = self._terms.get(field.text + int(ends[0]), int(ends[-1] - ends[0]))
        cuts = (ends - ends[0]).tolist()
        return [text[low:high] for low, high in pairwise(cuts)]

    def _extents(self, field: _Field, first: int, end: int) -> list[Extent]:
        sizes = np.frombuffer(self._terms.get(field.sizes + first * _WIDTH, (end - first) * _WIDTH), np.uint32)
        offsets = np.frombuffer(self._terms.get(field.offsets + first * 8, (end - first) * 8), np.uint64)
        return list(map(Extent, offsets.tolist(), sizes.tolist()))

    def _offset(self, field: _Field, index: int) -> int:
        return int(np.frombuffer(self._terms.get(field.offsets + index * 8, 8), np.uint64)[0])

    def _numbers(self, offset: int, count: int) -> Integers:
        return np.frombuffer(self._postings.get(offset, count * _WIDTH), np.uint32)
