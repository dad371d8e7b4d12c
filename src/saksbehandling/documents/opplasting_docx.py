"""What an uploaded DOCX may not hold: anything that runs, fetches, or embeds another file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from saksbehandling.documents.package import ContentTypes, Relationship, document_part, read_relationships
from saksbehandling.documents.safe_zip import Limits, read_parts
from saksbehandling.documents.wordxml import parse, w
from saksbehandling.errors import InvalidFile

_RUNNING_FIELD = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
_RUNNABLE = (".exe", ".dll", ".js", ".vbs", ".bat", ".ps1", ".lnk", ".htm", ".html", ".mht")
_NAMES = {
    "oleObject": "et innebygd objekt",
    "package": "en innebygd fil",
    "control": "en ActiveX-kontroll",
    "aFChunk": "et innebygd fremmed dokument",
    "attachedTemplate": "en tilknyttet mal",
    "subDocument": "et underdokument",
    "frame": "en ramme som henter noe utenfra",
    "vbaProject": "makroer",
}


def kontroller_docx(content: bytes, limits: Limits) -> None:
    """Raise `InvalidFile`, naming everything that is wrong, unless this is a harmless Word document."""
    parts = read_parts(content, limits)
    types = ContentTypes(parts)
    xml = {name for name in parts if name.lower().endswith((".xml", ".rels")) or types.of(name).endswith("xml")}
    _check_size((parts[name] for name in xml), limits.elements)
    roots = {name: parse(parts[name], name) for name in sorted(xml)}
    found = dict.fromkeys((*_unsafe_parts(parts, types), *_unsafe_relationships(parts), *_unsafe_fields(roots)))
    if found:
        raise InvalidFile(
            f"Dokumentet inneholder {', '.join(found)}. Ta det bort i Word, lagre som vanlig .docx og prøv igjen."
        )
    document_part(parts)


def _check_size(contents: Iterable[bytes], most: int) -> None:
    if sum(content.count(b"<") for content in contents) > most:
        raise InvalidFile("Dokumentet er for innviklet til å åpnes trygt. Del det opp i flere.")


def _unsafe_parts(parts: Mapping[str, bytes], types: ContentTypes) -> Iterator[str]:
    for name in parts:
        lower = name.lower()
        if "vbaproject" in lower or "macroenabled" in types.of(name).lower():
            yield _NAMES["vbaProject"]
        elif "/embeddings/" in lower:
            yield _NAMES["package"]
        elif "/activex/" in lower:
            yield _NAMES["control"]
        elif lower.endswith(_RUNNABLE):
            yield f"filen «{name}»"


def _unsafe_relationships(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in parts:
        if name.lower().endswith(".rels"):
            for relationship in read_relationships(parts[name], name):
                yield from _unsafe_relationship(relationship)


def _unsafe_relationship(relationship: Relationship) -> Iterator[str]:
    kind = next((kind for kind in _NAMES if relationship.is_a(kind)), None)
    if kind:
        yield _NAMES[kind]
    elif relationship.external and not _harmless_link(relationship.type, relationship.target):
        yield f"noe som hentes utenfra ({relationship.target[:80]})"


def _harmless_link(kind: str, target: str) -> bool:
    scheme = target.split(":", 1)[0].lower() if ":" in target else ""
    return kind.endswith("/hyperlink") and scheme in ("", "http", "https", "mailto", "tel")


def _unsafe_fields(roots: Mapping[str, etree._Element]) -> Iterator[str]:
    for root in roots.values():
        yield from (_field_name(text) for text in _instructions(root) if _RUNNING_FIELD.match(text))


def _instructions(root: etree._Element) -> Iterator[str]:
    for field in root.iter(w("fldSimple")):
        yield field.get(w("instr"), "")
    instruction: list[str] = []
    for element in root.iter(w("fldChar"), w("instrText")):
        if element.tag == w("instrText"):
            instruction.append(element.text or "")
        elif instruction:
            yield "".join(instruction)
            instruction = []
    if instruction:
        yield "".join(instruction)


def _field_name(instruction: str) -> str:
    return f"et felt som henter eller kjører noe ({instruction.split()[0].upper()})"
