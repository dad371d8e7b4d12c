"""Plain content controls, which Word and LibreOffice offer beside markers in the text: the tag is the marker."""

from __future__ import annotations

from lxml import etree

from saksbehandling.documents.markers import MARKER, Kind, Marker, Place, read_marker
from saksbehandling.documents.wordxml import w
from saksbehandling.errors import SetupError

_BLOCKS = (w("p"), w("tbl"))


def open_content_controls(root: etree._Element, place: Place) -> None:
    """Put markers where controls with a tag stand, and take every control away. Raises `SetupError`.

    A control round paragraphs or tables can repeat or hide them, one round table rows can repeat these; one within a
    paragraph is a field.
    """
    for control in reversed(list(root.iter(w("sdt")))):  # what stands inside first
        content = control.find(w("sdtContent"))
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        marker = _marker(tag.get(w("val"), "") if tag is not None else "", place)
        if content is not None and marker is not None:
            _mark(content, marker)
        holder = control.getparent()
        if holder is not None:
            at = holder.index(control)
            holder[at : at + 1] = list(content) if content is not None else []


def _marker(tag: str, place: Place) -> Marker | None:
    found = MARKER.fullmatch(tag.strip())
    return read_marker(found[1] if found else tag, place) if tag.strip() else None


def _mark(content: etree._Element, marker: Marker) -> None:
    texts = list(content.iter(w("t")))
    if marker.kind in (Kind.REPEAT, Kind.WHEN):
        _surround(content, marker)
    elif marker.kind is Kind.ROW and texts:
        texts[0].text = f"{marker}{texts[0].text or ''}"
    elif texts:
        texts[0].text = str(marker)
        for text in texts[1:]:
            text.text = ""


def _surround(content: etree._Element, marker: Marker) -> None:
    """Markers before and after the paragraphs and tables that the control holds; in a table row, one in its text."""
    text = next(content.iter(w("t")), None)
    if marker.kind is Kind.REPEAT and text is not None and len(content.findall(w("tr"))) == 1:
        text.text = f"[[{Kind.ROW}: {'.'.join(marker.path)}]]{text.text or ''}"
    elif any(content.find(block) is not None for block in _BLOCKS):
        content.insert(0, _paragraph(str(marker)))
        content.append(_paragraph(f"[[{Kind.END}]]"))
    else:
        raise SetupError(
            f"Innholdskontrollen {marker} ({marker.place}) kan ikke gjentas eller skjules der den står."
            " Legg den rundt hele avsnitt eller tabeller, eller rundt en tabellrad som skal gjentas."
        )


def _paragraph(text: str) -> etree._Element:
    paragraph = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = text
    return paragraph
