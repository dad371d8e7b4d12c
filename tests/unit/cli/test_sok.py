"""`sok`: as the public unless told who is asking."""

from __future__ import annotations

import json
from typing import Any

import pytest

from factories.kommando import SKJERMET, TITTEL, Kommandolinje, fyll
from saksbehandling.config import Settings


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    fyll(settings)
    return Kommandolinje(settings, monkeypatch, capsys)


def treff(saksbehandling: Kommandolinje, *ord_: str) -> list[dict[str, Any]]:
    svar = saksbehandling("sok", *ord_, "--json", "--antall", "100")
    assert (svar.kode, svar.feil) == (0, "")
    funnet = json.loads(svar.ut)
    assert funnet["antall"] == len(funnet["treff"])
    return list(funnet["treff"])


@pytest.mark.parametrize("soekt", ["ladepunkt", "ladepunktene", "PS 1/19", "PS 0001/19", "1/19", "19/1", "parti:SV"])
def test_a_published_case_is_found_by_words_and_numbers(saksbehandling: Kommandolinje, soekt: str) -> None:
    assert TITTEL in {hit["tittel"] for hit in treff(saksbehandling, soekt)}


def test_a_hit_tells_what_and_where(saksbehandling: Kommandolinje) -> None:
    (forslag,) = [hit for hit in treff(saksbehandling, "ladepunkt") if hit["type"] == "forslag"]
    assert (forslag["nummer"], forslag["utvalg"], forslag["dato"]) == ("PS 1/19", "Kommunestyret", "2019-08-29")
    assert forslag["utdrag"] == "Kaia får ladepunkt."
    assert forslag["url"].startswith("/innsyn/kommunestyret/2019/1/2019-08-29#forslag-")


def test_the_public_never_sees_screened_words(saksbehandling: Kommandolinje) -> None:
    assert treff(saksbehandling, "Hemmeligsen") == []
    assert [hit["tittel"] for hit in treff(saksbehandling, "19/2")] == ["Klage på kaiplass"]
    assert "Hemmelig" not in json.dumps(treff(saksbehandling, "kai*"))


def test_somebody_with_a_role_sees_more(saksbehandling: Kommandolinje) -> None:
    alle, sekretaer = (treff(saksbehandling, "ladepunkt", *som) for som in ((), ("--som", "sekretariat")))
    assert len(sekretaer) > len(alle)
    assert SKJERMET in {hit["tittel"] for hit in treff(saksbehandling, "Hemmeligsen", "--som", "sekretariat")}
    assert treff(saksbehandling, "Hemmeligsen", "--som", "saksbehandler") == []


def test_for_people_hits_are_lines(saksbehandling: Kommandolinje) -> None:
    linjer = saksbehandling("sok", "Hemmeligsen", "--som", "sekretariat").ut.splitlines()
    assert linjer[0].endswith(" treff")
    assert any(SKJERMET in linje and "(Kommunestyret, 29.08.2019)" in linje for linje in linjer)


def test_what_cannot_be_read_gets_a_hint(saksbehandling: Kommandolinje) -> None:
    svar = saksbehandling("sok", "dato:ikkeendato")
    assert svar.kode == 0
    assert len(svar.ut.splitlines()) > 1


def test_an_unknown_user_is_told(saksbehandling: Kommandolinje) -> None:
    svar = saksbehandling("sok", "kai", "--som", "ingen")
    assert (svar.kode, svar.ut) == (1, "")
    assert "ingen bruker som heter «ingen»" in svar.feil


@pytest.mark.parametrize("antall", ["0", "-1"])
def test_fewer_than_one_hit_is_no_number(saksbehandling: Kommandolinje, antall: str) -> None:
    assert saksbehandling("sok", "kai", "--antall", antall).kode == 2
