"""Whoosh's file format with postings as plain arrays of numbers, which numpy reads as they stand.

A field without places has for each term the numbers of its documents, and the terms of a field follow each other in
order: the postings of a range of terms are one array. A field with places has, for each term, documents, weights,
ends of places, and places. Numbers are those of the machine, since the index is made where it is used.
"""

from __future__ import annotations

import os
import struct
import weakref
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermsReader
from whoosh.filedb.structfile import StructFile
from whoosh.matching import ListMatcher

from saksbehandling.search_engine.whoosh_pool import Posting, PostingsPool

Integers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

_RECORD = struct.Struct("<QI")
_WIDTH = 4


class Extent(NamedTuple):
    """Where in the file a term's postings begin, and how many there are."""

    offset: int
    size: int


class SharedFile(StructFile):  # type: ignore[misc]  # Whoosh has no types
    """A file that threads read from at once, each from where it wants; closed when nobody holds it any more.

    It is not mapped into memory: a mapped file that is cut short would take the whole process with it.
    """

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path.open("rb"), name=name)
        self._descriptor = self.file.fileno()
        weakref.finalize(self, self.file.close)

    def get(self, position: int, length: int) -> bytes:
        found = os.pread(self._descriptor, length, position)
        if len(found) < length:
            raise EOFError(f"{self._name} is cut short.")
        return found

    def numbers(self, position: int, count: int) -> Integers:
        return np.frombuffer(self.get(position, count * _WIDTH), np.uint32)

    def close(self) -> None:
        """Left to the one who holds it last."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec but for the postings, and without statistics that serve only its own collectors."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> ArrayWriter:
        return ArrayWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTerms:
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return ArrayTerms(self, storage.open_file(name), storage.file_length(name), postings)


class ArrayWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the postings of a segment. `items`: from a `PostingsPool`."""

    def add_postings(self, schema: object, lengths: object, items: Iterable[tuple[str, Iterable[Posting]]]) -> None:  # noqa: ARG002
        offset = 0
        for number, (name, terms) in enumerate(items):
            self._fieldmap[name] = number
            key = struct.pack("!H", number)
            for term, size, content in terms:
                self._postfile.write(content)
                self._tindex.add(key + term, _RECORD.pack(offset, size))
                offset += len(content)


class ArrayTerms(W3TermsReader):  # type: ignore[misc]
    """The terms of a segment, and their postings as arrays."""

    def extent(self, field: str, term: bytes) -> Extent | None:
        found: bytes | None = next(iter(self._tindex.all(self._keycoder(field, term))), None)
        return Extent._make(_RECORD.unpack(found)) if found is not None else None

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
        low = self._first_at(self._keycoder(field, first))
        last = self._first_at(self._keycoder(field, end) if end is not None else self._after(field))
        offset = self._offset_at(low)
        return self._numbers(offset, (self._offset_at(last) - offset) // _WIDTH)

    def terms_between(self, field: str, first: bytes, end: bytes) -> Iterator[tuple[bytes, Extent]]:
        low, high = self._keycoder(field, first), self._keycoder(field, end)
        for key, record in self._tindex.items_from(low):
            if key >= high:
                return
            yield key[2:], Extent._make(_RECORD.unpack(record))

    def every(self) -> Iterator[tuple[str, bytes, Extent]]:
        """Each field, term and extent, in order."""
        for key, record in self._tindex.items():
            yield *self._keydecoder(key), Extent._make(_RECORD.unpack(record))

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: object = None) -> Any:  # noqa: ARG002
        """For Whoosh's own look-ups of ids: the documents alone."""
        extent = self.extent(fieldname, tbytes)
        if extent is None:
            raise KeyError(fieldname, tbytes)
        return ListMatcher(self.documents(extent).tolist(), format=format_)

    def _numbers(self, offset: int, count: int) -> Integers:
        found: Integers = self._postfile.numbers(offset, count)
        return found

    def _after(self, field: str) -> bytes:
        return struct.pack("!H", self._fieldmap.get(field, 0xFFFE) + 1)

    def _first_at(self, key: bytes) -> int | None:
        position: int | None = self._tindex.closest_key_pos(key)
        return position

    def _offset_at(self, position: int | None) -> int:
        if position is None:
            return int(self._postfile_length())
        _, data, length = self._tindex.key_and_range_at(position)
        return int(_RECORD.unpack(self._dbfile.get(data, length))[0])

    def _postfile_length(self) -> int:
        return os.fstat(self._postfile.fileno()).st_size


def copy_postings(
    terms: ArrayTerms, numbers: npt.NDArray[np.int64], into: PostingsPool, placed: Container[str]
) -> None:
    """Add a segment's postings, under the new `numbers` of its documents; -1 for one that is deleted.

    `placed`: the fields whose terms have places.
    """
    for field, term, extent in terms.every():
        documents = numbers[terms.documents(extent)]
        kept = documents >= 0
        if field not in placed:
            into.copy(field, term, documents[kept])
        else:
            ends, places = terms.places(extent)
            rows = np.repeat(np.arange(extent.size), np.diff(ends, prepend=np.uint32(0)))
            weights = np.zeros(len(rows), np.float32)
            weights[ends - 1] = terms.weights(extent)
            stay = kept[rows]
            into.copy_places(field, term, documents[rows][stay], weights[stay], places[stay])
