"""Votes by person and by party: the same record, and names where a party splits (kommuneloven § 11-4)."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.personstemmer import (
    Stemmeberettiget,
    begge_sider,
    delte_partier,
    kontroller_personer,
    navnesetning,
    partistemmer_av,
)
from saksbehandling.votering.regelsett import KOMMUNELOVEN_1992, KOMMUNELOVEN_2018

FOR, MOT, BLANK = Stemme.FOR, Stemme.MOT, Stemme.BLANK
SALEN = [Stemmeberettiget(nr, f"Nr {nr}", parti) for nr, parti in enumerate(["Ap", "Ap", "Ap", "H", "H", "SV"], 1)]
INNE = {"Ap": 3, "H": 2, "SV": 1}

ballots = st.lists(st.sampled_from([FOR, MOT]), min_size=6, max_size=6).map(
    lambda votes: dict(zip(range(1, 7), votes, strict=True))
)


@given(ballots)
def test_the_minority_told_by_party_gives_the_tally_that_the_persons_give(votes: dict[int, Stemme]) -> None:
    by_person = partistemmer_av(votes, SALEN)
    for side in (FOR, MOT):
        if by_person.get(side):
            assert begge_sider({side: by_person[side]}, INNE, enstemmig=False) == by_person
    assert Counter(votes.values()) == {vote: sum(tally.values()) for vote, tally in by_person.items()}


@pytest.mark.parametrize(
    ("told", "unanimous", "complete"),
    [
        ({}, True, {FOR: INNE}),
        ({}, False, {}),
        ({MOT: {"SV": 1}}, False, {MOT: {"SV": 1}, FOR: {"Ap": 3, "H": 2}}),
        ({FOR: {"Ap": 1}}, False, {FOR: {"Ap": 1}, MOT: {"Ap": 2, "H": 2, "SV": 1}}),
        ({MOT: INNE}, False, {MOT: INNE}),
        ({MOT: {"SV": 2}}, False, {MOT: {"SV": 2}}),
        ({MOT: {"R": 1}}, False, {MOT: {"R": 1}}),
        ({MOT: {"SV": 1}, BLANK: {"H": 1}}, False, {MOT: {"SV": 1}, BLANK: {"H": 1}, FOR: {"Ap": 3, "H": 1}}),
        ({BLANK: {"H": 1}}, True, {BLANK: {"H": 1}, FOR: {"Ap": 3, "H": 1, "SV": 1}}),
    ],
)
def test_the_side_that_was_not_told_is_whoever_else_is_present(told: dict, unanimous: bool, complete: dict) -> None:
    assert begge_sider(told, INNE, enstemmig=unanimous) == complete


@pytest.mark.parametrize(
    ("votes", "inhabile", "says"),
    [
        (dict.fromkeys(range(1, 7), FOR), (), []),
        (dict.fromkeys(range(1, 8), FOR), (), ["Nr 7 er ikke ført som til stede"]),
        (dict.fromkeys(range(1, 8), FOR), (7,), ["Nr 7 er inhabil"]),
        (dict.fromkeys(range(1, 6), FOR), (), ["1 til stede mangler stemme: Nr 6"]),
        (dict.fromkeys(range(3, 8), FOR), (7,), ["Nr 7 er inhabil", "2 til stede mangler stemme: Nr 1, Nr 2"]),
    ],
)
def test_exactly_those_present_and_not_inhabile_vote(
    votes: dict[int, Stemme], inhabile: tuple[int, ...], says: list[str]
) -> None:
    navn = {nr: f"Nr {nr}" for nr in range(1, 8)}
    reasons = kontroller_personer(votes, SALEN, navn, inhabile, KOMMUNELOVEN_2018)
    assert len(reasons) == len(says)
    for reason, words in zip(reasons, says, strict=True):
        assert words in reason.text
        assert reason.hjemmel


def test_a_party_is_split_when_its_members_differ() -> None:
    assert delte_partier({FOR: {"Ap": 2, "H": 2}, MOT: {"Ap": 1, "SV": 1}}) == ("Ap",)
    assert delte_partier({FOR: {"Ap": 2, "H": 2}, MOT: {"SV": 1}}) == ()


def test_names_stand_in_the_minutes_where_a_party_splits_and_the_law_asks() -> None:
    votes = {1: MOT, 2: FOR, 3: FOR, 4: FOR, 5: FOR, 6: MOT}
    told = navnesetning(votes, SALEN, MOT, KOMMUNELOVEN_2018)
    assert told == "Fra partier som delte seg, stemte disse med mindretallet: Nr 1 (Ap)."
    assert navnesetning(votes, SALEN, MOT, KOMMUNELOVEN_1992) == ""
    assert navnesetning(votes | {1: FOR}, SALEN, MOT, KOMMUNELOVEN_2018) == ""
