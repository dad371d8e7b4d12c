"""What a definition that compiles can still get wrong: dead ends, places where nobody can act, forgotten permissions.

Guards are taken to hold some day; the verifier looks at what the definition makes possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saksbehandling.workflow_engine.chart import ROOT, SYSTEM, Chart, Kind, SendDelayed, SendParent, State, Transition
from saksbehandling.workflow_engine.interpreter import entered


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a definition, for the one who wrote it: where, what, and what to do."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.remedy}."


def verify(chart: Chart) -> tuple[Finding, ...]:
    """Every fault found, in the order of the lines."""
    checks = (_unreachable, _finals, _dead_ends, _nobody_acts, _unhandled, _permissions, _titles)
    found = {Finding(chart.file, *fault) for check in checks for fault in check(chart)}
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.what)))


def verify_family(parent: Chart, child: Chart) -> tuple[Finding, ...]:
    """What `child`, a sub-case kind of `parent`, sends that `parent` does not listen for."""
    heard = [transition for transition in parent.transitions if SYSTEM in transition.roller]
    return tuple(
        Finding(
            child.file,
            action.line,
            f"«{action.event}» sendes til «{parent.id}», som ikke tar imot hendelsen",
            "Legg til en overgang for den der, uten roller",
        )
        for action in child.actions
        if isinstance(action, SendParent) and not any(t.matches(action.event) for t in heard)
    )


_Fault = tuple[int, str, str]


def _unreachable(chart: Chart) -> Iterator[_Fault]:
    reached = _reachable(chart)
    for state in chart.states.values():
        if state.id not in reached and state.kind is not Kind.HISTORY:
            yield state.line, f"tilstanden «{state.id}» kan aldri nås", "Legg til en overgang til den, eller fjern den"


def _reachable(chart: Chart) -> set[str]:
    reached = {ROOT}
    waiting = [ROOT]
    while waiting:
        state = chart.states[waiting.pop()]
        ways = (*state.transitions, *((state.initial,) if state.id == ROOT and state.initial else ()))
        new = {name for way in ways if way.targets for name in entered(chart, way)} - reached
        reached |= new
        waiting.extend(new)
    return reached


def _finals(chart: Chart) -> Iterator[_Fault]:
    for state in chart.states.values():
        if state.kind is Kind.FINAL and (state.transitions or state.delsaker):
            yield state.line, f"slutten «{state.id}» har overganger ut", "Fjern dem, eller gjør den til <state>"
    if not any(chart.is_end(state) for state in chart.states):
        yield chart.states[ROOT].line, "definisjonen har ingen slutt", "Legg til en <final> øverst i definisjonen"


def _dead_ends(chart: Chart) -> Iterator[_Fault]:
    """States from which no way leads to an end, when emergency exits are not used."""
    leading = {state for state in chart.states if chart.is_end(state)}
    ways = {state.id: _ways_on(chart, state) for state in chart.states.values() if _is_leaf(state)}
    while new := {leaf for leaf, targets in ways.items() if leaf not in leading and targets & leading}:
        leading |= new
    for leaf in ways.keys() - leading:
        yield (
            chart.states[leaf].line,
            f"fra «{leaf}» fører ingen vei til en slutt uten nødutganger",
            "Legg til en overgang videre",
        )


def _ways_on(chart: Chart, state: State) -> set[str]:
    ways = [way for way in _around(chart, state) if way.targets and not way.noedutgang]
    return {name for way in ways for name in entered(chart, way)}


def _is_leaf(state: State) -> bool:
    return not state.children and state.kind is not Kind.HISTORY


def _around(chart: Chart, state: State) -> Iterator[Transition]:
    """The transitions that can take a case out of `state`: its own, its ancestors', and those of parallel branches."""
    yield from state.transitions
    for name in state.ancestors:
        ancestor = chart.states[name]
        yield from ancestor.transitions
        if ancestor.kind is Kind.PARALLEL:
            yield from (way for inner in ancestor.descendants for way in chart.states[inner].transitions)


