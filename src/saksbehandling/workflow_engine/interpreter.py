"""The SCXML algorithm (W3C, appendix D) as a pure function: configuration and event in, configuration out.

No session, no clock. What the outside has to do comes back as effects, in order. The guards are asked through a
callable, so the same code decides what may happen (`select`) and lets it happen (`fire`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from saksbehandling.errors import Reason, SetupError
from saksbehandling.workflow_engine.chart import (
    ROOT,
    SYSTEM,
    Action,
    Cancel,
    Chart,
    Content,
    Deadline,
    If,
    Kind,
    Raise,
    SendDelayed,
    SendParent,
    State,
    Transition,
    frozen_map,
)
from saksbehandling.workflow_engine.expressions import Expression, GuardCheck, Reasons, World, failures

MAX_MICROSTEPS = 500

Memory = Mapping[str, tuple[str, ...]]  # history state to the states it remembers


@dataclass(frozen=True, slots=True)
class Event:
    """`kind`: "external", "internal" (raised by the definition) or "platform" (by the interpreter)."""

    name: str
    data: Any = field(default_factory=frozen_map)
    kind: str = "external"


class ContentFault(Exception):
    """Content could not be executed: what is left of its block is dropped, and `event` tells about it (SCXML 4.1)."""

    def __init__(self, event: Event) -> None:
        super().__init__(event.name)
        self.event = event


class DataModel:
    """What SCXML leaves to the data model of a definition. This one holds nothing and does nothing."""

    def failures(self, cond: Expression, run: Run) -> Reasons:
        """Why `cond` does not hold; empty when it holds."""
        raise NotImplementedError

    def execute(self, content: Content, run: Run) -> None:
        """Execute content that the interpreter does not know. Raises `ContentFault`."""
        raise NotImplementedError

    def receive(self, event: Event, run: Run) -> None:
        """`event` is the current one, and the transitions for it will be chosen now."""

    def entered(self, state: State, run: Run) -> None:
        """`state` is active, and its `onentry` comes now."""

    def left(self, state: State, run: Run) -> None:
        """The `onexit` of `state` is over."""

    def done(self, final: State, run: Run) -> Any:
        """The data of the event that tells that the parent of `final` is done."""

    def rest(self, run: Run) -> None:
        """Nothing is left to do before the next external event, unless this raises an internal one."""


class Guarded(DataModel):
    """The product's data model, which is closed: named guards, and no content but what the interpreter knows."""

    def __init__(self, guards: GuardCheck) -> None:
        self._guards = guards

    def failures(self, cond: Expression, run: Run) -> Reasons:
        return failures(cond, World(self._guards, run.active.__contains__, run.chart.title))


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where a case is. `active`: every active state but the root. `history`: history state to what it remembers.

    `data` belongs to the case and passes through unchanged.
    """

    active: frozenset[str]
    history: Memory = field(default_factory=frozen_map)
    data: Mapping[str, Any] = field(default_factory=frozen_map)


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """Set a deadline of a state."""

    state: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class CancelDeadlines:
    """Take back the deadlines of a state that was left; of every state and delay when `state` is None."""

    state: str | None


Effect = SendParent | SendDelayed | Cancel | SetDeadline | CancelDeadlines


@dataclass(frozen=True, slots=True)
class Moved:
    """The event was taken. `transitions`: all that were, in order. `finished`: the case has reached its end."""

    configuration: Configuration
    effects: tuple[Effect, ...]
    transitions: tuple[Transition, ...]
    finished: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """There are transitions for the event here, but none is allowed. `reasons`: every one, each once."""

    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Impossible:
    """The event has no transition in this configuration."""


Outcome = Moved | Refused | Impossible


def start(chart: Chart, guards: GuardCheck, data: Mapping[str, Any] | None = None) -> Moved:
    """Enter the definition's initial states and run until it is stable."""
    return Run(chart, Configuration(frozenset(), data=data or {}), Guarded(guards)).begin()


def fire(
    chart: Chart, configuration: Configuration, event: Event, guards: GuardCheck, roles: Collection[str] = (SYSTEM,)
) -> Outcome:
    """Let someone with `roles` fire `event`: one macrostep, until no transition is left that needs no event."""
    run = Run(chart, configuration, Guarded(guards))
    selection = run.select(event.name, roles)
    if not selection.transitions:
        return Refused(selection.reasons) if selection.known else Impossible()
    run.microstep(selection.transitions)
    return run.to_rest()


