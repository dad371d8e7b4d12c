"""What an uploaded DOCX may not hold: anything that runs, fetches, or embeds another file. Read as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from saksbehandling.documents.opplasting_xml import Elements, attribute
from saksbehandling.documents.package import CONTENT_TYPES_PART, ROOT_RELS, ContentTypes, document_part
from saksbehandling.documents.safe_zip import Limits, SafeZip
from saksbehandling.errors import InvalidFile

_RUNNING_FIELD = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
RUNNABLE = (".exe", ".dll", ".js", ".vbs", ".bat", ".ps1", ".lnk", ".htm", ".html", ".mht")
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


def kontroller_docx(source: BinaryIO, limits: Limits) -> None:
    """Raise `InvalidFile`, naming everything that is wrong, unless this is a harmless Word document."""
    opened = SafeZip(source, limits)
    elements = Elements(limits.elements)
    directory = _directory(opened, elements)
    types = ContentTypes(directory)
    found = dict.fromkeys(_unsafe_parts(opened.names, types))
    for name in opened.names:
        if name.lower().endswith((".xml", ".rels")) or types.of(name).endswith("xml"):
            found.update(dict.fromkeys(_unsafe_xml(name, opened, elements)))
        else:
            _measure(opened, name)
    if found:
        raise InvalidFile(
            f"Dokumentet inneholder {', '.join(found)}. Ta det bort i Word, lagre som vanlig .docx og prøv igjen."
        )
    document_part(directory)


def _directory(opened: SafeZip, elements: Elements) -> Mapping[str, bytes]:
    """The parts by name, with the content of the two that tell what the others are, once they are known to be sound."""
    known = [name for name in (CONTENT_TYPES_PART, ROOT_RELS) if name in opened.names]
    for name in known:
        elements.read(name, opened.chunks(name), lambda *_: None)
    return {**dict.fromkeys(opened.names, b""), **{name: opened.read(name) for name in known}}


def _measure(opened: SafeZip, name: str) -> None:
    for _ in opened.chunks(name):
        pass


def _unsafe_parts(names: tuple[str, ...], types: ContentTypes) -> Iterator[str]:
    for name in names:
        lower = name.lower()
        if "vbaproject" in lower or "macroenabled" in types.of(name).lower():
            yield _NAMES["vbaProject"]
        elif "/embeddings/" in lower:
            yield _NAMES["package"]
        elif "/activex/" in lower:
            yield _NAMES["control"]
        elif lower.endswith(RUNNABLE):
            yield f"filen «{name}»"


def _unsafe_xml(name: str, opened: SafeZip, elements: Elements) -> list[str]:
    if name.lower().endswith(".rels"):
        links = _Links()
        elements.read(name, opened.chunks(name), links.start)
        return links.found
    fields = _Fields()
    elements.read(name, opened.chunks(name), fields.start, fields.text)
    return fields.finish()


class _Links:
    """Looks over relationships."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship":
            return
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if name := _NAMES.get(kind.rsplit("/", 1)[-1]):
            self.found.append(name)
        elif attributes.get("TargetMode") == "External" and not (kind.endswith("/hyperlink") and harmless_link(target)):
            self.found.append(f"noe som hentes utenfra ({target[:80]})")


class _Fields:
    """Looks over the instructions of fields, which may be divided over many runs."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._instruction: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside = tag == "instrText"
        if tag == "fldChar":
            self.finish()
        elif tag == "fldSimple":
            self._judge(attribute(attributes, "instr"))

    def text(self, text: str) -> None:
        if self._inside:
            self._instruction.append(text)

    def finish(self) -> list[str]:
        """What was found, when all of it is read."""
        self._judge("".join(self._instruction))
        self._instruction = []
        return self._found

    def _judge(self, instruction: str) -> None:
        if _RUNNING_FIELD.match(instruction):
            self._found.append(f"et felt som henter eller kjører noe ({instruction.split()[0].upper()})")


def harmless_link(target: str) -> bool:
    """Whether it is an address that a reader may follow: on the web, of a person, or in the document itself."""
    scheme = target.split(":", 1)[0].lower() if ":" in target else ""
    return scheme in ("", "http", "https", "mailto", "tel")
