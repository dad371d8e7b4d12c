"""The core properties of a document: title, author and language. The template's own dates and names stay behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saksbehandling.documents.markers import MARKER, Place, read_marker
from saksbehandling.documents.operations import Field, Operation, Operations, Static
from saksbehandling.documents.package import relationships
from saksbehandling.documents.stylebook import LANGUAGES
from saksbehandling.documents.wordxml import XML_DECLARATION, escape, parse
from saksbehandling.errors import SetupError

_DC = "http://purl.org/dc/elements/1.1/"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DEFAULT_TITLE = "[[dokumenttittel]]"


def core_operations(parts: Mapping[str, bytes], template: str, malform: str) -> Operations:
    """The operations that write the core properties.

    The title is the template's (File > Info > Title), markers and all; the author only if it is a marker, because
    otherwise it names whoever made the template.
    """
    title, author = _properties(parts)
    author = author if "[[" in author else ""
    return (
        _static(f'{XML_DECLARATION}<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}"><dc:title>'),
        *_inline(title or DEFAULT_TITLE, Place(template, "dokumentegenskapen Tittel", 1)),
        _static("</dc:title><dc:creator>"),
        *_inline(author, Place(template, "dokumentegenskapen Forfatter", 1)),
        _static(f"</dc:creator><dc:language>{LANGUAGES[malform]}</dc:language></cp:coreProperties>"),
    )


def _properties(parts: Mapping[str, bytes]) -> tuple[str, str]:
    name = next((r.target for r in relationships(parts) if r.is_a("core-properties") and r.target in parts), None)
    if name is None:
        return "", ""
    root = parse(parts[name], name)
    return (root.findtext(f"{{{_DC}}}title") or "").strip(), (root.findtext(f"{{{_DC}}}creator") or "").strip()


def _inline(text: str, place: Place) -> Iterator[Operation]:
    for number, piece in enumerate(MARKER.split(text)):
        if number % 2 == 0:
            yield _static(escape(piece))
            continue
        marker = read_marker(piece, place)
        if not marker.kind.inline:
            raise SetupError(f"{marker} kan ikke brukes i {place}. Bare enkle felt, som [[tittel]], kan stå der.")
        yield Field(marker)


def _static(xml: str) -> Static:
    return Static(xml, "")