def select(
    chart: Chart, configuration: Configuration, event: str, guards: GuardCheck, roles: Collection[str]
) -> Selection:
    """Which transitions the event would take first, without taking them."""
    return Run(chart, configuration, Guarded(guards)).select(event, roles)


@dataclass(frozen=True, slots=True)
class Selection:
    """`known`: whether the event has a transition here at all. `reasons`: why those not taken are not allowed."""

    transitions: tuple[Transition, ...]
    reasons: Reasons
    known: bool


def role_reasons(chart: Chart, transition: Transition, roles: Collection[str]) -> Reasons:
    """Why none of `roles` may take the transition; empty when one may."""
    if not transition.roller.isdisjoint(roles):
        return ()
    people = sorted(chart.roller[role].nb for role in transition.roller if role != SYSTEM)
    if not people:
        return (Reason("Dette skjer av seg selv, og kan ikke gjøres for hånd."),)
    return (Reason(f"Rollen din kan ikke gjøre dette. Det kan bare: {', '.join(people)}."),)


class Run:
    """One macrostep in the making: the only thing here that changes. Used once; a data model sees it meanwhile."""

    def __init__(self, chart: Chart, configuration: Configuration, model: DataModel) -> None:
        self.chart = chart
        self.active = set(configuration.active)
        self._states = chart.states
        self._history = dict(configuration.history)
        self._data = configuration.data
        self._model = model
        self._queue: deque[Event] = deque()
        self._effects: list[Effect] = []
        self._taken: list[Transition] = []
        self._finished = any(chart.is_end(state) for state in self.active)

    def begin(self) -> Moved:
        """Enter the initial states, and run to rest."""
        initial = self._states[ROOT].initial
        if initial is not None:
            self._enter([(initial, ROOT)])
        return self.to_rest()

    def take(self, event: Event) -> Moved:
        """Take an external event, also one without transitions here, and run to rest."""
        self._model.receive(event, self)
        self.microstep(self._select(event.name))
        return self.to_rest()

    def stop(self) -> Moved:
        """End the case where it stands: everything active is left, the innermost first."""
        configuration = Configuration(frozenset(self.active), frozen_map(self._history.items()), self._data)
        for name in self.chart.in_order(self.active)[::-1]:
            self._leave(self._states[name])
        self._effects.append(CancelDeadlines(None))
        return Moved(configuration, tuple(self._effects), tuple(self._taken), True)

    def put(self, event: Event) -> None:
        """Put an internal event in the queue."""
        self._queue.append(event)

    def to_rest(self) -> Moved:
        """Take the transitions without event and those of internal events until none is left."""
        for _ in range(MAX_MICROSTEPS):
            if self._finished:
                return self.stop()
            transitions = self._select(None)
            if not transitions:
                if not self._queue:
                    self._model.rest(self)
                if not self._queue:
                    break
                event = self._queue.popleft()
                self._model.receive(event, self)
                transitions = self._select(event.name)
            self.microstep(transitions)
        else:
            raise SetupError(f"{self.chart.file}: overgangene uten hendelse stopper aldri. Legg til et vilkår.")
        configuration = Configuration(frozenset(self.active), frozen_map(self._history.items()), self._data)
        return Moved(configuration, tuple(self._effects), tuple(self._taken), False)

    def select(self, event: str, roles: Collection[str]) -> Selection:
        if self._finished:
            return Selection((), (), False)
        reasons: dict[Reason, None] = {}
        known = False

        def allowed(transition: Transition) -> bool:
            nonlocal known
            if not transition.matches(event):
                return False
            known = True
            found = role_reasons(self.chart, transition, roles) + self._failures(transition.cond)
            reasons.update(dict.fromkeys(found))
            return not found

        transitions = self._first_enabled(allowed)
        return Selection(tuple(self._without_conflicts(transitions)), tuple(reasons), known)

    def _select(self, event: str | None) -> list[Transition]:
        """What an internal event takes; without one, what needs no event."""

        def allowed(transition: Transition) -> bool:
            asked_for = not transition.events if event is None else transition.matches(event)
            return asked_for and not self._failures(transition.cond)

        return self._without_conflicts(self._first_enabled(allowed))

    def _failures(self, cond: Expression | None) -> Reasons:
        return () if cond is None else self._model.failures(cond, self)

    def _first_enabled(self, allowed: Callable[[Transition], bool]) -> list[Transition]:
        """For each atomic state the first allowed transition, looking outwards from it. Each one once."""
        enabled: dict[Transition, None] = {}
        asked: dict[int, bool] = {}
        for leaf in self.chart.in_order(state for state in self.active if not self._states[state].children):
            for name in (leaf, *self._states[leaf].ancestors):
                found = next((t for t in self._states[name].transitions if self._ask(t, allowed, asked)), None)
                if found is not None:
                    enabled[found] = None
                    break
        return list(enabled)

    @staticmethod
    def _ask(transition: Transition, allowed: Callable[[Transition], bool], asked: dict[int, bool]) -> bool:
        """Ask once about each transition, also where several branches share it: guards may read the database."""
        if transition.order not in asked:
            asked[transition.order] = allowed(transition)
        return asked[transition.order]

    def _without_conflicts(self, enabled: Iterable[Transition]) -> list[Transition]:
        """Two transitions that leave the same state cannot both be taken: the inner one wins, else the earlier."""
        kept: list[Transition] = []
        for transition in enabled:
            leaving = self._exit_set(transition)
            rivals = [other for other in kept if leaving & self._exit_set(other)]
            if all(transition.source in self._states[other.source].descendants for other in rivals):
                kept = [other for other in kept if other not in rivals]
                kept.append(transition)
        return kept

    def microstep(self, transitions: Iterable[Transition]) -> None:
        taken = list(transitions)
        # Before anything is left: leaving writes history, and a transition to a history state would then seem to stay
        # within a smaller state than the one that it has left.
        domains = [_domain(self.chart, self._history, transition) for transition in taken]
        self._exit(taken)
        for transition in taken:
            self.block(transition.actions)
        self._enter(zip(taken, domains, strict=True))
        self._taken.extend(taken)

    def _exit(self, transitions: list[Transition]) -> None:
        leaving = set().union(*(self._exit_set(transition) for transition in transitions))
        ordered = self.chart.in_order(leaving)[::-1]
        for name in ordered:
            self._remember(self._states[name])
        for name in ordered:
            state = self._states[name]
            self._leave(state)
            if state.frister:
                self._effects.append(CancelDeadlines(name))

    def _leave(self, state: State) -> None:
        self.block(state.onexit)
        self.active.discard(state.id)
        self._model.left(state, self)

    def _remember(self, state: State) -> None:
        for history in map(self._states.__getitem__, state.histories):
            if history.deep:
                kept = {s for s in state.descendants & self.active if not self._states[s].children}
            else:
                kept = self.active.intersection(state.children)
            self._history[history.id] = tuple(self.chart.in_order(kept))

    def _enter(self, transitions: Iterable[tuple[Transition, str]]) -> None:
        """Enter what the transitions lead to; with each, the state that it stays within."""
        entry = _Entry(self.chart, self._history)
        for transition, domain in transitions:
            entry.add(transition, domain)
        for name in self.chart.in_order(entry.states):
            state = self._states[name]
            self.active.add(name)
            self._model.entered(state, self)
            self.block(state.onentry)
            for content in entry.default_actions(name):
                self.block(content)
            self._effects.extend(SetDeadline(name, deadline) for deadline in state.frister)
            if state.kind is Kind.FINAL:
                self._complete(state)

    def _complete(self, state: State) -> None:
        """Tell that the parent of a final state is done, and its parallel when all branches are; or end the case."""
        if self.chart.is_end(state.id):
            self._finished = True
            return
        parent = self._states[state.ancestors[0]]
        self.put(Event(f"done.state.{parent.id}", self._model.done(state, self), "platform"))
        outer = self._states[parent.ancestors[0]]
        if outer.kind is Kind.PARALLEL and all(self._is_done(child) for child in outer.children):
            self.put(Event(f"done.state.{outer.id}", None, "platform"))

    def _is_done(self, name: str) -> bool:
        state = self._states[name]
        if state.kind is Kind.PARALLEL:
            return all(self._is_done(child) for child in state.children)
        return any(child in self.active and self._states[child].kind is Kind.FINAL for child in state.children)

    def block(self, actions: Iterable[Action]) -> None:
        """Execute a block of content: a fault in it ends the block, and nothing else."""
        try:
            self.execute(actions)
        except ContentFault as fault:
            self.put(fault.event)

    def execute(self, actions: Iterable[Action]) -> None:
        """Execute content as part of a block. Raises `ContentFault`."""
        for action in actions:
            match action:
                case Raise(event):
                    self.put(Event(event, None, "internal"))
                case If(branches):
                    self.execute(next((inner for cond, inner in branches if not self._failures(cond)), ()))
                case Content():
                    self._model.execute(action, self)
                case _:
                    self._effects.append(action)

    def _exit_set(self, transition: Transition) -> set[str]:
        if not transition.targets:
            return set()
        return self.active & self._states[_domain(self.chart, self._history, transition)].descendants


