"""The bodies and their seats."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.demo.seter import ORGANER, PARTIER, PERIODER, fordel, periode_for, seter


@pytest.mark.parametrize("periode", PERIODER)
@pytest.mark.parametrize("utvalg", ORGANER)
def test_seats_of_every_body_sum_to_its_size(utvalg: str, periode: str) -> None:
    assert sum(seter(utvalg, periode).values()) == ORGANER[utvalg].plasser


def test_bystyret_has_67_seats_and_ten_parties_in_conventional_order() -> None:
    assert ORGANER["bystyret"].plasser == 67
    assert seter("bystyret", "2015–2019") == {
        "Ap": 28, "H": 14, "MDG": 5, "SV": 4, "FrP": 4, "V": 4, "PP": 2, "KrF": 2, "Sp": 2, "R": 2,
    }  # fmt: skip
    assert all(list(seter("bystyret", periode)) == list(PARTIER) for periode in PERIODER)


def test_the_councils_are_seated_differently() -> None:
    assert len({tuple(seter("bystyret", periode).values()) for periode in PERIODER}) == len(PERIODER)


@pytest.mark.parametrize(
    ("styrke", "plasser", "ventet"),
    [
        ({"A": 6, "B": 3}, 3, {"A": 2, "B": 1}),
        ({"A": 10, "B": 2}, 3, {"A": 3}),
        ({"A": 4, "B": 2}, 2, {"A": 1, "B": 1}),  # a tie for the last seat goes to the list with fewer
    ],
)
def test_dhondt(styrke: dict[str, int], plasser: int, ventet: dict[str, int]) -> None:
    assert fordel(styrke, plasser) == ventet


@given(st.dictionaries(st.text("ABCDEFG", min_size=1), st.integers(1, 99), min_size=1), st.integers(0, 60))
def test_dhondt_gives_out_every_place_and_more_seats_to_the_stronger(styrke: dict[str, int], plasser: int) -> None:
    faatt = fordel(styrke, plasser)
    assert sum(faatt.values()) == plasser
    for ene, styrke_ene in styrke.items():
        for andre, styrke_andre in styrke.items():
            assert styrke_ene <= styrke_andre or faatt.get(ene, 0) >= faatt.get(andre, 0)


@pytest.mark.parametrize(
    ("dato", "periode"),
    [
        (dt.date(2019, 9, 30), "2015–2019"),
        (dt.date(2019, 10, 1), "2019–2023"),
        (dt.date(2026, 11, 22), "2023–2027"),
    ],
)
def test_period_of_a_date(dato: dt.date, periode: str) -> None:
    assert periode_for(dato) == periode


def test_date_outside_every_period_is_refused() -> None:
    with pytest.raises(ValueError, match="utenfor"):
        periode_for(dt.date(2015, 9, 30))
