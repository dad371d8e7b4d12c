"""`ISearchEngine` on tantivy: an index in a directory, many processes reading, one writing; for large single machines.

It finds the same as the Whoosh engine, by the same terms, and scores by its own BM25 (k1 1.2, b 0.75, which it lets
nobody change); hits of equal worth stand in its own order. It maps its files into memory: if one is cut short
while it runs, the process ends.
"""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tantivy import Index, IndexWriter, Query
from whoosh.util.filelock import try_for
from zope.interface import implementer

from saksbehandling.errors import Conflict
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.analysis import fingerprint
from saksbehandling.search_engine.answering import Matches, Place, answer
from saksbehandling.search_engine.edit_distance import Lexicon
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.index_fields import (
    CASE,
    COLUMNS,
    FOLD,
    NEWEST,
    OLDEST,
    STORED,
    WATERMARK_ID,
    folds_by,
    from_json,
    with_places,
)
from saksbehandling.search_engine.index_home import IndexHome, reporting_damage, reporting_full_disk, unavailable
from saksbehandling.search_engine.model import (
    DEFAULT_OPTIONS,
    MORE_OF_A_CASE,
    Change,
    Document,
    Options,
    Put,
    Result,
    Sort,
    different,
)
from saksbehandling.search_engine.plan import Plan
from saksbehandling.search_engine.query import Query as Asked
from saksbehandling.search_engine.tantivy_query import Translator, among
from saksbehandling.search_engine.tantivy_schema import schema, tantivy_document, watermark_document
from saksbehandling.search_engine.text_terms import PART, Analyst

_HEAP = 64_000_000
_LOCK_TIMEOUT = 30.0
_VALUES = 60_000  # of a facet, or cases; tantivy counts no more at a time
_OS_ERROR = re.compile(r"os error (\d+)")
_WRITER_DIED = "index writer was killed"
_ORDER = {Sort.RELEVANS: None, Sort.NYESTE: NEWEST, Sort.ELDSTE: OLDEST}


@implementer(ISearchEngine)
class TantivyEngine:
    """`directory` holds the index; it need not exist before the first `rebuild`."""

    def __init__(self, directory: Path) -> None:
        self._home = IndexHome(directory)
        self._opening = threading.Lock()
        self._opened: View | None = None

    def apply(self, changes: Iterable[Change], watermark: int) -> None:
        if watermark < self.watermark():
            return
        path = self._home.current()
        last = {change.id: change for change in changes}
        with self._locked("skriving", _LOCK_TIMEOUT), _damage(path), _writer(Index(schema(), str(path))) as writer:
            for identity in (*last, WATERMARK_ID):
                writer.delete_documents_by_term("id", identity)
            _add(writer, (change.document for change in last.values() if isinstance(change, Put)), watermark)

    def watermark(self) -> int:
        return self._view().watermark

    def search(self, query: Asked, readers: Collection[str], options: Options = DEFAULT_OPTIONS) -> Result:
        view = self._view()
        with _damage(view.state.path):
            return answer(_Seen(view, readers), query, options)

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        with self._locked("bygging", 0):
            path = self._home.new()
            try:
                with reporting_full_disk(path), _os_errors(path):
                    with _writer(Index(schema(), str(path))) as writer:
                        _add(writer, different(documents), watermark)
                    self._home.switch(path)
            finally:
                self._home.remove_others()

    def close(self) -> None:
        """Let go of the files. The engine may be used again."""
        self._opened = None

    @contextmanager
    def _locked(self, name: str, seconds: float) -> Iterator[None]:
        """Holds a lock between processes. Raises `Conflict` if another has it."""
        lock = self._home.lock(name)
        if not try_for(lock.acquire, timeout=seconds):
            raise Conflict("Søkeindeksen skrives eller bygges av en annen prosess. Prøv igjen om litt.")
        try:
            yield
        finally:
            lock.release()

    def _view(self) -> View:
        """The newest view, shared by all threads; sought again if the index was switched meanwhile."""
        path = self._home.current()
        try:
            with self._opening, _damage(path):
                return self._newest(_state(path))
        except IndexUnavailable:
            if self._home.current() == path:
                raise
        return self._view()

    def _newest(self, state: State) -> View:
        if self._opened is None or self._opened.state != state:
            self._opened = View(state)
        return self._opened


class State(NamedTuple):
    """Which index is in force, and what tells its commits apart."""

    path: Path
    commit: tuple[int, int]


def _state(path: Path) -> State:
    found = (path / "meta.json").stat()
    return State(path, (found.st_ino, found.st_mtime_ns))


