"""`indeks bygg`: the index anew, telling how far it is."""

from __future__ import annotations

import json
import shutil

import pytest

from factories.kommando import Kommandolinje, fyll
from saksbehandling.config import Settings


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    return Kommandolinje(settings, monkeypatch, capsys)


def test_a_lost_index_is_built_from_the_database(saksbehandling: Kommandolinje, settings: Settings) -> None:
    fyll(settings)
    soek = ("sok", "ladepunkt", "--json", "--som", "sekretariat")
    foer = json.loads(saksbehandling(*soek).ut)
    shutil.rmtree(settings.index_dir)
    svar = saksbehandling("indeks", "bygg")
    assert (svar.kode, svar.ut) == (0, "Søkeindeksen er bygd: 3 saker og møter.\n")
    assert "3 av 3" in svar.feil
    assert json.loads(saksbehandling(*soek).ut) == foer
    assert foer["antall"]


def test_an_empty_installation_has_an_empty_index(saksbehandling: Kommandolinje) -> None:
    assert saksbehandling("indeks", "bygg").ut == "Søkeindeksen er bygd: 0 saker og møter.\n"
