"""Own checks of a finished document, for what schema validation does not see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from saksbehandling.documents.markers import paragraph_text
from saksbehandling.documents.package import CONTENT_TYPES_PART, ContentTypes, document_part, related, relationships
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.stylebook import StyleBook
from saksbehandling.documents.wordxml import DRAWING, W14, R, parse, w

_MARK = re.compile(r"\[\[|\]\]")
_STYLE_USE = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}


def funn(docx: bytes) -> tuple[str, ...]:
    """What is wrong in a document, each with its part; empty if nothing. Raises `InvalidFile` if it is none."""
    parts = read_parts(docx)
    document = document_part(parts)
    roots = {name: parse(parts[name], name) for name in sorted(parts) if name.endswith(".xml")}
    stories = {name: root for name, root in roots.items() if root.find(f".//{w('p')}") is not None}
    return (
        *(f"{name}: {fault}" for name, root in stories.items() for fault in _story(root)),
        *_untyped(parts),
        *(f"{name}: {fault}" for name, root in roots.items() for fault in _links(parts, name, root)),
        *(f"{document}: {fault}" for fault in _references(parts, document, stories)),
    )


def _story(root: etree._Element) -> Iterator[str]:
    yield from _duplicate_ids(root)
    yield from _fields(root)
    yield from _bookmarks(root)
    for cell in root.iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag != w("p"):
            yield "en tabellcelle slutter ikke med et avsnitt"
    for paragraph in root.iter(w("p")):
        if _MARK.search(text := paragraph_text(paragraph)):
            yield f"et merke står igjen i «{text[:60]}»"
    for picture in root.iter(f"{{{DRAWING}}}docPr"):
        if not picture.get("descr", "").strip() and not _is_decoration(picture):
            what = f"bildet «{picture.get('name', '')}» har ingen alternativ tekst"
            yield f"{what} (høyreklikk på det i Word, og velg «Vis alternativ tekst»)"
    if root.find(f".//{w('sdt')}") is not None:
        yield "en innholdskontroll står igjen"


def _is_decoration(picture: etree._Element) -> bool:
    return any(
        etree.QName(one).localname == "decorative" and one.get("val") == "1" for one in picture.iter(etree.Element)
    )


def _duplicate_ids(root: etree._Element) -> Iterator[str]:
    kinds: dict[str, list[str | None]] = {
        "bokmerke": [element.get(w("id")) for element in root.iter(w("bookmarkStart"))],
        "tegning": [element.get("id") for element in root.iter(f"{{{DRAWING}}}docPr")],
        "avsnitt": [value for element in root.iter(w("p")) if (value := element.get(f"{{{W14}}}paraId"))],
    }
    for kind, ids in kinds.items():
        yield from (f"{kind}-id {one} er brukt {times} ganger" for one, times in Counter(ids).items() if times > 1)


def _fields(root: etree._Element) -> Iterator[str]:
    depth = 0
    for mark in root.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType"), ""), 0)
        if depth < 0:
            yield "et felt slutter uten å ha begynt"
            depth = 0
    if depth:
        yield "et felt er ikke avsluttet"


def _bookmarks(root: etree._Element) -> Iterator[str]:
    starts = {element.get(w("id")) for element in root.iter(w("bookmarkStart"))}
    ends = {element.get(w("id")) for element in root.iter(w("bookmarkEnd"))}
    yield from (f"bokmerke {one} er ikke avsluttet" for one in sorted(map(str, starts - ends)))
    yield from (f"bokmerke {one} slutter uten å ha begynt" for one in sorted(map(str, ends - starts)))


def _untyped(parts: Mapping[str, bytes]) -> Iterator[str]:
    types = ContentTypes(parts)
    for name in sorted(parts):
        if name != CONTENT_TYPES_PART and not types.of(name):
            yield f"{name}: har ingen innholdstype"


def _links(parts: Mapping[str, bytes], name: str, root: etree._Element) -> Iterator[str]:
    known = relationships(parts, name)
    for one in known:
        if not one.external and one.target not in parts:
            yield f"{one.id} peker til {one.target}, som ikke finnes"
    for identity, times in Counter(one.id for one in known).items():
        if times > 1:
            yield f"relasjons-id {identity} er brukt {times} ganger"
    attributes = (pair for element in root.iter(etree.Element) for pair in element.attrib.items())
    used = {str(value) for name, value in attributes if _is_reference(name)}
    yield from (f"{one} er ikke en relasjon" for one in sorted(used - {one.id for one in known}))


def _is_reference(attribute: object) -> bool:
    return str(attribute).startswith(f"{{{R}}}")


def _references(parts: Mapping[str, bytes], document: str, stories: Mapping[str, etree._Element]) -> Iterator[str]:
    styles = related(parts, document, "styles")
    book = StyleBook(parse(parts[styles], styles), document) if styles else None
    numbering = related(parts, document, "numbering")
    lists = parse(parts[numbering], numbering).findall(w("num")) if numbering else []
    numbers = {"0", *(str(one.get(w("numId"))) for one in lists)}
    used = {(e.tag, e.get(w("val"), "")) for root in stories.values() for e in root.iter(*_STYLE_USE, w("numId"))}
    for tag, value in sorted(used):
        if tag == w("numId") and value not in numbers:
            yield f"liste {value} er ikke definert"
        elif tag in _STYLE_USE and (known := book.name(value) if book else None) is None:
            yield f"stilen {value} finnes ikke"
        elif tag in _STYLE_USE and known and known[0] != _STYLE_USE[tag]:
            yield f"stilen {value} er av feil slag"
