"""Which law decides a ballot."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from saksbehandling.errors import InvalidInput
from saksbehandling.votering.regelsett import KOMMUNELOVEN_1992, KOMMUNELOVEN_2018, regler_for


@pytest.mark.parametrize(
    ("dato", "expected"),
    [
        (dt.date(1993, 1, 1), KOMMUNELOVEN_1992),
        (dt.date(2019, 8, 29), KOMMUNELOVEN_1992),
        (dt.date(2019, 9, 30), KOMMUNELOVEN_1992),
        (dt.date(2019, 10, 1), KOMMUNELOVEN_2018),
        (dt.date(2026, 2, 3), KOMMUNELOVEN_2018),
    ],
)
def test_the_law_of_the_day(dato: dt.date, expected: object) -> None:
    assert regler_for(dato) is expected


def test_a_council_that_constituted_later_keeps_the_old_law_until_then() -> None:
    local = (KOMMUNELOVEN_1992, replace(KOMMUNELOVEN_2018, gyldig_fra=dt.date(2019, 10, 24)))
    assert regler_for(dt.date(2019, 10, 10), local) is KOMMUNELOVEN_1992


def test_before_the_first_law_known_there_are_no_rules() -> None:
    with pytest.raises(InvalidInput, match=r"17\.05\.1814"):
        regler_for(dt.date(1814, 5, 17))
