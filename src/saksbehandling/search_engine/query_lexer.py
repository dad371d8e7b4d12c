"""Cuts a query into lexemes and mends what does not fit together, so that the parser can read anything."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from saksbehandling.search_engine.model import clean
from saksbehandling.search_engine.query_tree import FIELDS

MAX_LENGTH = 1000
MAX_LEXEMES = 40
MAX_EXPANSIONS = 10
MAX_DEPTH = 10


class Lex(Enum):
    OPEN = "("
    CLOSE = ")"
    FIELD = "field"
    PHRASE = "phrase"
    WORD = "word"
    AND = "and"
    OR = "or"
    NOT = "not"


class Lexeme(NamedTuple):
    kind: Lex
    text: str


_OPERATORS = {
    "AND": Lex.AND,
    "OG": Lex.AND,
    "OR": Lex.OR,
    "ELLER": Lex.OR,
    "NOT": Lex.NOT,
    "IKKE": Lex.NOT,
    "IKKJE": Lex.NOT,
}
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LEXEME = re.compile(
    rf'(?P<open>\()|(?P<close>\))|"(?P<phrase>[^"]*)"|(?P<field>{"|".join(FIELDS)}):|(?P<word>[^\s()"]+)', re.IGNORECASE
)


def prepare(text: str, hints: list[str]) -> str:
    """`text` cleaned, without control characters, in straight quotes, and not too long."""
    text = clean(_CONTROL.sub(" ", text[: MAX_LENGTH * 2])).translate(_QUOTES).strip()
    if len(text) > MAX_LENGTH:
        hints.append(f"Søket er lengre enn {MAX_LENGTH} tegn; bare begynnelsen er brukt.")
    text = text[:MAX_LENGTH]
    if text.count('"') % 2:
        hints.append("Et anførselstegn mangler makker; det er sett bort fra.")
        text = " ".join(text.rsplit('"', 1))
    return text


def lexemes(text: str, hints: list[str]) -> list[Lexeme]:
    """The lexemes of prepared `text`, with every parenthesis matched and none too deep."""
    found = [_lexeme(match) for match in _LEXEME.finditer(text)]
    return _few_expansions(_few(_balanced(found, hints), hints), hints)


def _few(found: list[Lexeme], hints: list[str]) -> list[Lexeme]:
    """The first lexemes; of the rest only what closes a parenthesis."""
    if len(found) > MAX_LEXEMES:
        hints.append(f"Søket har flere enn {MAX_LEXEMES} ledd; resten er sett bort fra.")
    opened = sum({Lex.OPEN: 1, Lex.CLOSE: -1}.get(lexeme.kind, 0) for lexeme in found[:MAX_LEXEMES])
    return found[:MAX_LEXEMES] + [Lexeme(Lex.CLOSE, ")")] * opened


def _lexeme(match: re.Match[str]) -> Lexeme:
    kind, text = str(match.lastgroup), match[str(match.lastgroup)]
    if kind == "field":
        return Lexeme(Lex.FIELD, FIELDS[text.lower()])
    if kind == "word":
        return Lexeme(_OPERATORS.get(text, Lex.WORD), text)
    return Lexeme(Lex[kind.upper()], text)


def _few_expansions(found: list[Lexeme], hints: list[str]) -> list[Lexeme]:
    """Beyond the first few, `*` and `~` are dropped: each is a search through the dictionary."""
    kept, count = [], 0
    for lexeme in found:
        if lexeme.kind is Lex.WORD and lexeme.text[-1] in "*~":
            count += 1
            if count > MAX_EXPANSIONS:
                lexeme = Lexeme(Lex.WORD, lexeme.text.rstrip("*~"))
        if lexeme.text or lexeme.kind is not Lex.WORD:
            kept.append(lexeme)
    if count > MAX_EXPANSIONS:
        hints.append(f"Søket har flere enn {MAX_EXPANSIONS} ord med * eller ~; resten er søkt som hele ord.")
    return kept


def _balanced(found: list[Lexeme], hints: list[str]) -> list[Lexeme]:
    matched, stack = set(), []
    for index, (kind, _) in enumerate(found):
        if kind is Lex.OPEN:
            stack.append(index)
        elif kind is Lex.CLOSE and stack:
            if len(stack) <= MAX_DEPTH:
                matched |= {stack[-1], index}
            stack.pop()
    kept = [item for index, item in enumerate(found) if index in matched or item.kind not in (Lex.OPEN, Lex.CLOSE)]
    if len(kept) < len(found):
        hints.append("Noen parenteser går ikke opp eller står for dypt; de er sett bort fra.")
    return kept
