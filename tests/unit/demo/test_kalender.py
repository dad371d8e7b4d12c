"""The meeting calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.demo.kalender import helligdager, moetedatoer, moeter_mellom
from saksbehandling.demo.seter import ORGANER


@pytest.mark.parametrize(
    ("utvalg", "dato"),
    [
        ("bystyret", dt.date(2019, 6, 13)),
        ("bystyret", dt.date(2019, 8, 29)),
        ("finanskomiteen", dt.date(2019, 5, 9)),
        ("finanskomiteen", dt.date(2019, 5, 28)),
        ("mangfoldsraadet", dt.date(2019, 3, 26)),
        ("funksjonsevneraadet", dt.date(2019, 3, 26)),
        ("studentraadet", dt.date(2019, 3, 26)),
        ("ungdommens_bystyre", dt.date(2019, 4, 2)),
        ("bystyret", dt.date(2018, 4, 5)),  # a week after Maundy Thursday
    ],
)
def test_known_meetings_fall_on_the_bodys_days(utvalg: str, dato: dt.date) -> None:
    assert dato in moetedatoer(utvalg, dato.year)


@pytest.mark.parametrize(
    ("aar", "dato"),
    [
        (2019, dt.date(2019, 4, 22)),  # Easter Monday
        (2024, dt.date(2024, 5, 9)),  # Ascension Day
        (2026, dt.date(2026, 5, 25)),  # Whit Monday
        (2026, dt.date(2026, 4, 2)),  # Maundy Thursday
    ],
)
def test_movable_holidays(aar: int, dato: dt.date) -> None:
    assert dato in helligdager(aar)
    assert dato - dt.timedelta(weeks=1) not in helligdager(aar)


@given(st.sampled_from(sorted(ORGANER)), st.integers(2015, 2030))
def test_meetings_are_in_order_on_working_days_outside_july(utvalg: str, aar: int) -> None:
    datoer = moetedatoer(utvalg, aar)
    assert datoer == sorted(set(datoer))
    assert 8 <= len(datoer) <= 24
    for dato in datoer:
        assert dato.year == aar
        assert dato.month != 7
        assert dato.weekday() < 5
        assert dato not in helligdager(aar)


def test_both_ends_of_a_stretch_count() -> None:
    foerste, siste = dt.date(2019, 6, 13), dt.date(2019, 8, 29)
    assert moeter_mellom("bystyret", foerste, siste) == [foerste, siste]
    assert moeter_mellom("bystyret", foerste + dt.timedelta(1), siste - dt.timedelta(1)) == []


def test_unknown_body() -> None:
    with pytest.raises(KeyError):
        moetedatoer("kirkelig_fellesraad", 2019)
