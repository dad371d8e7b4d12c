"""`ISearchEngine` that finds nothing: for tests, and for a site that runs without search."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from zope.interface import implementer

from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.model import DEFAULT_OPTIONS, Change, Document, Options, Result
from saksbehandling.search_engine.query import Query


@implementer(ISearchEngine)
class NullEngine:
    """Stores no document; remembers the watermark, so that a worker does not send everything again and again."""

    def __init__(self) -> None:
        self._watermark = 0

    def apply(self, changes: Iterable[Change], watermark: int) -> None:  # noqa: ARG002 - the port's names
        self._watermark = max(self._watermark, watermark)

    def watermark(self) -> int:
        return self._watermark

    def search(
        self,
        query: Query,
        readers: Collection[str],  # noqa: ARG002
        options: Options = DEFAULT_OPTIONS,  # noqa: ARG002
    ) -> Result:
        return Result(hint=" ".join((*query.hints, "Søket er slått av på dette nettstedet.")))

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:  # noqa: ARG002
        self._watermark = watermark

    def close(self) -> None:
        """There is nothing to close."""
