"""Which pages are read by machine, and what is told of those that are not; a program of the test's own in Tesseract's
place.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from saksbehandling.documents import maskinlesing
from saksbehandling.documents.bildebehandling import PDF
from saksbehandling.errors import InvalidFile

WORDS = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 35>>stream
BT /F 12 Tf 20 200 Td (Kaia.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF"""
TSV = r"""page_num\tblock_num\tpar_num\tline_num\tconf\ttext
1\t1\t1\t1\t96.1\tÅpen
1\t1\t1\t1\t93\tkai
1\t1\t1\t1\t12\tløv
1\t1\t1\t2\t80\t{word}
"""
PROGRAM = f"""#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'osd\\n{{languages}}\\n'; exit; fi
cat >"$0.$$.pgm"
{{before}}
printf '{TSV}'
"""
Make = Callable[..., str]


@pytest.fixture
def tesseract(tmp_path: Path) -> Make:
    """`tesseract(before="", languages="nor", word="her")`: a program that reads the same off every page."""

    def make(before: str = "", languages: str = "nor", word: str = "her") -> str:
        program = tmp_path / "tesseract"
        program.write_text(PROGRAM.format(before=before, languages=languages, word=word))
        program.chmod(0o700)
        return str(program)

    return make


def pdf(*scanned: bool) -> io.BytesIO:
    """A PDF of pages that are scanned, or hold words."""
    sheet = io.BytesIO()
    Image.new("RGB", (60, 90), "white").save(sheet, "PDF")
    made, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for one in scanned:
        made.import_pages(pypdfium2.PdfDocument(sheet.getvalue() if one else WORDS))
    made.save(file)
    file.seek(0)
    return file


def read(source: io.BytesIO, program: str) -> str:
    return maskinlesing.work(source, PDF, program).decode()


def test_scanned_pages_are_read_among_those_that_hold_words(tesseract: Make, tmp_path: Path) -> None:
    assert read(pdf(False, True, False), tesseract()) == "Kaia.\n\nÅpen kai\nher\n\nKaia."
    assert read(pdf(False), tesseract()) == ""
    with Image.open(next(tmp_path.glob("*.pgm"))) as drawn:
        assert (drawn.mode, drawn.height) == ("L", 375)  # 90 points at 300 to the inch


def test_how_many_pages_were_left_is_told(tesseract: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maskinlesing, "MOST_PAGES", 1)
    lest = read(pdf(True, True, False, True), tesseract())
    assert lest == "Åpen kai\nher\n\nKaia.\n\n[2 av sidene i filen er bilder som ikke er lest.]"
    monkeypatch.setattr(maskinlesing, "_A_FILE", -1)
    assert read(pdf(True), tesseract()) == ""


def test_a_page_that_cannot_be_read_takes_no_other_with_it(
    tesseract: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    for fault in ("exit 1", "exec sleep 5"):
        monkeypatch.setattr(maskinlesing, "_A_PAGE", 1)
        first.unlink(missing_ok=True)
        program = tesseract(f'if [ ! -e "{first}" ]; then : >"{first}"; {fault}; fi')
        assert read(pdf(True, True), program) == "Åpen kai\nher\n\n[1 av sidene i filen er bilder som ikke er lest.]"


@pytest.mark.parametrize(("installed", "used"), [("eng\\nnor", "nor"), ("eng", "eng"), ("deu", None)])
def test_norwegian_is_read_where_it_is_installed(tesseract: Make, installed: str, used: str | None) -> None:
    program = tesseract(languages=installed, before='ord="$4"', word="'\"$ord\"'")
    if used is None:
        with pytest.raises(InvalidFile, match="Installer tesseract-ocr-nor"):
            read(pdf(True), program)
    else:
        assert read(pdf(True), program) == f"Åpen kai\n{used}"
