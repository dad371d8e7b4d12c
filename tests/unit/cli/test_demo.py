"""`demo`: the guided case from an empty folder to its protocol; never into an installation that has data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories.kommando import Kommandolinje, fyll
from saksbehandling.config import Settings
from saksbehandling.demo.ps_87_19 import Demosak
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx

SAK = ("protokoll", "--utvalg", "Bystyret", "--sak", "87/19", "--dato", "2019-08-29")


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    return Kommandolinje(settings, monkeypatch, capsys)


def antall(saksbehandling: Kommandolinje, *ord_: str) -> int:
    return int(json.loads(saksbehandling("sok", *ord_, "--json").ut)["antall"])


def test_the_case_goes_from_nothing_to_its_protocol(
    saksbehandling: Kommandolinje, settings: Settings, tmp_path: Path
) -> None:
    svar = saksbehandling("demo", "ps-87-19")
    assert svar.kode == 0
    for steg in ("opprettet", "uttalelse", "godkjent", "utsatt", "innstilling", "Vedtak beregnet", "publisert"):
        assert steg in svar.ut
    (fil,) = settings.data_dir.glob("saksprotokoll-*.docx")
    assert str(fil) in svar.ut
    assert "FLERTALLSMERKNAD" in tekst_fra_docx(fil.read_bytes())

    igjen = tmp_path / "igjen.docx"
    assert saksbehandling(*SAK, "-o", str(igjen)).kode == 0
    assert igjen.read_bytes() == fil.read_bytes()

    vist = json.loads(saksbehandling("vis", "19/8286", "--json").ut)
    assert [ett["sak"] for ett in vist["behandlinger"]] == [
        *("10/19", "11/19", "8/19", "8/19"),
        *("24/19", "29/19", "87/19", "87/19"),
    ]
    assert antall(saksbehandling, "87/19")
    assert antall(saksbehandling, "19/8286", "--som", "sekretaer") >= antall(saksbehandling, "19/8286") > 0


def test_nothing_is_loaded_over_what_is_there(saksbehandling: Kommandolinje, settings: Settings) -> None:
    fyll(settings)
    for kommando in ("ps-87-19", "last"):
        svar = saksbehandling("demo", kommando)
        assert (svar.kode, svar.ut) == (1, "")
        assert "har data fra før" in svar.feil


def test_a_case_that_fails_on_the_way_leaves_nothing(
    saksbehandling: Kommandolinje, monkeypatch: pytest.MonkeyPatch
) -> None:
    def feiler(*_args: object) -> str:
        raise RuntimeError("strømmen gikk")

    with monkeypatch.context() as midlertidig:
        midlertidig.setattr(Demosak, "_publiser", feiler)
        svar = saksbehandling("demo", "ps-87-19")
    assert svar.kode == 1
    assert "strømmen gikk" in svar.feil
    assert saksbehandling("vis", "19/8286").kode == 1
