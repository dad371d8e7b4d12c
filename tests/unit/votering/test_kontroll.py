"""Everything that can be wrong with the registration of a ballot."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.kontroll import kontroller_votering, minste_antall
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.values import Objekt, Organ, Voteringsdata

PLASSER = {"Ap": 10, "H": 7, "SV": 3, "R": 1}
STYRET = Organ("Kommunestyret", 21, PLASSER)
ETT = Voteringsdata(1, Voteringsform.FOR_MOT, (Objekt(forslag=("P1",)),))


def reasons(per_parti: dict[str, int] | None = None, organ: Organ = STYRET, **facts: Any) -> list[str]:
    found = kontroller_votering(replace(ETT, **facts), organ, LOVEN, per_parti)
    assert all(reason.hjemmel and reason.felt and reason.text.endswith(".") for reason in found)
    return [reason.text for reason in found]


def mot(**tally: int) -> dict[Stemme, dict[str, int]]:
    return {Stemme.MOT: tally}


@pytest.mark.parametrize(
    "facts",
    [
        {"enstemmig": True},
        {"enstemmig": True, "til_stede": 21},
        {"stemmer_mot": 4, "partistemmer": mot(SV=3, R=1)},
        {"stemmer_mot": 4, "stemmer_for": 17, "til_stede": 21},
        {"stemmer_for": 3, "partistemmer": {Stemme.FOR: {"SV": 3}}},
        {"stemmer_mot": 15, "til_stede": 21},
        {"enstemmig": True, "til_stede": 11},
        {"stemmer_for": 6, "stemmer_mot": 6, "moeteleders_stemme": Stemme.MOT},
        {"stemmer_for": 8, "stemmer_mot": 4, "blanke": 2, "til_stede": 14, "valg": True},
        {"stemmer_for": 6, "stemmer_mot": 6, "valg": True},
        {"form": Voteringsform.ENIGHET},
        {"form": Voteringsform.PROEVE, "stemmer_for": 2, "stemmer_mot": 3},
        {"form": Voteringsform.PROEVE},
        {"enstemmig": True, "personstemmer": {"Kari Lie": Stemme.FOR}},
    ],
)
def test_a_sound_ballot_has_no_reasons(facts: dict[str, Any]) -> None:
    assert reasons(**facts) == []


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"stemmer_mot": 13, "til_stede": 12}, "13 stemmer er ført, men bare 12"),
        ({"stemmer_for": 9, "stemmer_mot": 4, "til_stede": 12}, "13 stemmer er ført, men bare 12"),
        ({"stemmer_for": 9, "stemmer_mot": 4, "til_stede": 15}, "2 av 15 til stede mangler stemme"),
        ({"enstemmig": True, "stemmer_for": 12, "til_stede": 15}, "3 av 15 til stede mangler stemme"),
        ({"stemmer_mot": 4, "partistemmer": mot(SV=4)}, "SV har 3 plasser i Kommunestyret, men er ført med 4"),
        ({"stemmer_mot": 2, "partistemmer": mot(PP=2)}, "PP har 0 plasser"),
        ({"stemmer_mot": 5, "partistemmer": mot(SV=3, R=1)}, "til sammen 4 stemmer .mot., men det er oppgitt 5"),
        ({"til_stede": 10, "stemmer_mot": 1}, "ikke vedtaksført: 10 stemte, og minst 11"),
        ({"stemmer_for": 7, "stemmer_mot": 3}, "ikke vedtaksført"),
        ({"til_stede": 22, "stemmer_mot": 1}, "22 er ført til stede, men Kommunestyret har 21 plasser"),
        ({"enstemmig": True, "stemmer_mot": 2}, "ført som enstemmig, men 2 stemte mot"),
        ({"stemmer_mot": -1}, "mindre enn null"),
        ({"til_stede": -1}, "mindre enn null"),
        ({"stemmer_mot": 0, "partistemmer": mot(SV=0)}, "SV er ført med 0 stemmer"),
        ({"form": Voteringsform.ALTERNATIV, "stemmer_per_objekt": (15, -1)}, "mindre enn null"),
        ({"stemmer_for": 12, "stemmer_mot": 3, "blanke": 1}, "blanke stemmer bare gis ved valg"),
        ({"stemmer_for": 6, "stemmer_mot": 6}, "møtelederens egen stemme avgjør"),
        ({"enstemmig": True, "moeteleders_stemme": Stemme.BLANK}, "Møtelederen kan ikke stemme blankt"),
        ({}, "Stemmetallene mangler"),
        ({"til_stede": 20, "valg": True}, "Stemmetallene mangler"),
        ({"stemmer_mot": 11}, "kan ikke være et mindretall"),
        ({"form": Voteringsform.ENIGHET, "stemmer_mot": 1}, "Enighet uten votering"),
        ({"form": Voteringsform.ALTERNATIV, "stemmer_per_objekt": (15, 3)}, "Hvert alternativ"),
        ({"stemmer_mot": 1, "personstemmer": {"A": Stemme.MOT, "B": Stemme.MOT}}, "2 personer .* oppgitt 1"),
    ],
)
def test_each_fault_is_the_only_reason(facts: dict[str, Any], says: str) -> None:
    [reason] = reasons(**facts)
    assert re.search(says, reason)


def test_attendance_of_the_parties_goes_before_their_seats() -> None:
    present = {"Ap": 8, "H": 5, "SV": 4}
    assert reasons(present, stemmer_mot=4, partistemmer=mot(SV=4), til_stede=17) == []
    [reason] = reasons(present, stemmer_mot=9, partistemmer=mot(Ap=9))
    assert reason == "Ap har 8 til stede i Kommunestyret, men er ført med 9 stemmer."
    [reason] = reasons(present, stemmer_mot=1, til_stede=18)
    assert reason == "18 er ført til stede, men frammøtet viser 17 medlemmer."


def test_a_party_is_counted_over_both_sides() -> None:
    both = {Stemme.FOR: {"SV": 2, "Ap": 10}, Stemme.MOT: {"SV": 2}}
    assert reasons(stemmer_for=12, stemmer_mot=2, partistemmer=both) == [
        "SV har 3 plasser i Kommunestyret, men er ført med 4 stemmer."
    ]


def test_every_reason_comes_not_only_the_first() -> None:
    found = reasons(til_stede=10, enstemmig=True, stemmer_mot=12, partistemmer=mot(Ap=11, SV=4))
    assert len(found) == 6


def test_nothing_is_asked_of_a_body_whose_seats_are_unknown() -> None:
    assert reasons(organ=Organ("Ungdomsrådet"), stemmer_mot=400, partistemmer=mot(Ap=400)) == []


@pytest.mark.parametrize(("plasser", "expected"), [(67, 34), (20, 10), (21, 11), (1, 1), (None, None)])
def test_quorum_is_half_of_the_seats_rounded_up(plasser: int | None, expected: int | None) -> None:
    assert minste_antall(Organ("Utvalget", plasser), LOVEN) == expected


@given(st.fixed_dictionaries({party: st.integers(0, seats) for party, seats in PLASSER.items()}))
def test_any_division_of_a_full_body_that_is_not_a_tie_is_sound(against: dict[str, int]) -> None:
    tally = {party: votes for party, votes in against.items() if votes}
    votes = sum(tally.values())
    assert reasons(til_stede=21, stemmer_for=21 - votes, stemmer_mot=votes, partistemmer={Stemme.MOT: tally}) == []
