"""Open views of the index: opened anew whenever the index has changed, never refreshed.

`Searcher.refresh()` hands on readers that may hold overwritten text, which for exempt papers would be a leak. What a
segment holds never changes, so that a new view takes over the arrays of the segments that are still there; which
documents of a segment are deleted is read anew for each view.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from saksbehandling.search_engine.analysis import fingerprint, weights
from saksbehandling.search_engine.edit_distance import spelt_like
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.index_fields import WATERMARK_ID
from saksbehandling.search_engine.index_home import IndexHome, reporting_damage, unavailable
from saksbehandling.search_engine.whoosh_arrays import Arrays, Mask
from saksbehandling.search_engine.whoosh_storage import DurableStorage
from saksbehandling.search_engine.whoosh_terms import Floats

_ATTEMPTS = 20
T = TypeVar("T")


class Segment:
    """A part of the index as it was after one commit: `live` are the documents that are not deleted."""

    def __init__(self, arrays: Arrays, deleted: Iterator[int]) -> None:
        self.arrays = arrays
        self.live: Mask = np.ones(arrays.size, bool)
        self.live[list(deleted)] = False

    def visible(self, readers: frozenset[str]) -> Mask:
        return self.arrays.readable(readers) & self.live


class State(NamedTuple):
    """Which index is in force, and the number of its last commit."""

    path: Path
    generation: int


class View:
    """The index as it was after one commit. `known`: arrays of segments by their id, taken over if still there."""

    def __init__(self, state: State, known: dict[str, Arrays]) -> None:
        self.state = state
        storage = DurableStorage(state.path)
        parts = storage.segments()
        self.arrays = {part.segment_id(): known.get(part.segment_id()) or Arrays(storage, part) for part in parts}
        self.segments = [Segment(self.arrays[part.segment_id()], part.deleted_docs()) for part in parts]
        self.k1, self._b = weights().k1, weights().b
        self._documents = sum(segment.arrays.size for segment in self.segments)
        self._averages: dict[str, float] = {}
        self.watermark = self._read_watermark()

    def idf(self, field: str, term: str) -> float:
        """How rare a term is in the whole index."""
        having = sum(segment.arrays.having(field, term) for segment in self.segments)
        return math.log(self._documents / (having + 1)) + 1

    def norms(self, field: str, lengths: Floats) -> Floats:
        """How much a field of these lengths holds a hit back."""
        if field not in self._averages:
            total = sum(segment.arrays.total_length(field) for segment in self.segments)
            self._averages[field] = total / self._documents or 1
        by_length = np.float32(self.k1 * self._b / self._averages[field])
        return lengths * by_length + np.float32(self.k1 * (1 - self._b))

    def alike(self, field: str, word: str, distance: int) -> list[str]:
        """The terms of a field within a distance of `word`, the first letter being the same."""
        lexicons = (segment.arrays.lexicon(field, word[:1]) for segment in self.segments)
        # Most words stand in every segment, and are compared once.
        near = {other for lexicon in lexicons for other in lexicon.near(word, distance)}
        return spelt_like(word, sorted(near), distance)

    def _read_watermark(self) -> int:
        stored = [found for segment in self.segments for found in _watermarks(segment)]
        if len(stored) != 1 or stored[0]["analyse"] != fingerprint():
            raise unavailable(self.state.path.parent, "er bygd med andre ordlister enn de som gjelder nå")
        return int(stored[0]["vannmerke"])


def _watermarks(segment: Segment) -> Iterator[dict[str, Any]]:
    documents = segment.arrays.documents("id", WATERMARK_ID)
    return (segment.arrays.stored(int(document)) for document in documents[segment.live[documents]])


def is_whole(path: Path) -> bool:
    """Whether every file of the index holds what was written to it; reads all of it."""
    storage = DurableStorage(path)
    while True:
        before = storage.generation()
        if _holds_what_was_written(storage):
            return True
        if storage.generation() == before:  # else a commit has taken files away meanwhile
            return False


def _holds_what_was_written(storage: DurableStorage) -> bool:
    try:
        return all(storage.sums(part.sums) == part.sums for part in storage.segments())
    except Exception:  # a file is missing, or Whoosh cannot read it, for which it has no error of its own
        return False


class Views:
    """The newest view, shared by all threads."""

    def __init__(self, home: IndexHome) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._view: View | None = None

    def read(self, use: Callable[[View], T]) -> T:
        """What `use` makes of the newest view. Raises `IndexUnavailable` if the index is missing or damaged."""
        path = self._home.current()
        try:
            with reporting_damage(path):
                return use(self._newest(State(path, DurableStorage(path).generation())))
        except IndexUnavailable:
            self._home.suspect()
            raise

    def close(self) -> None:
        """Let go of the files; the next read opens them again."""
        self._view = None

    def _newest(self, state: State) -> View:
        view = self._view
        if view is not None and view.state == state:
            return view
        with self._lock:
            if self._view is None or self._view.state != self._state():
                self._view = self._opened(self._view)
            return self._view

    def _opened(self, old: View | None) -> View:
        """A new view. If a commit has overtaken its opening, files may be missing from it, and it is opened again."""
        for _ in range(_ATTEMPTS):
            before = self._state()
            # The ids of segments are unique within an index only.
            known = old.arrays if old and old.state.path == before.path else {}
            try:
                view = View(before, known)
            except Exception:
                if self._state() == before:
                    raise
                continue
            if self._state() == before:
                return view
        raise unavailable(before.path.parent, "skrives for ofte til å kunne leses")

    def _state(self) -> State:
        path = self._home.current()
        return State(path, DurableStorage(path).generation())
