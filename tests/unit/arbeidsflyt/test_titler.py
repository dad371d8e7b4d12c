"""Nothing that a definition names lacks a title."""

from __future__ import annotations

import pytest

from saksbehandling.arbeidsflyt.titler import FORMAAL, TILLATELSER, VILKAAR
from saksbehandling.vakter import VAKTER
from saksbehandling.workflow_engine.chart import Chart, Titler
from saksbehandling.workflow_engine.expressions import Guard, walk
from saksbehandling.workflow_engine.registry import Registry

CHARTS = Registry.load().charts()
NAMED = [title for table in (TILLATELSER, VILKAAR, FORMAAL) for title in table.values()]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_every_managed_permission_and_every_guard_of_a_definition_has_a_title(chart: Chart) -> None:
    guards = {part.name for cond, _ in chart.conditions for part in walk(cond) if isinstance(part, Guard)}
    assert set(chart.forvaltede) <= TILLATELSER.keys()
    assert guards <= VILKAAR.keys()
    assert chart.id in FORMAAL


def test_every_registered_guard_has_a_title_and_no_title_is_left_over() -> None:
    assert VAKTER.keys() == VILKAAR.keys()
    assert TILLATELSER.keys() == {name for chart in CHARTS for name in chart.forvaltede}


@pytest.mark.parametrize("title", NAMED, ids=lambda title: title.nb)
def test_titles_are_whole_in_all_languages_and_ask_for_the_same_arguments(title: Titler) -> None:
    texts = (title.nb, title.nn, title.en)
    assert all(text.strip() == text and text for text in texts)
    assert len({text.count("{") for text in texts}) == 1
