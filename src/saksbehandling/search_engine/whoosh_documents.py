"""What a segment holds of each document beside its terms: day, lengths of fields, and what is shown of it."""

from __future__ import annotations

import pickle
from array import array
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.util.numeric import byte_to_length

from saksbehandling.search_engine.whoosh_keys import Ints
from saksbehandling.search_engine.whoosh_storage import SharedFile

LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)


class DocumentsWriter:
    """Writes one file: ends of what is stored, days, a byte for each length of `fields`, and what is stored."""

    def __init__(self, file: Any, fields: list[str]) -> None:
        self._file, self._fields = file, fields
        self._days, self._stored = array("I"), list[bytes]()
        self.lengths: dict[str, Ints] = {}
        self.is_closed = False

    def add(self, stored: dict[str, Any], day: int) -> None:
        self.copy(pickle.dumps(stored, pickle.HIGHEST_PROTOCOL), day)

    def copy(self, packed: bytes, day: int) -> None:
        self._stored.append(packed)
        self._days.append(day)

    def close(self) -> None:
        self._file.write(np.cumsum([0, *map(len, self._stored)], dtype=np.uint64).tobytes())
        self._file.write(self._days.tobytes())
        for field in self._fields:
            self._file.write(self._rounded(self.lengths.get(field, np.zeros(0, np.int64))))
        self._file.write(b"".join(self._stored))
        self._file.close()
        self.is_closed = True

    def _rounded(self, lengths: Ints) -> bytes:
        bytes_ = np.zeros(len(self._stored), np.uint8)
        bytes_[: len(lengths)] = np.minimum(np.searchsorted(LENGTHS, lengths), 255)
        return bytes_.tobytes()


class DocumentsReader:
    """`size`: how many documents there are, with those that are deleted."""

    def __init__(self, file: SharedFile, size: int, fields: list[str]) -> None:
        self._file, self.size = file, size
        self._columns = (size + 1) * 8
        self._bytes = {field: self._columns + size * (4 + index) for index, field in enumerate(fields)}
        self._begin = self._columns + size * (4 + len(fields))

    def stored(self, document: int) -> dict[str, Any]:
        found: dict[str, Any] = pickle.loads(self.packed(document))  # noqa: S301  # our own file
        return found

    def packed(self, document: int) -> bytes:
        start, end = np.frombuffer(self._file.get(document * 8, 16), np.uint64).tolist()
        return self._file.get(self._begin + start, end - start)

    def lengths(self, field: str) -> npt.NDArray[np.float32]:
        """For each document the number of words in a field, as Whoosh rounds it."""
        return LENGTHS[np.frombuffer(self._file.get(self._bytes[field], self.size), np.uint8)]

    def days(self) -> npt.NDArray[np.int64]:
        """Each document's day as YYYYMMDD, 0 without one."""
        return np.frombuffer(self._file.get(self._columns, self.size * 4), np.uint32).astype(np.int64)
