"""The way that a case has gone through its definition: which states it has been in, and which transitions it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saksbehandling.workflow_engine.chart import Chart, Transition, frozen_map
from saksbehandling.workflow_engine.interpreter import entered
from saksbehandling.workflow_engine.route import HistoryRow


@dataclass(frozen=True, slots=True)
class Path:
    """`visits`: how many times each state was entered. `taken`: how many times each transition was, by its order."""

    visits: Mapping[str, int]
    taken: Mapping[int, int]


def path_of(chart: Chart, rows: Iterable[HistoryRow]) -> Path:
    """What the history of a case says of its way, oldest row first.

    A row tells the event and the states before and after. The transitions are those that answer the event there and
    lead to where the case then was; after them those that need no event, on the way from one state to the other.
    """
    visits: Counter[str] = Counter()
    taken: Counter[int] = Counter()
    for row in rows:
        before, after = chart.expand(row.fra.split()), chart.expand(row.til.split())
        ways = list(_answers(chart, row.hendelse, before, after))
        visits.update(after - before)
        visits.update(name for way in ways for name in entered(chart, way) & before if way.targets)
        taken.update(way.order for way in ways)
    return Path(frozen_map(visits.items()), frozen_map(taken.items()))


def _answers(chart: Chart, event: str, before: frozenset[str], after: frozenset[str]) -> Iterable[Transition]:
    passed = set(before)
    for way in _innermost(chart, [way for way in _from(chart, before) if way.matches(event)], after):
        yield way
        passed |= entered(chart, way) if way.targets else set()
        yield from _at_once(chart, passed - before, after)


def _from(chart: Chart, active: Iterable[str]) -> list[Transition]:
    return [way for name in chart.in_order(active) for way in chart.states[name].transitions]


def _innermost(chart: Chart, ways: list[Transition], after: frozenset[str]) -> Iterable[Transition]:
    """Of those that lead to `after`, or to what goes on at once, the first of each innermost state that has one."""
    fitting = [way for way in ways if _leads(chart, way, after)]
    seen: set[str] = set()
    for way in fitting:
        deeper = any(other.source in chart.states[way.source].descendants for other in fitting)
        if way.source not in seen and not deeper:
            seen.add(way.source)
            yield way


def _leads(chart: Chart, way: Transition, after: frozenset[str]) -> bool:
    if not way.targets:
        return way.source in after
    return any(chart.states[name].id in after for name in _real(chart, way)) or _passes(chart, way)


def _real(chart: Chart, way: Transition) -> Iterable[str]:
    """The targets; for a history state the state that it is in, since the case comes back to something there."""
    for target in way.targets:
        state = chart.states[target]
        yield state.id if state.kind != "history" else state.ancestors[0]


def _passes(chart: Chart, way: Transition) -> bool:
    return any(not onward.events for onward in _from(chart, entered(chart, way)))


def _at_once(chart: Chart, passed: frozenset[str] | set[str], after: frozenset[str]) -> Iterable[Transition]:
    """The transitions without events by which the case left what it only passed."""
    for way in _from(chart, passed):
        if not way.events and way.source not in after and all(name in after for name in _real(chart, way)):
            yield way
