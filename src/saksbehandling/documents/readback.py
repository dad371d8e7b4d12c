"""The readable copy of its data that a document carries, and reading it back."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson

from saksbehandling.documents.package import document_part, relationships
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.wordxml import XML_DECLARATION, R, escape_json, legal, parse
from saksbehandling.errors import InvalidFile

NAMESPACE = "urn:saksbehandling:dokumentdata:1"
_PART = "customXml/item1.xml"
_PROPERTIES = "customXml/itemProps1.xml"
_ITEM_ID = "{7B1D0E53-5A3C-5F0E-9C55-2F6E1D0A8719}"  # Word wants one; the same for every document
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


_BEFORE = f'{XML_DECLARATION}<data xmlns="{NAMESPACE}">'.encode()
CONSTANT_DATA_PARTS = {
    _PROPERTIES: (
        f'{XML_DECLARATION}<ds:datastoreItem xmlns:ds="{_CUSTOM_XML}" ds:itemID="{_ITEM_ID}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode(),
    "customXml/_rels/item1.xml.rels": (
        f'{XML_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1"'
        f' Type="{R}/customXmlProps" Target="itemProps1.xml"/></Relationships>'
    ).encode(),
}
"""What goes with the data, the same in every document."""


def data_parts(data: Mapping[str, Any]) -> dict[str, bytes]:
    """The parts, by name, that carry these JSON values. Raises `InvalidInput` on a character that XML may not hold."""
    return {_PART: _BEFORE + escape_json(_canonical(data)) + b"</data>", **CONSTANT_DATA_PARTS}


def _canonical(data: Mapping[str, Any]) -> bytes:
    """The JSON with its names sorted and nothing in between."""
    try:
        return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # half of a surrogate pair, which is then refused by name; or more than 64 bits
        return legal(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))).encode()


@cache
def data_relationship(document: str) -> str:
    """The relationship from the main part to the data."""
    target = posixpath.relpath(_PART, posixpath.dirname(document) or ".")
    return f'<Relationship Id="rIdData" Type="{R}/customXml" Target="{target}"/>'


def read_data(docx: bytes) -> dict[str, Any]:
    """The public data in a document. Raises `InvalidFile` if it is no Word document or carries none."""
    parts = read_parts(docx)
    for relationship in relationships(parts, document_part(parts)):
        if relationship.is_a("customXml") and relationship.target in parts:
            root = parse(parts[relationship.target], relationship.target)
            if root.tag == f"{{{NAMESPACE}}}data":
                return _object(root.text or "")
    raise InvalidFile(
        "Dokumentet har ingen data som kan leses tilbake. Bruk en protokoll som er laget i dette systemet."
    )


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise InvalidFile(f"Dataene i dokumentet er skadet ({error}). Hent dokumentet på nytt fra arkivet.") from error
    if not isinstance(value, dict):
        raise InvalidFile("Dataene i dokumentet er skadet (ikke et objekt). Hent dokumentet på nytt fra arkivet.")
    return value
