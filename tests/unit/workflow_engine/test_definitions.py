"""What holds for every shipped definition, beside what the verifier sees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from saksbehandling.vakter import VAKTER
from saksbehandling.workflow_engine.chart import Chart, Titler
from saksbehandling.workflow_engine.expressions import Guard, walk
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.schema import Felttype

DEFINITIONS = Registry.load()
CHARTS = {chart.id: chart for chart in DEFINITIONS.charts()}


def titles(chart: Chart) -> Iterator[Titler | None]:
    yield chart.titler
    yield from chart.roller.values()
    yield from chart.hendelser.values()
    yield from (state.titler for state in chart.states.values() if state.titler)
    for felt in DEFINITIONS.form(chart).felter:
        yield felt.titler
        yield from (title for _, title in felt.valg)


@pytest.mark.parametrize("name", CHARTS)
def test_every_title_is_in_three_languages(name: str) -> None:
    for title in titles(CHARTS[name]):
        assert title is not None
        assert all(text == text.strip() and text for text in (title.nb, title.nn, title.en))


def test_later_versions_of_the_product_leave_numbers_to_the_municipality() -> None:
    assert [chart.id for chart in DEFINITIONS.charts() if chart.versjon > 1 and chart.versjon % 100] == []


@pytest.mark.parametrize("name", CHARTS)
def test_the_law_is_named(name: str) -> None:
    chart = CHARTS[name]
    named = {state.hjemmel for state in chart.states.values()} | {way.hjemmel for way in chart.transitions}
    assert named - {None} or name == "etatsuttalelse"  # its law is that of the case that asks


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_every_deadline_says_where_its_length_comes_from(name: str) -> None:
    chart = CHARTS[name]
    for state in chart.states.values():
        for frist in state.frister:
            assert DEFINITIONS.kilde(chart, state.id, frist.navn), f"{name}: {frist.navn}"


def test_a_hearing_lasts_six_weeks_and_nobody_can_end_it_sooner() -> None:
    hearing = CHARTS["reguleringsplan"].states["hoering"]
    assert [frist.dager for frist in hearing.frister] == [42]
    leaving = [way for way in hearing.transitions if way.targets and way.targets != ("hoering",)]
    assert [(way.events, set(way.roller)) for way in leaving] == [(("frist.hoering",), {"system"})]


@pytest.mark.parametrize("name", CHARTS)
def test_guards_compare_with_choices_that_the_form_has(name: str) -> None:
    chart = CHARTS[name]
    fields = {felt.navn: felt for felt in DEFINITIONS.form(chart).felter}
    kinds = {"ja": Felttype.JA_NEI, "valgt": Felttype.VALG, "minst": Felttype.TALL, "minst_prosent": Felttype.TALL}
    for condition, _ in chart.conditions:
        for guard in walk(condition):
            if not isinstance(guard, Guard) or guard.name not in kinds:
                continue
            felt = fields[str(guard.args[0])]
            assert felt.type is kinds[guard.name]
            assert guard.name != "valgt" or guard.args[1] in dict(felt.valg)


def test_an_enquiry_may_start_a_case_of_its_own() -> None:
    kinds = CHARTS["henvendelse"].states["fordelt"].delsaker
    assert set(kinds) == {"politisk_sak", "innbyggerforslag", "skjenkebevilling", "reguleringsplan"}


def test_every_guard_of_the_case_types_is_used() -> None:
    used = {
        part.name
        for chart in CHARTS.values()
        for condition, _ in chart.conditions
        for part in walk(condition)
        if isinstance(part, Guard)
    }
    assert used == VAKTER.keys()
