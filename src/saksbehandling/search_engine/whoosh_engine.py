"""`ISearchEngine` on Whoosh 2.7.4, embedded: an index in a directory, many processes reading, one writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.util.filelock import try_for
from zope.interface import implementer

from saksbehandling.errors import Conflict
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.marks import Marker, marker, pieces, snippet
from saksbehandling.search_engine.model import DEFAULT_OPTIONS, Change, Document, Hit, Options, Result
from saksbehandling.search_engine.plan import Plan, max_distance
from saksbehandling.search_engine.planner import plan
from saksbehandling.search_engine.query import Query, parse
from saksbehandling.search_engine.suggest import did_you_mean
from saksbehandling.search_engine.whoosh_reader import View, Views, reporting_damage
from saksbehandling.search_engine.whoosh_search import Found, count_facets, find, page, total
from saksbehandling.search_engine.whoosh_storage import IndexHome
from saksbehandling.search_engine.whoosh_writer import apply_changes, build, merge_if_needed

_ONLY_STOP_WORDS = "Ordene er for vanlige til å søkes etter alene; legg til et ord til."


@implementer(ISearchEngine)
class WhooshEngine:
    """`directory` holds the index; it need not exist before the first `rebuild`."""

    def __init__(self, directory: Path) -> None:
        self._home = IndexHome(directory)
        self._views = Views(self._home)

    def apply(self, changes: Iterable[Change], watermark: int) -> None:
        if watermark < self.watermark():
            return
        path = self._home.current()
        with reporting_damage(path):
            apply_changes(path, changes, watermark)
            merge_if_needed(path)

    def watermark(self) -> int:
        return self._views.read(lambda view: view.watermark)

    def search(self, query: Query, readers: Collection[str], options: Options = DEFAULT_OPTIONS) -> Result:
        tokens = frozenset(readers)
        return self._views.read(lambda view: _Search(view, query, tokens, options).result())

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        lock = self._home.lock("bygging")
        if not try_for(lock.acquire, timeout=0):
            raise Conflict("Søkeindeksen bygges allerede av en annen prosess.")
        try:
            path = self._home.new()
            build(path, documents, watermark)
            self._home.switch(path)
            self._home.remove_others()
        finally:
            lock.release()

    def close(self) -> None:
        """Close the files of all threads. The engine may be used again."""
        self._views.close()


class _Search:
    """One search in one view."""

    def __init__(self, view: View, query: Query, readers: frozenset[str], options: Options) -> None:
        self._view = view
        self._query = query
        self._readers = readers
        self._options = options

    def result(self) -> Result:
        query = self._query
        what = plan(query.root) if query.root else None
        hints = (*query.hints, _ONLY_STOP_WORDS) if query.root and not what else query.hints
        found = self._find(what) if what or not query.text else []
        mark = marker(query.root)
        return Result(
            total=total(found),
            hits=tuple(_hit(hit, mark) for hit in page(found, self._options)),
            facets=count_facets(found),
            hint=" ".join(hints) or None,
            mente_du=None if total(found) else self._did_you_mean(),
        )

    def _find(self, what: Plan | None) -> list[Found]:
        return find(self._view, what, self._readers, self._options.valgt)

    def _did_you_mean(self) -> str | None:
        better = did_you_mean(self._query.text, self._query.root, self._count, self._alike)
        what = plan(root) if better and (root := parse(better).root) else None
        return better if what and total(self._find(what)) else None

    def _count(self, word: str) -> int:
        """How many visible documents have a word as written."""
        return sum(
            int(segment.visible(self._readers)[segment.arrays.documents("ord", word)].sum())
            for segment in self._view.segments
        )

    def _alike(self, word: str) -> Iterator[str]:
        """Visible words as near as can be, the commonest first."""
        for distance in range(1, max_distance(word) + 1):
            near = Counter({other: self._count(other) for other in self._lexicon(word, distance)})
            yield from (other for other, count in near.most_common() if count)

    def _lexicon(self, word: str, distance: int) -> set[str]:
        lexicons = (segment.arrays.lexicon("ord", word[:1]) for segment in self._view.segments)
        return {other for lexicon in lexicons for other in lexicon.within(word, distance)}


def _hit(stored: dict[str, Any], mark: Marker) -> Hit:
    text = stored.pop("tekst")
    return Hit(**stored, tittel_deler=pieces(stored["tittel"], mark), utdrag=snippet(text, mark))
