"""Which hits are told of, when, and what the letter says."""

from __future__ import annotations

import datetime as dt

import pytest

from saksbehandling.clock import OSLO
from saksbehandling.identity.models import Bruker
from saksbehandling.lagretsoek.brev import FLEST_NEVNT, brev
from saksbehandling.lagretsoek.models import LagretSoek, Varsling
from saksbehandling.lagretsoek.varsling import funnet_innen
from saksbehandling.search_engine.model import Hit

TORSDAG = dt.date(2019, 8, 29)


def kl(time: int, dag: dt.date = TORSDAG) -> dt.datetime:
    return dt.datetime.combine(dag, dt.time(time), OSLO)


@pytest.mark.parametrize(
    ("varsling", "naa", "innen"),
    [
        (Varsling.STRAKS, kl(3), kl(3)),
        (Varsling.DAGLIG, kl(6), kl(6)),
        (Varsling.DAGLIG, kl(23), kl(6)),
        (Varsling.DAGLIG, kl(5), kl(6, dt.date(2019, 8, 28))),
        # The night when summer time begins: still six by the clock on the wall.
        (Varsling.DAGLIG, kl(7, dt.date(2019, 3, 31)), kl(6, dt.date(2019, 3, 31))),
    ],
)
def test_what_was_found_in_time_is_told_of(varsling: Varsling, naa: dt.datetime, innen: dt.datetime) -> None:
    assert funnet_innen(varsling, naa) == innen


def treff(nr: int) -> Hit:
    om = ((f"PS {nr}/19",), "Bystyret", TORSDAG, (), (), "", "", f"/sak/{nr}", "1")
    return Hit(f"vedtak:{nr}", "vedtak", f"Gang- og sykkelvei {nr}", (), (), *om)


def lagret(navn: str = "Sykkelveier på Øya") -> LagretSoek:
    eier = Bruker(brukernavn="eirin", navn="Eirin Berg", epost="eirin@nidarvik.example")
    return LagretSoek(bruker=eier, navn=navn, sporring="q=sykkelvei", noekkel="n" * 43)


def brevet(hits: list[Hit], offentlige: set[str], **felter: str) -> tuple[dict[str, str], str]:
    melding = brev(
        lagret(**felter), hits, offentlige, "Nidarvik kommune", "post@nidarvik.example", "https://sak.example"
    )
    return dict(melding.items()), melding.get_content()


def test_the_letter_names_each_hit_with_its_place_and_how_to_stop_it() -> None:
    hoder, tekst = brevet([treff(1)], {"vedtak:1"})
    assert hoder["Subject"] == "1 nytt treff i «Sykkelveier på Øya»"
    assert hoder["To"] == "eirin@nidarvik.example"
    assert "PS 1/19 Gang- og sykkelvei 1 (Vedtak, Bystyret, 29.08.2019)\nhttps://sak.example/sak/1\n" in tekst
    assert "https://sak.example/sok?q=sykkelvei&sort=nyeste" in tekst
    assert hoder["List-Unsubscribe"] == f"<https://sak.example/lagrede-sok/stopp/{'n' * 43}>"
    assert hoder["List-Unsubscribe"][1:-1] in tekst


def test_what_is_not_public_is_counted_and_not_named() -> None:
    hoder, tekst = brevet([treff(1), treff(2)], {"vedtak:2"})
    assert hoder["Subject"].startswith("2 nye treff")
    assert "sykkelvei 1" not in tekst
    assert "/sak/1" not in tekst
    assert "1 treff er ikke offentlig" in tekst


def test_a_long_letter_ends_with_how_many_more() -> None:
    hits = [treff(nr) for nr in range(FLEST_NEVNT + 4)]
    _, tekst = brevet(hits, {hit.id for hit in hits})
    assert tekst.count("https://sak.example/sak/") == FLEST_NEVNT
    assert "Og 4 til." in tekst


def test_the_same_hits_make_the_same_letter_so_that_a_server_knows_it_again() -> None:
    begge = {"vedtak:1", "vedtak:2"}
    foerst, igjen = brevet([treff(1), treff(2)], begge), brevet([treff(2), treff(1)], begge)
    assert foerst[0]["Message-ID"] == igjen[0]["Message-ID"]
    assert foerst[0]["Message-ID"] != brevet([treff(1)], begge)[0]["Message-ID"]