class View:
    """The index as it was after one commit; a commit while it is opened only makes it newer than its state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._schema = schema()
        self.searcher = Index(self._schema, str(state.path)).searcher()
        self.translator = Translator(self._schema, self.alike)
        self._lexicons: dict[tuple[str, str], Lexicon] = {}
        self.watermark = self._read_watermark()

    def stored(self, query: Query, sort: Sort, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
        """How many documents match, and what is stored of those asked for."""
        # tantivy panics on a limit of 0
        found: Any = self.searcher.search(query, max(limit, 1), True, _ORDER[sort], offset)
        return found.count, [json.loads(self.searcher.doc(place)[STORED][0]) for _, place in found.hits[:limit]]

    def counted(self, query: Query, column: str) -> dict[str, int]:
        """How many matching documents have each value of a column."""
        asked = {column: {"terms": {"field": column, "size": _VALUES}}}
        return {row["key"]: row["doc_count"] for row in self.searcher.aggregate(query, asked)[column]["buckets"]}

    def alike(self, field: str, word: str, distance: int) -> list[str]:
        """The terms of a field within a distance of `word`, the first letter being the same."""
        key = (field, word[:1])
        if key not in self._lexicons:
            self._lexicons[key] = Lexicon(sorted(self._terms(*key)))
        return self._lexicons[key].within(word, distance)

    def _terms(self, field: str, beginning: str) -> set[str]:
        parts = self.searcher.terms_with_prefix(field, PART + beginning) if field in with_places() else []
        whole = self.searcher.terms_with_prefix(field, beginning)
        return {term for term, _ in whole} | {term.removeprefix(PART) for term, _ in parts}

    def _read_watermark(self) -> int:
        query = Query.term_query(self._schema, "id", WATERMARK_ID, "basic")
        _, found = self.stored(query, Sort.RELEVANS, 0, 2)
        if len(found) != 1 or found[0]["analyse"] != fingerprint():
            raise unavailable(self.state.path.parent, "er bygd med andre ordlister enn de som gjelder nå")
        return int(found[0]["vannmerke"])


class _Seen:
    """A view as one reader sees it."""

    def __init__(self, view: View, readers: Collection[str]) -> None:
        self._view = view
        self._readable = view.translator.readable(readers)

    def find(self, what: Plan | None, options: Options) -> Matches:
        scored = self._view.translator.translate(what) if what else None
        query = among(scored, [self._readable, *self._view.translator.chosen(options.valgt)])
        facets = {facet: self._view.counted(query, column) for facet, column in COLUMNS.items()}
        if options.fold:
            return self._folded(query, options, facets)
        total, stored = self._view.stored(query, options.sort, options.offset, options.limit)
        return Matches(total, total, [Place(from_json(each)) for each in stored], facets)

    def _folded(self, query: Query, options: Options, facets: Mapping[str, Mapping[str, int]]) -> Matches:
        """tantivy counts the hits of each case, but cannot fold: more and more hits are read until there are enough
        cases, so that a page far back takes as long as all before it.
        """
        cases = self._view.counted(query, FOLD)
        end = looked_at = options.offset + options.limit
        while True:
            total, stored = self._view.stored(query, options.sort, 0, looked_at)
            heads = {_folds_by(each): each for each in reversed(stored)}
            if len(heads) >= end or looked_at >= total:
                break
            looked_at = min(looked_at * 4, total)
        shown = [each for each in stored if heads[_folds_by(each)] is each][options.offset : end]
        page = [self._place(query, options.sort, each, cases[_folds_by(each)]) for each in shown]
        return Matches(total, len(cases), page, facets)

    def _place(self, query: Query, sort: Sort, head: dict[str, Any], of_case: int) -> Place:
        if of_case == 1:
            return Place(from_json(head))
        same_case = among(query, self._view.translator.chosen({CASE: (head["sak_id"],)}))
        _, stored = self._view.stored(same_case, sort, 0, MORE_OF_A_CASE + 1)
        others = [from_json(each) for each in stored if each["id"] != head["id"]]
        return Place(from_json(head), of_case, others[:MORE_OF_A_CASE])

    def count(self, word: str) -> int:
        query = among(self._view.translator.word(word), [self._readable])
        return self._view.stored(query, Sort.RELEVANS, 0, 0)[0]

    def alike(self, word: str, distance: int) -> dict[str, int]:
        return {other: self.count(other) for other in self._view.alike("ord", word, distance)}


def _folds_by(stored: dict[str, Any]) -> str:
    return folds_by(stored["id"], stored["sak_id"])


def _add(writer: IndexWriter, documents: Iterable[Document], watermark: int) -> None:
    analyst = Analyst()
    for document in documents:
        writer.add_document(tantivy_document(document, analyst.terms(document)))
    writer.add_document(watermark_document(watermark))


@contextmanager
def _writer(index: Index) -> Iterator[IndexWriter]:
    """Commits what is written, and takes nothing of it if that fails."""
    writer = index.writer(_HEAP, 1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    writer.wait_merging_threads()


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    """As `reporting_damage`, with tantivy's own errors too."""
    with reporting_damage(path), _os_errors(path):
        yield


@contextmanager
def _os_errors(path: Path) -> Iterator[None]:
    """tantivy panics, which is no `Exception`, or tells in words what the disk answered: both become `OSError`."""
    try:
        yield
    except ValueError as error:
        if number := _OS_ERROR.search(str(error)):
            raise OSError(int(number[1]), str(error)) from error
        if _WRITER_DIED in str(error):
            _try_to_write(path)  # it does not say of what
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise OSError(str(error)) from error


def _try_to_write(path: Path) -> None:
    """Raises `OSError` if the disk has no room."""
    with tempfile.TemporaryFile(dir=path) as file:
        file.write(bytes(4096))
