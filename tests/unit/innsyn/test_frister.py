"""Deadlines in words and on a line."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import etree

from saksbehandling.clock import OSLO
from saksbehandling.innsyn.figur_frister import fristlinje
from saksbehandling.innsyn.frister import fristord, gjeldende, siste_dag
from saksbehandling.workflow_engine.models import Frist, Friststatus

IDAG = dt.date(2019, 8, 29)


@pytest.mark.parametrize("dag", [dt.date(2019, 3, 31), dt.date(2019, 10, 27), dt.date(2019, 12, 31)])
def test_the_last_day_is_the_one_before_the_moment_it_falls_due(dag: dt.date) -> None:
    forfaller = dt.datetime.combine(dag + dt.timedelta(days=1), dt.time(), OSLO)
    assert siste_dag(forfaller.astimezone(dt.UTC)) == dag


def test_the_line_marks_each_day_once_and_what_is_late_apart() -> None:
    dager = [IDAG - dt.timedelta(days=700), IDAG - dt.timedelta(days=400), IDAG, *[IDAG + dt.timedelta(days=9)] * 2]
    tegnet = etree.fromstring(str(fristlinje(dager, IDAG)))
    merker = tegnet.findall("circle")
    assert [merke.get("data-passert") for merke in merker] == ["ja", "nei", "nei"]
    assert "5" in tegnet.get("aria-label", "")
    assert "2 over fristen" in tegnet.get("aria-label", "")
    assert [float(merke.get("cx", "0")) for merke in merker] == sorted(float(merke.get("cx", "0")) for merke in merker)


@pytest.mark.parametrize("dager", [[], [IDAG], [IDAG, IDAG]])
def test_one_day_needs_no_line(dager: list[dt.date]) -> None:
    assert fristlinje(dager, IDAG) == ""


def frist(tilstand: str, status: Friststatus, dag: int = 1, grunn: str | None = None) -> Frist:
    forfaller = dt.datetime(2019, 9, dag, tzinfo=OSLO)
    return Frist(tilstand=tilstand, navn="svarfrist", forfaller=forfaller, status=status, grunn=grunn)


@pytest.mark.parametrize(
    ("statuser", "vises"),
    [
        ([Friststatus.VENTER], True),
        ([Friststatus.FYRT], False),
        ([Friststatus.KANSELLERT], False),
        ([Friststatus.AVVIST], True),
        ([Friststatus.AVVIST, Friststatus.KANSELLERT], False),
        ([Friststatus.AVVIST, Friststatus.VENTER], True),
    ],
)
def test_the_latest_of_a_deadline_counts(statuser: list[Friststatus], vises: bool) -> None:
    frister = [frist("ute", status) for status in statuser]
    assert gjeldende(frister, {"ute"}) == frister[-1:] * vises


def test_a_refused_deadline_is_shown_until_the_case_goes_on() -> None:
    avvist = frist("ute", Friststatus.AVVIST, 9, "Politiet har ikke svart.\nSaken er på høring.")
    venter = frist("hjemme", Friststatus.VENTER, 2)
    assert gjeldende([avvist, venter], {"ute", "aapen"}) == [venter, avvist]
    assert gjeldende([avvist, venter], {"hjemme"}) == [venter]
    assert fristord(avvist).avvist == "Politiet har ikke svart. Saken er på høring."
    assert fristord(venter).avvist == ""
