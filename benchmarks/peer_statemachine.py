"""A chart of ours for python-statemachine, which has no saving of its own: its active states are kept as words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from statemachine.io import create_machine_class_from_definition
from statemachine.orderedset import OrderedSet

from saksbehandling.workflow_engine.chart import ROOT, Chart, Kind


class Case:
    """What the library calls a model: the active states, and every guard as an attribute that holds."""

    def __init__(self, guards: Collection[str], active: str) -> None:
        self.state = OrderedSet(active.split()) or None
        self.__dict__.update(dict.fromkeys(guards, True))


class Machine:
    """The same nesting, events and conditions. An event that leads nowhere is an error, as it is with us."""

    def __init__(self, chart: Chart, guards: Collection[str]) -> None:
        self._chart = chart
        self._guards = guards
        self._class = create_machine_class_from_definition(
            "PolitiskSak",
            states=_children(chart, ROOT),
            allow_event_without_transition=False,
            catch_errors_as_events=False,
        )

    def start(self) -> tuple[str, str]:
        return self._stored(self._class(Case(self._guards, "")))

    def step(self, event: str, _leaves: str, active: str) -> tuple[str, str]:
        machine = self._class(Case(self._guards, active))
        machine.send(event)
        return self._stored(machine)

    def _stored(self, machine: Any) -> tuple[str, str]:
        active = machine.configuration_values
        return " ".join(self._chart.leaves(active)), " ".join(active)


def _children(chart: Chart, parent: str) -> dict[str, Any]:
    state = chart.states[parent]
    initial = state.initial.targets[0] if state.initial else state.children[0]
    return {child: _state(chart, child, child == initial) for child in state.children}


def _state(chart: Chart, name: str, initial: bool) -> dict[str, Any]:
    state = chart.states[name]
    ways: dict[str, list[dict[str, Any]]] = {}
    for way in state.transitions:
        made = {"target": " ".join(way.targets) or None, "cond": str(way.cond) if way.cond else None}
        for event in way.events:
            ways.setdefault(event, []).append(made)
    definition = {"initial": initial, "final": state.kind is Kind.FINAL, "on": ways}
    return definition | ({"states": _children(chart, name)} if state.children else {})
