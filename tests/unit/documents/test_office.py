"""The saksprotokoll in a real LibreOffice: it opens, and the page says what the data say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from saksbehandling.documents import kontroll
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template_cache import TemplateCache, packaged_template
from saksbehandling.protokoll.data import som_verdier

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def convert(krev, tmp_path_factory) -> Callable[[str, bytes], Path]:
    """`convert("pdf", docx)`: the file that LibreOffice makes of a document."""
    folder = tmp_path_factory.mktemp("office")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"

    def made(kind: str, docx: bytes) -> Path:
        (folder / "inn.docx").write_bytes(docx)
        command = [krev("libreoffice"), profile, "--headless", "--convert-to", kind, "--outdir", folder / "ut"]
        subprocess.run([*command, folder / "inn.docx"], check=True, capture_output=True, timeout=180)
        return folder / "ut" / f"inn.{kind}"

    return made


@pytest.fixture(scope="module")
def pdf(convert, protokolldata) -> Path:
    path: Path = convert("pdf", DocxRenderer().render("saksprotokoll", som_verdier(protokolldata())))
    return path


def output(*command: object) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout


def test_the_pages_hold_the_protocol(pdf, krev) -> None:
    pages = output(krev("poppler"), "-layout", pdf, "-").rstrip("\f").split("\f")
    assert len(pages) == 2
    first, last = (" ".join(page.split()) for page in pages)
    assert first.startswith("Fjordvik kommune Saksprotokoll Utvalg: Kommunestyret Møtedato: 14.03.2024 Sak: 12/24")
    assert "1. Skolebakken 2. Torget 3. Kaia & brygga" in first
    assert "Kommunestyret, sak 12/24 Side 1 av 2" in first
    assert "godkjent elektronisk" in last
    assert "Side 2 av 2" in last


def test_the_approval_does_not_stand_alone(pdf, krev) -> None:
    last = output(krev("poppler"), "-layout", pdf, "-").rstrip("\f").split("\f")[-1]
    assert "V sluttet seg til merknaden fra Sp." in last


def test_a_template_saved_by_libreoffice_gives_the_same_protocol(convert, protokolldata) -> None:
    saved = convert("docx", packaged_template("saksprotokoll")).read_bytes()
    values = som_verdier(protokolldata())
    theirs = DocxRenderer(TemplateCache(lambda _: saved)).render("saksprotokoll", values)
    assert kontroll.funn(theirs) == ()
    assert tekst_fra_docx(theirs) == tekst_fra_docx(DocxRenderer().render("saksprotokoll", values))
