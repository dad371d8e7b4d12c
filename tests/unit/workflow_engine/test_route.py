from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from saksbehandling.workflow_engine.chart import Chart, Titler
from saksbehandling.workflow_engine.route import route

MakeChart = Callable[..., Chart]

BODY = """
<state id="a" sb:stasjon="alltid"><sb:tittel nb="Først" nn="Først" en="First"/>
  <transition event="e" target="p"/><transition event="stopp" target="stoppet" sb:noedutgang="true"/></state>
<parallel id="p"><transition event="stopp" target="stoppet"/>
  <state id="x" sb:stasjon="alltid"><state id="x1"/><state id="x2" sb:merke="utsatt"/></state>
  <state id="y" sb:stasjon="alltid"/>
</parallel>
<final id="stoppet" sb:stasjon="besoekt"/>
"""


@dataclass
class Row:
    hendelse: str
    fra: str
    til: str
    dato: dt.date


def day(number: int) -> dt.date:
    return dt.date(2024, 1, number)


def test_a_case_without_history_has_its_stations(make_chart: MakeChart) -> None:
    stations = route(make_chart(BODY), [])
    assert [(s.id, s.besoek, s.naa, s.neste) for s in stations] == [
        (name, (), False, False) for name in ("a", "x", "y")
    ]
    assert stations[0].titler == Titler("Først", "Først", "First")


def test_parallel_branches_are_here_at_once(make_chart: MakeChart) -> None:
    rows = [Row("start", "", "a", day(1)), Row("e", "a", "x1 y", day(2))]
    a, x, y = route(make_chart(BODY), rows)
    assert (a.naa, x.naa, y.naa) == (False, True, True)
    assert (a.besoek[0].inn, a.besoek[0].ut, a.besoek[0].hendelse_ut) == (day(1), day(2), "e")
    assert (x.besoek[0].tilstand, x.besoek[0].ut) == ("x1", None)
    assert y.besoek[0].titler == Titler("y", "y", "y")


def test_a_branch_that_stands_still_is_one_stay(make_chart: MakeChart) -> None:
    rows = [Row("e", "a", "x1 y", day(2)), Row("f", "x1 y", "x2 y", day(3)), Row("f", "x2 y", "x1 y", day(4))]
    _, x, y = route(make_chart(BODY), rows)
    assert [(visit.tilstand, visit.merke, visit.inn, visit.ut) for visit in x.besoek] == [
        ("x1", None, day(2), day(3)),
        ("x2", "utsatt", day(3), day(4)),
        ("x1", None, day(4), None),
    ]
    assert len(y.besoek) == 1


def test_what_moves_nothing_is_an_event_of_the_station(make_chart: MakeChart) -> None:
    rows = [Row("start", "", "a", day(1)), Row("notert", "a", "a", day(2))]
    a, x, _ = route(make_chart(BODY), rows)
    assert (a.hendelser, len(a.besoek), x.hendelser) == (((day(2), "notert"),), 1, ())


def test_the_next_stations_leave_out_emergency_exits(make_chart: MakeChart) -> None:
    stations = route(make_chart(BODY.replace("besoekt", "alltid")), [Row("start", "", "a", day(1))])
    assert [s.id for s in stations if s.neste] == ["x", "y"]


def test_some_stations_show_only_once_visited(make_chart: MakeChart) -> None:
    rows = [Row("start", "", "a", day(1)), Row("stopp", "a", "stoppet", day(2))]
    assert [s.id for s in route(make_chart(BODY), rows)] == ["a", "x", "y", "stoppet"]
