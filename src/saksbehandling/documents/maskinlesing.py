"""The words that a picture shows, by Tesseract: of photographs, and of pages that were scanned."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from saksbehandling.documents.bildebehandling import PDF, PICTURES, pages_without_text, png
from saksbehandling.documents.content import Content
from saksbehandling.documents.skilt_prosess import Bounds, run_apart, serve
from saksbehandling.errors import InvalidFile

READ = PICTURES | {PDF}
"""The media types that can be read."""
MOST_PAGES = 50
_DPI = 300
_A_PAGE = 60  # seconds
_SURE = 50  # per cent: what is less sure is mostly leaves and bricks
# By the clock four times as many seconds: a page takes two to five.
_BOUNDS = Bounds(seconds=90, memory=1 << 30)
_LANGUAGE, _OTHERWISE = "nor", "eng"
_PLACE = ("page_num", "block_num", "par_num", "line_num")


def maskinles(content: Content, media_type: str, program: Path) -> bytes:
    """The text in UTF-8, a line for each line; empty where none is found. `program`: tesseract.

    Of a PDF, the pages without text among the first `MOST_PAGES`. Raises `InvalidFile` when the file cannot be shown,
    or takes too long.
    """
    return run_apart(__name__, content, _BOUNDS, media_type, str(program))


def work(source: BinaryIO, media_type: str, program: str) -> bytes:
    """The same in this process."""
    language = _language(program)
    pages = pages_without_text(source, media_type, _DPI, MOST_PAGES)
    return "\n\n".join(filter(None, (_read(png(page), program, language) for page in pages))).encode()


def _read(picture: bytes, program: str, language: str) -> str:
    told = _run([program, "-", "-", "-l", language, "--dpi", str(_DPI), "--psm", "1", "tsv"], picture)
    return "\n".join(_lines(csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)))


def _lines(words: Iterable[dict[str, str]]) -> Iterator[str]:
    sure = (word for word in words if word["text"].strip() and float(word["conf"]) >= _SURE)
    for _, line in groupby(sure, key=lambda word: [word[name] for name in _PLACE]):
        yield " ".join(word["text"] for word in line)


def _language(program: str) -> str:
    return _LANGUAGE if _LANGUAGE in _run([program, "--list-langs"]).split() else _OTHERWISE


def _run(command: list[str], given: bytes = b"") -> str:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    try:
        # The program is the operator's setting, the rest is ours; what a stranger made goes to its standard input.
        done = subprocess.run(command, input=given, capture_output=True, timeout=_A_PAGE, check=False, env=environment)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InvalidFile("En side i filen tok for lang tid å lese.") from error
    if done.returncode:
        raise InvalidFile(f"Tesseract kunne ikke lese filen ({done.stderr.decode(errors='replace')[-200:].strip()}).")
    return done.stdout.decode(errors="replace")


if __name__ == "__main__":
    serve(work)
