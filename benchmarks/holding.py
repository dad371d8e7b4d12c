"""How much memory a process holds that only searches, in an index that another built. Linux tells; others do not.

Run as a program it is that process: `holding.py ENGINE FOLDER`, with the queries on its standard input, a line each. It
tells the kilobytes that Python and its libraries took, and the most that it held.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path

STATUS = Path("/proc/self/status")
READERS = frozenset({"offentlig", "utvalg:3"})
TIMES = 2  # each query, so that what is kept from one search to the next is counted

Search = Callable[[str], object]
Open = Callable[[Path], Search]


def held(engine: str, folder: Path, queries: Collection[str]) -> tuple[float, float]:
    """Megabytes taken by Python and its libraries, and the most held, of a process that asks `queries` of `engine`."""
    told = subprocess.run(
        [sys.executable, __file__, engine, str(folder)],
        input="\n".join(queries),
        capture_output=True,
        text=True,
        check=True,
    )
    libraries, most = (int(kilobytes) / 1024 for kilobytes in told.stdout.split())
    return libraries, most


def _ours() -> Open:
    from saksbehandling.search_engine.query import parse
    from saksbehandling.search_engine.whoosh_engine import WhooshEngine

    def opened(folder: Path) -> Search:
        engine = WhooshEngine(folder)
        return lambda query: engine.search(parse(query), READERS)

    return opened


def _tantivy() -> Open:
    """With its facets, which ours counts in every search."""
    from peer_tantivy import Tantivy

    def opened(folder: Path) -> Search:
        engine = Tantivy(folder)
        return lambda query: (engine.page(query, READERS), engine.counts(query, READERS))

    return opened


IMPORTS: dict[str, Callable[[], Open]] = {"ours": _ours, "tantivy": _tantivy}


def _kilobytes(name: str) -> int:
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))


def main(engine: str, folder: str) -> None:
    opened = IMPORTS[engine]()
    libraries = _kilobytes("VmRSS")
    search = opened(Path(folder))
    for query in sys.stdin.read().splitlines() * TIMES:
        search(query)
    print(libraries, _kilobytes("VmHWM"))


if __name__ == "__main__":
    main(*sys.argv[1:])
