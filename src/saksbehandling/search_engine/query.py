"""The query language: from what was typed to a tree. Never raises; what cannot be read gives a hint in Norwegian.

internasjonal strategi          both words, in any inflection, anywhere
"felles uttalelse"              the words after each other
strateg*   bærekraft~           words that begin so; words spelt much like it
skole OG (vei ELLER gate)       OG, ELLER, IKKE (AND, OR, NOT) in capitals; OG is understood and binds closest
87/19   PS 0087/19   2019/8286  case numbers as people write them
29.08.2019                      a day; 01.01.2019..30.06.2019 and 2018..2019 are ranges
utvalg:bystyret parti:MDG person:"Kari Moe" resultat:falt type:forslag sak:87/19 tittel:klima år:2019 år:2018..2019
dato:01.01.2019..30.06.2019 saksbehandler:"Kari Moe"   fields
mot:SV for:Ap delt:Ap mot:"Kari Moe" enstemmig:ja   how parties and persons voted
a field may stand before a parenthesis: parti:(Ap ELLER H)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from saksbehandling.search_engine.analysis import numbers_in, parse_date
from saksbehandling.search_engine.query_lexer import Lex, Lexeme, lexemes, prepare
from saksbehandling.search_engine.query_tree import And, Days, Fuzzy, Node, Not, Or, Phrase, Prefix, Words

_MIN_PREFIX = 2
_LIKE_A_FIELD = re.compile(r"([^\W\d_]{2,}):[^\W\d_].*")
_YEARS_WITH_DASH = re.compile(r"(\d{4})[-–](\d{4})")


@dataclass(frozen=True, slots=True)
class Query:
    """`root` is None when nothing was asked for (`text` is empty: everything) or nothing could be read."""

    text: str
    root: Node | None
    hints: tuple[str, ...] = ()


def parse(text: str, closed: Collection[str] = ()) -> Query:
    """Read a query as typed. `closed`: fields that the reader may not search in; words after them are plain words."""
    hints: list[str] = []
    prepared = prepare(text, hints)
    root = _Parser(lexemes(prepared, hints), hints, closed).parse()
    if text.strip() and root is None:
        hints.append("Skriv minst ett ord eller tall å søke etter.")
    return Query(prepared, root, tuple(dict.fromkeys(hints)))


def any_word(query: Query) -> Query | None:
    """The query with some of the plain words that it wants all of; None where it has not several."""
    root = query.root
    children = root.children if isinstance(root, And) else (root,) if root else ()
    looser = tuple(map(_any_of, children))
    return None if looser == children else Query(query.text, _join(And, list(looser)), query.hints)


def _any_of(node: Node) -> Node:
    if not isinstance(node, Words) or node.field is not None or len(node.text.split()) == 1:
        return node
    return Or(tuple(map(Words, node.text.split())))


class _Parser:
    """Recursive descent; its depth is bounded by the lexer, which has matched every parenthesis."""

    def __init__(self, found: list[Lexeme], hints: list[str], closed: Collection[str]) -> None:
        self._found = found
        self._closed = closed
        self._next = 0
        self._hints = hints

    def parse(self) -> Node | None:
        return self._alternatives(None)

    def _peek(self) -> Lex | None:
        return self._found[self._next].kind if self._next < len(self._found) else None

    def _take(self) -> Lexeme:
        self._next += 1
        return self._found[self._next - 1]

    def _alternatives(self, field: str | None) -> Node | None:
        children = [self._together(field)]
        while self._peek() is Lex.OR:
            self._take()
            children.append(self._together(field))
        kept = [child for child in children if child is not None]
        if len(kept) < len(children) > 1:
            self._hints.append("ELLER må stå mellom to ledd.")
        return _join(Or, kept)

    def _together(self, field: str | None) -> Node | None:
        children: list[Node] = []
        while self._peek() not in (None, Lex.OR, Lex.CLOSE):
            if self._peek() is Lex.AND:
                self._conjunction(bool(children))
            elif child := self._unary(field):
                children.append(child)
        return _join(And, _merge_words(children))

    def _conjunction(self, something_before: bool) -> None:
        self._take()
        if not something_before or self._peek() in (None, Lex.AND, Lex.OR, Lex.CLOSE):
            self._hints.append("OG må stå mellom to ledd.")

    def _unary(self, field: str | None) -> Node | None:
        negated = False
        while self._peek() is Lex.NOT:
            self._take()
            negated = not negated
        child = self._primary(field)
        if negated and child is None:
            self._hints.append("IKKE må stå foran et ord.")
        return Not(child) if negated and child else child

    def _primary(self, field: str | None) -> Node | None:
        if self._peek() in (None, Lex.CLOSE, Lex.OR, Lex.AND, Lex.NOT):
            return None
        kind, text = self._take()
        if kind is Lex.OPEN:
            inner = self._alternatives(field)
            self._take()
            return inner
        if kind is Lex.FIELD:
            return self._fielded(text)
        return self._phrase(text, field) if kind is Lex.PHRASE else self._word(text, field)

    def _fielded(self, field: str) -> Node | None:
        if self._peek() not in (Lex.WORD, Lex.PHRASE, Lex.OPEN):
            self._hints.append(f"Skriv hva det skal søkes etter i feltet, for eksempel {_EXAMPLES[field]}.")
            return None
        if field in self._closed:
            self._hints.append(f"Feltet {field} er ikke åpent for deg; ordene etter det er søkt som vanlige ord.")
            return self._primary(None)
        return self._primary(field)

    def _phrase(self, text: str, field: str | None) -> Node | None:
        if not re.search(r"\w", text):
            return None
        return self._word(text, field) if field in ("år", "dato", "sak") else Phrase(text, field)

    def _word(self, text: str, field: str | None) -> Node | None:
        if field in ("år", "dato") or (field is None and ".." in text):
            days = _days(text)
            if days or field:
                return days or self._not_understood(text, str(field))
        if text[-1] in "*~":
            return self._expansion(text, field)
        if field == "sak" and not numbers_in(text):
            return self._not_understood(text, field)
        if field is None and (named := _LIKE_A_FIELD.fullmatch(text)):
            self._hints.append(f"«{named[1]}» er ikke et felt; ordene er søkt som vanlige ord. Feltene er {_NAMES}.")
        return Words(text, field) if re.search(r"\w", text) else None

    def _expansion(self, text: str, field: str | None) -> Node | None:
        stem = text.rstrip("*~")
        if len(stem) < _MIN_PREFIX:
            self._hints.append(f"Skriv minst {_MIN_PREFIX} tegn foran * og ~.")
            return None
        if "*" in stem:
            self._hints.append("* kan bare stå sist i et ord.")
            return Words(stem.replace("*", " "), field)
        return Prefix(stem, field) if text[-1] == "*" else Fuzzy(stem, field)

    def _not_understood(self, text: str, field: str) -> Node | None:
        self._hints.append(f"«{text}» passer ikke i feltet {field}; skriv for eksempel {_EXAMPLES[field]}.")
        return Words(text) if re.search(r"\w", text) else None


_EXAMPLES = {
    "utvalg": "utvalg:bystyret",
    "parti": "parti:Ap",
    "person": 'person:"Kari Moe"',
    "resultat": "resultat:vedtatt",
    "type": "type:forslag",
    "tittel": "tittel:klima",
    "sak": "sak:87/19",
    "år": "år:2019 eller år:2018..2019",
    "saksbehandler": 'saksbehandler:"Kari Moe"',
    "for": "for:Ap",
    "mot": "mot:SV",
    "delt": "delt:Ap",
    "enstemmig": "enstemmig:ja",
    "dato": "dato:29.08.2019 eller dato:01.01.2019..30.06.2019",
}


_NAMES = ", ".join(_EXAMPLES)


def _join(node: type[And] | type[Or], children: list[Node]) -> Node | None:
    if len(children) > 1:
        return node(tuple(children))
    return children[0] if children else None


def _merge_words(children: list[Node]) -> list[Node]:
    merged: list[Node] = []
    for child in children:
        last = merged[-1] if merged else None
        if isinstance(child, Words) and isinstance(last, Words) and child.field is last.field is None:
            merged[-1] = Words(f"{last.text} {child.text}")
        else:
            merged.append(child)
    return merged


def _days(text: str) -> Days | None:
    """`29.08.2019`, `2019`, `2018..2019`, `2018-2019`, `..30.06.2019`; None for anything else."""
    first, dots, last = _YEARS_WITH_DASH.sub(r"\1..\2", text).partition("..")
    if not dots:
        return _span(first)
    start, end = _span(first), _span(last)
    if (first and not start) or (last and not end) or not (start or end):
        return None
    return Days(start.first if start else None, end.last if end else None)


def _span(text: str) -> Days | None:
    if re.fullmatch(r"[12]\d{3}", text):
        return Days(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
    date = parse_date(text)
    return Days(date, date) if date else None
