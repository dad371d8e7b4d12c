"""What an uploaded PDF may not hold: scripts, launched programs, embedded files, a password."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from saksbehandling.errors import InvalidFile

_UNSAFE = {
    b"JavaScript": "JavaScript",
    b"JS": "JavaScript",
    b"Launch": "en handling som starter et program",
    b"EmbeddedFile": "innebygde filer",
    b"EmbeddedFiles": "innebygde filer",
    b"RichMedia": "innebygd multimedia",
    b"XFA": "et aktivt skjema",
    b"Encrypt": "et passord eller en rettighetssperre",
}
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]+)")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b")
_MOST_INFLATED = 16 << 20


def kontroller_pdf(content: bytes) -> None:
    """Raise `InvalidFile`, naming everything that is wrong, unless this is a harmless PDF."""
    if b"%%EOF" not in content[-2048:]:
        raise InvalidFile("PDF-filen er ikke hel. Hent den på nytt, eller lagre den på nytt som PDF.")
    found = {_UNSAFE[name]: None for text in _readable(content) for name in _names(text) if name in _UNSAFE}
    if found:
        raise InvalidFile(
            f"PDF-filen inneholder {', '.join(found)}. Skriv den ut til en ny PDF uten dette, og last opp den."
        )


def _names(text: bytes) -> Iterator[bytes]:
    for name in _NAME.findall(text):
        yield _HEX.sub(lambda found: bytes([int(found[1], 16)]), name)


def _readable(content: bytes) -> Iterator[bytes]:
    """The file without the bodies of its streams, where any bytes may occur, and then the objects packed in some."""
    yield _STREAM.sub(b"stream endstream", content)
    before = 0
    for stream in _STREAM.finditer(content):
        if _PACKED_OBJECTS.search(_HEX.sub(b"", content[before : stream.start()])):
            yield _inflate(stream[1])
        before = stream.end()


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, _MOST_INFLATED)
    except zlib.error:
        return packed
    if inflater.unconsumed_tail:
        raise InvalidFile("PDF-filen har en del som er mistenkelig hardt pakket. Lagre den på nytt som PDF.")
    return text
