"""Rich text out of the body of a Word document, as Word or LibreOffice saved it: the other way of `richword`.

Tracked changes are read as if they were accepted. Cells hold words: the pictures in them come after their table. Text
boxes, notes and looks that the blocks lack are left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from saksbehandling.documents.package import document_part, related, relationships
from saksbehandling.documents.picture_files import examine
from saksbehandling.documents.picture_metadata import without_metadata
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.stylebook import StyleBook
from saksbehandling.documents.wordxml import DRAWING, DRAWING_MAIN, R, parse, w
from saksbehandling.errors import InvalidFile
from saksbehandling.richtext import Block, Blocks, Heading, List, Paragraph, Picture, Run, Table, joined

_CLEAR = {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple"}
_SIGNS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


@dataclass(frozen=True, slots=True)
class _Numbers:
    """How a list counts at one level. `family`: shared by lists that go on with each other. `restarts`: begins anew."""

    ordered: bool = False
    start: int = 1
    family: str = ""
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in which list a paragraph stands. `number` None: it goes on with the item before it."""

    number: str | None
    level: int = 0
    numbers: _Numbers = _Numbers()


@dataclass(slots=True)
class _OpenList:
    place: _Place
    items: list[list[Block | _OpenList]] = field(default_factory=list)

    def closed(self) -> List:
        items = tuple(tuple(one.closed() if isinstance(one, _OpenList) else one for one in item) for item in self.items)
        return List(self.place.numbers.ordered, items, self.place.numbers.start)

    def goes_on_in(self, place: _Place) -> bool:
        """LibreOffice gives only the first item of a restarted list a number of its own."""
        mine, new = self.place.numbers, place.numbers
        same = self.place.number == place.number or (mine.family == new.family and not new.restarts)
        return same and mine.ordered == new.ordered


def read_blocks(docx: bytes) -> Blocks:
    """The headings, paragraphs, lists and tables of the body, without pictures.

    Raises `InvalidFile` if it is no Word document.
    """
    parts = read_parts(docx)
    return _Reader(parts, document_part(parts), pictures=False).blocks()


def read_with_pictures(docx: bytes) -> tuple[Blocks, dict[str, bytes]]:
    """The same with pictures, and the bytes of each by its SHA-256.

    Raises `InvalidFile`, also on a picture that is neither PNG nor JPEG, or lies outside the document.
    """
    parts = read_parts(docx)
    reader = _Reader(parts, document_part(parts), pictures=True)
    return reader.blocks(), reader.pictures


class _Reader:
    def __init__(self, parts: Mapping[str, bytes], document: str, *, pictures: bool) -> None:
        self._root = parse(parts[document], document)
        self._styles = StyleBook(_part(parts, document, "styles"), document)
        self._numbering = _numbering(_part(parts, document, "numbering"))
        self._links = {one.id: one.target for one in relationships(parts, document) if one.external}
        images = (one for one in relationships(parts, document) if one.is_a("image") and not one.external)
        self._images = {one.id: parts[one.target] for one in images if one.target in parts}
        self._with_pictures = pictures
        self.pictures: dict[str, bytes] = {}

    def blocks(self) -> Blocks:
        body = self._root.find(w("body"))
        return tuple(self._blocks(body)) if body is not None else ()

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        done: list[Block | _OpenList] = []
        open_: list[_OpenList] = []
        for element in _elements(parent):
            if element.tag == w("tbl"):
                open_.clear()
                done += [self._table(element), *(self._drawn(element) if self._with_pictures else ())]
            elif element.tag == w("p"):
                if runs := self._runs(element):
                    self._add(element, runs, open_, done)
                for picture in self._drawn(element) if self._with_pictures else ():
                    _place_picture(picture, self._place(element), open_, done, starts=not runs)
                    runs = runs or (Run(""),)  # an item begins once
        yield from (one.closed() if isinstance(one, _OpenList) else one for one in done)

    def _add(
        self, element: etree._Element, runs: tuple[Run, ...], open_: list[_OpenList], done: list[Block | _OpenList]
    ) -> None:
        level, place = self._styles.heading_level(_style(element)), self._place(element)
        if level is not None:
            open_.clear()
            done.append(Heading(min(level, 6), runs))
        elif place is None or (place.number is None and not open_):
            open_.clear()
            done.append(Paragraph(runs))
        elif place.number is None:
            open_[-1].items[-1].append(Paragraph(runs))
        else:
            _into(open_, place, done)
            open_[-1].items.append([Paragraph(runs)])

    def _drawn(self, element: etree._Element) -> Iterator[Picture]:
        for inline in element.iter(f"{{{DRAWING}}}inline", f"{{{DRAWING}}}anchor"):
            blip = next(inline.iter(f"{{{DRAWING_MAIN}}}blip"), None)
            if blip is None:  # a diagram or a chart
                continue
            named = inline.find(f"{{{DRAWING}}}docPr")
            alt = named.get("descr", "") if named is not None else ""
            yield self._picture(blip.get(f"{{{R}}}embed", ""), " ".join(alt.split()))

    def _picture(self, identity: str, alt: str) -> Picture:
        if identity not in self._images:
            raise InvalidFile(
                "Et bilde i dokumentet ligger et annet sted. Sett det inn på nytt i Word, uten lenke til filen."
            )
        content = without_metadata(self._images[identity])
        found, sha256 = examine(content), hashlib.sha256(content).hexdigest()
        self.pictures[sha256] = content
        return Picture(sha256, found.kind, found.width, found.height, alt)

    def _place(self, element: etree._Element) -> _Place | None:
        numbering = element.find(f"{w('pPr')}/{w('numPr')}")
        number = _value(numbering, "numId")
        style = self._styles.name(_style(element) or "")
        if number in (None, "0"):
            return _Place(None) if style and style[1].startswith("list ") else None
        level = int(_value(numbering, "ilvl") or 0)
        return _Place(number, level, self._numbering.get((number or "", level), _Numbers()))

    def _table(self, element: etree._Element) -> Table:
        rows = list(element.iter(w("tr")))
        header = bool(rows) and rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        cells = [tuple(self._cell(cell) for cell in row.iter(w("tc"))) for row in rows]
        if header:  # a header row is bold by being one
            cells[0] = tuple(joined(replace(run, bold=False) for run in cell) for cell in cells[0])
        return Table(tuple(cells), header)

    def _cell(self, element: etree._Element) -> tuple[Run, ...]:
        runs: list[Run] = []
        for paragraph in element.iter(w("p")):
            more = self._runs(paragraph)
            runs += [Run(" ")] * bool(runs and more) + list(more)
        return joined(runs)

    def _runs(self, element: etree._Element, link: str | None = None) -> tuple[Run, ...]:
        return joined(self._pieces(element, link))

    def _pieces(self, element: etree._Element, link: str | None) -> Iterator[Run]:
        for child in element:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "r":
                yield _run(child, link)
            elif name == "hyperlink":
                yield from self._pieces(child, self._links.get(child.get(f"{{{R}}}id", "")))
            elif name in _CLEAR:
                yield from self._pieces(child, link)


