"""The course of a meeting, late summonses and cases raised in the meeting, as tables."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from saksbehandling.errors import InvalidInput, Reason
from saksbehandling.moete.kodeverk import Moetehendelse as H
from saksbehandling.moete.kodeverk import Moetestatus as S
from saksbehandling.moete.kodeverk import Oppfoering
from saksbehandling.moete.regelsett import KOMMUNELOVEN_1992, KOMMUNELOVEN_2018, regler_for
from saksbehandling.moete.rules import (
    OVERGANGER,
    Varaplass,
    etter,
    for_sen_innkalling,
    motstand_mot_ny_sak,
    mulige,
    neste_vara,
    oppfoering,
)

MOETE = dt.date(2019, 9, 26)


def test_every_event_moves_the_meeting_or_says_why_not() -> None:
    for status, hendelse in product(S, H):
        svar = etter(status, hendelse)
        if (status, hendelse) in OVERGANGER:
            assert svar is OVERGANGER[status, hendelse]
            assert hendelse in mulige(status)
        else:
            assert isinstance(svar, Reason)
            assert status.value in svar.text


def test_what_is_over_stays_over() -> None:
    assert not mulige(S.AVHOLDT) | mulige(S.AVLYST)
    assert H.AVLYS not in mulige(S.SATT)


@pytest.mark.parametrize(("idag", "sent"), [(19, False), (20, True), (26, True)])
def test_a_summons_is_late_after_its_last_day(idag: int, sent: bool) -> None:
    grunn = for_sen_innkalling(MOETE, MOETE.replace(day=idag), 7, "Reglement § 4", KOMMUNELOVEN_1992)
    assert (grunn is not None) == sent
    if grunn:
        assert grunn.hjemmel == "kommuneloven 1992 § 32; Reglement § 4"
        assert "19.09.2019" in grunn.text


@pytest.mark.parametrize(
    ("til_stede", "mot", "leder", "antall"),
    [
        (9, 0, False, 0),
        (9, 2, False, 0),
        (9, 3, False, 1),
        (10, 3, False, 0),
        (10, 4, False, 1),
        (9, 0, True, 1),
        (9, 4, True, 2),
        (9, 10, False, 1),
        (0, 0, False, 0),
    ],
)
def test_a_third_or_the_chair_stops_a_new_case(til_stede: int, mot: int, leder: bool, antall: int) -> None:
    grunner = motstand_mot_ny_sak(til_stede, mot, moeteleder_mot=leder, regler=KOMMUNELOVEN_2018)
    assert len(grunner) == antall
    assert all(grunn.hjemmel == "kommuneloven § 11-3" for grunn in grunner)


@pytest.mark.parametrize(
    ("status", "maate"),
    [(S.PLANLAGT, Oppfoering.SAKSLISTE), (S.INNKALT, Oppfoering.ETTERSENDT), (S.SATT, Oppfoering.HASTESAK)],
)
def test_how_a_case_came_on_the_agenda(status: S, maate: Oppfoering) -> None:
    assert oppfoering(status) is maate


@pytest.mark.parametrize(
    ("dag", "lov"), [(dt.date(2019, 9, 30), KOMMUNELOVEN_1992), (dt.date(2019, 10, 1), KOMMUNELOVEN_2018)]
)
def test_the_law_is_that_of_the_day(dag: dt.date, lov: object) -> None:
    assert regler_for(dag) is lov


def test_there_is_no_law_before_the_first() -> None:
    with pytest.raises(InvalidInput, match="ingen møteregler for"):
        regler_for(dt.date(1992, 12, 31))


@pytest.mark.parametrize(
    ("gruppe", "opptatt", "neste"),
    [(1, (), 11), (1, (11,), 12), (1, (11, 12), None), (2, (11, 12), 21), (None, (), None)],
)
def test_the_next_substitute_is_the_first_who_is_free(
    gruppe: int | None, opptatt: tuple[int, ...], neste: int | None
) -> None:
    varaer = [Varaplass(12, 1, 2), Varaplass(11, 1, 1), Varaplass(21, 2, 1)]
    funnet = neste_vara(gruppe, varaer, opptatt)
    assert (funnet.id if funnet else None) == neste
