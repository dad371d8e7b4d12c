"""Carries out a plan over the segments of a Whoosh index. Every step sees only documents that the reader may see."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from saksbehandling.search_engine import plan as p
from saksbehandling.search_engine.model import FACETS, FacetCount, Options, Sort
from saksbehandling.search_engine.whoosh_reader import Segment
from saksbehandling.search_engine.whoosh_schema import FACET_SEPARATOR

Scores = dict[int, float]

# Å stands last in Norwegian, and code points have it first of the three.
_ALPHABET = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


class Found(NamedTuple):
    """A document that matches, by its segment and its number there."""

    segment: Segment
    document: int
    score: float


class Matcher:
    """One segment, of which a reader sees `universe`; no step ever names another document."""

    def __init__(self, segment: Segment, universe: frozenset[int]) -> None:
        self._segment = segment
        self._universe = universe

    def run(self, plan: p.Plan) -> Scores:
        """The matching documents, with their scores."""
        match plan:
            case p.AnyTerm():
                return _union(self._scored(term) for term in plan.terms)
            case p.Sequence():
                return self._sequence(plan)
            case p.All():
                return self._all(plan)
            case p.Any():
                return _union(self.run(child) for child in plan.children)
            case p.Without():
                return dict.fromkeys(self._universe - self.run(plan.child).keys(), 0.0)
            case _:
                return self._expanded(plan)

    def everything(self) -> Scores:
        return dict.fromkeys(self._universe, 0.0)

    def _scored(self, term: p.FieldTerm) -> Scores:
        matcher = self._segment.postings(term.field, term.term)
        scores: Scores = {}
        while matcher is not None and matcher.is_active():
            if matcher.id() in self._universe:
                scores[matcher.id()] = matcher.score() * term.boost
            matcher.next()
        return scores

    def _all(self, plan: p.All) -> Scores:
        found = sorted((self.run(child) for child in plan.children), key=len)
        common = set(found[0]).intersection(*found[1:])
        return {document: sum(scores[document] for scores in found) for document in common}

    def _expanded(self, plan: p.StartsWith | p.SpeltLike | p.Between) -> Scores:
        found: set[int] = set()
        for term in self._terms(plan):
            found.update(self._segment.ids(plan.field, term))
        boost = 0.0 if isinstance(plan, p.Between) else plan.boost
        return dict.fromkeys(found & self._universe, boost)

    def _terms(self, plan: p.StartsWith | p.SpeltLike | p.Between) -> Iterable[str | bytes]:
        reader = self._segment.reader
        match plan:
            case p.StartsWith():
                return list(reader.expand_prefix(plan.field, plan.text))
            case p.SpeltLike():
                return list(reader.terms_within(plan.field, plan.text, plan.distance, prefix=1))
            case p.Between():
                return list(self._range(plan))

    def _range(self, plan: p.Between) -> Iterator[bytes]:
        last = plan.last.encode() if plan.last else None
        for field, term in self._segment.reader.terms_from(plan.field, (plan.first or "").encode()):
            if field != plan.field or (last is not None and term > last):
                return
            yield term

    def _sequence(self, plan: p.Sequence) -> Scores:
        """Documents with every step, of which those with the steps in their places remain."""
        steps = [_union(self._scored(p.FieldTerm(plan.field, term)) for term in terms) for _, terms in plan.steps]
        candidates = set(steps[0]).intersection(*steps[1:])
        starts = self._starts(plan, candidates) if candidates else {}
        return {doc: plan.boost * sum(step[doc] for step in steps) for doc in candidates if starts[doc]}

    def _starts(self, plan: p.Sequence, candidates: set[int]) -> dict[int, set[int]]:
        """Where the whole sequence begins in each candidate."""
        found: dict[int, set[int]] = {}
        for offset, terms in plan.steps:
            here: dict[int, set[int]] = {document: set() for document in candidates}
            for term in terms:
                self._add_places(plan.field, term, offset, here)
            found = {document: places & found.get(document, places) for document, places in here.items()}
        return found

    def _add_places(self, field: str, term: str, offset: int, places: dict[int, set[int]]) -> None:
        matcher = self._segment.postings(field, term)
        while matcher is not None and matcher.is_active():
            if matcher.id() in places:
                places[matcher.id()].update(position - offset for position in matcher.value_as("positions"))
            matcher.next()


def _union(parts: Iterable[Scores]) -> Scores:
    total: Scores = {}
    for scores in parts:
        for document, score in scores.items():
            total[document] = total.get(document, 0.0) + score
    return total


def find(
    segments: list[Segment], plan: p.Plan | None, readers: frozenset[str], chosen: Mapping[str, tuple[str, ...]]
) -> list[Found]:
    """Every document that matches `plan` (None: all), that one of `readers` may see, and that has the chosen values."""
    found = []
    for segment in segments:
        matcher = Matcher(segment, _universe(segment, readers, chosen))
        scores = matcher.run(plan) if plan else matcher.everything()
        found += [Found(segment, document, score) for document, score in scores.items()]
    return found


def _universe(segment: Segment, readers: frozenset[str], chosen: Mapping[str, tuple[str, ...]]) -> frozenset[int]:
    universe = segment.visible(readers)
    for facet, values in chosen.items():
        universe &= {document for value in values for document in segment.ids("fasett", p.facet_term(facet, value))}
    return universe


def page(found: list[Found], options: Options) -> list[Found]:
    """The hits of the page asked for, in its order. Equals stand by date, newest first, then by place in the index."""
    keys = {Sort.RELEVANS: _by_relevance, Sort.NYESTE: _newest_first, Sort.ELDSTE: _oldest_first}
    end = options.offset + options.limit
    return heapq.nsmallest(end, found, key=keys[options.sort])[options.offset :]


def _day(found: Found) -> int:
    return int(found.segment.days[found.document])


def _by_relevance(found: Found) -> tuple[float, int, int]:
    return -found.score, -_day(found), -found.document


def _newest_first(found: Found) -> tuple[int, float, int]:
    return -_day(found), -found.score, -found.document


def _oldest_first(found: Found) -> tuple[int, float, int]:
    return _day(found) or 99_999_999, -found.score, -found.document


def count_facets(found: list[Found]) -> dict[str, tuple[FacetCount, ...]]:
    """For each facet its values with their number of hits, most first, equals in Norwegian alphabetical order."""
    rows = Counter(bytes(hit.segment.facets[hit.document]) for hit in found)
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for row, count in rows.items():
        for pair in filter(None, row.decode().split(FACET_SEPARATOR)):
            facet, _, value = pair.partition(":")
            counts[facet][value] += count
    return {facet: _ranked(counter) for facet, counter in counts.items()}


def _ranked(counter: Counter[str]) -> tuple[FacetCount, ...]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], alphabetical(item[0])))
    return tuple(FacetCount(value, count) for value, count in ranked)


def alphabetical(text: str) -> str:
    """A key that sorts as Norwegian does: æ, ø, å after z."""
    return text.lower().translate(_ALPHABET)
