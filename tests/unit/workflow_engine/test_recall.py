"""What is remembered of the interpreter says what the interpreter says, with every answer that the guards can give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from saksbehandling.errors import Reason
from saksbehandling.workflow_engine import interpreter, recall
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.expressions import Guard, Reasons
from saksbehandling.workflow_engine.interpreter import Event, Impossible, Moved
from saksbehandling.workflow_engine.recall import Recall, Step, as_step, configuration_of

MakeChart = Callable[..., Chart]
GUARDS = ("g", "h")
CHART = """
<sb:hendelse navn="gaa" nb="G" nn="G" en="G"/><sb:hendelse navn="pause" nb="P" nn="P" en="P"/>
<sb:hendelse navn="fram" nb="F" nn="F" en="F"/>
<state id="arbeid"><history id="minne"><transition target="a"/></history>
  <transition event="pause" target="hvile" sb:roller="sjef"/>
  <state id="a"><sb:tittel nb="A" nn="A" en="A"/>
    <transition event="gaa" cond="g and not h" target="b" sb:roller="sjef"/>
    <transition event="gaa" cond="h" target="c" sb:roller="sjef"/></state>
  <state id="b"><sb:tittel nb="B" nn="B" en="B"/><transition event="gaa" target="slutt" sb:roller="skriver"/></state>
  <state id="c"><sb:tittel nb="C" nn="C" en="C"/><transition cond="g" target="b"/>
    <transition event="gaa" target="slutt" sb:roller="sjef"/></state>
</state>
<state id="hvile"><sb:tittel nb="H" nn="H" en="H"/>
  <transition event="fram" target="minne" sb:roller="sjef"/></state>
<final id="slutt"><sb:tittel nb="S" nn="S" en="S"/></final>
"""


@dataclass
class Place:
    aktive: str
    historikkverdier: dict[str, Any] | None = None


@pytest.fixture
def chart(make_chart: MakeChart) -> Chart:
    return make_chart(CHART, name="proeve")


def fresh(chart: Chart, place: Place, event: str, truth: dict[str, bool], roles: set[str]) -> object:
    outcome = interpreter.fire(chart, configuration_of(chart, place), Event(event), answers(truth), roles)
    return as_step(chart, outcome) if isinstance(outcome, Moved) else outcome


def answers(truth: dict[str, bool]) -> Callable[[Guard], Reasons]:
    return lambda guard: () if truth[guard.name] else (Reason(f"{guard.name} mangler."),)


def test_it_is_what_the_interpreter_says(chart: Chart) -> None:
    """Everywhere, for everybody, in every order of the guards' answers; and the second time as the first."""
    memory = Recall()
    places = [Place(state, {"minne": [kept]}) for state in ("a", "b", "c", "hvile") for kept in ("b", "c")]
    truths = [dict(zip(GUARDS, held, strict=True)) for held in product([True, False], repeat=2)]
    asked = list(product([*places, Place("hvile")], ("gaa", "pause", "fram"), truths * 2, ({"sjef"}, {"skriver"})))
    for place, event, truth, roles in asked:
        expected = fresh(chart, place, event, truth, roles)
        assert memory.fire(chart, place, event, answers(truth), roles) == expected
    assert {type(fresh(chart, *each)) for each in asked} == {Step, Impossible, interpreter.Refused}


def test_what_is_known_is_not_interpreted_again_but_the_guards_are_asked(
    chart: Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, asked = Recall(), list[str]()

    def ask(guard: Guard) -> Reasons:
        asked.append(guard.name)
        return answers({"g": True, "h": False})(guard)

    step = memory.fire(chart, Place("a"), "gaa", ask, {"sjef"})
    first_time = asked.copy()
    monkeypatch.setattr(interpreter, "fire", None)
    assert memory.fire(chart, Place("a"), "gaa", ask, {"sjef"}) is step
    assert asked == first_time * 2


def test_a_refusal_has_the_reasons_of_now(chart: Chart) -> None:
    memory = Recall()
    for reason in ("Tom.", "For lang."):
        outcome = memory.fire(chart, Place("a"), "gaa", lambda _guard, reason=reason: (Reason(reason),), {"sjef"})
        assert isinstance(outcome, interpreter.Refused)
        assert Reason(reason) in outcome.reasons


def test_what_is_remembered_is_bounded(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "LIMIT", 3)
    memory = Recall()
    for number in range(10):
        memory.fire(chart, Place("b", {"minne": [f"s{number}"]}), "gaa", answers({}), {"skriver"})
        assert len(memory._known) <= 3
