"""`ISearchEngine` on Whoosh 2.7.4, embedded: an index in a directory, many processes reading, one writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from whoosh.util.filelock import try_for
from zope.interface import implementer

from saksbehandling.errors import Conflict
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.answering import Matches, answer
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.index_home import IndexHome, reporting_damage, reporting_full_disk, unavailable
from saksbehandling.search_engine.model import DEFAULT_OPTIONS, Change, Document, Options, Result
from saksbehandling.search_engine.plan import Plan
from saksbehandling.search_engine.query import Query
from saksbehandling.search_engine.whoosh_ranking import page
from saksbehandling.search_engine.whoosh_reader import View, Views, is_whole
from saksbehandling.search_engine.whoosh_search import count_facets, find, total
from saksbehandling.search_engine.whoosh_writer import apply_changes, build, merge


@implementer(ISearchEngine)
class WhooshEngine:
    """`directory` holds the index; it need not exist before the first `rebuild`."""

    def __init__(self, directory: Path) -> None:
        self._home = IndexHome(directory)
        self._views = Views(self._home)

    def apply(self, changes: Iterable[Change], watermark: int) -> None:
        seen = self._views.read(lambda view: view)
        if watermark < seen.watermark:
            return
        path = self._home.current()
        try:
            with reporting_damage(path):
                if apply_changes(path, changes, watermark, seen.arrays if seen.state.path == path else {}):
                    merge(path)
        except IndexUnavailable:
            self._home.suspect()
            raise

    def watermark(self) -> int:
        if self._home.is_suspected():
            self._look_at_all()
        return self._views.read(lambda view: view.watermark)

    def search(self, query: Query, readers: Collection[str], options: Options = DEFAULT_OPTIONS) -> Result:
        tokens = frozenset(readers)
        return self._views.read(lambda view: answer(_Seen(view, tokens), query, options))

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        lock = self._home.lock("bygging")
        if not try_for(lock.acquire, timeout=0):
            raise Conflict("Søkeindeksen bygges allerede av en annen prosess.")
        try:
            path = self._home.new()
            with reporting_full_disk(path):
                build(path, documents, watermark)
                self._home.switch(path)
        finally:
            self._home.remove_others()
            lock.release()

    def _look_at_all(self) -> None:
        """What a search could not read is either damaged, or that search's own fault and no reason to build anew."""
        path = self._home.current()
        if not is_whole(path):
            raise unavailable(path.parent, "er skadet")
        self._home.clear()

    def close(self) -> None:
        """Close the files of all threads. The engine may be used again."""
        self._views.close()


class _Seen:
    """A view as one reader sees it."""

    def __init__(self, view: View, readers: frozenset[str]) -> None:
        self._view = view
        self._readers = readers

    def find(self, what: Plan | None, options: Options) -> Matches:
        found = find(self._view, what, self._readers, options.valgt)
        places, shown = page(found, options)
        return Matches(total(found), places, shown, count_facets(found))

    def count(self, word: str) -> int:
        return sum(
            int(segment.visible(self._readers)[segment.arrays.documents("ord", word)].sum())
            for segment in self._view.segments
        )

    def alike(self, word: str, distance: int) -> dict[str, int]:
        return {other: self.count(other) for other in self._view.alike("ord", word, distance)}
