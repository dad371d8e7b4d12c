"""`protokoll`: the saksprotokoll of a treatment, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories.kommando import PROTOKOLL, Kommandolinje, fyll
from saksbehandling.config import Settings
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    fyll(settings)
    return Kommandolinje(settings, monkeypatch, capsys)


def test_the_same_bytes_twice_however_the_treatment_is_named(saksbehandling: Kommandolinje, tmp_path: Path) -> None:
    en, to = tmp_path / "en.docx", tmp_path / "to.docx"
    svar = saksbehandling(*PROTOKOLL, "-o", str(en))
    assert (svar.kode, f"Skrev {en}" in svar.ut) == (0, True)
    ord_ = ("protokoll", "--utvalg", "kommunestyret", "--sak", "1/19", "--dato", "29.08.2019", "--ut", str(to))
    assert saksbehandling(*ord_).kode == 0
    assert en.read_bytes() == to.read_bytes()
    assert "Kaia får ladepunkt." in tekst_fra_docx(en.read_bytes())


@pytest.mark.parametrize(
    ("endring", "sagt"),
    [
        ({"--sak": "9/19"}, "ingen sak 9/19"),
        ({"--utvalg": "Havnestyret"}, "ikke noe utvalg som heter «Havnestyret»"),
        ({"--dato": "2019-08-30"}, "i møtet 30.08.2019"),
        ({"-o": "/finnes/ikke/ut.docx"}, "Kan ikke skrive /finnes/ikke/ut.docx"),
    ],
)
def test_what_cannot_be_made_is_told(
    saksbehandling: Kommandolinje, tmp_path: Path, endring: dict[str, str], sagt: str
) -> None:
    valg = dict(zip(PROTOKOLL[1::2], PROTOKOLL[2::2], strict=True)) | {"-o": str(tmp_path / "ut.docx")} | endring
    svar = saksbehandling("protokoll", *(ord_ for par in valg.items() for ord_ in par))
    assert (svar.kode, svar.ut) == (1, "")
    assert sagt in svar.feil
    assert "Traceback" not in svar.feil
    assert not (tmp_path / "ut.docx").exists()


def test_a_date_that_is_none_is_a_mistyped_command(saksbehandling: Kommandolinje) -> None:
    svar = saksbehandling("protokoll", "--utvalg", "x", "--sak", "1/19", "--dato", "i går", "-o", "ut.docx")
    assert svar.kode == 2
    assert "--dato: 'i går' kan ikke brukes her" in svar.feil
