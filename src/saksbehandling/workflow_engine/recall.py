"""Remembers what the interpreter found out, so that a definition is not worked through again for each of its cases.

Where an event leads depends on nothing but the definition, where the case stands, who asks, and what the guards
answer. So the guards are asked each time, in the interpreter's own order, and a walk that has been taken before ends
where it ended then. Refusals are not remembered: their reasons are the guards' own words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from saksbehandling.workflow_engine import interpreter
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.expressions import Guard, GuardCheck, Reasons
from saksbehandling.workflow_engine.interpreter import Configuration, Effect, Event, Impossible, Moved, Refused

LIMIT = 20_000  # situations remembered; a municipality has some hundreds

Kept = Mapping[str, Any] | None


class Standing(Protocol):
    """Where a case stands, as it is stored: a `Flyt`, or a row with its columns."""

    @property
    def aktive(self) -> str: ...
    @property
    def historikkverdier(self) -> Kept: ...


@dataclass(frozen=True, slots=True)
class Step:
    """Where an event leads, in the form that is stored. Shared by all who take it, and never changed."""

    aktive: str
    historikkverdier: Kept
    effects: tuple[Effect, ...]


@dataclass(slots=True)
class _Question:
    """What the interpreter asked at this point, and what came after each answer that has been given."""

    guard: Guard
    after: dict[bool, _Question | Step] = field(default_factory=dict)


class Recall:
    """For the definitions of one registry."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], _Question | Step] = {}

    def fire(
        self, chart: Chart, standing: Standing, event: str, guards: GuardCheck, roles: Collection[str]
    ) -> Step | Refused | Impossible:
        """Like `interpreter.fire`, on the stored form."""
        key = (chart, standing.aktive, as_key(standing.historikkverdier), event, frozenset(roles))
        answers: list[Reasons] = []
        found = self._known.get(key)
        while isinstance(found, _Question):
            answers.append(guards(found.guard))
            found = found.after.get(not answers[-1])
        return found or self._interpret(key, chart, standing, answers, guards)

    def _interpret(
        self, key: tuple[Any, ...], chart: Chart, standing: Standing, answers: list[Reasons], guards: GuardCheck
    ) -> Step | Refused | Impossible:
        """Let the interpreter find out. `answers`: those that the guards have given already."""
        given, asked = iter(answers), list[tuple[Guard, bool]]()

        def ask(guard: Guard) -> Reasons:
            known = next(given, None)
            reasons = guards(guard) if known is None else known
            asked.append((guard, not reasons))
            return reasons

        _, _, _, event, roles = key
        outcome = interpreter.fire(chart, configuration_of(chart, standing), Event(event), ask, roles)
        if not isinstance(outcome, Moved):
            return outcome
        step = as_step(chart, outcome)
        self._remember(key, asked, step)
        return step

    def _remember(self, key: tuple[Any, ...], asked: list[tuple[Guard, bool]], step: Step) -> None:
        if len(self._known) >= LIMIT:
            self._known.clear()
        here: dict[Any, _Question | Step] = self._known
        place: object = key
        for guard, held in asked:
            question = here.setdefault(place, _Question(guard))
            if isinstance(question, Step):
                raise TypeError(f"{guard} is asked where nothing was asked before.")
            here, place = question.after, held
        here[place] = step


def configuration_of(chart: Chart, standing: Standing) -> Configuration:
    """What the interpreter calls it."""
    history = {name: tuple(states) for name, states in (standing.historikkverdier or {}).items()}
    return Configuration(chart.expand(standing.aktive.split()), history)


def as_step(chart: Chart, moved: Moved) -> Step:
    """What is stored of it."""
    kept = {name: list(states) for name, states in moved.configuration.history.items()}
    return Step(" ".join(chart.leaves(moved.configuration.active)), kept or None, moved.effects)


def as_key(kept: Kept) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What history states remember, as something that can be looked up by."""
    return tuple(sorted((name, tuple(states)) for name, states in kept.items())) if kept else ()
