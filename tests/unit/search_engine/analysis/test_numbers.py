from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksbehandling.search_engine.analysis import date_term, numbers_in, parse_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("87/19", ("87/19",)),
        ("PS 87/19", ("87/19",)),
        ("PS 0087/19", ("87/19",)),
        ("PS0087/19", ("87/19",)),
        ("sak 87/2019", ("87/19",)),
        ("087/2019", ("87/19",)),
        ("19/8286", ("19/8286",)),
        ("2019/8286", ("19/8286",)),
        ("2019/8286-4", ("19/8286-4", "19/8286")),
        ("19/08286-04", ("19/8286-4", "19/8286")),
        ("14/07 og 3/2008", ("14/7", "3/8")),
        ("1/2/3", ()),
        ("ingen tall", ()),
        ("29.08.2019", ()),
    ],
)
def test_a_number_has_one_form(written: str, expected: tuple[str, ...]) -> None:
    assert numbers_in(written) == expected


@settings(deadline=None)
@given(st.integers(1, 99999), st.integers(0, 99), st.integers(0, 3))
def test_padding_and_year_make_no_difference(number: int, year: int, zeros: int) -> None:
    short = numbers_in(f"{number}/{year:02}")
    assert numbers_in(f"PS {'0' * zeros}{number}/20{year:02}") == short or len(str(number)) + zeros > 7


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("29.08.2019", dt.date(2019, 8, 29)),
        ("29.8.19", dt.date(2019, 8, 29)),
        ("29. 8. 2019", dt.date(2019, 8, 29)),
        ("2019-08-29", dt.date(2019, 8, 29)),
        ("31.02.2019", None),
        ("2019-13-01", None),
        ("29.8.0000", None),
        ("i går", None),
    ],
)
def test_dates(written: str, expected: dt.date | None) -> None:
    assert parse_date(written) == expected


@settings(deadline=None)
@given(st.dates(), st.dates())
def test_day_terms_sort_as_days_do(first: dt.date, second: dt.date) -> None:
    assert (date_term(first) < date_term(second)) == (first < second)
    assert len(date_term(first)) == 8
