"""What an uploaded PDF may not hold: scripts, launched programs, embedded files, a password."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from saksbehandling.documents.content import Content
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
# The names that matter as they are, and those that hide some letter as #xx.
_NAME = re.compile(rb"/(" + b"|".join(_UNSAFE) + rb")(?![^\s/<>\[\](){}%])|/([^\s/<>\[\](){}%#]*#[^\s/<>\[\](){}%]*)")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b")
_UNUSUAL_FILTER = re.compile(rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Predictor)\b")
_LONGEST_DICTIONARY = 4096
_MOST_NAMES = 200_000
_MOST_INFLATED = 16 << 20


def kontroller_pdf(content: Content) -> None:
    """Raise `InvalidFile`, naming everything that is wrong, unless this is a harmless PDF."""
    if b"%%EOF" not in content[-2048:]:
        raise InvalidFile("PDF-filen er ikke hel. Hent den på nytt, eller lagre den på nytt som PDF.")
    found = {_UNSAFE[name]: None for piece in _readable(content) for name in _names(*piece) if name in _UNSAFE}
    if found:
        raise InvalidFile(
            f"PDF-filen inneholder {', '.join(found)}. Skriv den ut til en ny PDF uten dette, og last opp den."
        )


def _names(text: Content, start: int, end: int) -> Iterator[bytes]:
    for number, found in enumerate(_NAME.finditer(text, start, end)):
        if number > _MOST_NAMES:
            raise InvalidFile("PDF-filen er for innviklet til å granskes. Skriv den ut til en ny PDF, og last opp den.")
        yield found[1] or _plain(found[2])


def _plain(name: bytes) -> bytes:
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), name)


def _readable(content: Content) -> Iterator[tuple[Content, int, int]]:
    """The file in pieces: what stands between streams, objects packed in some, and what only looks like a stream.

    The body of a stream may hold any bytes by chance, but no objects. A piece is a text with its start and end in it,
    since a copy of a large file would need as much memory again.
    """
    position = 0
    while stream := _STREAM.search(content, position):
        end = content.find(b"endstream", stream.end())
        if end < 0:
            break
        yield content, position, stream.start()
        dictionary = _plain(content[max(position, stream.start() - _LONGEST_DICTIONARY) : stream.start()])
        if _PACKED_OBJECTS.search(dictionary):
            unpacked = _unpack(dictionary, content[stream.end() : end])
            yield unpacked, 0, len(unpacked)
        elif _OBJECT.search(content, stream.end(), end):
            yield content, stream.end(), end
        position = end + len(b"endstream")
    yield content, position, len(content)


def _unpack(dictionary: bytes, packed: bytes) -> bytes:
    own = dictionary.rpartition(b"obj")[2]
    if _UNUSUAL_FILTER.search(own):
        raise InvalidFile("PDF-filen har deler som er pakket slik at de ikke kan granskes. Lagre den på nytt som PDF.")
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, _MOST_INFLATED)
    except zlib.error:
        return packed
    if inflater.unconsumed_tail:
        raise InvalidFile("PDF-filen har en del som er mistenkelig hardt pakket. Lagre den på nytt som PDF.")
    return text
