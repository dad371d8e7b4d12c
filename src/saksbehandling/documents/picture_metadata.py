"""What a camera or a program noted in a picture file: where it was taken, by whom, with what. Nothing is decoded."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from saksbehandling.documents.content import Content

Piece = tuple[int, int]  # where it begins, and where what comes after it begins

_PNG, _JPEG = b"\x89PNG", b"\xff\xd8\xff"
_PNG_NOTES = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
# A marker of a JPEG, also among the points, where it would be followed by a zero if it were none.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_END, _COMMENT, _EXIF = 0xD9, 0xFE, 0xE1
_PROGRAMS = range(0xE0, 0xF0)
# Of what programs put in, these say how the colours are to be understood.
_NEEDED = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_EXIF_NAME = b"Exif\0\0"
_ORIENTATION, _PLACE = 0x0112, 0x8825  # tags of TIFF, which Exif is written as
_ORDERS = {b"II": "<", b"MM": ">"}


def without_metadata(content: bytes) -> bytes:
    """The same picture, point for point and the same way up, without what was noted in the file or after its end."""
    notes = list(_notes(content))
    if not notes:
        return content
    at, out = notes[0][0], [content[: notes[0][0]], _upright(content)]
    for begin, end in notes:
        out.append(content[at:begin])
        at = end
    return b"".join([*out, content[at:]])


def tells_place(content: Content) -> bool:
    """Whether the file says where on the earth the picture was taken."""
    return _PLACE in _tags(_exif(content))


def _notes(content: Content) -> Iterator[Piece]:
    if content[:4] == _PNG:
        return _png_notes(content)
    return _jpeg_notes(content) if content[:3] == _JPEG else iter(())


def _png_notes(content: Content) -> Iterator[Piece]:
    at, name = 8, b""
    while at + 12 <= len(content) and name != b"IEND":
        name, begin = content[at + 4 : at + 8], at
        at += 12 + int.from_bytes(content[at : at + 4], "big")
        if name in _PNG_NOTES:
            yield begin, at
    if at < len(content):
        yield at, len(content)


def _jpeg_notes(content: Content) -> Iterator[Piece]:
    at = 2
    while found := _MARKER.search(content, at):
        begin, marker = found.start(), found[0][1]
        if marker == _END:
            if begin + 2 < len(content):
                yield begin + 2, len(content)
            return
        at = begin + 2 + int.from_bytes(content[begin + 2 : begin + 4], "big")
        if marker == _COMMENT or (marker in _PROGRAMS and not _is_needed(content, marker, begin)):
            yield begin, at


def _is_needed(content: Content, marker: int, begin: int) -> bool:
    name = _NEEDED.get(marker)
    return name is not None and content[begin + 4 : begin + 4 + len(name)] == name


def _exif(content: Content) -> bytes:
    """The first Exif, as TIFF; empty where there is none."""
    for begin, end in _notes(content):
        if content[begin + 4 : begin + 8] == b"eXIf":
            return content[begin + 8 : end - 4]
        if content[begin : begin + 2] == bytes([0xFF, _EXIF]) and content[begin + 4 : begin + 10] == _EXIF_NAME:
            return content[begin + 10 : end]
    return b""


def _tags(tiff: bytes) -> Mapping[int, int]:
    """The tags of the first directory, and the short number that each holds, if that is what it holds."""
    order = _ORDERS.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return {}
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, at) if at + 2 <= len(tiff) else (0,)
    whole = min(count, (len(tiff) - at - 2) // 12)
    return dict(struct.unpack_from(f"{order}H6xH", tiff, at + 2 + 12 * number) for number in range(whole))


def _upright(content: bytes) -> bytes:
    """The note that a picture is to be turned when it is shown, alone; empty where it is not."""
    turned = _tags(_exif(content)).get(_ORIENTATION, 1)
    if turned not in range(2, 9):
        return b""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    if content[:4] == _PNG:
        return struct.pack(">I", len(tiff)) + b"eXIf" + tiff + struct.pack(">I", zlib.crc32(b"eXIf" + tiff))
    return struct.pack(">BBH", 0xFF, _EXIF, len(tiff) + len(_EXIF_NAME) + 2) + _EXIF_NAME + tiff
