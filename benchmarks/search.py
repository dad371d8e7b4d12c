"""Our Whoosh engine against tantivy and SQLite's FTS5: the same texts, the same readers, ten hits with snippets.

They do not do the same work. Ours splits compounds, knows case numbers and both written forms of Norwegian, counts
hits and facets in every search, and marks titles too; tantivy stems; FTS5 finds words as they are written. Hits are
counted, so that one can see how far they agree. `search.py 100000` takes another number of documents.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import holding
from corpus import QUERY_CLASSES, documents, queries
from holding import READERS
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
from peer_tantivy import Tantivy
from stock_whoosh import StockWhoosh

from saksbehandling.search_engine.model import Document, Put
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

DOCUMENTS = 20_000
STOCK = 1000  # documents; stock Whoosh takes too long for more
QUERIES = 25  # of each class
ROUNDS = 3  # of each query, after one that warms up
UPDATES = 15
HIDDEN = 40  # words
HOSTILE = (
    "vei plan " * 1200,
    " ".join(f"{chr(97 + number % 26)}*" for number in range(500)),
    " ELLER ".join(f"*{number}*" for number in range(500)),
    "(" * 3000 + "vei" + ")" * 3000,
    " ".join(f"strategi{number}~" for number in range(500)),
    '"' + "a " * 5000 + '"',
    "\x00\x1b\u202e" * 3000,
)
NOBODY = frozenset({"utvalg:99"})
GOALS = {"words": "<=2.5", "numbers": "<=2.5", "phrases": "<=4", "prefixes": "<=5", "misspelt": "<=5"}

Seconds = dict[str, list[float]]
"""By contestant, the median seconds of each query."""
Search = Callable[[str], int]
"""Answers a query, and tells how many hits there are (or that are shown)."""


class Engines:
    """The contestants, each with an index of its own in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.ours, self.tantivy = WhooshEngine(folder / "ours"), Tantivy(folder / "tantivy")
        self.fts5 = Fts5(folder / "fts5.db")

    def build(self, corpus: Sequence[Document]) -> None:
        """Once only: it takes long enough to be even."""
        builds = {
            "ours": lambda: self.ours.rebuild(corpus, 1),
            "tantivy": lambda: self.tantivy.build(corpus),
            "fts5": lambda: self.fts5.build(corpus),
        }
        times = take_turns({name: lambda build=build: timed(build) for name, build in builds.items()}, 1)
        print_medians(f"building {len(corpus)} documents", times)
        print_ratio("search.build.ours/tantivy", ratio(times, "ours", "tantivy"))

    @property
    def searches(self) -> dict[str, Search]:
        return {
            "ours": lambda query: self.ours.search(parse(query), READERS).total,
            "tantivy": lambda query: len(self.tantivy.page(query, READERS)),
            "tantivy_facets": self._tantivy_with_facets,
            "fts5": self._fts5,
        }

    def _tantivy_with_facets(self, query: str) -> int:
        self.tantivy.page(query, READERS)
        counts = self.tantivy.counts(query, READERS)
        return sum(bucket["doc_count"] for bucket in counts["type"]["buckets"])

    def _fts5(self, query: str) -> int:
        return 0 if query.endswith("~") else len(self.fts5.page(query, READERS))

    def close(self) -> None:
        self.ours.close()
        self.fts5.close()


def compare_queries(kind: str, racing: Mapping[str, Search], asked: Collection[str]) -> Seconds:
    """Prints the ratios of one class of queries; returns the seconds of each contestant for each of them."""
    hits = {name: statistics.mean(racing[name](query) for query in asked) for name in ("ours", "tantivy_facets")}
    times = by_query(racing, asked)
    print_medians(f"{kind}, {len(asked)} queries (hits on average: {hits})", times)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    print_ratio(f"search.{kind}.ours/tantivy.median", medians["ours"] / medians["tantivy"], GOALS[kind])
    print_ratio(f"search.{kind}.facets.ours/tantivy.median", medians["ours"] / medians["tantivy_facets"], "<=2")
    if kind != "misspelt":  # FTS5 cannot
        print_ratio(f"search.{kind}.ours/fts5.median", medians["ours"] / medians["fts5"])
    return times


def compare_all(by_kind: Mapping[str, Seconds]) -> None:
    """The queries of all classes together; against FTS5 without those that it cannot answer."""

    def median(name: str, kinds: Iterable[str]) -> float:
        return statistics.median(seconds for kind in kinds for seconds in by_kind[kind][name])

    for peer, kinds, goal in (("tantivy", set(by_kind), "<=2.5"), ("fts5", by_kind.keys() - {"misspelt"}, "<=0.5")):
        print_ratio(f"search.all.ours/{peer}.median", median("ours", kinds) / median(peer, kinds), goal)
    taken = [seconds for times in by_kind.values() for seconds in times["ours"]]
    print_ratio("search.p95_milliseconds", percentile_95(taken) * 1000, "<=25")
    print_ratio("search.p95/median", percentile_95(taken) / statistics.median(taken), "<=10")


def by_query(racing: Mapping[str, Search], asked: Collection[str]) -> Seconds:
    """The median seconds of each query."""
    medians: dict[str, list[float]] = {name: [] for name in racing}
    for query in asked:
        turns = {name: lambda search=search, q=query: timed(lambda: search(q)) for name, search in racing.items()}
        for name, seconds in take_turns(turns, ROUNDS).items():
            medians[name].append(statistics.median(seconds))
    return medians


