"""Open views of the index: one for each thread, opened anew whenever the index has changed, never refreshed.

`Searcher.refresh()` hands on readers that may hold overwritten text, which for exempt papers would be a leak.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from whoosh.index import FileIndex
from whoosh.scoring import BM25F

from saksbehandling.errors import SaksbehandlingError
from saksbehandling.search_engine.analysis import fingerprint, weights
from saksbehandling.search_engine.whoosh_schema import WATERMARK_ID
from saksbehandling.search_engine.whoosh_storage import DurableStorage, IndexHome, unavailable

_ATTEMPTS = 5
T = TypeVar("T")


class Segment:
    """A part of the index that never changes, with its own numbering of documents."""

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self._visible: dict[frozenset[str], frozenset[int]] = {}

    def postings(self, field: str, term: str | bytes) -> Any | None:
        """Whoosh's matcher over the living documents with a term, with BM25F scores; None if there are none."""
        if (field, term if isinstance(term, bytes) else term.encode()) not in self.reader:
            return None
        return self.searcher.postings(field, term)

    def ids(self, field: str, term: str | bytes) -> Iterator[int]:
        matcher = self.postings(field, term)
        return iter(()) if matcher is None else iter(matcher.all_ids())

    def visible(self, readers: frozenset[str]) -> frozenset[int]:
        """The documents that a holder of one of these tokens may see; remembered, since the segment never changes."""
        if readers not in self._visible:
            if len(self._visible) > 50:
                self._visible.clear()
            self._visible[readers] = frozenset(doc for token in readers for doc in self.ids("lesere", token))
        return self._visible[readers]

    @cached_property
    def days(self) -> Any:
        return self.reader.column_reader("dato", translate=False)

    @cached_property
    def facets(self) -> Any:
        return self.reader.column_reader("fasett", translate=False)

    def stored(self, document: int) -> dict[str, Any]:
        found: dict[str, Any] = self.reader.stored_fields(document)["lagret"]
        return found


class View:
    """The index as it was after one commit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index = FileIndex(DurableStorage(path))
        weighting = BM25F(B=weights().b, K1=weights().k1)
        self._searcher = self._index.searcher(weighting=weighting)
        self.segments = [Segment(searcher) for searcher, _ in self._searcher.leaf_searchers()]
        self.watermark = self._read_watermark()

    def is_current(self, path: Path) -> bool:
        return path == self.path and bool(self._index.latest_generation() == self._searcher.reader().generation())

    def close(self) -> None:
        self._searcher.close()

    def _read_watermark(self) -> int:
        stored = [segment.stored(doc) for segment in self.segments for doc in segment.ids("id", WATERMARK_ID)]
        if len(stored) != 1 or stored[0]["analyse"] != fingerprint():
            self.close()
            raise unavailable(self.path.parent, "er bygd med andre ordlister enn de som gjelder nå")
        return int(stored[0]["vannmerke"])


class Views:
    """The views of every thread."""

    def __init__(self, home: IndexHome) -> None:
        self._home = home
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: set[View] = set()

    def read(self, use: Callable[[View], T]) -> T:
        """What `use` makes of the newest view. Raises `IndexUnavailable` if the index is missing or damaged.

        A merge or rebuild may remove files that a view has yet to open; it is then opened anew and `use` called again.
        """
        for attempt in range(_ATTEMPTS):
            path = self._home.current()
            with reporting_damage(path):
                try:
                    return use(self._newest(path))
                except FileNotFoundError:
                    self._forget()
                    if attempt == _ATTEMPTS - 1:
                        raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the views of all threads; the next read opens a new one."""
        with self._lock:
            views, self._open = self._open, set()
        for view in views:
            view.close()
        self._local = threading.local()

    def _newest(self, path: Path) -> View:
        view: View | None = getattr(self._local, "view", None)
        if view is not None and view.is_current(path):
            return view
        self._forget()
        view = View(path)
        with self._lock:
            self._open.add(view)
        self._local.view = view
        return view

    def _forget(self) -> None:
        view: View | None = getattr(self._local, "view", None)
        if view is not None:
            with self._lock:
                self._open.discard(view)
            self._local.view = None
            view.close()


@contextmanager
def reporting_damage(path: Path) -> Iterator[None]:
    """Whatever Whoosh raises on damaged files becomes `IndexUnavailable`: it has no error of its own for them."""
    try:
        yield
    except SaksbehandlingError:
        raise
    except Exception as error:
        raise unavailable(path.parent, "kan ikke leses") from error
