"""Which search engine the setting `search_engine` means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from saksbehandling.errors import SetupError
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.null_engine import NullEngine
from saksbehandling.search_engine.whoosh_engine import WhooshEngine


def open_engine(name: str, directory: Path) -> ISearchEngine:
    """The engine of that name, with its index in `directory`: an empty one the first time, which the worker then fills.

    Raises `SetupError` without the engine's library.
    """
    if name == "null":
        return NullEngine()
    engine: ISearchEngine = _tantivy(directory) if name == "tantivy" else WhooshEngine(directory)
    if not directory.exists():
        engine.rebuild((), 0)
    return engine


def _tantivy(directory: Path) -> ISearchEngine:
    try:
        from saksbehandling.search_engine.tantivy_engine import TantivyEngine
    except ImportError:
        raise SetupError(
            "Søk med tantivy trenger mer: installer saksbehandling[tantivy] eller velg «whoosh»."
        ) from None
    return TantivyEngine(directory)


def open_search_server(servers: Sequence[str], name: str) -> ISearchEngine:
    """OpenSearch on these servers; the worker builds the index the first time.

    Raises `SetupError` without the library.
    """
    try:
        from saksbehandling.search_engine.opensearch_engine import OpenSearchEngine
    except ImportError:
        raise _lacking("OpenSearch", "opensearch") from None
    return OpenSearchEngine(servers, name)


def _lacking(what: str, extra: str) -> SetupError:
    return SetupError(f"Søk med {what} trenger mer: installer saksbehandling[{extra}] eller velg «whoosh».")
