from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.innsyn import datoer

DAY = date(2024, 2, 6)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("write", "spraak", "expected"),
    [
        (datoer.lang_dato, "nb", "tirsdag 6. februar 2024"),
        (datoer.lang_dato, "nn", "tysdag 6. februar 2024"),
        (datoer.lang_dato, "en", "Tuesday 6 February 2024"),
        (datoer.dato, "nb", "6. februar 2024"),
        (datoer.kort_dato, "nb", "06.02.2024"),
        (datoer.kort_dato, "en", "06.02.2024"),
    ],
)
def test_dates(write, spraak, expected):
    assert write(DAY, spraak) == expected


@pytest.mark.parametrize(
    ("til", "expected"),
    [
        (None, "fra 6. februar 2024"),
        (date(2024, 2, 6), "6. februar 2024"),
        (date(2024, 2, 28), "6.–28. februar 2024"),
        (date(2024, 6, 1), "6. februar – 1. juni 2024"),
        (date(2025, 2, 6), "6. februar 2024 – 6. februar 2025"),
    ],
)
def test_periods(til, expected):
    assert datoer.periode(DAY, til) == expected


def test_a_recorded_instant_is_shown_in_oslo_time():
    late = datetime(2024, 7, 31, 22, 30, tzinfo=UTC)
    assert datoer.tidspunkt(late) == "1. august 2024 kl. 00.30"
    assert datoer.tidspunkt(late.replace(tzinfo=None)) == "1. august 2024 kl. 00.30"
    assert datoer.kort_dato(late) == "01.08.2024"


def test_a_wall_time_stands_as_it_is():
    assert datoer.klokkeslett(time(18, 0)) == "kl. 18.00"
    assert datoer.klokkeslett(time(18, 0), "en") == "18:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DAY, "i dag"),
        (date(2024, 2, 7), "i morgen"),
        (date(2024, 2, 5), "i går"),
        (date(2024, 2, 9), f"om 3{NBSP}dager"),
        (date(2024, 1, 25), f"for 12{NBSP}dager siden"),
    ],
)
def test_distance_in_days(day, expected):
    assert datoer.om_dager(day, DAY) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, f"0{NBSP}stemmer"), (1, f"1{NBSP}stemme"), (2, f"2{NBSP}stemmer"), (1234, f"1{NBSP}234{NBSP}stemmer")],
)
def test_counts_take_the_word_that_fits(count, expected):
    assert datoer.antall(count, "stemme", "stemmer") == expected


def test_decimals_have_a_comma():
    assert datoer.tall(12345.5) == f"12{NBSP}345,5"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_the_short_date_holds_the_whole_date(day):
    assert datetime.strptime(datoer.kort_dato(day), "%d.%m.%Y").replace(tzinfo=UTC).date() == day


@pytest.mark.parametrize("name", datoer.FILTRE)
def test_every_filter_can_be_called_in_the_way_templates_do(name):
    argument = {"tall": 5, "antall": 5, "klokkeslett": time(9)}.get(name, datetime(2024, 1, 1, tzinfo=UTC))
    more = {"antall": ("sak", "saker"), "om_dager": (DAY,)}.get(name, ())
    assert datoer.FILTRE[name](argument, *more)
