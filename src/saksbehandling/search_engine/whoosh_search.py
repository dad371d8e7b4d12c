"""Carries out a plan over the segments of a Whoosh index, in arrays. Only what the reader may see comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine import plan as p
from saksbehandling.search_engine.index_fields import with_places
from saksbehandling.search_engine.model import FACETS
from saksbehandling.search_engine.whoosh_arrays import Arrays, Mask, Postings, after
from saksbehandling.search_engine.whoosh_reader import Segment, View
from saksbehandling.search_engine.whoosh_terms import Floats, Integers

# For each document its score; 0 is no match. What matches without being worth anything is worth this.
Scores = Floats
_WORTHLESS = np.float32(1e-6)

# The terms of a field within a distance of a word.
Alike = Callable[[str, str, int], Iterable[str]]

# More places in a document than any text has; document and place together are one number.
_PLACES = 1 << 24


class Found(NamedTuple):
    """The documents of one segment that match, in order, and their scores."""

    segment: Arrays
    documents: npt.NDArray[np.intp]
    scores: Scores


class Matcher:
    """The plan's steps in one segment of a view. `alike`: the view's, or one that remembers it."""

    def __init__(self, view: View, segment: Segment, alike: Alike) -> None:
        self._view = view
        self._alike = alike
        self._segment = segment
        self._arrays = segment.arrays

    def run(self, plan: p.Plan) -> Scores:
        match plan:
            case p.AnyTerm():
                return self._any_term(plan.terms)
            case p.Sequence():
                return self._sequence(plan)
            case p.All():
                return reduce(_both, map(self.run, plan.children))
            case p.Any():
                return reduce(np.add, map(self.run, plan.children))
            case p.Without():
                return np.where(self.run(plan.child) > 0, np.float32(0), _WORTHLESS)
            case p.StartsWith():
                return self._starts_with(plan)
            case p.Between():
                end = after(plan.last.encode()) if plan.last else None
                return self._worth(self._arrays.documents_between(plan.field, plan.first or "", end), float(_WORTHLESS))
            case p.SpeltLike():
                alike = self._alike(plan.field, plan.text, plan.distance)
                return self._one_worth((self._arrays.documents(plan.field, term) for term in alike), plan.boost)

    def _any_term(self, terms: Iterable[p.FieldTerm]) -> Scores:
        scores = np.zeros(self._arrays.size, np.float32)
        for term in terms:
            postings = self._arrays.postings(term.field, term.term)
            if postings:
                scores[postings.documents] += self._scored(term, postings)
        return scores

    def _scored(self, term: p.FieldTerm, postings: Postings) -> Scores | np.float32:
        """BM25F of one term, in the documents of its postings."""
        boost = np.float32(term.boost)
        if postings.weights is None:
            return boost
        norms = self._view.norms(term.field, self._arrays.lengths(term.field)[postings.documents])
        idf = np.float32(self._view.idf(term.field, term.term) * boost * (self._view.k1 + 1))
        return idf * postings.weights / (postings.weights + norms)

    def _starts_with(self, plan: p.StartsWith) -> Scores:
        if plan.field in with_places():
            return self._one_worth(self._arrays.documents_of_each(plan.field, plan.text), plan.boost)
        end = after(plan.text.encode())
        return self._worth(self._arrays.documents_between(plan.field, plan.text, end), plan.boost)

    def _one_worth(self, documents: Iterable[Integers], boost: float) -> Scores:
        """Each document with one of the terms is worth the same; `documents`: of each term."""
        scores = np.zeros(self._arrays.size, np.float32)
        for having in documents:
            scores[having] = boost
        return scores

    def _worth(self, documents: npt.NDArray[Any], boost: float) -> Scores:
        scores = np.zeros(self._arrays.size, np.float32)
        scores[documents] = boost
        return scores

    def _sequence(self, plan: p.Sequence) -> Scores:
        """Documents with every step, of which those with the steps in their places remain."""
        steps = [[p.FieldTerm(plan.field, term) for term in terms] for _, terms in plan.steps]
        scores = reduce(_both, map(self._any_term, steps))
        candidates = (scores > 0) & self._segment.live
        if not candidates.any():
            return np.zeros_like(scores)
        starts = [self._starts(plan.field, step, candidates) for step in plan.steps]
        found = reduce(_in_common, sorted(starts, key=len))
        kept = np.zeros_like(scores)
        documents = found // _PLACES
        kept[documents] = scores[documents] * np.float32(plan.boost)
        return kept

    def _starts(self, field: str, step: tuple[int, tuple[str, ...]], candidates: Mask) -> npt.NDArray[np.int64]:
        """Where a sequence with this step would begin, as sorted numbers of document and place."""
        offset, terms = step
        found = [self._places(postings, candidates) - offset for postings in self._all_postings(field, terms)]
        return np.sort(np.concatenate(found)) if len(found) > 1 else found[0]

    def _all_postings(self, field: str, terms: Iterable[str]) -> Iterator[Postings]:
        return filter(None, (self._arrays.postings(field, term) for term in terms))

    def _places(self, postings: Postings, candidates: Mask) -> npt.NDArray[np.int64]:
        ends, places = self._arrays.places(postings)
        sizes = np.diff(ends, prepend=np.uint32(0))
        chosen = np.repeat(candidates[postings.documents], sizes)
        documents = np.repeat(postings.documents, sizes)[chosen].astype(np.int64)
        return documents * _PLACES + places[chosen]


def _both(one: Scores, other: Scores) -> Scores:
    return (one + other) * ((one > 0) & (other > 0))


def _in_common(few: npt.NDArray[np.int64], many: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Those of `few` that stand in `many` too; both are sorted, and may have the same number more than once."""
    if not len(many):
        return many
    index = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[index] == few]


def find(
    view: View, plan: p.Plan | None, readers: frozenset[str], chosen: Mapping[str, tuple[str, ...]]
) -> list[Found]:
    """Every document that matches `plan` (None: all), that one of `readers` may see, and that has the chosen values."""
    alike = cache(view.alike)
    return [
        _found(segment, _universe(segment, readers, chosen), Matcher(view, segment, alike).run(plan) if plan else None)
        for segment in view.segments
    ]


def _found(segment: Segment, universe: Mask, scores: Scores | None) -> Found:
    """What has a score within the universe; all of it if there are no scores."""
    scores = universe * (_WORTHLESS if scores is None else scores)
    documents = np.nonzero(scores)[0]
    return Found(segment.arrays, documents, scores[documents])


def _universe(segment: Segment, readers: frozenset[str], chosen: Mapping[str, tuple[str, ...]]) -> Mask:
    universe = segment.visible(readers)
    for facet, values in chosen.items():
        mask = np.zeros_like(universe)
        for value in values:
            mask[segment.arrays.documents("fasett", p.facet_term(facet, value))] = True
        universe = universe & mask
    return universe


def total(found: list[Found]) -> int:
    return sum(len(part.documents) for part in found)


def count_facets(found: list[Found]) -> dict[str, Counter[str]]:
    """For each facet its values with their number of hits."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for part in found:
        column = part.segment.facets
        for (facet, value), count in zip(column.labels, column.count(part.documents).tolist(), strict=True):
            if count:
                counts[facet][value] += count
    return counts
