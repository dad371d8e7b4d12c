"""Cuts text into words, numbers and dates, with their places."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from saksbehandling.search_engine.analysis.numbers import canonical_number, date_term, parse_date


class Kind(Enum):
    WORD = "word"
    INITIAL = "initial"
    FIGURE = "figure"
    NUMBER = "number"
    DATE = "date"


class RawToken(NamedTuple):
    """A piece of the text: `term` is its canonical form for numbers and dates, else the piece in lower case."""

    text: str
    term: str
    kind: Kind
    start: int
    end: int


# Every repetition is bounded or linear, so that no text, however odd, takes more than linear time. A letter and a full
# stop are one piece, since it depends on the stop what the letter is.
_PIECE = re.compile(
    r"""
    [^\W\d_]\.
    | [^\W\d_]++ (?: (?!\d{1,7}/\d)[\d_][^\W\d_]*+ | ['’-][^\W\d_]++ )*+
    | (?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d) | (?<!\d)\d{4}-\d{2}-\d{2}(?!\d)
    | (?<![\d/])\d{1,7}/\d{1,7}(?:-\d{1,4})?(?![\d/])
    | \d{1,2}-\d{1,2}(?![\d-]) | \d++(?:[.,]\d++)*+
    """,
    re.VERBOSE,
)
_BLANK_IN_DATE = re.compile(r"\d\.(?:\s\d{1,2}\.|\d{1,2}\.\s\d)")
_RANGE = re.compile(r"\d{1,2}-\d{1,2}")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def chunks(text: str) -> list[str]:
    """`text` cut into parts, each with the same tokens alone as in its place: at blanks, unless a date has one."""
    return text.split() if _BLANK_IN_DATE.search(text) is None else _PIECE.findall(text)


def tokenize(text: str) -> list[RawToken]:
    """The tokens of `text` in order; offsets count characters of `text` as given."""
    return [
        RawToken(token.text, token.term, token.kind, at + token.start, at + token.end)
        for match in _PIECE.finditer(text)
        for at in (match.start(),)
        for token in _read(match.group())
    ]


@lru_cache(maxsize=50_000)
def _read(piece: str) -> tuple[RawToken, ...]:
    """The tokens of a piece, nearly always one; offsets count from its beginning."""
    if not piece[0].isdecimal():
        return (_word(piece),)
    if "/" in piece:
        return (_token(piece, canonical_number(piece) or piece, Kind.NUMBER),)
    if date := parse_date(piece):
        return (_token(piece, date_term(date), Kind.DATE),)
    if _RANGE.fullmatch(piece):
        return (_token(piece, piece, Kind.FIGURE),)
    # What looks like a date but is no day, such as 31. 02. 2019, is its figures.
    return tuple(RawToken(m.group(), m.group(), Kind.FIGURE, *m.span()) for m in _FIGURE.finditer(piece))


def _word(piece: str) -> RawToken:
    """`T.` in a name is an initial and no stop word, `i.` is the word i."""
    word = piece.removesuffix(".")
    is_initial = word != piece and word.isupper()
    return _token(word, word.lower(), Kind.INITIAL if is_initial else Kind.WORD)


def _token(text: str, term: str, kind: Kind) -> RawToken:
    return RawToken(text, term, kind, 0, len(text))
