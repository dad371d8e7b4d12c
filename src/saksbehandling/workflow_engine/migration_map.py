"""The map of states that a migration follows, and what can be wrong with it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from saksbehandling.errors import InvalidInput, Reason
from saksbehandling.workflow_engine.chart import ROOT, Chart, Deadline, Kind

StateMap = Mapping[str, tuple[str, ...]]


def read_map(text: str) -> StateMap:
    """A map in JSON: old state to new, or to a list of new ones that are active at once. Raises `InvalidInput`."""
    try:
        read = json.loads(text)
    except ValueError as error:
        raise InvalidInput(f"Kartet er ikke gyldig JSON: {error}. Rett filen.") from error
    if not isinstance(read, dict):
        raise InvalidInput(
            'Kartet må være et JSON-objekt fra gammel tilstand til ny, som {"utredning": "forberedelse"}.'
        )
    return {old: _names(old, new) for old, new in read.items()}


def _names(old: str, new: object) -> tuple[str, ...]:
    names = [new] if isinstance(new, str) else new
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise InvalidInput(f"Kartet har ingen tilstand for «{old}». Skriv en tekst, eller en liste av tekster.")
    return tuple(names)


def mapped(states: list[str] | tuple[str, ...], by: StateMap) -> tuple[str, ...]:
    """Where the map sends the states, sorted."""
    return tuple(sorted({new for state in states for new in by[state]}))


def deadlines_of(chart: Chart, leaves: tuple[str, ...]) -> dict[tuple[str, str], Deadline]:
    """The deadlines of the active states, by state and name."""
    active = chart.in_order(chart.expand(leaves))
    return {(state, each.navn): each for state in active for each in chart.states[state].frister}


def faults_of_map(old: Chart, new: Chart, states: StateMap) -> Iterator[Reason]:
    """States that the old version or the new one does not have."""
    for old_name, names in states.items():
        if old_name not in old.states or not old_name:
            yield Reason(f"Kartet nevner «{old_name}», som ikke finnes i versjon {old.versjon}.")
        for name in names:
            if name not in new.states or not name:
                yield Reason(f"Kartet sender «{old_name}» til «{name}», som ikke finnes i versjon {new.versjon}.")


def faults_of_standing(old: Chart, new: Chart, standing: list[str], states: StateMap) -> Iterator[Reason]:
    """Why cases that stand there cannot be moved: a state that the map lacks, or a target where no case can rest."""
    lacking = [state for state in standing if state not in states]
    for state in lacking:
        yield Reason(f"Saker står i «{state}» ({old.title(state)}), som kartet ikke har.")
    if not lacking:
        target = mapped(standing, states)
        if any(not name or name not in new.states for name in target):
            return  # told by `faults_of_map`
        if not _is_whole(new, target):
            places = "» og «".join(target)
            yield Reason(
                f"En sak kan ikke stå i «{places}» i versjon {new.versjon}: velg innerste tilstander, én i hver gren."
            )
        elif any(new.is_end(state) for state in target):
            yield Reason(f"En åpen sak kan ikke flyttes rett til slutten «{' og '.join(target)}».")
        elif len({name for _, name in deadlines_of(new, target)}) < len(deadlines_of(new, target)):
            yield Reason(
                f"I «{' og '.join(target)}» i versjon {new.versjon} har to frister samme navn. Gi dem hvert sitt."
            )


def faults_of_memory(new: Chart, history: str, remembered: list[str], states: StateMap) -> Iterator[Reason]:
    """Why what a history state remembers cannot be moved."""
    for name in (each for each in (history, *remembered) if each not in states):
        yield Reason(f"Saker husker «{name}», som kartet ikke har.")
    for name in states.get(history, ()):
        if name in new.states and new.states[name].kind is not Kind.HISTORY:
            yield Reason(f"«{history}» er en historikk, men «{name}» i versjon {new.versjon} er ikke det.")
        elif name in new.states:
            outside = {each for old in remembered for each in states.get(old, ())} - _within(new, name)
            for each in sorted(outside):
                yield Reason(f"«{name}» i versjon {new.versjon} kan ikke huske «{each}», som ligger utenfor.")


def _is_whole(chart: Chart, leaves: tuple[str, ...]) -> bool:
    """Whether a case can rest in exactly these atomic states."""
    if any(chart.states[leaf].children or chart.states[leaf].kind is Kind.HISTORY for leaf in leaves):
        return False
    active = {*chart.expand(leaves), ROOT}
    inner = (chart.states[name] for name in active if chart.states[name].children)
    return all(
        len(active.intersection(state.children)) == (len(state.children) if state.kind is Kind.PARALLEL else 1)
        for state in inner
    )


def _within(chart: Chart, history: str) -> frozenset[str]:
    return chart.states[chart.states[history].ancestors[0]].descendants
