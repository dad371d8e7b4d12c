"""From a parsed query to a plan: analysis of its words, and the fields that each is looked for in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from saksbehandling.search_engine import query_tree as tree
from saksbehandling.search_engine.analysis import (
    Analysis,
    Kind,
    Slot,
    Synonym,
    analyse,
    analyse_query,
    date_term,
    name_tokens,
    numbers_in,
    stem,
    weights,
)
from saksbehandling.search_engine.plan import (
    All,
    Any,
    AnyTerm,
    Between,
    FieldTerm,
    Plan,
    Sequence,
    SpeltLike,
    StartsWith,
    Without,
    facet_term,
    max_distance,
)

# A distance, and the terms of which one must stand there.
_Step = tuple[int, tuple[str, ...]]

_TEXT_FIELDS = ("tittel", "tekst", "utvalg", "resultat")
_PHRASE_FIELDS = ("tittel", "tekst")


def plan(node: tree.Node, *, strict: bool = False) -> Plan | None:
    """The plan of a tree; None if nothing in it can be looked for (stop words alone).

    `strict`: compounds only as a whole. It holds under IKKE, which else would take away more than was asked.
    """
    match node:
        case tree.Words():
            return _words(node, strict)
        case tree.Phrase():
            return _phrase(node, strict)
        case tree.Prefix():
            return _prefix(node)
        case tree.Fuzzy():
            return _fuzzy(node)
        case tree.Days():
            return Between("dato", _day(node.first), _day(node.last))
        case tree.And():
            return _join(All, (plan(child, strict=strict) for child in node.children))
        case tree.Or():
            return _join(Any, (plan(child, strict=strict) for child in node.children))
        case tree.Not():
            child = plan(node.child, strict=True)
            return Without(child) if child else None


def _day(date: dt.date | None) -> str | None:
    return date_term(date) if date else None


def _join(kind: type[All] | type[Any], children: Iterable[Plan | None]) -> Plan | None:
    kept = tuple(dict.fromkeys(child for child in children if child is not None))
    if len(kept) > 1:
        return kind(kept)
    return kept[0] if kept else None


def _words(node: tree.Words, strict: bool) -> Plan | None:
    if node.field in tree.EXACT:
        return AnyTerm((FieldTerm("fasett", facet_term(node.field, node.text)),))
    if node.field == "sak":
        return AnyTerm(tuple(FieldTerm("nummer", number) for number in numbers_in(node.text)))
    if node.field == "person":
        return _join(All, (_name(name.term, 1.0) for name in name_tokens(node.text)))
    return _join(All, _clauses(analyse_query(node.text), _Places(node.field, strict)))


class _Places:
    """Where a word is looked for, and in how much of it."""

    def __init__(self, field: str | None, strict: bool) -> None:
        self.anywhere = field is None
        self.strict = strict
        self.fields = (field,) if field else _TEXT_FIELDS

    def any_of(self, term: str, factor: float = 1.0) -> AnyTerm:
        return AnyTerm(tuple(FieldTerm(field, term, _weight(field) * factor) for field in self.fields))


def _weight(field: str) -> float:
    return weights().felt.get(field, 1.0)


def _clauses(analysis: Analysis, places: _Places) -> Iterator[Plan | None]:
    """One clause for each word, or for each run of words that means one thing."""
    synonyms = {synonym.position: synonym for synonym in analysis.synonyms}
    position = 0
    while position < len(analysis.slots):
        synonym = synonyms.get(position)
        width = synonym.width if synonym else 1
        words = [_slot(slot, places) for slot in analysis.slots[position : position + width]]
        clause = _join(All, words)
        yield _join(Any, [clause, *_synonym(synonym, places)]) if synonym else clause
        position += width


def _synonym(synonym: Synonym, places: _Places) -> Iterator[Plan]:
    yield places.any_of(synonym.term)
    if places.anywhere:
        is_party = synonym.term.startswith("#")
        exact = FieldTerm("fasett", f"parti:{synonym.term[1:]}") if is_party else FieldTerm("dato", synonym.term)
        yield AnyTerm((exact._replace(boost=_weight("parti")),))


def _slot(slot: Slot, places: _Places) -> Plan | None:
    if not slot.terms.whole:
        return None
    found: list[Plan | None] = [places.any_of(slot.terms.whole)]
    if places.anywhere:
        found.append(_exact(slot))
    if slot.terms.segments and not places.strict:
        found.append(_join(All, (places.any_of(part, weights().ledd) for part in slot.terms.segments)))
    return _join(Any, found)


def _exact(slot: Slot) -> Plan | None:
    """The word as a number, a day or a name."""
    if slot.kind is Kind.NUMBER:
        case = [FieldTerm("nummer", part, _weight("nummer") * weights().ledd) for part in slot.terms.segments]
        return AnyTerm((FieldTerm("nummer", slot.terms.whole, _weight("nummer")), *case))
    if slot.kind is Kind.DATE:
        return AnyTerm((FieldTerm("dato", slot.terms.whole),))
    if slot.kind is Kind.FIGURE:
        return None
    return _join(All, (_name(name.term, _weight("personer")) for name in name_tokens(slot.surface)))


def _name(name: str, boost: float) -> Plan:
    return AnyTerm((FieldTerm("personer", name, boost),))


def _phrase(node: tree.Phrase, strict: bool) -> Plan | None:
    if node.field == "person":
        names: list[_Step] = [(name.position, (name.term,)) for name in name_tokens(node.text)]
        return _sequence("personer", names)
    if node.field in tree.EXACT or len(analyse_query(node.text).slots) < 2:
        return _words(tree.Words(node.text, node.field), strict)
    steps = _steps(analyse(node.text))
    return _join(Any, (_sequence(field, steps) for field in ((node.field,) if node.field else _PHRASE_FIELDS)))


def _steps(analysis: Analysis) -> list[_Step]:
    """Stop words are gaps of known width."""
    codes = {synonym.position: synonym.term for synonym in analysis.synonyms if synonym.width == 1}
    return [
        (slot.position, (slot.terms.whole, *filter(None, [codes.get(slot.position)])))
        for slot in analysis.slots
        if slot.terms.whole
    ]


def _sequence(field: str, steps: list[_Step]) -> Plan | None:
    if not steps:
        return None
    first = steps[0][0]
    return Sequence(field, tuple((position - first, terms) for position, terms in steps), _weight(field))


def _prefix(node: tree.Prefix) -> Plan:
    text = node.text.lower()
    if node.field is None:
        return Any((StartsWith("ord", text), StartsWith("nummer", text, _weight("nummer"))))
    if node.field in tree.EXACT:
        return StartsWith("fasett", f"{node.field}:{text}")
    field = _index_field(node.field)
    return Any((StartsWith(field, text), AnyTerm((FieldTerm(field, stem(text)),))))


def _fuzzy(node: tree.Fuzzy) -> Plan:
    text = node.text.lower()
    if node.field in tree.EXACT:
        return SpeltLike("fasett", f"{node.field}:{text}", max_distance(text))
    field = _index_field(node.field) if node.field else "ord"
    return SpeltLike(field, text, max_distance(text))


def _index_field(field: str) -> str:
    return {"person": "personer", "sak": "nummer"}.get(field, field)
