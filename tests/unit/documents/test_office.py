"""The saksprotokoll in a real LibreOffice: it opens, and the page says what the data say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.protokoll.data import som_verdier

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def pdf(krev, protokolldata, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    (folder / "protokoll.docx").write_bytes(DocxRenderer().render("saksprotokoll", som_verdier(protokolldata())))
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    subprocess.run(
        [
            krev("libreoffice"),
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            folder / "protokoll.docx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "protokoll.pdf"


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
