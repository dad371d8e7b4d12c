"""The text of a PDF, by PDFium: the library that Chromium reads PDF with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2

from saksbehandling.documents.content import Content
from saksbehandling.documents.skilt_prosess import run_apart, serve
from saksbehandling.errors import InvalidFile

# PDFium puts the first where a word is divided at the end of a line, and joins its halves.
_HYPHENS = dict.fromkeys(map(ord, "\ufffe\N{SOFT HYPHEN}"))


def tekst_fra_pdf(content: Content) -> str:
    """The text, read in a process of its own: a line for each line, divided words whole, an empty line between pages.

    Raises `InvalidFile` if it is damaged, has a password, or takes too long.
    """
    return run_apart(__name__, content).decode()


def read(source: BinaryIO) -> bytes:
    """The same in this process, as UTF-8."""
    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as error:
        raise InvalidFile("PDF-filen kan ikke leses. Åpne den, og lagre den på nytt som PDF uten passord.") from error
    try:
        return "\n\n".join(_pages(document)).encode(errors="replace") + b"\n"
    finally:
        document.close()


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        yield words_of(page)
        page.close()


def words_of(page: pypdfium2.PdfPage) -> str:
    """The text of one page, in a process that may crash."""
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).translate(_HYPHENS).replace("\r\n", "\n").strip("\n")
    finally:
        text.close()


if __name__ == "__main__":
    serve(read)
