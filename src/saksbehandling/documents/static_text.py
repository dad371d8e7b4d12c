"""The plain text that a reader sees of a stretch of WordprocessingML that may begin and end inside an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TOKEN = re.compile(
    r"""<w:t(?:\ [^>]*)?>(?P<text>[^<]*)
      | \A(?P<continued>[^<]+)
      | (?P<tab><w:tab/>)
      | (?P<newline><w:(?:br|cr)(?:\ [^>]*)?/>)
      | (?P<cell></w:p></w:tc>)
      | (?P<end></w:p>|<w:p/>|</w:tr>)""",
    re.VERBOSE,
)
_MEANING = {"tab": "\t", "newline": "\n", "cell": "\t", "end": "\n"}


def visible(xml: str) -> str:
    """The words, a line for each paragraph and table row, a tab between cells."""
    return "".join(_pieces(xml))


def tidy(text: str) -> str:
    """Lines without blanks at their ends, and never two empty lines in a row."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _pieces(xml: str) -> Iterator[str]:
    for found in _TOKEN.finditer(xml):
        kind = str(found.lastgroup)
        yield _MEANING.get(kind) or unescape(found[kind])
