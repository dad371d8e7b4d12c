"""Rich text out of HTML: what an editor in the browser sends becomes blocks, and all else goes, with its words kept.

nh3 takes out what may not be there before anything else reads it: scripts, styles, unknown elements and attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import nh3
from lxml import etree, html

from saksbehandling.richtext import Block, Blocks, Heading, List, Paragraph, Run, Table, joined, without_illegal

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", *_HEADINGS}
_INLINE = {"strong", "b", "em", "i", "a", "br"}
_TAGS = {*_BLOCKS, *_INLINE, "li", "thead", "tbody", "tfoot", "tr", "td", "th"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_LINKS = {"http", "https", "mailto"}
_NEW_LINE = re.compile(r"[\r\n]+")
_START = re.compile(r"0|[1-9]\d{0,3}")


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    link: str | None = None

    def inside(self, element: etree._Element) -> _Look:
        match element.tag:
            case "strong" | "b":
                return replace(self, bold=True)
            case "em" | "i":
                return replace(self, italic=True)
            case "a":
                return replace(self, link=_link(element.get("href", "")))
        return self


def from_html(text: str) -> Blocks:
    """The blocks of an HTML fragment: paragraphs, headings, lists, tables, bold, italic, links; else the words alone.

    Spaces stay as they are; a line break in the source is one space. Empty paragraphs are left out.
    """
    clean = nh3.clean(
        without_illegal(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_LINKS,
        link_rel=None,
        strip_comments=True,
    )
    return tuple(_blocks(html.fragment_fromstring(clean, create_parent="div")))


def _blocks(parent: etree._Element) -> Iterator[Block]:
    """The blocks in an element; words that stand between them are paragraphs."""
    loose: list[Run] = _text(parent.text, _Look())
    for child in parent:
        if child.tag in _BLOCKS or child.tag == "li":
            yield from _paragraph(loose)
            yield from _block(child)
            loose = []
        elif child.tag == "br":
            yield from _paragraph(loose)
            loose = []
        else:
            loose += _runs(child, _Look())
        loose += _text(child.tail, _Look())
    yield from _paragraph(loose)


def _block(element: etree._Element) -> Iterator[Block]:
    match element.tag:
        case "ul" | "ol":
            yield from _list(element)
        case "table":
            yield from _table(element)
        case tag if tag in _HEADINGS:
            runs = joined(_runs(element, _Look()))
            if runs:
                yield Heading(int(element.tag[1]), runs)
        case _:
            yield from _blocks(element)


def _list(element: etree._Element) -> Iterator[Block]:
    items = tuple(item for item in (tuple(_blocks(child)) for child in element if child.tag == "li") if item)
    start = element.get("start", "1")
    ordered = element.tag == "ol"
    if items:
        yield List(ordered, items, int(start) if ordered and _START.fullmatch(start) else 1)


def _table(element: etree._Element) -> Iterator[Block]:
    rows = list(element.iter("tr"))
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    filled = [row for row in cells if row]
    if filled:
        header = all(cell.tag == "th" for cell in filled[0])
        yield Table(tuple(tuple(_cell(cell) for cell in row) for row in filled), header)


def _cell(element: etree._Element) -> tuple[Run, ...]:
    """The words of a cell on one line: a cell holds no paragraphs."""
    runs: list[Run] = []
    for number, block in enumerate(_blocks(element)):
        runs += [Run(" ")] * (number > 0) + list(_words(block))
    return joined(runs)


def _words(block: Block) -> Iterable[Run]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return runs
        case List(_, items):
            return [run for item in items for inner in item for run in (*_words(inner), Run(" "))]
        case Table(rows):
            return [run for row in rows for cell in row for run in (*cell, Run(" "))]


def _runs(element: etree._Element, look: _Look) -> list[Run]:
    if element.tag == "br":
        return [Run(" ")]
    look = look.inside(element)
    runs = _text(element.text, look)
    for child in element:
        runs += _runs(child, look)
        runs += _text(child.tail, look)
    return runs


def _text(text: str | None, look: _Look) -> list[Run]:
    return [Run(_NEW_LINE.sub(" ", text), look.bold, look.italic, look.link)] if text else []


def _paragraph(runs: Iterable[Run]) -> Iterator[Block]:
    whole = joined(runs)
    if whole:
        yield Paragraph(whole)


def _link(address: str) -> str | None:
    """An address that a document can hold too; a relative one would lead nowhere from there."""
    try:
        return address if urlsplit(address).scheme.lower() in _LINKS else None
    except ValueError:
        return None
