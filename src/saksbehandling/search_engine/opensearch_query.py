"""From a plan to OpenSearch's queries: the same documents as the other engines find."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from saksbehandling.search_engine import plan as p
from saksbehandling.search_engine.analysis import weights
from saksbehandling.search_engine.index_fields import SHUT_OUT, with_places
from saksbehandling.search_engine.opensearch_index import in_places
from saksbehandling.search_engine.text_terms import PART

Asked = dict[str, Any]

# What matches without being worth anything is worth this.
_WORTHLESS = 1e-6


def translate(plan: p.Plan) -> Asked:
    match plan:
        case p.AnyTerm():
            return _any(_term(*term) for term in plan.terms)
        case p.Sequence():
            return {"match_phrase": {plan.field: {"query": _places(plan), "boost": plan.boost}}}
        case p.All():
            return {"bool": {"must": [translate(child) for child in plan.children]}}
        case p.Any():
            return _any(map(translate, plan.children))
        case p.Without():
            everything = {"match_all": {"boost": _WORTHLESS}}
            return {"bool": {"must": everything, "must_not": translate(plan.child)}}
        case p.StartsWith():
            beginnings = ({"prefix": {plan.field: beginning}} for beginning in _forms(plan.field, plan.text))
            return _worth(_any(beginnings), plan.boost)
        case p.Between():
            days = {name: value for name, value in (("gte", plan.first), ("lte", plan.last)) if value}
            return _worth({"range": {plan.field: days}}, _WORTHLESS)
        case p.SpeltLike():
            return _worth(_any(spelt_like(plan.field, plan.text, plan.distance)), plan.boost)


def spelt_like(field: str, text: str, distance: int) -> Iterable[Asked]:
    """Terms within `distance` changed letters, the first letter being the same."""
    for form in _forms(field, text):
        fixed = len(form) - len(text) + 1
        how = {"fuzziness": distance, "prefix_length": fixed, "transpositions": False, "rewrite": "constant_score"}
        yield {"fuzzy": {field: {"value": form, **how}}}


def among(asked: Asked | None, readers: Collection[str], valgt: Mapping[str, tuple[str, ...]]) -> Asked:
    """What is asked for (None: everything) of what a holder of one of the tokens may see, with the chosen values."""
    chosen = ([p.facet_term(facet, value) for value in values] for facet, values in valgt.items())
    return {
        "bool": {
            "must": asked or {"match_all": {"boost": _WORTHLESS}},
            "filter": [{"terms": {"lesere": sorted(readers)}}, *({"terms": {"fasett": terms}} for terms in chosen)],
            "must_not": {"terms": {"lesere": [f"{SHUT_OUT}{token}" for token in sorted(readers)]}},
        }
    }


def _term(field: str, term: str, boost: float) -> Asked:
    if field not in with_places():
        return _worth({"term": {field: term}}, boost)
    whole, part = ((term, boost), (PART + term, boost * weights().ledd))
    return _any({"term": {field: {"value": value, "boost": worth}}} for value, worth in (whole, part))


def _places(plan: p.Sequence) -> str:
    steps = ((place, term) for place, terms in plan.steps for term in terms)
    return in_places((place, form) for place, term in steps for form in _forms(plan.field, term))


def _forms(field: str, text: str) -> tuple[str, ...]:
    """As it stands in a field: whole, and where there are places, as a part."""
    return (text, PART + text) if field in with_places() else (text,)


def _any(queries: Iterable[Asked]) -> Asked:
    found = list(queries)
    # Without anything in it, the first would find everything.
    return {"bool": {"should": found, "minimum_should_match": 1}} if found else {"match_none": {}}


def _worth(query: Asked, score: float) -> Asked:
    return {"constant_score": {"filter": query, "boost": score}}
