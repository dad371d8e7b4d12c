"""Counts and outcomes of ballots (kommuneloven § 11-9, 1992 § 35)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.telling import Avgjort, avgjoer, er_enstemmig, stemmer_for, stemmer_mot, ute
from saksbehandling.votering.values import Objekt, Voteringsdata

ETT = (Objekt(forslag=("P1",)),)


def votering(form: Voteringsform = Voteringsform.FOR_MOT, **facts: Any) -> Voteringsdata:
    return Voteringsdata(1, form, ETT, **facts)


@pytest.mark.parametrize(
    ("facts", "for_", "mot"),
    [
        ({}, None, None),
        ({"stemmer_mot": 12}, None, 12),
        ({"stemmer_mot": 12, "til_stede": 60}, 48, 12),
        ({"stemmer_for": 5, "til_stede": 60}, 5, 55),
        ({"stemmer_for": 11, "stemmer_mot": 24}, 11, 24),
        ({"partistemmer": {Stemme.MOT: {"V": 3, "KrF": 2}}}, None, 5),
        ({"partistemmer": {Stemme.MOT: {"V": 3}}, "til_stede": 9}, 6, 3),
        ({"stemmer_mot": 4, "partistemmer": {Stemme.MOT: {"V": 3}}}, None, 4),
        ({"enstemmig": True}, None, 0),
        ({"enstemmig": True, "til_stede": 9}, 9, 0),
        ({"stemmer_mot": 2, "blanke": 1, "til_stede": 9, "valg": True}, 6, 2),
        ({"til_stede": 9}, None, None),
    ],
)
def test_votes_are_counted_or_follow_from_attendance_or_are_unknown(
    facts: dict[str, Any], for_: int | None, mot: int | None
) -> None:
    assert (stemmer_for(votering(**facts)), stemmer_mot(votering(**facts))) == (for_, mot)


TIE = {"stemmer_for": 4, "stemmer_mot": 4}


@pytest.mark.parametrize(
    ("facts", "vinner", "ved"),
    [
        ({"enstemmig": True}, 0, Avgjort.ENSTEMMIG),
        ({"stemmer_for": 34, "stemmer_mot": 0}, 0, Avgjort.ENSTEMMIG),
        ({"stemmer_mot": 0}, 0, Avgjort.ENSTEMMIG),
        ({"stemmer_mot": 12}, 0, Avgjort.FLERTALL),
        ({"stemmer_for": 5}, 1, Avgjort.FLERTALL),
        ({"stemmer_for": 0}, 1, Avgjort.FLERTALL),
        ({"stemmer_for": 11, "stemmer_mot": 24}, 1, Avgjort.FLERTALL),
        ({"stemmer_for": 24, "stemmer_mot": 11}, 0, Avgjort.FLERTALL),
        ({"stemmer_mot": 24, "til_stede": 35}, 1, Avgjort.FLERTALL),
        ({"stemmer_for": 3, "stemmer_mot": 2, "blanke": 4, "valg": True}, 0, Avgjort.FLERTALL),
        (TIE, None, Avgjort.UAVGJORT),
        (TIE | {"moeteleders_stemme": Stemme.FOR}, 0, Avgjort.MOETELEDERS_STEMME),
        (TIE | {"moeteleders_stemme": Stemme.MOT}, 1, Avgjort.MOETELEDERS_STEMME),
        (TIE | {"moeteleders_stemme": Stemme.FOR, "valg": True}, None, Avgjort.UAVGJORT),
        ({"stemmer_for": 5, "stemmer_mot": 4, "moeteleders_stemme": Stemme.MOT}, 0, Avgjort.FLERTALL),
        ({}, None, Avgjort.UAVGJORT),
        ({"til_stede": 35}, None, Avgjort.UAVGJORT),
    ],
)
def test_who_won_and_by_what(facts: dict[str, Any], vinner: int | None, ved: Avgjort) -> None:
    for form in (Voteringsform.FOR_MOT, Voteringsform.ALTERNATIV):
        utfall = avgjoer(votering(form, **facts), LOVEN)
        assert (utfall.vinner, utfall.avgjort_ved) == (vinner, ved)
        assert utfall.vedtatt == (vinner == 0)
        assert bool(utfall.begrunnelse) == (vinner is None)


def test_a_tie_in_an_election_needs_lots_and_elsewhere_the_presiding_vote() -> None:
    election = avgjoer(votering(**TIE, valg=True), LOVEN)
    other = avgjoer(votering(**TIE), LOVEN)
    assert "loddtrekning" in election.begrunnelse
    assert election.hjemmel == LOVEN.hjemmel.likhet_valg
    assert "møtelederens" in other.begrunnelse
    assert other.hjemmel == LOVEN.hjemmel.likhet


@pytest.mark.parametrize(
    ("votes", "vinner"), [((18, 10, 7), 0), ((7, 10, 18), 2), ((15, 12, 8), None), ((10, 10, 0), None)]
)
def test_among_several_alternatives_one_needs_more_than_half(votes: tuple[int, ...], vinner: int | None) -> None:
    ballot = votering(Voteringsform.ALTERNATIV, stemmer_per_objekt=votes)
    assert avgjoer(ballot, LOVEN).vinner == vinner
    assert not er_enstemmig(ballot)


@pytest.mark.parametrize(
    ("votes", "gone"),
    [
        ((5, 4, 1), (2,)),
        ((4, 1, 5, 2), (1, 3)),
        ((5, 4, 4), ()),
        ((4, 4, 4), ()),
        ((6, 2, 2, 1), (3,)),
        ((4, 4, 0), (2,)),
    ],
)
def test_after_a_ballot_that_nobody_won_all_but_the_two_first_are_out(
    votes: tuple[int, ...], gone: tuple[int, ...]
) -> None:
    assert ute(votering(Voteringsform.ALTERNATIV, stemmer_per_objekt=votes)) == gone


def test_agreement_needs_no_counts() -> None:
    agreed = votering(Voteringsform.ENIGHET)
    assert avgjoer(agreed, LOVEN).avgjort_ved is Avgjort.ENIGHET
    assert not er_enstemmig(agreed)


@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from(Stemme))
def test_the_presiding_vote_matters_in_a_tie_only(for_: int, mot: int, leder: Stemme) -> None:
    without = avgjoer(votering(stemmer_for=for_, stemmer_mot=mot), LOVEN).vinner
    with_it = avgjoer(votering(stemmer_for=for_, stemmer_mot=mot, moeteleders_stemme=leder), LOVEN).vinner
    assert without == (0 if for_ > mot else 1 if mot > for_ else None)
    assert with_it == without or for_ == mot
