"""The words that a picture shows, by Tesseract: of photographs, and of pages that were scanned."""

from __future__ import annotations

import csv
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from saksbehandling.documents.bildebehandling import PDF, PICTURES, grey, pages
from saksbehandling.documents.content import Content
from saksbehandling.documents.skilt_prosess import Bounds, run_apart, serve
from saksbehandling.errors import InvalidFile

READ = PICTURES | {PDF}
"""The media types that can be read."""
MOST_PAGES = 50
_DPI = 300
_A_PAGE = 60  # seconds by the clock; most take two to five
_A_FILE = 300  # after so many no other page is begun, so that what was read is kept
_SURE = 50  # per cent: what is less sure is mostly leaves and bricks
# By the clock four times as many seconds.
_BOUNDS = Bounds(seconds=90, memory=1 << 30)
_LANGUAGES = ("nor", "eng")  # the first that is installed
_PLACE = ("page_num", "block_num", "par_num", "line_num")


def maskinles(content: Content, media_type: str, program: Path) -> bytes:
    """The text in UTF-8, a line for each line: of pages that show words, what is read, among the words of the others.

    Empty where nothing was read. Not more than `MOST_PAGES` are, and where some are left, the last line says how many.
    `program`: tesseract. Raises `InvalidFile` when the file cannot be shown.
    """
    return run_apart(__name__, content, _BOUNDS, media_type, str(program))


def work(source: BinaryIO, media_type: str, program: str) -> bytes:
    """The same in this process."""
    reader = _Reader(program)
    texts = [words or reader.read(draw) for words, draw in pages(source, media_type, _DPI)]
    if not reader.found:
        return b""
    if reader.left:
        texts.append(f"[{reader.left} av sidene i filen er bilder som ikke er lest.]")
    return "\n\n".join(filter(None, texts)).encode(errors="replace")


class _Reader:
    """`found`: the pages where there were words; `left`: those that were not read."""

    def __init__(self, program: str) -> None:
        self._command = [program, "-", "-", "-l", _language(program), "--dpi", str(_DPI), "--psm", "1", "tsv"]
        self._until = time.monotonic() + _A_FILE
        self._begun = self.found = self.left = 0

    def read(self, draw: Callable[[], Image.Image]) -> str:
        """The words that the page shows; "" when it has none, or cannot be read."""
        if self._begun == MOST_PAGES or time.monotonic() > self._until:
            self.left += 1
            return ""
        self._begun += 1
        try:
            told = _run(self._command, grey(draw()))
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):  # the other pages may be better
            self.left += 1
            return ""
        text = "\n".join(_lines(csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)))
        self.found += bool(text)
        return text


def _lines(words: Iterable[dict[str, str]]) -> Iterator[str]:
    sure = (word for word in words if word["text"].strip() and float(word["conf"]) >= _SURE)
    for _, line in groupby(sure, key=lambda word: [word[name] for name in _PLACE]):
        yield " ".join(word["text"] for word in line)


def _language(program: str) -> str:
    installed = _run([program, "--list-langs"]).split()
    found = next((language for language in _LANGUAGES if language in installed), "")
    if not found:
        raise InvalidFile("Tesseract har verken norsk eller engelsk. Installer tesseract-ocr-nor.")
    return found


def _run(command: list[str], given: bytes = b"") -> str:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    # The program is the operator's setting, the rest is ours; what a stranger made goes to its standard input.
    done = subprocess.run(command, input=given, capture_output=True, timeout=_A_PAGE, check=True, env=environment)  # noqa: S603
    return done.stdout.decode(errors="replace")


if __name__ == "__main__":
    serve(work)
