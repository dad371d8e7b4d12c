"""A template compiled: what never changes is compressed once, the rest is a list of operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from saksbehandling.documents import contents, numbering, parts_to_keep, pictures
from saksbehandling.documents.cleaning import clean, drop_unused_bookmarks
from saksbehandling.documents.contents import Contents
from saksbehandling.documents.core import core_operations
from saksbehandling.documents.including import Brought, Includer
from saksbehandling.documents.numbering import Numbering
from saksbehandling.documents.operations import Operations, Static, problems
from saksbehandling.documents.package import (
    Relationship,
    document_part,
    related,
    rels_name,
    write_content_types,
    write_relationships,
)
from saksbehandling.documents.readback import CONSTANT_DATA_PARTS
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.story import Context, compile_story, expand_includes, number_paragraphs
from saksbehandling.documents.stylebook import StyleBook, set_language
from saksbehandling.documents.wordxml import R, parse, serialise, w
from saksbehandling.documents.zipping import Entry, pack
from saksbehandling.errors import InvalidFile, SetupError

ReadTemplate = Callable[[str], bytes]

_STORIES = {"header": "topptekst", "footer": "bunntekst", "footnotes": "fotnotene", "endnotes": "sluttnotene"}
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
DATA_TYPES = {"customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"}
_PICTURES = {"png": "image/png", "jpeg": "image/jpeg"}  # those of rich text come with the data
_LEFT_BEHIND = ("attachedTemplate", "mailMerge", "rsids", "trackRevisions")


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template.

    `stories`: the operations of each part that shows data, by its name; `document` names the main one.
    `properties`: those of the title and author.
    `relationships`: the main part's, without the end tag. `types`: the content types part without and with public data.
    `constant`: the other parts, compressed. `alike`: the parts that are made anew and seldom differ.
    `contents`: the table of contents of the main part, if any. `pictured`: whether the main part has pictures of its
    own. `first_picture`: the first id that is free for pictures in it.
    """

    name: str
    document: str
    stories: Mapping[str, Operations]
    properties: Operations
    numbering: Numbering
    numbering_part: str
    relationships: str
    types: tuple[Entry, Entry]
    constant: tuple[Entry, ...]
    alike: frozenset[str]
    contents: Contents | None
    pictured: bool
    first_picture: int

    def finished(self, xml: str, *, pictures_added: bool = False) -> str:
        """The main part, with what can only be told when all of it is written. `pictures_added`: by its rich text."""
        if self.pictured or pictures_added:
            xml = pictures.renumber(xml, self.first_picture)
        return self.contents.fill(xml) if self.contents is not None else xml

    @property
    def empty(self) -> bool:
        """Whether it shows nothing of what it is given."""
        return all(isinstance(one, Static) for operations in self.stories.values() for one in operations)

    def problems(self, example: Mapping[str, Any]) -> tuple[str, ...]:
        """Every fault in the template's fields, tried on `example` data in which all fields are filled."""
        everything = (*(self.stories[part] for part in sorted(self.stories)), self.properties)
        found = (fault for operations in everything for fault in problems(operations, (example,)))
        return tuple(dict.fromkeys(found))


def compile_template(name: str, content: bytes, malform: str = "nb", read: ReadTemplate | None = None) -> Template:
    """Compile a DOCX template. `read` finds the templates that it includes.

    Raises `SetupError` naming the template, the paragraph and what to do.
    """
    try:
        return _Compilation(name, content, malform, read).template()
    except InvalidFile as error:
        raise SetupError(f"Malen «{name}» kan ikke leses: {error}") from error


