"""No text of the demo is borrowed from the owner's documents: figures and facts may recur, a run of words may not."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from saksbehandling.demo import spraak, spraak_nb, spraak_nn, tekster
from saksbehandling.demo.generert import saker

LENGDE = 14
KILDER = [Path(modul.__file__) for modul in (tekster, spraak, spraak_nb, spraak_nn)]


def _loep(tekst: str) -> set[tuple[str, ...]]:
    ord_ = re.findall(r"\w+", tekst.casefold())
    return {tuple(ord_[at : at + LENGDE]) for at in range(len(ord_) - LENGDE + 1)}


@pytest.fixture(scope="module")
def eierens(shared: Path) -> set[tuple[str, ...]]:
    filer = sorted((shared / "seeds").glob("*.txt"))
    loep = set[tuple[str, ...]]().union(*(_loep(fil.read_text("utf-8")) for fil in filer))
    assert len(loep) > 1000
    return loep


@pytest.mark.parametrize("kilde", KILDER, ids=lambda kilde: kilde.stem)
def test_the_sources_of_the_words(kilde: Path, eierens: set[tuple[str, ...]]) -> None:
    assert not _loep(kilde.read_text("utf-8")) & eierens


def test_the_words_of_the_guided_case_as_they_are_shown(eierens: set[tuple[str, ...]]) -> None:
    forslag = (*tekster.KOMITE_FOERSTE_MOETE, *tekster.KOMITE_ANDRE_MOETE, *tekster.BYSTYRETS_FORSLAG)
    raadenes = (ett for forslagene in tekster.RAADENES_FORSLAG.values() for ett in forslagene)
    tekstene = [tekster.SAKSFRAMLEGG, *tekster.INNSTILLING, tekster.HABILITET, tekster.BYSTYRETS_MERKNAD.tekst]
    for tekst in (*tekstene, *(ett.tekst for ett in (*forslag, *raadenes))):
        assert not _loep(tekst) & eierens


def test_generated_cases(eierens: set[tuple[str, ...]]) -> None:
    for sak in saker(150, dt.date(2019, 1, 1), dt.date(2022, 12, 31)):
        assert not _loep(" ".join((sak.saksframlegg, *sak.innstilling))) & eierens
