"""From a query to what a reader is told: the same for every engine, which only finds and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from saksbehandling.search_engine.marks import Marker, marker, pieces, snippet
from saksbehandling.search_engine.model import FACETS, FacetCount, Hit, Options, Result
from saksbehandling.search_engine.plan import Plan, max_distance
from saksbehandling.search_engine.planner import plan
from saksbehandling.search_engine.query import Query, parse
from saksbehandling.search_engine.suggest import did_you_mean

_ONLY_STOP_WORDS = "Ordene er for vanlige til å søkes etter alene; legg til et ord til."

# Å stands last in Norwegian, and code points have it first of the three.
_ALPHABET = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


class Place(NamedTuple):
    """A place on a page: what is stored of its document. Where hits are folded, how many there are of its case, and
    what is stored of the next best of them.
    """

    stored: dict[str, Any]
    of_case: int = 1
    more: Sequence[dict[str, Any]] = ()


class Matches(NamedTuple):
    """How many documents match, in how many places, the page asked for, and facet -> value -> its number."""

    total: int
    places: int
    page: list[Place]
    facets: Mapping[str, Mapping[str, int]]


NOTHING = Matches(0, 0, [], {})


class Reading(Protocol):
    """An index as one reader sees it, after one commit. Nothing that it tells is of documents hidden from them."""

    def find(self, what: Plan | None, options: Options) -> Matches:
        """The documents that match `what` (None: all) and have the values chosen in `options`."""

    def count(self, word: str) -> int:
        """How many documents have a word as written."""

    def alike(self, word: str, distance: int) -> Mapping[str, int]:
        """Words as written within `distance` changed letters, the first being the same, and how many have each."""


def answer(reading: Reading, query: Query, options: Options) -> Result:
    """What `ISearchEngine.search` returns."""
    what = plan(query.root) if query.root else None
    hints = (*query.hints, _ONLY_STOP_WORDS) if query.root and not what else query.hints
    found = reading.find(what, options) if what or not query.text else NOTHING
    mark = marker(query.root)
    return Result(
        total=found.total,
        places=found.places,
        hits=tuple(_hit(place, mark) for place in found.page),
        facets={facet: _ranked(found.facets.get(facet, {})) for facet in FACETS},
        hint=" ".join(hints) or None,
        mente_du=None if found.total else _did_you_mean(reading, query, options),
    )


def _hit(place: Place, mark: Marker) -> Hit:
    stored = {name: value for name, value in place.stored.items() if name != "tekst"}
    more = tuple(_hit(Place(other), mark) for other in place.more)
    title, excerpt = pieces(stored["tittel"], mark), snippet(place.stored["tekst"], mark)
    return Hit(**stored, tittel_deler=title, utdrag=excerpt, of_case=place.of_case, more=more)


def _ranked(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Most first, equals in Norwegian alphabetical order."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], _alphabetical(item[0])))
    return tuple(FacetCount(value, count) for value, count in ranked if count)


def _alphabetical(text: str) -> str:
    """A key that sorts as Norwegian does: æ, ø, å after z."""
    return text.lower().translate(_ALPHABET)


def _did_you_mean(reading: Reading, query: Query, options: Options) -> str | None:
    better = did_you_mean(query.text, query.root, reading.count, lambda word: _nearest(reading, word))
    what = plan(root) if better and (root := parse(better).root) else None
    return better if what and reading.find(what, Options(limit=0, valgt=options.valgt)).total else None


def _nearest(reading: Reading, word: str) -> Iterator[str]:
    """Words as near as can be, the commonest first, and equals in alphabetical order."""
    for distance in range(1, max_distance(word) + 1):
        near = reading.alike(word, distance)
        yield from sorted(filter(near.get, near), key=lambda other: (-near[other], other))
