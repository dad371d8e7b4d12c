"""`mal`: a start, a check and a trial, on files only."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories.docx import p, template
from factories.kommando import Kommandolinje
from saksbehandling.config import Settings
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    return Kommandolinje(settings, monkeypatch, capsys)


@pytest.mark.parametrize(("malform", "ord_"), [("nb", "Gangvei til Lia skole"), ("nn", "Gangveg til Lia skule")])
def test_a_new_one_can_be_used_as_it_is(saksbehandling: Kommandolinje, tmp_path: Path, malform: str, ord_: str) -> None:
    fil, ut = tmp_path / "min.docx", tmp_path / "prøve.docx"
    assert saksbehandling("mal", "ny", "saksprotokoll", "--malform", malform, "-o", str(fil)).kode == 0
    svar = saksbehandling("mal", "sjekk", str(fil), "--malform", malform)
    assert (svar.kode, "kan brukes som mal for saksprotokoll" in svar.ut) == (0, True)
    assert saksbehandling("mal", "forhåndsvis", str(fil), "--malform", malform, "-o", str(ut)).kode == 0
    tekst = tekst_fra_docx(ut.read_bytes())
    assert ord_ in tekst


def test_every_fault_is_told_and_nothing_written(saksbehandling: Kommandolinje, tmp_path: Path) -> None:
    fil, ut = tmp_path / "feil.docx", tmp_path / "ut.docx"
    fil.write_bytes(template(p("[[titel]]"), p("[[utvalgg]]")))
    svar = saksbehandling("mal", "forhåndsvis", str(fil), "-o", str(ut))
    assert svar.kode == 1
    assert "titel" in svar.feil
    assert "utvalgg" in svar.feil
    assert not ut.exists()


@pytest.mark.parametrize("ord_", [("sjekk", "finnes-ikke.docx"), ("ny", "saksprotokoll", "-o", "/finnes/ikke.docx")])
def test_files_that_cannot_be_read_or_written(saksbehandling: Kommandolinje, ord_: tuple[str, ...]) -> None:
    svar = saksbehandling("mal", *ord_)
    assert (svar.kode, "Kan ikke" in svar.feil) == (1, True)
