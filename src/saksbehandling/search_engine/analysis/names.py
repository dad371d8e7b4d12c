"""Names of persons: never stemmed, never taken for stop words, findable by initials."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class NameToken(NamedTuple):
    """A name in lower case at its position; `initial` is its first letter, at the same place."""

    term: str
    position: int
    initial: str


def name_tokens(name: str) -> list[NameToken]:
    """`Per-Olav O. Å. Næss` -> per, olav, o, å, næss; hyphenated names are separate ones."""
    words = _NAME.findall(name.lower())
    return [NameToken(word, position, word[0]) for position, word in enumerate(words)]
