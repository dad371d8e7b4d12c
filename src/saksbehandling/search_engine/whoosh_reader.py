"""Open views of the index: one for each thread, opened anew whenever the index has changed, never refreshed.

`Searcher.refresh()` hands on readers that may hold overwritten text, which for exempt papers would be a leak.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from whoosh.index import FileIndex
from whoosh.scoring import BM25F

from saksbehandling.errors import SaksbehandlingError
from saksbehandling.search_engine.analysis import fingerprint, weights
from saksbehandling.search_engine.whoosh_schema import WATERMARK_ID
from saksbehandling.search_engine.whoosh_storage import DurableStorage, IndexHome, unavailable

_ATTEMPTS = 20
T = TypeVar("T")


class Segment:
    """A part of the index that never changes, with its own numbering of documents.

    Every file is opened here: Whoosh opens columns when they are first asked for, and takes one that a merge has
    removed meanwhile for one that never was.
    """

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self.days = self.reader.column_reader("dato", translate=False)
        self.facets = self.reader.column_reader("fasett", translate=False)
        self.reader.stored_fields(0)
        for name, field in self.reader.schema.items():
            if field.scorable:
                self.reader.doc_field_length(0, name)
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

    def stored(self, document: int) -> dict[str, Any]:
        found: dict[str, Any] = self.reader.stored_fields(document)["lagret"]
        return found


class State(NamedTuple):
    """Which index is in force, and the number of its last commit."""

    path: Path
    generation: int


class View:
    """The index as it was after one commit."""

    def __init__(self, state: State) -> None:
        self.state = state
        weighting = BM25F(B=weights().b, K1=weights().k1)
        self._searcher = FileIndex(DurableStorage(state.path)).searcher(weighting=weighting)
        try:
            self.segments = [Segment(searcher) for searcher, _ in self._searcher.leaf_searchers()]
            self.watermark = self._read_watermark()
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        self._searcher.close()

    def _read_watermark(self) -> int:
        stored = [segment.stored(doc) for segment in self.segments for doc in segment.ids("id", WATERMARK_ID)]
        if len(stored) != 1 or stored[0]["analyse"] != fingerprint():
            raise unavailable(self.state.path.parent, "er bygd med andre ordlister enn de som gjelder nå")
        return int(stored[0]["vannmerke"])


class Views:
    """The views of every thread."""

    def __init__(self, home: IndexHome) -> None:
        self._home = home
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: set[View] = set()

    def read(self, use: Callable[[View], T]) -> T:
        """What `use` makes of the newest view. Raises `IndexUnavailable` if the index is missing or damaged."""
        path = self._home.current()
        with reporting_damage(path):
            return use(self._newest())

    def close(self) -> None:
        """Close the views of all threads; the next read opens a new one."""
        with self._lock:
            views, self._open = self._open, set()
        for view in views:
            view.close()
        self._local = threading.local()

    def _newest(self) -> View:
        view: View | None = getattr(self._local, "view", None)
        if view is not None and view.state == self._state():
            return view
        self._forget()
        self._local.view = view = self._opened()
        with self._lock:
            self._open.add(view)
        return view

    def _opened(self) -> View:
        """A new view. If a commit has overtaken its opening, files may be missing from it, and it is opened again."""
        for _ in range(_ATTEMPTS):
            before = self._state()
            try:
                view = View(before)
            except Exception:
                if self._state() == before:
                    raise
                continue
            if self._state() == before:
                return view
            view.close()
        raise unavailable(before.path.parent, "skrives for ofte til å kunne leses")

    def _state(self) -> State:
        path = self._home.current()
        return State(path, DurableStorage(path).generation())

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