def _waiting(chart: Chart) -> Iterator[State]:
    """The atomic states where a case can stand and wait."""
    for state in chart.states.values():
        passing = any(not way.events and way.cond is None for way in state.transitions)
        if state.kind is Kind.ATOMIC and state.id != ROOT and not passing:
            yield state


def _nobody_acts(chart: Chart) -> Iterator[_Fault]:
    for state in _waiting(chart):
        ways = [way for way in _own(chart, state) if way.events and not way.noedutgang]
        if state.venter and not any(SYSTEM in way.roller for way in ways):
            yield (
                state.line,
                f"«{state.id}» venter på en delsak eller frist, men ingen slik hendelse har en overgang",
                "Legg til en overgang uten roller, eller fjern sb:venter",
            )
        if not state.venter and not any(way.roller - {SYSTEM} for way in ways):
            yield (
                state.line,
                f"ingen rolle kan gjøre noe i «{state.id}»",
                'Gi en overgang sb:roller, eller skriv sb:venter="true"',
            )


def _own(chart: Chart, state: State) -> Iterator[Transition]:
    for name in (state.id, *state.ancestors):
        yield from chart.states[name].transitions


def _unhandled(chart: Chart) -> Iterator[_Fault]:
    for state in chart.states.values():
        inside = [way for name in state.descendants for way in chart.states[name].transitions]
        for frist in state.frister:
            if not _heard([*_own(chart, state), *inside], frist.hendelse):
                yield frist.line, *_not_heard(f"fristen «{frist.navn}»", frist.hendelse)
    for action in chart.actions:
        if isinstance(action, SendDelayed) and not _heard(chart.transitions, action.event):
            yield action.line, *_not_heard(f"utsettelsen «{action.name}»", action.event)


def _heard(ways: Iterator[Transition] | list[Transition] | tuple[Transition, ...], event: str) -> bool:
    return any(SYSTEM in way.roller and way.matches(event) for way in ways)


def _not_heard(what: str, event: str) -> tuple[str, str]:
    return f"{what} sender «{event}», som ikke har noen overgang", "Legg til en overgang for hendelsen, uten roller"


def _permissions(chart: Chart) -> Iterator[_Fault]:
    for state in chart.states.values():
        for name in state.tillatelser.keys() - set(chart.forvaltede):
            yield state.line, f"tillatelsen «{name}» forvaltes ikke", "Rett navnet, eller nevn den i <sb:forvalter>"
    for state in _waiting(chart):
        for name in chart.forvaltede:
            if not any(name in chart.states[setter].tillatelser for setter in _setters(chart, state)):
                yield (
                    state.line,
                    f"tillatelsen «{name}» er ikke satt i «{state.id}»",
                    f'Legg til <sb:tillatelse navn="{name}" roller="…"/>, tom for ingen',
                )


def _setters(chart: Chart, state: State) -> Iterator[str]:
    """The states that are active whenever `state` is."""
    yield state.id
    for name in state.ancestors:
        yield name
        if chart.states[name].kind is Kind.PARALLEL:
            yield from chart.states[name].children


def _titles(chart: Chart) -> Iterator[_Fault]:
    if chart.titler is None:
        yield chart.states[ROOT].line, "definisjonen mangler tittel", "Legg til <sb:tittel nb nn en>"
    waiting = {state.id for state in _waiting(chart)}
    for state in chart.states.values():
        if state.titler is None and (state.id in waiting or chart.is_end(state.id) or state.stasjon):
            yield state.line, f"tilstanden «{state.id}» mangler tittel", "Legg til <sb:tittel nb nn en>"
    for way in chart.transitions:
        for event in way.events:
            if way.roller - {SYSTEM} and event not in chart.hendelser:
                yield way.line, f"hendelsen «{event}» mangler tittel", f'Legg til <sb:hendelse navn="{event}" nb nn en>'
