"""What an uploaded ODT may not hold: macros, embedded objects, anything fetched, a password. Read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from saksbehandling.documents.opplasting_docx import RUNNABLE, harmless_link
from saksbehandling.documents.opplasting_xml import Elements, attribute
from saksbehandling.documents.safe_zip import Limits, SafeZip
from saksbehandling.errors import InvalidFile

_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_ELEMENTS = {
    "encryption-data": "et passord",
    "script": "makroer",
    "event-listener": "makroer",
    "object": "et innebygd objekt",
    "object-ole": "et innebygd objekt",
    "applet": "et innebygd program",
    "plugin": "et innebygd program",
    "floating-frame": "en ramme som henter noe utenfra",
    "dde-source": "et felt som henter noe (DDE)",
    "dde-connection-decl": "et felt som henter noe (DDE)",
    "section-source": "et avsnitt som hentes utenfra",
}


def kontroller_odt(source: BinaryIO, limits: Limits) -> None:
    """Raise `InvalidFile`, naming everything that is wrong, unless this is a harmless OpenDocument text."""
    opened = SafeZip(source, limits)
    if "content.xml" not in opened.names or "mimetype" not in opened.names:
        raise InvalidFile("Filen er ikke et OpenDocument-dokument (.odt). Lagre den på nytt som .odt eller .docx.")
    if b"".join(opened.chunks("mimetype")).strip() != _MIMETYPE:
        raise InvalidFile("Filen er ikke et OpenDocument-tekstdokument. Lagre den som .odt eller .docx.")
    elements, look = Elements(limits.elements), _Look()
    found = dict.fromkeys(_unsafe_parts(opened.names))
    # The manifest first: it tells of a password, and then the other parts are no XML.
    for name in sorted(opened.names, key=lambda name: name != "META-INF/manifest.xml"):
        if name.lower().endswith((".xml", ".rdf")):
            elements.read(name, opened.chunks(name), look.start)
            if "et passord" in look.found:
                break
        else:
            for _ in opened.chunks(name):  # measured as it is inflated
                pass
    if found | look.found:
        raise InvalidFile(f"Dokumentet inneholder {', '.join(found | look.found)}. Ta det bort, lagre og prøv igjen.")


def _unsafe_parts(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if name.startswith(("Basic/", "Scripts/")):
            yield "makroer"
        elif name.startswith("Object"):
            yield "et innebygd objekt"
        elif name.lower().endswith(RUNNABLE):
            yield f"filen «{name}»"


class _Look:
    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _ELEMENTS:
            self.found[_ELEMENTS[tag]] = None
            return
        target = attribute(attributes, "href") if attributes else ""
        # The template that the document was once made from is only told of; nothing fetches it.
        if target and tag != "template" and not _stays_inside(tag, target):
            self.found[f"noe som hentes utenfra ({target[:80]})"] = None


def _stays_inside(tag: str, target: str) -> bool:
    if tag in ("a", "user-defined"):
        return harmless_link(target)
    return ":" not in target and not target.startswith(("/", "..", "\\"))