def entered(chart: Chart, transition: Transition) -> frozenset[str]:
    """The states that the transition enters when no history state remembers anything."""
    entry = _Entry(chart, {})
    entry.add(transition, _domain(chart, {}, transition))
    return frozenset(entry.states)


def _domain(chart: Chart, history: Memory, transition: Transition) -> str:
    """The innermost compound state that the transition stays within (SCXML `getTransitionDomain`)."""
    source = chart.states[transition.source]
    targets = _effective_targets(chart, history, transition)
    if source.id == ROOT or not targets:
        return source.id
    inside = all(target in source.descendants for target in targets)
    if transition.internal and source.kind is Kind.COMPOUND and inside:
        return source.id
    return _common_compound(chart, source, targets)


def _common_compound(chart: Chart, source: State, targets: Collection[str]) -> str:
    outer = (chart.states[name] for name in source.ancestors)
    return next(s.id for s in outer if s.kind is Kind.COMPOUND and all(target in s.descendants for target in targets))


def _effective_targets(chart: Chart, history: Memory, transition: Transition) -> list[str]:
    """The targets, with history states replaced by what they remember or else by their default."""
    found: dict[str, None] = {}
    for target in transition.targets:
        state = chart.states[target]
        if state.kind is not Kind.HISTORY:
            found[target] = None
        elif target in history:
            found.update(dict.fromkeys(history[target]))
        elif state.initial:
            found.update(dict.fromkeys(_effective_targets(chart, history, state.initial)))
    return list(found)


