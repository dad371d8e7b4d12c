"""Every kind of document as PDF, judged by PDFBox Preflight, which knows PDF/A-1b; `make preflight` fetches it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from saksbehandling.documents.pdf import LibreOffice

from .test_dokumentslag import ALL, laget

KLASSESTI = os.environ.get("SAKSBEHANDLING_TEST_PREFLIGHT", "")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not KLASSESTI, reason="Trenger PDFBox Preflight; kjør «make preflight»."),
]


@pytest.fixture(scope="module")
def office(krev: Callable[[str], str]) -> Iterator[LibreOffice]:
    office = LibreOffice(Path(krev("libreoffice")), timeout=120)
    yield office
    office.close()


def dommen(fil: Path) -> str:
    """What Preflight says of a file."""
    klassesti = Path(KLASSESTI).read_text().strip()
    program = ["java", "-cp", klassesti, "org.apache.pdfbox.preflight.Validator_A1b", str(fil)]
    return subprocess.run(program, capture_output=True, text=True, check=False).stdout


@ALL
def test_it_is_valid(office: LibreOffice, tmp_path: Path, slag: str, malform: str) -> None:
    fil = tmp_path / f"{slag}-{malform}.pdf"
    fil.write_bytes(office.pdf(laget(slag, malform)))
    assert f"The file {fil.name} is a valid PDF/A-1b file" in dommen(fil)


def test_a_planted_fault_is_found(office: LibreOffice, tmp_path: Path) -> None:
    fil = tmp_path / "feil.pdf"
    fil.write_bytes(office.pdf(laget("saksprotokoll", "nb")).replace(b"pdfaid:part", b"pdfaid:trap"))
    assert "not a valid PDF/A-1b file" in dommen(fil)
