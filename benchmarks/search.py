"""Five thousand documents searched: our Whoosh engine, and SQLite's FTS5 with the same texts and the same readers.

The two do not do the same work. Ours stems, splits compounds, knows case numbers, counts hits and five facets, and
marks titles too; FTS5 finds words as they are written and makes ten hits with a snippet. The contestant fts5_facets
asks FTS5 for counts and four facets as well. Hits are counted, so that one can see how far they agree.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from corpus import QUERY_CLASSES, documents, queries
from maaling import (
    WALL,
    percentile_95,
    print_machine,
    print_medians,
    print_note,
    print_ratio,
    ratio,
    take_turns,
    timed,
)
from peer_fts5 import Fts5

from saksbehandling.search_engine.model import Document, Put
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

DOCUMENTS = 5000
QUERIES = 25  # of each class
ROUNDS = 3  # of each query, after one that warms up
UPDATES = 15
READERS = frozenset({"offentlig", "utvalg:3"})

Search = Callable[[str], int]
"""Answers a query, and tells how many hits there are (or that are shown)."""


def compare_builds(ours: WhooshEngine, fts5: Fts5, corpus: Sequence[Document]) -> None:
    """Once only: ours takes long enough to be even."""
    builds = {"ours": lambda: ours.rebuild(corpus, 1), "fts5": lambda: fts5.build(corpus)}
    times = take_turns({name: lambda build=build: timed(build) for name, build in builds.items()}, 1)
    print_medians(f"building {len(corpus)} documents", times)
    print_ratio("search.build.ours/fts5", ratio(times, "ours", "fts5"))


def searches(ours: WhooshEngine, fts5: Fts5) -> dict[str, Search]:
    def with_facets(query: str) -> int:
        fts5.page(query, READERS)
        return sum(row[-1] for row in fts5.counts(query, READERS))

    return {
        "ours": lambda query: ours.search(parse(query), READERS).total,
        "fts5": lambda query: len(fts5.page(query, READERS)),
        "fts5_facets": with_facets,
    }


def compare_queries(kind: str, racing: Mapping[str, Search], asked: Collection[str]) -> None:
    hits = {name: [search(query) for query in asked] for name, search in racing.items()}
    found = ", ".join(f"{name} {statistics.mean(hits[name]):.0f}" for name in ("ours", "fts5_facets"))
    times = by_query(racing, asked)
    print_medians(f"{kind}, {len(asked)} queries (hits on average: {found})", times)
    for peer in ("fts5", "fts5_facets"):
        for name, measure in (("median", statistics.median), ("p95", percentile_95)):
            print_ratio(f"search.{kind}.ours/{peer}.{name}", measure(times["ours"]) / measure(times[peer]))


def by_query(racing: Mapping[str, Search], asked: Collection[str]) -> dict[str, list[float]]:
    """The median seconds of each query."""
    medians: dict[str, list[float]] = {name: [] for name in racing}
    for query in asked:
        turns = {name: lambda search=search, q=query: timed(lambda: search(q)) for name, search in racing.items()}
        for name, seconds in take_turns(turns, ROUNDS).items():
            medians[name].append(statistics.median(seconds))
    return medians


def compare_updates(ours: WhooshEngine, fts5: Fts5, corpus: Sequence[Document]) -> None:
    """One document changed, committed to the disk, and found by its new word."""
    numbers, others = count(2), count(2)

    def ours_once() -> float:
        number = next(numbers)
        changed = with_new_word(corpus[number], number)
        put = timed(lambda: ours.apply([Put(changed)], number), WALL)
        return put + timed(lambda: need_one(ours.search(parse(new_word(number)), READERS | changed.lesere).total), WALL)

    def fts5_once() -> float:
        number = next(others)
        changed = with_new_word(corpus[number], number)
        put = timed(lambda: fts5.update(changed), WALL)
        return put + timed(lambda: need_one(len(fts5.page(new_word(number), READERS | changed.lesere))), WALL)

    times = take_turns({"ours": ours_once, "fts5": fts5_once}, UPDATES)
    print_medians("one document updated and found", times)
    print_ratio("search.update_visible.ours/fts5", ratio(times, "ours", "fts5"))


def with_new_word(document: Document, number: int) -> Document:
    return replace(document, tekst=f"{document.tekst} {new_word(number)}")


def new_word(number: int) -> str:
    return f"nyvinningsprøve{number}"


def need_one(found: int) -> None:
    if found != 1:
        raise RuntimeError(f"The new word is found {found} times.")


def main() -> None:
    print_machine("Whoosh")
    corpus = documents(DOCUMENTS)
    sizes = sorted(len(document.tekst.encode()) for document in corpus)
    print_note(f"{len(corpus)} documents of {sizes[0]} to {sizes[-1]} bytes, median {sizes[len(sizes) // 2]}")
    visible = [document for document in corpus if document.lesere & READERS]
    with tempfile.TemporaryDirectory() as folder:
        ours, fts5 = WhooshEngine(Path(folder, "indeks")), Fts5(Path(folder, "fts5.db"))
        compare_builds(ours, fts5, corpus)
        for kind in QUERY_CLASSES:
            compare_queries(kind, searches(ours, fts5), queries(kind, visible, QUERIES))
        compare_updates(ours, fts5, corpus)
        ours.close()
        fts5.close()


if __name__ == "__main__":
    main()
