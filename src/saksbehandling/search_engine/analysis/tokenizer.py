"""Cuts text into words, numbers and dates, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
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


# Every repetition is bounded or linear, so that no text, however odd, takes more than linear time.
_TOKEN = re.compile(
    r"""
    (?P<date>(?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d) | (?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
    | (?P<number>(?<![\d/])\d{1,7}/\d{1,7}(?:-\d{1,4})?(?![\d/]))
    | (?P<figure>\d{1,2}-\d{1,2}(?![\d-]) | \d+(?:[.,]\d+)*)
    | (?P<word>[^\W\d_](?:(?!\d{1,7}/\d)\w | ['’](?=[^\W\d_]) | -(?=[^\W\d_]))*)
    """,
    re.VERBOSE,
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def tokenize(text: str) -> list[RawToken]:
    """The tokens of `text` in order; offsets count characters of `text` as given."""
    found: list[RawToken] = []
    for match in _TOKEN.finditer(text):
        piece, (start, end) = match.group(), match.span()
        if match.lastgroup == "word":
            kind = Kind.WORD if end - start > 1 else _letter_kind(text, piece, end)
            found.append(RawToken(piece, piece.lower(), kind, start, end))
        else:
            found += _with_figures(str(match.lastgroup), piece, start)
    return found


def _with_figures(kind: str, piece: str, start: int) -> Iterator[RawToken]:
    date = parse_date(piece) if kind == "date" else None
    if date:
        yield RawToken(piece, date_term(date), Kind.DATE, start, start + len(piece))
    elif kind == "number":
        yield RawToken(piece, canonical_number(piece) or piece, Kind.NUMBER, start, start + len(piece))
    elif kind == "date":
        yield from _figures(piece, start)
    else:
        yield RawToken(piece, piece, Kind.FIGURE, start, start + len(piece))


def _letter_kind(text: str, piece: str, end: int) -> Kind:
    """`T.` in a name is an initial and no stop word, `i` is."""
    return Kind.INITIAL if piece.isupper() and text[end : end + 1] == "." else Kind.WORD


def _figures(piece: str, start: int) -> Iterator[RawToken]:
    """What looked like a date but is no day, such as 31.02.2019."""
    for match in _FIGURE.finditer(piece):
        yield RawToken(match.group(), match.group(), Kind.FIGURE, start + match.start(), start + match.end())
