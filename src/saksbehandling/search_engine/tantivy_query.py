"""From a plan to tantivy's queries: the same documents as the other engines find, scored as tantivy does (BM25)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from tantivy import FieldType, Occur, Query, Schema

from saksbehandling.search_engine import plan as p
from saksbehandling.search_engine.analysis import weights
from saksbehandling.search_engine.index_fields import NEWEST, SHUT_OUT, with_places
from saksbehandling.search_engine.text_terms import PART

# What matches without being worth anything is worth this.
_WORTHLESS = 1e-6
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")

# The terms of a field within a distance of a word.
Alike = Callable[[str, str, int], Iterable[str]]


class Translator:
    """`alike` expands misspelt words: tantivy's own way allows another first letter."""

    def __init__(self, schema: Schema, alike: Alike) -> None:
        self._schema = schema
        self._alike = alike

    def translate(self, plan: p.Plan) -> Query:
        match plan:
            case p.AnyTerm():
                return _any(self._term(*term) for term in plan.terms)
            case p.Sequence():
                return self._sequence(plan)
            case p.All():
                return Query.boolean_query([(Occur.Must, self.translate(child)) for child in plan.children])
            case p.Any():
                return _any(map(self.translate, plan.children))
            case p.Without():
                return _but_not(_worth(Query.all_query(), _WORTHLESS), self.translate(plan.child))
            case p.StartsWith():
                beginning = f"{_part(plan.field)}{_literal(plan.text)}.*"
                return _worth(Query.regex_query(self._schema, plan.field, beginning), plan.boost)
            case p.Between():
                return self._between(plan)
            case p.SpeltLike():
                return self._one_of(plan.field, self._alike(plan.field, plan.text, plan.distance), plan.boost)

    def readable(self, readers: Collection[str]) -> Query:
        """What a holder of one of these tokens may see."""
        shut_out = self._set("lesere", [f"{SHUT_OUT}{token}" for token in readers])
        return _but_not(self._set("lesere", readers), shut_out)

    def chosen(self, valgt: Mapping[str, tuple[str, ...]]) -> list[Query]:
        """One query for each facet in which something is chosen."""
        terms = ([p.facet_term(facet, value) for value in values] for facet, values in valgt.items())
        return [self._set("fasett", each) for each in terms]

    def word(self, word: str) -> Query:
        """A word as written."""
        return self._exact("ord", word)

    def _term(self, field: str, term: str, boost: float) -> Query:
        if field not in with_places():
            return _worth(self._exact(field, term), boost)
        whole = Query.boost_query(Query.term_query(self._schema, field, term), boost)
        part = Query.boost_query(Query.term_query(self._schema, field, PART + term), boost * weights().ledd)
        return _any((whole, part))

    def _sequence(self, plan: p.Sequence) -> Query:
        if len(plan.steps) == 1:
            return _any(self._term(plan.field, term, plan.boost) for term in plan.steps[0][1])
        steps = [(place, f"{PART}?({'|'.join(map(_literal, terms))})") for place, terms in plan.steps]
        return Query.boost_query(Query.regex_phrase_query(self._schema, plan.field, list(steps)), plan.boost)

    def _between(self, plan: p.Between) -> Query:
        """Days only, which stand in a column; 0 there is no day."""
        first, last = int(plan.first or 1), int(plan.last) if plan.last else None
        return _worth(Query.range_query(self._schema, NEWEST, FieldType.Unsigned, first, last), _WORTHLESS)

    def _one_of(self, field: str, terms: Iterable[str], boost: float) -> Query:
        found = list(terms)
        parts = [PART + term for term in found] if field in with_places() else []
        return _worth(self._set(field, [*found, *parts]), boost)

    def _set(self, field: str, terms: Collection[str]) -> Query:
        return Query.term_set_query(self._schema, field, list(terms))

    def _exact(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, "basic")


def among(query: Query | None, allowed: Iterable[Query]) -> Query:
    """What `query` finds (None: everything) of that which all of `allowed` find, scored by `query` alone."""
    unscored = [(Occur.Must, _worth(each, 0.0)) for each in allowed]
    scored = query or _worth(Query.all_query(), _WORTHLESS)
    return Query.boolean_query([(Occur.Must, scored), *unscored])


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _but_not(query: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, other)])


def _worth(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _part(field: str) -> str:
    return f"{PART}?" if field in with_places() else ""


def _literal(text: str) -> str:
    """`text` in a regular expression of tantivy's, which knows fewer escapes than Python's."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
