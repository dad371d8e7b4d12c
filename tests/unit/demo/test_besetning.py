"""Who sits where: complete, unique, ordered and the same each time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from saksbehandling.demo.besetning import Plass, besett
from saksbehandling.demo.seter import PERIODER, seter
from saksbehandling.utvalg.models import Funksjon


@pytest.fixture(scope="module")
def besetning() -> list[Plass]:
    return besett()


def _per_gruppe(besetning: list[Plass]) -> dict[tuple[str, str, str], list[Plass]]:
    grupper: dict[tuple[str, str, str], list[Plass]] = defaultdict(list)
    for plass in besetning:
        grupper[plass.utvalg, plass.periode, plass.parti].append(plass)
    return grupper


def test_the_plan_is_the_same_each_time(besetning: list[Plass]) -> None:
    assert besett() == besetning
    assert besett(froe=7) != besetning


def test_every_seat_is_filled(besetning: list[Plass]) -> None:
    for (utvalg, periode, parti), plasser in _per_gruppe(besetning).items():
        medlemmer = [plass for plass in plasser if plass.funksjon is not Funksjon.VARAMEDLEM]
        assert len(medlemmer) == seter(utvalg, periode)[parti]


def test_nobody_has_two_places_in_a_body(besetning: list[Plass]) -> None:
    ganger = Counter((plass.utvalg, plass.periode, plass.navn) for plass in besetning)
    assert set(ganger.values()) == {1}


def test_people_have_different_names_in_norwegian_letters(besetning: list[Plass]) -> None:
    navn = {plass.navn for plass in besetning}
    assert len({str(ett) for ett in navn}) == len(navn) > 400
    assert {"æ", "ø", "å"} <= set("".join(map(str, navn)).casefold())
    assert any(" " in ett.fornavn or "-" in ett.fornavn for ett in navn)


def test_no_name_has_three_equal_letters_in_a_row(besetning: list[Plass]) -> None:
    assert not [plass.navn for plass in besetning if re.search(r"(.)\1\1", str(plass.navn))]


def test_a_party_keeps_its_people(besetning: list[Plass]) -> None:
    partier = defaultdict(set)
    for plass in besetning:
        partier[plass.navn].add(plass.parti)
    assert all(len(mine) == 1 for mine in partier.values())


def test_substitutes_stand_in_order_and_number_the_groups_size_and_three(besetning: list[Plass]) -> None:
    for (utvalg, periode, parti), plasser in _per_gruppe(besetning).items():
        orden = [plass.vararekkefoelge for plass in plasser if plass.funksjon is Funksjon.VARAMEDLEM]
        assert orden == list(range(1, len(orden) + 1))
        antall = seter(utvalg, periode)[parti]
        assert antall < len(orden) <= antall + 3


def test_committees_are_elected_among_the_council(besetning: list[Plass]) -> None:
    bystyret = {(plass.periode, plass.navn) for plass in besetning if plass.utvalg == "bystyret"}
    for plass in besetning:
        if plass.utvalg in ("formannskapet", "finanskomiteen", "byutviklingskomiteen"):
            assert (plass.periode, plass.navn) in bystyret


def test_every_body_has_one_leader_and_one_deputy(besetning: list[Plass]) -> None:
    funksjoner = Counter((plass.utvalg, plass.periode, plass.funksjon) for plass in besetning)
    for utvalg, periode in {(plass.utvalg, plass.periode) for plass in besetning}:
        assert funksjoner[utvalg, periode, Funksjon.LEDER] == funksjoner[utvalg, periode, Funksjon.NESTLEDER] == 1


def test_some_are_re_elected_and_some_are_new(besetning: list[Plass]) -> None:
    bystyrer = [
        {plass.navn for plass in besetning if plass.utvalg == "bystyret" and plass.periode == periode}
        for periode in PERIODER
    ]
    for foer, etter in pairwise(bystyrer):
        assert 20 < len(foer & etter) < len(etter) - 20
