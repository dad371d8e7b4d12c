"""A word-processing package: its parts by name, and the relationships between them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from saksbehandling.documents.wordxml import CONTENT_TYPES, PACKAGE_RELS, XML_DECLARATION, escape, parse
from saksbehandling.errors import InvalidFile

CONTENT_TYPES_PART = "[Content_Types].xml"
ROOT_RELS = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class Relationship:
    """`target`: the name of the part in the package, or the address if `external`."""

    id: str
    type: str
    target: str
    external: bool

    def is_a(self, kind: str) -> bool:
        """Whether its type ends in `kind`, such as «styles»; the two editions of the standard differ before that."""
        return self.type.rsplit("/", 1)[-1] == kind


def rels_name(part: str) -> str:
    """The name of the part that holds the relationships of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(parts: Mapping[str, bytes], part: str = "") -> tuple[Relationship, ...]:
    """The relationships of `part`, or of the whole package."""
    name = rels_name(part) if part else ROOT_RELS
    return read_relationships(parts[name], name) if name in parts else ()


def read_relationships(content: bytes, name: str) -> tuple[Relationship, ...]:
    """The relationships in the relationships part `name`."""
    folder = posixpath.dirname(posixpath.dirname(name))
    found = parse(content, name).iter(f"{{{PACKAGE_RELS}}}Relationship")
    return tuple(_relationship(element, folder) for element in found)


def _relationship(element: etree._Element, folder: str) -> Relationship:
    external = element.get("TargetMode") == "External"
    target = element.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(element.get("Id", ""), element.get("Type", ""), target, external)


def document_part(parts: Mapping[str, bytes]) -> str:
    """The name of the main part. Raises `InvalidFile` if this is no word-processing document."""
    for relationship in relationships(parts):
        if relationship.is_a("officeDocument") and relationship.target in parts:
            if ContentTypes(parts).of(relationship.target).endswith("wordprocessingml.document.main+xml"):
                return relationship.target
            break
    raise InvalidFile("Filen er ikke et Word-dokument (.docx). Åpne den i Word, lagre som .docx og prøv igjen.")


class ContentTypes:
    """What the package says that each part is."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        if CONTENT_TYPES_PART in parts:
            for element in parse(parts[CONTENT_TYPES_PART], CONTENT_TYPES_PART).iter(f"{{{CONTENT_TYPES}}}*"):
                kind = element.get("ContentType", "")
                self._parts[element.get("PartName", "").lstrip("/").lower()] = kind
                self._endings[element.get("Extension", "").lower()] = kind

    def of(self, part: str) -> str:
        """The content type of `part`; "" if the package does not say."""
        name = part.lower()
        return self._parts.get(name) or self._endings.get(name.rsplit(".", 1)[-1], "")


def related(parts: Mapping[str, bytes], part: str, kind: str) -> str | None:
    """The name of the first part that `part` points to as `kind`, such as «styles»."""
    found = (r.target for r in relationships(parts, part) if r.is_a(kind) and not r.external and r.target in parts)
    return next(found, None)


def write_relationships(found: Iterable[Relationship], part: str = "") -> str:
    """The relationships part of `part`, or of the whole package, without its end tag so that more can follow."""
    folder = posixpath.dirname(part) or "."
    lines = (_relationship_xml(one, folder) for one in found)
    return f'{XML_DECLARATION}<Relationships xmlns="{PACKAGE_RELS}">{"".join(lines)}'


def write_content_types(types: Mapping[str, str], endings: Mapping[str, str] | None = None) -> str:
    """The content types part for parts by name, in alphabetical order. `endings`: types by how names end."""
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    defaults += "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in (endings or {}).items()
    )
    overrides = "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>' for name, kind in sorted(types.items())
    )
    return f'{XML_DECLARATION}<Types xmlns="{CONTENT_TYPES}">{defaults}{overrides}</Types>'


def _relationship_xml(one: Relationship, folder: str) -> str:
    target = one.target if one.external else posixpath.relpath(one.target, folder)
    mode = ' TargetMode="External"' if one.external else ""
    return f'<Relationship Id="{escape(one.id)}" Type="{escape(one.type)}" Target="{escape(target)}"{mode}/>'
