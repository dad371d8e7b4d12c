"""Rich text out of HTML: what an editor in the browser sends becomes blocks, and all else goes, with its words kept.

nh3 takes out what may not be there before anything else reads it: scripts, styles, unknown elements and attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import nh3
from lxml import etree, html

from saksbehandling.richtext import (
    Block,
    Blocks,
    Heading,
    List,
    Paragraph,
    Picture,
    Run,
    Table,
    joined,
    without_illegal,
)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", *_HEADINGS}
_INLINE = {"strong", "b", "em", "i", "a", "br"}
_TAGS = {*_BLOCKS, *_INLINE, "li", "img", "thead", "tbody", "tfoot", "tr", "td", "th"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "img": {"data-bilde", "alt"}}  # where a picture lies is never read
_LINKS = {"http", "https", "mailto"}
_NEW_LINE = re.compile(r"[\r\n]+")
_LONGEST_ALT = 500
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


def from_html(text: str, known: Mapping[str, Picture] | None = None) -> Blocks:
    """The blocks of an HTML fragment: paragraphs, headings, lists, tables, bold, italic, links; else the words alone.

    Spaces stay as they are; a line break in the source is one space. Empty paragraphs are left out.
    `known`: the pictures that the text may hold, by their SHA-256, as ``data-bilde`` says it; others are left out.
    """
    clean = nh3.clean(
        without_illegal(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_LINKS,
        link_rel=None,
        strip_comments=True,
    )
    root = html.fragment_fromstring(clean, create_parent="div")
    _know_pictures(root, known or {})
    return tuple(_blocks(root))


def _know_pictures(root: etree._Element, known: Mapping[str, Picture]) -> None:
    """Say on each picture what is known of it. Unknown ones are taken out, and those in cells, which hold words."""
    for element in list(root.iter("img")):
        picture = known.get(element.get("data-bilde", ""))
        if picture is None or next(element.iterancestors("td", "th"), None) is not None:
            element.drop_tree()  # type: ignore[attr-defined]  # lxml.html's own
        else:
            for name, value in (("data-slag", picture.kind), ("width", picture.width), ("height", picture.height)):
                element.set(name, str(value))


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
        elif child.tag == "img":
            yield from _paragraph(loose)
            yield _picture(child)
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


def _picture(element: etree._Element) -> Picture:
    alt = " ".join(element.get("alt", "").split())[:_LONGEST_ALT].rstrip()
    width, height = (int(element.get(name, "0")) for name in ("width", "height"))
    return Picture(element.get("data-bilde", ""), element.get("data-slag", ""), width, height, alt)


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
        case Picture():
            return ()


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
