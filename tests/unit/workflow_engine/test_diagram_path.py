"""The way of a case, read from its history."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.diagram_path import path_of
from saksbehandling.workflow_engine.registry import Registry

HEAD = (
    '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" '
    'name="p" sb:versjon="1">'
)


class Row(NamedTuple):
    hendelse: str
    fra: str
    til: str
    dato: dt.date = dt.date(2019, 5, 9)


def politisk_sak() -> Chart:
    return Registry.load().chart("politisk_sak", 1)


def taken(chart: Chart, *rows: Row) -> list[tuple[str, tuple[str, ...], int]]:
    """Source, events and times of the transitions that were taken, in the order of the definition."""
    times = path_of(chart, rows).taken
    return [(way.source, way.events, times[way.order]) for way in chart.transitions if way.order in times]


def test_a_case_that_was_postponed_has_been_in_the_committee_twice() -> None:
    rows = [
        Row("start", "", "utredning"),
        Row("fullfoer_saksframlegg", "utredning", "til_godkjenning"),
        Row("godkjenn", "til_godkjenning", "klar_for_komite"),
        Row("sett_paa_saksliste", "klar_for_komite", "i_komite"),
        Row("behandling.utsatt", "i_komite", "utsatt_i_komite"),
        Row("sett_paa_saksliste", "utsatt_i_komite", "i_komite"),
    ]
    visits = path_of(politisk_sak(), rows).visits
    assert (visits["utredning"], visits["i_komite"], visits["utsatt_i_komite"]) == (1, 2, 1)
    assert "bystyret" not in visits
    assert taken(politisk_sak(), *rows) == [
        ("utredning", ("fullfoer_saksframlegg",), 1),
        ("til_godkjenning", ("godkjenn",), 1),
        ("klar_for_komite", ("sett_paa_saksliste",), 1),
        ("i_komite", ("behandling.utsatt",), 1),
        ("utsatt_i_komite", ("sett_paa_saksliste",), 1),
    ]


def test_an_event_that_moves_nothing_was_still_answered() -> None:
    row = Row("uttalelse.avgitt", "til_uttalelse", "til_uttalelse")
    assert taken(politisk_sak(), row) == [("aapen", ("uttalelse",), 1)]


def chart_of(body: str) -> Chart:
    return compile_chart("p.scxml", f"{HEAD}{body}</scxml>".encode())


def test_of_two_that_could_answer_the_one_that_led_there_did() -> None:
    chart = chart_of(
        '<state id="a"><transition event="x" target="b" cond="ja"/><transition event="x" target="c"/></state>'
        '<state id="b"/><final id="c"/>'
    )
    assert taken(chart, Row("x", "a", "c")) == [("a", ("x",), 1)]
    (order,) = path_of(chart, [Row("x", "a", "c")]).taken
    assert next(way for way in chart.transitions if way.order == order).targets == ("c",)


def test_what_goes_on_at_once_is_part_of_the_way() -> None:
    chart = chart_of(
        '<state id="a"><transition event="x" target="b"/></state><state id="b"><transition target="c"/></state>'
        '<final id="c"/>'
    )
    assert taken(chart, Row("x", "a", "c")) == [("a", ("x",), 1), ("b", (), 1)]


def test_a_way_back_through_history_counts() -> None:
    chart = chart_of(
        '<state id="a"><history id="h"><transition target="a1"/></history><state id="a1"/><state id="a2"/>'
        '<transition event="ut" target="b"/></state><state id="b"><transition event="inn" target="h"/></state>'
        '<final id="c"/>'
    )
    rows = [Row("ut", "a2", "b"), Row("inn", "b", "a2")]
    assert taken(chart, *rows) == [("a", ("ut",), 1), ("b", ("inn",), 1)]


def test_both_branches_of_a_parallel_answer() -> None:
    chart = chart_of(
        '<parallel id="p">'
        '<state id="a"><state id="a1"><transition event="x" target="a2"/></state><state id="a2"/></state>'
        '<state id="b"><state id="b1"><transition event="x" target="b2"/></state><state id="b2"/></state></parallel>'
        '<final id="c"/>'
    )
    assert taken(chart, Row("x", "a1 b1", "a2 b2")) == [("a1", ("x",), 1), ("b1", ("x",), 1)]


def test_a_case_without_history_has_been_nowhere() -> None:
    path = path_of(politisk_sak(), [])
    assert not path.visits
    assert not path.taken