class _Compilation:
    def __init__(self, name: str, content: bytes, malform: str, read: ReadTemplate | None) -> None:
        self._name, self._malform, self._read = name, malform, read
        self._parts = read_parts(content)
        self._document = document_part(self._parts)
        self._kept = parts_to_keep.reachable(self._parts, self._document)
        self._styles_part = related(self._parts, self._document, "styles")
        if self._styles_part is None:
            raise SetupError(f"Malen «{name}» har ingen stiler. Åpne den i Word, lagre på nytt og prøv igjen.")
        self._styles = parse(self._parts[self._styles_part], self._styles_part)

        self._numbered = related(self._parts, self._document, "numbering")
        self._numbering_part = self._numbered or "word/numbering.xml"
        numbering_xml = self._parts[self._numbered] if self._numbered else numbering.EMPTY
        self._brought = Brought(parse(numbering_xml, self._numbering_part))
        self._contents: Contents | None = None
        self._pictured, self._first_picture = False, 1

    def template(self) -> Template:
        stories = dict(self._stories())
        numbering_part = self._numbering_part
        self._parts |= {name: content for name, (content, _) in self._brought.parts.items()}
        self._kept |= {name: kind for name, (_, kind) in self._brought.parts.items()}
        types = {**self._kept, numbering_part: _NUMBERING_TYPE}
        dynamic = {*stories, numbering_part, parts_to_keep.CORE}
        return Template(
            name=self._name,
            document=self._document,
            stories=stories,
            properties=core_operations(self._parts, self._name, self._malform),
            numbering=numbering.prepare(self._brought.numbering),
            numbering_part=numbering_part,
            relationships=self._relationships(),
            types=(_types_entry(types), _types_entry({**types, **DATA_TYPES})),
            constant=tuple(self._constant(dynamic)),
            alike=frozenset({numbering_part, rels_name(self._document), *CONSTANT_DATA_PARTS, *self._headers()}),
            contents=self._contents,
            pictured=self._pictured,
            first_picture=self._first_picture,
        )

    def _stories(self) -> Iterator[tuple[str, Operations]]:
        book = StyleBook(self._styles, self._name)
        yield self._document, self._main(book)
        labels = {r.target: _STORIES[kind] for r in self._links() if (kind := r.type.rsplit("/", 1)[-1]) in _STORIES}
        for part in sorted(labels):
            root = self._prepared(part, labels[part], Includer(self._read, book, (self._name,), None))
            yield part, compile_story(root, Context(book, rich=False))

    def _main(self, book: StyleBook) -> Operations:
        root = self._prepared(self._document, "teksten", Includer(self._read, book, (self._name,), self._brought))
        self._contents = contents.take_out(root, book, self._name)
        drop_unused_bookmarks(root)
        headers = (parse(self._parts[link.target], link.target) for link in self._links() if link.is_a("header"))
        self._pictured = pictures.first_free([root]) > 1
        self._first_picture = pictures.first_free(headers)
        return compile_story(root, Context(book, rich=True))

    def _headers(self) -> Iterator[str]:
        """Most show the municipality's name and no more."""
        return (link.target for link in self._links() if link.is_a("header"))

    def _links(self) -> tuple[Relationship, ...]:
        return parts_to_keep.kept_relationships(self._parts, self._document)

    def _prepared(self, part: str, label: str, include: Includer) -> etree._Element:
        """A part without traces of editing, and with what it includes."""
        root = parse(self._parts[part], part)
        clean(root, self._name, label)
        number_paragraphs(root, self._name, label)
        expand_includes(root, include)
        return root

    def _relationships(self) -> str:
        links = [*self._links(), *self._brought.links]
        if not self._numbered:
            links.append(Relationship("rIdNummerering", f"{R}/numbering", self._numbering_part, external=False))
        return write_relationships(links, self._document)

    def _constant(self, dynamic: set[str]) -> Iterator[Entry]:
        yield pack("_rels/.rels", f"{parts_to_keep.root_relationships(self._document)}</Relationships>".encode())
        for part in sorted(self._kept):
            if part not in dynamic:
                yield pack(part, self._content(part))
            links = parts_to_keep.kept_relationships(self._parts, part)
            if links and part != self._document:
                yield pack(rels_name(part), f"{write_relationships(links, part)}</Relationships>".encode())

    def _content(self, part: str) -> bytes:
        if part == parts_to_keep.APP:
            return parts_to_keep.APP_XML.encode()
        if part == self._styles_part:
            set_language(self._styles, self._malform)
            return serialise(self._styles).encode()
        if part == related(self._parts, self._document, "settings"):
            return _clean_settings(parse(self._parts[part], part))
        return self._parts[part]


def _clean_settings(root: etree._Element) -> bytes:
    for element in list(root.iter(*(w(name) for name in _LEFT_BEHIND))):
        element.getparent().remove(element)  # type: ignore[union-attr]  # never the root
    return serialise(root).encode()


def _types_entry(types: Mapping[str, str]) -> Entry:
    return pack("[Content_Types].xml", write_content_types(types, _PICTURES).encode())