class _Entry:
    """The states that transitions enter (SCXML `computeEntrySet`), and the actions of default entries."""

    def __init__(self, chart: Chart, history: Memory) -> None:
        self._chart = chart
        self._history = history
        self.states: set[str] = set()
        self._initial: dict[str, tuple[Action, ...]] = {}
        self._restored: dict[str, tuple[Action, ...]] = {}

    def add(self, transition: Transition, domain: str) -> None:
        for target in transition.targets:
            self._descend(target)
        for target in _effective_targets(self._chart, self._history, transition):
            self._climb(target, domain)

    def default_actions(self, name: str) -> tuple[tuple[Action, ...], ...]:
        """The content of the default entry and of the default history of a state, a block each."""
        return self._initial.get(name, ()), self._restored.get(name, ())

    def _descend(self, name: str) -> None:
        """Enter a state and what follows from it: its default, its branches, or what its history remembers."""
        state = self._chart.states[name]
        if state.kind is Kind.HISTORY:
            self._restore(state)
            return
        self.states.add(name)
        if state.kind is Kind.COMPOUND and state.initial:
            self._initial[name] = state.initial.actions
            self._all(state.initial.targets, name)
        elif state.kind is Kind.PARALLEL:
            self._branches(state)

    def _restore(self, state: State) -> None:
        within = state.ancestors[0]
        if state.id in self._history:
            self._all(self._history[state.id], within)
        elif state.initial:
            self._restored[within] = state.initial.actions
            self._all(state.initial.targets, within)

    def _all(self, targets: Iterable[str], within: str) -> None:
        for target in targets:
            self._descend(target)
        for target in targets:
            self._climb(target, within)

    def _climb(self, name: str, domain: str) -> None:
        """Enter the states between `name` and `domain`, with the other branches of parallels on the way."""
        for ancestor in self._chart.states[name].ancestors:
            if ancestor == domain:
                return
            self.states.add(ancestor)
            if self._chart.states[ancestor].kind is Kind.PARALLEL:
                self._branches(self._chart.states[ancestor])

    def _branches(self, parallel: State) -> None:
        for child in parallel.children:
            if self.states.isdisjoint(self._chart.states[child].descendants):
                self._descend(child)
