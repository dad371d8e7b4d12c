"""Which parts of a template go into the documents made from it: what is needed to show them, nothing else.

A template edited in a word processor carries thumbnails, names of editors, building blocks and comment threads.
"""

from __future__ import annotations

from collections.abc import Mapping

from saksbehandling.documents.package import ContentTypes, Relationship, relationships, write_relationships
from saksbehandling.documents.wordxml import PACKAGE_RELS, XML_DECLARATION, R

CORE = "docProps/core.xml"
APP = "docProps/app.xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
APP_XML = (
    f'{XML_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Saksbehandling</Application></Properties>"
)

_SHOWN = (
    *("styles", "numbering", "settings", "fontTable", "theme", "webSettings", "font"),
    *("header", "footer", "footnotes", "endnotes", "image", "hyperlink"),
)


def kept_relationships(parts: Mapping[str, bytes], part: str) -> tuple[Relationship, ...]:
    """The relationships of a part that its documents keep; of external ones, only hyperlinks."""
    return tuple(r for r in relationships(parts, part) if any(map(r.is_a, _SHOWN)) and _usable(r, parts))


def reachable(parts: Mapping[str, bytes], document: str) -> dict[str, str]:
    """The names of all parts that documents keep, with their content types."""
    found: dict[str, str] = {CORE: CORE_TYPE, APP: APP_TYPE}
    types = ContentTypes(parts)
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found[part] = types.of(part)
            waiting += [r.target for r in kept_relationships(parts, part) if not r.external]
    return found


def root_relationships(document: str) -> str:
    """The relationships of the package, without the end tag."""
    core = f"{PACKAGE_RELS}/metadata/core-properties"
    return write_relationships(
        (
            Relationship("rId1", f"{R}/officeDocument", document, external=False),
            Relationship("rId2", core, CORE, external=False),
            Relationship("rId3", f"{R}/extended-properties", APP, external=False),
        )
    )


def _usable(relationship: Relationship, parts: Mapping[str, bytes]) -> bool:
    return relationship.is_a("hyperlink") if relationship.external else relationship.target in parts
