"""What a picture file is, read from its first bytes: PNG or JPEG, and how large. Nothing is decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from saksbehandling.errors import InvalidFile

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# The frames of a JPEG hold its size; of the markers C0 to CF, these three are tables.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
MOST_PIXELS = 40_000_000  # what a browser and a word processor open without trouble


@dataclass(frozen=True, slots=True)
class PictureFile:
    """`kind`: «png» or «jpeg». `width`, `height`: in pixels."""

    kind: str
    width: int
    height: int


def examine(content: bytes) -> PictureFile:
    """What the picture is. Raises `InvalidFile` when it is neither PNG nor JPEG, not whole, or far too large."""
    if content.startswith(_PNG):
        found = PictureFile("png", *_png_size(content))
    elif content.startswith(_JPEG):
        found = PictureFile("jpeg", *_jpeg_size(content))
    else:
        raise InvalidFile("Bildet er verken PNG eller JPEG. Lagre det som en av delene, og sett det inn på nytt.")
    if not 0 < found.width * found.height <= MOST_PIXELS:
        raise InvalidFile(
            f"Bildet er {found.width} × {found.height} bildepunkter. Gjør det mindre, og sett det inn på nytt."
        )
    return found


def _png_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR" or len(content) < 24:
        raise _broken()
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int]:
    for marker, at in _segments(content):
        if marker in _FRAMES and at + 9 <= len(content):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
    raise _broken()


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Each marker of a JPEG before its picture, and where it stands."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        yield content[at + 1], at
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def _broken() -> InvalidFile:
    return InvalidFile("Bildet er ikke helt. Hent det på nytt og prøv igjen.")
