"""Seats by d'Hondt, against the plain way: hand out one seat at a time (kommuneloven § 7-6)."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.valg.dhondt import fordel

NAMES = "ABC"


def naive(stemmer: dict[str, int], plasser: int, lodd: tuple[str, ...]) -> dict[str, int]:
    """One seat at a time to the highest votes / (seats + 1), then most votes, then the lot."""
    seats = dict.fromkeys(stemmer, 0)
    for _ in range(plasser):
        best = max(
            (navn for navn in stemmer if stemmer[navn]),
            key=lambda navn: (stemmer[navn] / (seats[navn] + 1), stemmer[navn], -lodd.index(navn)),
        )
        seats[best] += 1
    return seats


def test_every_small_election_equals_the_naive_one() -> None:
    for votes in product(range(7), repeat=3):
        if not any(votes):
            continue
        stemmer = dict(zip(NAMES, votes, strict=True))
        for plasser in range(1, 6):
            outcomes = [naive(stemmer, plasser, lodd) for lodd in permutations(NAMES)]
            for lodd, ventet in zip(permutations(NAMES), outcomes, strict=True):
                assert fordel(stemmer, plasser, lodd).plasser == ventet, (stemmer, plasser, lodd)
            without = fordel(stemmer, plasser)
            depends = any(other != outcomes[0] for other in outcomes)
            assert bool(without.lodd_mellom) == depends, (stemmer, plasser)


@given(st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.integers(1, 100), min_size=1), st.integers(1, 25))
def test_all_seats_are_given_and_more_votes_never_give_fewer(stemmer: dict[str, int], plasser: int) -> None:
    seats = fordel(stemmer, plasser, sorted(stemmer)).plasser
    assert sum(seats.values()) == plasser
    for one, other in product(stemmer, repeat=2):
        if stemmer[one] > stemmer[other]:
            assert seats[one] >= seats[other]


@pytest.mark.parametrize(
    ("stemmer", "plasser", "ventet", "lodd"),
    [
        ({"Ap": 28, "H": 14, "MDG": 5, "SV": 4}, 7, {"Ap": 5, "H": 2, "MDG": 0, "SV": 0}, ()),
        ({"Ap": 30, "H": 20, "Sp": 10}, 6, {"Ap": 3, "H": 2, "Sp": 1}, ()),
        ({"Ap": 6, "H": 3}, 2, {"Ap": 2, "H": 0}, ()),  # 6/2 = 3/1: most votes first
        ({"Ap": 5, "H": 5}, 2, {"Ap": 1, "H": 1}, ()),
        ({"Ap": 5, "H": 5}, 3, {}, ("Ap", "H")),
        ({"Ap": 5, "H": 0}, 3, {"Ap": 3, "H": 0}, ()),
    ],
)
def test_known_elections(stemmer: dict[str, int], plasser: int, ventet: dict[str, int], lodd: tuple[str, ...]) -> None:
    fordeling = fordel(stemmer, plasser)
    assert (dict(fordeling.plasser), fordeling.lodd_mellom) == (ventet, lodd)
