"""«Mente du»: the query with misspelt words replaced by words that stand in documents that the reader may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from saksbehandling.search_engine import query_tree as tree
from saksbehandling.search_engine.analysis import Kind, analyse_query

_MIN_LENGTH = 4
_MAX_WORDS = 5

# How many visible documents hold a word as written, and the words spelt much like it in those documents, best first.
Count = Callable[[str], int]
Alike = Callable[[str], Iterable[str]]


def did_you_mean(text: str, root: tree.Node | None, count: Count, alike: Alike) -> str | None:
    """`text` with every unfound word replaced; None if there is none, or nothing better for one of them.

    `count` and `alike` know visible documents only: else the suggestion would tell of words in closed ones.
    """
    better = text
    for word in [word for word in _words(root) if not count(word)][:_MAX_WORDS]:
        replacement = next(iter(alike(word)), None)
        if replacement is None:
            return None
        better = _replace(better, word, replacement)
    return better if better != text else None


def _words(node: tree.Node | None) -> Iterator[str]:
    """The words of the query that may be misspelt, in lower case."""
    match node:
        case tree.And() | tree.Or():
            for child in node.children:
                yield from _words(child)
        case tree.Words(field=None) | tree.Words(field="person") | tree.Words(field="tittel"):
            slots = analyse_query(node.text).slots
            yield from (
                s.surface for s in slots if s.kind is Kind.WORD and s.terms.whole and len(s.surface) >= _MIN_LENGTH
            )


def _replace(text: str, word: str, replacement: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: replacement, text, flags=re.IGNORECASE)
