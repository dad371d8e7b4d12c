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


# Every repetition is bounded or linear, so that no text, however odd, takes more than linear time.
_PIECE = re.compile(
    r"""
    [^\W\d_]\.                                                                   # an initial, perhaps
    | [^\W\d_]+(?:(?!\d{1,7}/\d)\w | ['’-](?=[^\W\d_])[^\W\d_]+)*                # a word
    | (?=\d)(?:
        (?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d)                 # a date
        | (?<!\d)\d{4}-\d{2}-\d{2}(?!\d)
        | (?<![\d/])\d{1,7}/\d{1,7}(?:-\d{1,4})?(?![\d/])                        # a number
        | \d{1,2}-\d{1,2}(?![\d-]) | \d+(?:[.,]\d+)*                             # a figure
      )
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def pieces(text: str) -> list[str]:
    """What stands in `text`, in order; `read_piece` tells what each is."""
    return _PIECE.findall(text)


def tokenize(text: str) -> list[RawToken]:
    """The tokens of `text` in order; offsets count characters of `text` as given."""
    found: list[RawToken] = []
    for match in _PIECE.finditer(text):
        at = match.start()
        found += [token._replace(start=at + token.start, end=at + token.end) for token in read_piece(match.group())]
    return found


@lru_cache(maxsize=100_000)
def read_piece(piece: str) -> tuple[RawToken, ...]:
    """Its tokens, with offsets from its own beginning: one, but for what looks like a date and is no day."""
    if not piece[0].isdecimal():
        return (_word(piece),)
    if "/" in piece:
        return (RawToken(piece, canonical_number(piece) or piece, Kind.NUMBER, 0, len(piece)),)
    if _DATE.fullmatch(piece):
        date = parse_date(piece)
        return (RawToken(piece, date_term(date), Kind.DATE, 0, len(piece)),) if date else _figures(piece)
    return (RawToken(piece, piece, Kind.FIGURE, 0, len(piece)),)


def _word(piece: str) -> RawToken:
    """`T.` in a name is an initial and no stop word, `i` is."""
    word = piece.removesuffix(".")
    is_initial = piece != word and word.isupper()
    return RawToken(word, word.lower(), Kind.INITIAL if is_initial else Kind.WORD, 0, len(word))


def _figures(piece: str) -> tuple[RawToken, ...]:
    """Those of 31.02.2019."""
    found = _FIGURE.finditer(piece)
    return tuple(RawToken(match.group(), match.group(), Kind.FIGURE, *match.span()) for match in found)
