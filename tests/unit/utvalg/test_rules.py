"""Which version of a body's settings holds, and how number series are read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from saksbehandling.errors import InvalidInput
from saksbehandling.utvalg.rules import Nummerserie, gjeldende, innkallingsdag, krev_frist, les_serier


@dataclass(frozen=True)
class Versjon:
    navn: str
    gyldig_fra: dt.date


FOER, NY, RETTET = (
    Versjon("a", dt.date(2015, 1, 1)),
    Versjon("b", dt.date(2019, 1, 1)),
    Versjon("c", dt.date(2019, 1, 1)),
)


@pytest.mark.parametrize(
    ("dag", "funnet"),
    [(dt.date(2014, 12, 31), None), (dt.date(2018, 12, 31), FOER), (dt.date(2019, 1, 1), RETTET)],
)
def test_the_newest_that_has_begun_holds(dag: dt.date, funnet: Versjon | None) -> None:
    assert gjeldende([NY, FOER, RETTET], dag) is funnet


def test_the_last_day_of_the_summons() -> None:
    assert innkallingsdag(dt.date(2019, 9, 5), 14) == dt.date(2019, 8, 22)


def test_series_are_read_line_by_line() -> None:
    assert les_serier("PS Politiske saker\n\n RS   Referatsaker ") == [
        Nummerserie("PS", "Politiske saker"),
        Nummerserie("RS", "Referatsaker"),
    ]


@pytest.mark.parametrize(
    ("tekst", "grunn"),
    [("", "minst én"), ("PS", "ikke en nummerserie"), ("ps saker", "ikke en nummerserie"), ("PS a\nPS b", "to ganger")],
)
def test_series_that_cannot_be_read(tekst: str, grunn: str) -> None:
    with pytest.raises(InvalidInput, match=grunn) as feil:
        les_serier(tekst)
    assert feil.value.felt == "nummerserier"


@pytest.mark.parametrize("dager", [None, 91])
def test_a_deadline_that_cannot_be(dager: int | None) -> None:
    with pytest.raises(InvalidInput):
        krev_frist(dager)
    assert krev_frist(0) == 0