def compare_updates(engines: Engines, corpus: Sequence[Document]) -> None:
    """One document changed, committed to the disk, and found by its new word."""
    numbers, others = count(2), count(2)

    def ours_once() -> float:
        number = next(numbers)
        changed = with_new_word(corpus[number], number)
        put = timed(lambda: engines.ours.apply([Put(changed)], number), WALL)
        return put + timed(lambda: need_one(engines.searches["ours"](new_word(number))), WALL)

    def tantivy_once() -> float:
        number = next(others)
        changed = with_new_word(corpus[number], number)
        put = timed(lambda: engines.tantivy.update(changed), WALL)
        return put + timed(lambda: need_one(engines.searches["tantivy"](new_word(number))), WALL)

    times = take_turns({"ours": ours_once, "tantivy": tantivy_once}, UPDATES)
    print_medians("one document updated and found", times)
    print_ratio("search.update_visible.ours/tantivy", ratio(times, "ours", "tantivy"), "<=1")


def with_new_word(document: Document, number: int) -> Document:
    """`document`, readable, with a word that no other has."""
    return replace(document, tekst=f"{document.tekst} {new_word(number)}", lesere=READERS)


def new_word(number: int) -> str:
    return f"nyvinningsprøve{number}"


def need_one(found: int) -> None:
    if found != 1:
        raise RuntimeError(f"The new word is found {found} times.")


def compare_memory(folder: Path, asked: Collection[str]) -> None:
    """The most memory held while searching, by the whole process and beyond Python and its libraries."""
    if not holding.STATUS.exists():
        return print_note("memory: only Linux tells how much is held")
    libraries, most = zip(*(holding.held(name, folder / name, asked) for name in ("ours", "tantivy")), strict=True)
    print_note(
        f"memory, MB, ours and tantivy: {most[0]:.0f}, {most[1]:.0f}; libraries {libraries[0]:.0f}, {libraries[1]:.0f}"
    )
    print_ratio("search.memory.ours/tantivy", most[0] / most[1], "<=1")
    own = [whole - code for whole, code in zip(most, libraries, strict=True)]
    print_ratio("search.memory_beyond_libraries.ours/tantivy", own[0] / own[1], "<=1")
    return None


def measure_hostile(search: Search) -> None:
    """What nobody types but to harm: the slowest of them, each asked after one that warms up."""
    slowest = 0.0
    for query in HOSTILE:
        search(query)
        slowest = max(slowest, statistics.median(timed(lambda asked=query: search(asked)) for _ in range(ROUNDS)))
    print_ratio("search.hostile.slowest_milliseconds", slowest * 1000, "<=200")


def compare_hidden(engines: Engines, corpus: Sequence[Document]) -> None:
    """Whether the time tells that a word stands in what the reader may not see; the words are of the same length."""
    hidden = [hidden_word(number) for number in range(HIDDEN)]
    secret = zip(corpus, hidden, strict=False)
    engines.ours.apply((Put(replace(each, id=word, tekst=word, lesere=NOBODY)) for each, word in secret), 1)
    asked = {"hidden": hidden, "unknown": [hidden_word(number) for number in range(HIDDEN, 2 * HIDDEN)]}
    turns = {name: iter(words * ROUNDS) for name, words in asked.items()}
    search = engines.searches["ours"]
    racing = {name: lambda words=words: timed(lambda: search(next(words))) for name, words in turns.items()}
    times = take_turns(racing, HIDDEN * ROUNDS)
    print_medians("a word in documents that the reader may not see, and one in none", times)
    print_ratio("search.hidden_word/unknown_word", ratio(times, "hidden", "unknown"), "<=1.1")


def hidden_word(number: int) -> str:
    return f"løyndeprøve{number:04}"


def compare_with_stock(folder: Path, corpus: Sequence[Document]) -> None:
    """Documents indexed in a second of the processor's time, by us and by Whoosh as it comes."""
    ours = WhooshEngine(folder / "liten")
    builds = {"ours": lambda: ours.rebuild(corpus, 1), "whoosh": lambda: StockWhoosh(folder / "whoosh").build(corpus)}
    times = take_turns({name: lambda build=build: timed(build) for name, build in builds.items()}, 1)
    print_medians(f"building {len(corpus)} documents", times)
    print_ratio("search.build.documents_per_second.ours/whoosh", 1 / ratio(times, "ours", "whoosh"), ">=4")
    ours.close()


def main() -> None:
    print_machine("Whoosh", "tantivy", "numpy")
    corpus = documents(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
    sizes = sorted(len(document.tekst.encode()) for document in corpus)
    print_note(f"{len(corpus)} documents of {sizes[0]} to {sizes[-1]} bytes, median {sizes[len(sizes) // 2]}")
    visible = [document for document in corpus if document.lesere & READERS]
    with tempfile.TemporaryDirectory() as folder:
        engines = Engines(Path(folder))
        engines.build(corpus)
        classes = {kind: queries(kind, visible, QUERIES) for kind in QUERY_CLASSES}
        compare_all({kind: compare_queries(kind, engines.searches, classes[kind]) for kind in classes})
        compare_memory(Path(folder), [query for asked in classes.values() for query in asked])
        measure_hostile(engines.searches["ours"])
        compare_hidden(engines, corpus)
        compare_updates(engines, corpus)
        compare_with_stock(Path(folder), corpus[:STOCK])
        engines.close()


if __name__ == "__main__":
    main()
