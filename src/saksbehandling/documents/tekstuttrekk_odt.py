"""The text of an OpenDocument text: body, notes, headers and footers."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from saksbehandling.documents.safe_zip import Limits, SafeZip
from saksbehandling.errors import InvalidFile

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_CHARACTERS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_LEFT_OUT = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def tekst_fra_odt(content: bytes, limits: Limits | None = None) -> str:
    """A line for each paragraph; after the body what stands in headers and footers. Raises `InvalidFile`."""
    opened = SafeZip(io.BytesIO(content), limits)
    parts = (opened.read(name) for name in ("content.xml", "styles.xml") if name in opened.names)
    return "\n".join(line for part in parts for line in _lines(part)) + "\n"


def _lines(part: bytes) -> Iterator[str]:
    try:
        for _, element in etree.iterparse(io.BytesIO(part), tag=_PARAGRAPHS, resolve_entities=False, no_network=True):
            if next(element.iterancestors(*_LEFT_OUT), None) is None:
                yield "".join(_characters(element)).replace(_SOFT_HYPHEN, "")
    except etree.XMLSyntaxError as error:
        raise InvalidFile(f"Dokumentets tekst er skadet ({error}). Lagre det på nytt og prøv igjen.") from error


def _characters(holder: etree._Element) -> Iterator[str]:
    """What stands in the paragraph itself: a note or a frame has paragraphs of its own, on their own lines."""
    yield holder.text or ""
    for element in holder:
        if element.tag == f"{_TEXT}s":
            yield " " * min(int(element.get(f"{_TEXT}c", "1")), 100)
        elif element.tag in _CHARACTERS:
            yield _CHARACTERS[element.tag]
        elif isinstance(element.tag, str) and element.tag not in (*_PARAGRAPHS, *_LEFT_OUT):
            yield from _characters(element)
        yield element.tail or ""