def _into(open_: list[_OpenList], place: _Place, done: list[Block | _OpenList]) -> None:
    """Make the last of the open lists the one that the next item belongs to."""
    del open_[place.level + 1 :]
    if len(open_) == place.level + 1 and not open_[-1].goes_on_in(place):
        open_.pop()
    while len(open_) <= place.level:
        new = _OpenList(place)
        if not open_:
            done.append(new)
        else:
            parent = open_[-1]
            if not parent.items:
                parent.items.append([])
            parent.items[-1].append(new)
        open_.append(new)


def _place_picture(
    picture: Picture, place: _Place | None, open_: list[_OpenList], done: list[Block | _OpenList], *, starts: bool
) -> None:
    """In the item that the paragraph belongs to, or that the picture `starts`; else between the paragraphs."""
    if starts and place is not None and place.number is not None:
        _into(open_, place, done)
        open_[-1].items.append([picture])
    elif place is not None and open_ and open_[-1].items:
        open_[-1].items[-1].append(picture)
    else:
        open_.clear()
        done.append(picture)


def _run(element: etree._Element, link: str | None) -> Run:
    looks = element.find(w("rPr"))
    text = "".join(_sign(child) for child in element)
    return Run(text, _is_on(looks, "b"), _is_on(looks, "i"), link)


def _sign(element: etree._Element) -> str:
    if element.tag == w("t"):
        return element.text or ""
    return _SIGNS.get(etree.QName(element).localname, "") if isinstance(element.tag, str) else ""


def _is_on(looks: etree._Element | None, name: str) -> bool:
    found = looks.find(w(name)) if looks is not None else None
    return found is not None and found.get(w("val"), "true") not in ("0", "false", "off")


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables, also those inside content controls."""
    for child in parent:
        if child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("moveTo")):
            yield from _elements(child)
        else:
            yield child


def _style(paragraph: etree._Element) -> str | None:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return found.get(w("val")) if found is not None else None


def _value(element: etree._Element | None, name: str) -> str | None:
    found = element.find(w(name)) if element is not None else None
    return found.get(w("val")) if found is not None else None


def _part(parts: Mapping[str, bytes], document: str, kind: str) -> etree._Element:
    name = related(parts, document, kind)
    return parse(parts[name], name) if name else etree.Element(w(kind))


def _numbering(root: etree._Element) -> dict[tuple[str, int], _Numbers]:
    """How each list counts at each of its levels."""
    kinds = {one.get(w("abstractNumId"), ""): dict(_levels(one.iter(w("lvl")))) for one in root.iter(w("abstractNum"))}
    found: dict[tuple[str, int], _Numbers] = {}
    for one in root.iter(w("num")):
        family = _value(one, "abstractNumId") or ""
        restarts = dict(_restarts(one))
        for level, numbers in kinds.get(family, {}).items():
            start = restarts.get(level, numbers.start)
            found[one.get(w("numId"), ""), level] = _Numbers(numbers.ordered, start, family, level in restarts)
    return found


def _levels(levels: Iterable[etree._Element]) -> Iterator[tuple[int, _Numbers]]:
    for one in levels:
        ordered = _value(one, "numFmt") not in (None, "bullet", "none")
        yield int(one.get(w("ilvl"), "0")), _Numbers(ordered, int(_value(one, "start") or 1))


def _restarts(number: etree._Element) -> Iterator[tuple[int, int]]:
    for one in number.iter(w("lvlOverride")):
        start = _value(one, "startOverride")
        if start is not None:
            yield int(one.get(w("ilvl"), "0")), int(start)
