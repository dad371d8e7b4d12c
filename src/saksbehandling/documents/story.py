"""Compiles one part of a template (the text, a header, a footer) to operations.

Markers become processing instructions in the tree; the tree is written out once, cut at them, and nested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from saksbehandling.documents import static_text
from saksbehandling.documents.cleaning import refuse_unrepeatable
from saksbehandling.documents.markers import (
    MARKER,
    Kind,
    Marker,
    Place,
    join_split_markers,
    paragraph_text,
    read_marker,
    text_nodes,
)
from saksbehandling.documents.operations import EndCell, Field, Look, Operation, Operations, Repeat, Rich, Static, When
from saksbehandling.documents.stylebook import StyleBook, indentation
from saksbehandling.documents.wordxml import XML_SPACE, serialise, w
from saksbehandling.errors import SetupError

_PLACE = "sted"  # an attribute that paragraphs carry only while compiling
_CUT = re.compile(r"<\?mal (\d+)\?>")
_HOLDERS = (w("tc"), w("hdr"), w("ftr"), w("txbxContent"))

Include = Callable[[str, Place], list[etree._Element]]
"""Gives the content of another template."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a part needs to know of its template.

    `rich`: whether the part may hold rich text; only the main text has numbering and links.
    """

    styles: StyleBook
    rich: bool


class TemplateFaults(SetupError):
    """Everything that is wrong with a template's markers; `faults`: each with its place and what to do."""

    def __init__(self, faults: Iterable[SetupError]) -> None:
        self.faults = tuple(map(str, faults))
        super().__init__(" ".join(self.faults))


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a repeated or conditional part."""


def number_paragraphs(root: etree._Element, template: str, part: str) -> None:
    """Note on each paragraph where it stands, so that errors can say it after includes have moved it."""
    for number, paragraph in enumerate(root.iter(w("p")), 1):
        paragraph.set(_PLACE, f"{template}|{part}|{number}")


def place_of(paragraph: etree._Element) -> Place:
    """Where the paragraph stood."""
    template, part, number = paragraph.get(_PLACE, "||0").split("|")
    return Place(template, part, int(number))


def expand_includes(root: etree._Element, include: Include) -> None:
    """Put the content of other templates where `[[mal: navn]]` stands."""
    for paragraph in list(root.iter(w("p"))):
        join_split_markers(paragraph)
        marker = _include(paragraph)
        holder = paragraph.getparent()
        if marker is not None and holder is not None:
            at = holder.index(paragraph)
            holder[at : at + 1] = include(marker.path[0], marker.place)


def compile_story(root: etree._Element, context: Context) -> Operations:
    """The operations of a cleaned part with numbered paragraphs and nothing left to include.

    Raises `TemplateFaults`.
    """
    return _Compiler(context).compile(root)


class _Compiler:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._cuts: list[Operation | Marker | _End] = []
        self._open: list[tuple[Marker, etree._Element]] = []
        self._heading = 1
        self._faults: list[SetupError] = []

    def compile(self, root: etree._Element) -> Operations:
        for paragraph in list(root.iter(w("p"))):
            try:
                self._paragraph(paragraph)
            except SetupError as fault:
                self._faults.append(fault)
        # Where another marker could not be used, those that belong to it are not at fault.
        if faults := self._faults or [_unclosed(opening) for opening, _ in self._open]:
            raise TemplateFaults(faults)
        for holder in root.iter(*_HOLDERS):
            if len(holder) and isinstance(holder[-1], etree._ProcessingInstruction):
                holder.append(self._cut(EndCell()))
        for paragraph in root.iter(w("p")):
            paragraph.attrib.pop(_PLACE, "")
        return _nest(self._tokens(serialise(root)))

    def _tokens(self, xml: str) -> Iterator[Operation | Marker | _End]:
        for number, piece in enumerate(_CUT.split(xml)):
            if number % 2:
                yield self._cuts[int(piece)]
            elif piece:
                yield Static(piece, static_text.visible(piece))

    def _cut(self, what: Operation | Marker | _End) -> etree._Element:
        self._cuts.append(what)
        return etree.ProcessingInstruction("mal", str(len(self._cuts) - 1))

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        level = self._context.styles.heading_level(style.get(w("val")) if style is not None else None)
        self._heading = level or self._heading
        marker = _alone(paragraph)
        if marker is not None and marker.kind is not Kind.ROW and not marker.kind.inline:
            self._block(paragraph, marker)
            return
        for node in list(text_nodes(paragraph)):
            self._inline(node, paragraph)

    def _inline(self, node: etree._Element, paragraph: etree._Element) -> None:
        place = place_of(paragraph)
        before, *pieces = MARKER.split(node.text or "")
        if any("[[" in text or "]]" in text for text in (before, *pieces[1::2])):
            raise SetupError(f"Et merke er ikke helt ({place}): «{node.text}». Skriv begge klammene, [[ og ]].")
        node.text = before
        if pieces:
            node.set(XML_SPACE, "preserve")
        for inner, after in zip(pieces[::2], pieces[1::2], strict=True):
            self._inline_marker(read_marker(inner, place), after, node)

    def _inline_marker(self, marker: Marker, after: str, node: etree._Element) -> None:
        if marker.kind.inline:
            cut = self._cut(Field(marker))
            cut.tail = after
            node.append(cut)
        elif marker.kind is Kind.ROW:
            self._row(marker, node)
            _append_text(node, after)
        else:
            raise SetupError(f"{marker} må stå alene i et avsnitt ({marker.place}). Flytt det til en egen linje.")

    def _row(self, marker: Marker, node: etree._Element) -> None:
        row = next(node.iterancestors(w("tr")), None)
        if row is None:
            raise SetupError(f"{marker} må stå i en tabellrad ({marker.place}). Bruk [[gjenta: …]] utenfor tabeller.")
        refuse_unrepeatable(row, marker.place)
        row.addprevious(self._cut(marker))
        row.addnext(self._cut(_End()))

    def _block(self, paragraph: etree._Element, marker: Marker) -> None:
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            raise SetupError(
                f"{marker} står i et avsnitt med inndelingsskift ({marker.place}). Flytt merket opp en linje."
            )
        match marker.kind:
            case Kind.TEXT:
                _replace(paragraph, self._cut(Rich(marker, self._look(paragraph, marker))))
            case Kind.END:
                self._close(paragraph, marker)
            case _:
                cut = self._cut(marker)
                _replace(paragraph, cut)
                self._open.append((marker, cut))

    def _close(self, paragraph: etree._Element, marker: Marker) -> None:
        if not self._open and self._faults:
            return
        if not self._open:
            raise SetupError(
                f"[[slutt]] uten noe å avslutte ({marker.place}). Slett merket, eller sett inn [[gjenta: …]]."
            )
        opening, start = self._open.pop()
        if start.getparent() is not paragraph.getparent():
            raise SetupError(
                f"{opening} ({opening.place}) og [[slutt]] ({marker.place}) står ikke i samme tekst eller tabellcelle."
                " Flytt dem slik at begge står utenfor tabellen eller i samme celle."
            )
        for between in start.itersiblings():
            if between is paragraph:
                break
            refuse_unrepeatable(between, opening.place)
        _replace(paragraph, self._cut(_End()))

    def _look(self, paragraph: etree._Element, marker: Marker) -> Look:
        if not self._context.rich:
            raise SetupError(f"{marker} kan bare stå i hovedteksten ({marker.place}). Bruk et vanlig felt her.")
        styles = self._context.styles
        properties = paragraph.find(w("pPr"))
        style = properties.find(w("pStyle")) if properties is not None else None
        own = indentation(properties)
        bullet, number = styles.id("List Bullet"), styles.id("List Number")
        return Look(
            paragraph=_properties_xml(properties),
            left=own if own is not None else styles.left(style.get(w("val")) if style is not None else None),
            headings=styles.headings_below(self._heading),
            bullet=bullet,
            number=number,
            table=styles.id("Table Grid", "table"),
            link=styles.id("Hyperlink", "character"),
            numbering=frozenset(filter(styles.numbers, (bullet, number))),
        )


def _include(paragraph: etree._Element) -> Marker | None:
    try:
        marker = _alone(paragraph)
    except SetupError:
        return None  # told, with all others, when the part is compiled
    return marker if marker is not None and marker.kind is Kind.INCLUDE else None


def _unclosed(opening: Marker) -> SetupError:
    return SetupError(
        f"{opening} er ikke avsluttet ({opening.place}). Sett inn [[slutt]] på en egen linje der delen ender."
    )


def _alone(paragraph: etree._Element) -> Marker | None:
    found = MARKER.fullmatch(paragraph_text(paragraph).strip())
    return read_marker(found[1], place_of(paragraph)) if found and "[[" not in found[1] else None


def _replace(paragraph: etree._Element, cut: etree._Element) -> None:
    holder = paragraph.getparent()
    assert holder is not None
    holder.replace(paragraph, cut)


def _append_text(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def _properties_xml(properties: etree._Element | None) -> str:
    if properties is None:
        return ""
    kept = [child for child in properties if child.tag not in (w("numPr"), w("rPr"), w("sectPr"))]
    return re.sub(r' xmlns:\w+="[^"]*"', "", "".join(etree.tostring(child, encoding="unicode") for child in kept))


def _nest(tokens: Iterator[Operation | Marker | _End]) -> Operations:
    body: list[Operation] = []
    for token in tokens:
        if isinstance(token, _End):
            break
        if isinstance(token, Marker):
            body.append((When if token.kind is Kind.WHEN else Repeat)(token, _nest(tokens)))
        else:
            body.append(token)
    return tuple(body)
