"""Pictures of what strangers have sent, in a process of its own: the first page small, or all pages to be read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

import pypdfium2
from PIL import Image, ImageOps

from saksbehandling.documents.opplasting_slag import Filtype
from saksbehandling.documents.picture_files import MOST_PIXELS
from saksbehandling.documents.tekstuttrekk_pdf import words_of
from saksbehandling.errors import InvalidFile

PDF = Filtype.PDF.media_type
PICTURES = frozenset({Filtype.PNG.media_type, Filtype.JPEG.media_type})
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
Page = tuple[str, Callable[[], Image.Image]]
"""The words that a page holds as words, and what draws it."""


def first_page(source: BinaryIO, media_type: str, width: int, height: int) -> Image.Image:
    """The picture or the first page, within `width` and `height` pixels. Raises `InvalidFile` when it shows nothing."""
    if media_type != PDF:
        return _fitted(_picture(source), width, height)
    with _document(source) as document:
        if not len(document):
            raise InvalidFile("PDF-filen har ingen sider.")
        page = document[0]
        return _drawn(page, min(width / page.get_width(), height / page.get_height()))


def pages(source: BinaryIO, media_type: str, dpi: int) -> Iterator[Page]:
    """The picture, or each page of a PDF, to be drawn before the next is asked for. Raises as `first_page`."""
    if media_type != PDF:
        yield "", partial(_picture, source)
        return
    with _document(source) as document:
        for page in document:
            yield words_of(page), partial(_drawn, page, dpi / 72)


def png(picture: Image.Image) -> bytes:
    """The picture as a small PNG file."""
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def grey(picture: Image.Image) -> bytes:
    """The picture without colours as a file that is quick to write (PGM); packing a scanned page takes seconds."""
    made = io.BytesIO()
    picture.convert("L").save(made, "PPM")
    return made.getvalue()


def _document(source: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as error:
        raise InvalidFile("PDF-filen kan ikke vises. Åpne den, og lagre den på nytt som PDF uten passord.") from error


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    within = (MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5
    return page.render(scale=min(scale, within)).to_pil().convert("RGB")


def _picture(source: BinaryIO) -> Image.Image:
    """The right way up, on white where it is transparent."""
    try:
        picture = ImageOps.exif_transpose(Image.open(source)).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidFile("Bildet kan ikke vises: det er skadet eller for stort. Lagre det på nytt.") from error
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _fitted(picture: Image.Image, width: int, height: int) -> Image.Image:
    picture.thumbnail((width, height))
    return picture
