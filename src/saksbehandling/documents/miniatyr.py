"""A small picture of a file, to know it by in a list."""

from __future__ import annotations

from typing import BinaryIO

from saksbehandling.documents.bildebehandling import PDF, PICTURES, first_page, png
from saksbehandling.documents.content import Content
from saksbehandling.documents.opplasting_slag import Filtype
from saksbehandling.documents.skilt_prosess import Bounds, run_apart, serve

SHOWN = PICTURES | {PDF}
"""The media types that there is a picture of."""
SHOWN_AS_PDF = {kind.media_type: kind for kind in (Filtype.DOCX, Filtype.ODT)}
"""Those that there is a picture of once they are PDF."""
WIDTH, HEIGHT = 192, 272  # twice what a page shows, for screens with two points in one; the shape of an A4 page
_COLOURS = 64
_BOUNDS = Bounds(seconds=10, memory=1 << 30)


def miniatyr(content: Content, media_type: str) -> bytes:
    """A PNG of the first page, made in a process of its own. Raises `InvalidFile` when the file shows nothing."""
    return run_apart(__name__, content, _BOUNDS, media_type)


def work(source: BinaryIO, media_type: str) -> bytes:
    """The same in this process."""
    return png(first_page(source, media_type, WIDTH, HEIGHT).quantize(_COLOURS))


if __name__ == "__main__":
    serve(work)
