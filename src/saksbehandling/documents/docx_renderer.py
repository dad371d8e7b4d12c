"""Makes Word documents from compiled templates."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zope.interface import implementer

from saksbehandling.documents.operations import Look, Operations, Static, run
from saksbehandling.documents.package import rels_name
from saksbehandling.documents.parts_to_keep import CORE
from saksbehandling.documents.readback import data_parts, data_relationship
from saksbehandling.documents.richword import RichWriter, link_relationships, picture_part, picture_relationships
from saksbehandling.documents.store import not_found
from saksbehandling.documents.template import Template
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.documents.wordxml import escape, escape_in_run
from saksbehandling.documents.zipping import Entry, archive, pack, pack_known
from saksbehandling.interfaces import IDocumentRenderer
from saksbehandling.richtext import Blocks

ReadPicture = Callable[[str], bytes]


def no_pictures(sha256: str) -> bytes:
    """Where texts hold no pictures."""
    raise not_found(sha256)


@implementer(IDocumentRenderer)
class DocxRenderer:
    """`templates`: where compiled templates are kept; renderers can share one. `picture`: its bytes by SHA-256."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = ".docx"

    def __init__(self, templates: TemplateCache | None = None, picture: ReadPicture = no_pictures) -> None:
        self._templates = templates or TemplateCache()
        self._picture = picture

    def render(self, template: str, data: Any, public_data: Mapping[str, Any] | None = None) -> bytes:
        """The document, the same bytes for the same arguments.

        `data`: a mapping of plain values, as a document kind's `som_verdier` gives it. `public_data`: JSON values that
        go into the document so that it can be read back; None where the document has exempt parts.
        Raises `SetupError` on a faulty template, `InvalidInput` on characters or links that no document may hold,
        `NotFound` on a picture that is not in the store.
        """
        compiled = self._templates.get(template, data)
        # Each part is compressed and let go before the next is made: a long protocol takes much memory as text.
        rich = RichWriter(compiled.numbering)
        packed = [_pack(part, content, compiled) for part, content in _parts(compiled, data, public_data, rich)]
        folder = posixpath.dirname(compiled.document)
        packed += [pack(posixpath.join(folder, picture_part(*one)), self._picture(one[0])) for one in rich.pictures]
        packed.sort(key=lambda entry: entry.name)
        return archive((compiled.types[public_data is not None], *compiled.constant, *packed))


def _parts(
    compiled: Template, data: Mapping[str, Any], public_data: Mapping[str, Any] | None, rich: RichWriter
) -> Iterator[tuple[str, bytes]]:
    """The parts that are made anew for each document, by name."""
    for part, operations in compiled.stories.items():
        content = _write(operations, data, WordSink(rich))
        if part == compiled.document:
            content = compiled.finished(content, pictures_added=bool(rich.pictures))
        yield part, content.encode()
    yield CORE, _write(compiled.properties, data, PropertySink(rich)).encode()
    yield compiled.numbering_part, compiled.numbering.xml(rich.lists).encode()
    added = link_relationships(rich.links) + picture_relationships(rich.pictures)
    if public_data is not None:
        added += data_relationship(compiled.document)
        yield from data_parts(public_data).items()
    yield rels_name(compiled.document), f"{compiled.relationships}{added}</Relationships>".encode()


def _pack(part: str, content: bytes, compiled: Template) -> Entry:
    return pack_known(part, content) if part in compiled.alike else pack(part, content)


class WordSink:
    """Collects WordprocessingML."""

    def __init__(self, rich: RichWriter) -> None:
        self.out: list[str] = []
        self._rich = rich

    def static(self, piece: Static) -> None:
        self.out.append(piece.xml)

    def value(self, text: str) -> None:
        self.out.append(escape_in_run(text))

    def rich(self, blocks: Blocks, look: Look) -> None:
        if blocks:
            self.out.append(self._rich.xml(blocks, look))

    def end_cell(self) -> None:
        if not self.out[-1].endswith("</w:p>"):
            self.out.append("<w:p/>")


class PropertySink(WordSink):
    """Collects the document properties, where a value is one line."""

    def value(self, text: str) -> None:
        self.out.append(escape(" ".join(text.split())))


def _write(operations: Operations, data: Mapping[str, Any], sink: WordSink) -> str:
    run(operations, (data,), sink)
    return "".join(sink.out)
