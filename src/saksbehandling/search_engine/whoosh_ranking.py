"""The order of what a search of a Whoosh index found, and the page asked for: hit by hit, or folded by case."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine.answering import Place
from saksbehandling.search_engine.model import MORE_OF_A_CASE, Options, Sort
from saksbehandling.search_engine.whoosh_search import Found

# Positions among all hits, segment after segment.
Positions = npt.NDArray[np.intp]
Keys = npt.NDArray[np.uint64]

_NO_DAY = 99_999_999
_WITHOUT_CASE = np.uint64(1 << 63)


class Page(NamedTuple):
    places: int
    shown: list[Place]


def page(found: list[Found], options: Options) -> Page:
    """The places asked for, in their order, and how many there are in all."""
    ranking = _Ranking(found, options.sort)
    if options.fold:
        return _folded(ranking, options)
    best = ranking.best(options.offset + options.limit)[options.offset :]
    return Page(ranking.size, [Place(ranking.stored(position)) for position in best])


class _Ranking:
    """Equals stand by date, newest first, then the last stored. Score and day are put together to one number each, so
    that only what may come on the page is sorted.
    """

    def __init__(self, found: list[Found], sort: Sort) -> None:
        self._found = found
        self._keys = np.concatenate([np.empty(0, np.uint64), *(_keys(part, sort) for part in found)])
        self._starts = np.cumsum([0, *(len(part.documents) for part in found)])
        self.size = len(self._keys)

    def best(self, count: int) -> Positions:
        """The `count` best, the best first."""
        count = min(count, self.size)
        if not count:
            return np.empty(0, np.intp)
        least = np.partition(self._keys, self.size - count)[self.size - count]
        return self.in_order(np.flatnonzero(self._keys >= least))[:count]

    def in_order(self, positions: Positions) -> Positions:
        return positions[np.lexsort((positions, self._keys[positions]))[::-1]]

    def cases(self) -> Keys:
        """For each hit a number that it shares with the hits of its case alone."""
        parts = (part.segment.cases[part.documents] for part in self._found)
        cases = np.concatenate([np.empty(0, np.uint64), *parts])
        return np.where(cases > 0, cases, np.arange(self.size, dtype=np.uint64) | _WITHOUT_CASE)

    def stored(self, position: np.intp) -> dict[str, Any]:
        number = int(np.searchsorted(self._starts, position, "right")) - 1
        part = self._found[number]
        return part.segment.stored(int(part.documents[position - self._starts[number]]))


def _folded(ranking: _Ranking, options: Options) -> Page:
    cases = ranking.cases()
    ordered = np.sort(cases)
    places = int(np.count_nonzero(ordered[1:] != ordered[:-1])) + min(len(ordered), 1)
    heads = _heads(ranking, cases, options.offset + options.limit)[options.offset :]
    counts = np.searchsorted(ordered, cases[heads], "right") - np.searchsorted(ordered, cases[heads])
    more = _more(ranking, cases, heads[counts > 1])
    shown = [
        Place(ranking.stored(head), int(count), [ranking.stored(other) for other in more[int(cases[head])]])
        for head, count in zip(heads, counts, strict=True)
    ]
    return Page(places, shown)


def _heads(ranking: _Ranking, cases: Keys, count: int) -> Positions:
    """The best hit of each of the `count` best cases, the best first: more and more hits are looked at."""
    looked_at = count
    while True:
        best = ranking.best(looked_at)
        _, first = np.unique(cases[best], return_index=True)
        if len(first) >= count or looked_at >= ranking.size:
            return best[np.sort(first)][:count]
        looked_at *= 4


def _more(ranking: _Ranking, cases: Keys, heads: Positions) -> dict[int, list[np.intp]]:
    """For each case the hits that come after its head."""
    more: dict[int, list[np.intp]] = defaultdict(list)
    of_these = np.flatnonzero(np.isin(cases, cases[heads]))
    for position in ranking.in_order(np.setdiff1d(of_these, heads, assume_unique=True)):
        others = more[int(cases[position])]
        if len(others) < MORE_OF_A_CASE:
            others.append(position)
    return more


def _keys(found: Found, sort: Sort) -> Keys:
    """Larger is nearer to the top. Positive floats sort as their bits do."""
    score = found.scores.view(np.uint32).astype(np.uint64)
    day = found.segment.days[found.documents]
    if sort is Sort.ELDSTE:
        day = np.where(day > 0, _NO_DAY - day, 0)
    first, second = (score, day.astype(np.uint64)) if sort is Sort.RELEVANS else (day.astype(np.uint64), score)
    return (first << np.uint64(32)) | second
