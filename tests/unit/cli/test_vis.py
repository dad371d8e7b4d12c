"""`vis`: a stored case for people."""

from __future__ import annotations

import pytest

from factories.kommando import TITTEL, Kommandolinje, fyll
from saksbehandling.config import Settings


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    fyll(settings)
    return Kommandolinje(settings, monkeypatch, capsys)


def test_a_case_is_shown_with_its_treatments(saksbehandling: Kommandolinje) -> None:
    svar = saksbehandling("vis", "19/1")
    assert (svar.kode, svar.feil) == (0, "")
    assert svar.ut.splitlines() == [
        f"19/1 {TITTEL}",
        "  29.08.2019  Kommunestyret  PS 1/19  Behandlet: 1 forslag, 2 voteringer",
    ]


@pytest.mark.parametrize(
    ("nummer", "sagt"), [("19/999", "ingen sak med nummer 19/999"), ("nitten", "ikke et saksnummer")]
)
def test_a_case_that_is_not_there_is_told(saksbehandling: Kommandolinje, nummer: str, sagt: str) -> None:
    svar = saksbehandling("vis", nummer, "--json")
    assert (svar.kode, svar.ut) == (1, "")
    assert sagt in svar.feil
    assert "Traceback" not in svar.feil
