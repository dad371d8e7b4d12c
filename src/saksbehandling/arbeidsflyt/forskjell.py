"""What a new version of a definition changes, in words: for the one who saves it, and those who ask later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from saksbehandling.arbeidsflyt.titler import TILLATELSER
from saksbehandling.workflow_engine.chart import ROOT, Chart, Deadline, Kind, State, Titler, Transition
from saksbehandling.workflow_engine.definition import Definition
from saksbehandling.workflow_engine.diagram_words import capital, event_name, role_names, state_name
from saksbehandling.workflow_engine.sentences_conditions import listed, quoted

_SPRAAK = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
ANNET = "Noe annet enn titler, roller, tillatelser, veier og frister er endret. Se diagrammet og filene."

Ways = Mapping[tuple[object, ...], Transition]


def forskjell(gammel: Definition, ny: Definition) -> list[str]:
    """Sentences, in the order of the form: titles, ways and who may take them, permissions, deadlines.

    Empty when the definitions say the same, whoever saved them and with which number.
    """
    old, new = gammel.chart, ny.chart
    said = [*_titles(old, new), *_states(old, new), *_ways(old, new), *_permissions(old, new), *_deadlines(gammel, ny)]
    return said or ([ANNET] if gammel.innhold != ny.innhold else [])


def _titles(old: Chart, new: Chart) -> Iterator[str]:
    yield from _title("Arbeidsflyten", old.titler, new.titler)
    for state in _in_order(new):
        if state.id in old.states:
            yield from _title(f"Tilstanden «{old.title(state.id)}»", old.states[state.id].titler, state.titler)
    for what, before, after in (("Hendelsen", old.hendelser, new.hendelser), ("Rollen", old.roller, new.roller)):
        for name, titles in after.items():
            if name in before:
                yield from _title(f"{what} «{before[name].nb}»", before[name], titles)
            else:
                yield f"{what} «{titles.nb}» er ny."
        yield from (f"{what} «{titles.nb}» er tatt bort." for name, titles in before.items() if name not in after)


def _title(what: str, old: Titler | None, new: Titler | None) -> Iterator[str]:
    for spraak, name in _SPRAAK.items():
        before, after = getattr(old, spraak, ""), getattr(new, spraak, "")
        if before != after:
            was = f", ikke lenger «{before}»" if before else ""
            yield f"{what} heter nå «{after}» på {name}{was}."


def _states(old: Chart, new: Chart) -> Iterator[str]:
    for one, other, fate in ((new, old, "ny"), (old, new, "tatt bort")):
        for state in _in_order(one):
            if state.id not in other.states:
                yield f"Tilstanden «{state_name(one, state.id, 'nb')}» er {fate}."


def _ways(old: Chart, new: Chart) -> Iterator[str]:
    before, after = _numbered(old), _numbered(new)
    for key, way in after.items():
        if key in before:
            yield from _way(old, new, before[key], way)
        else:
            yield f"{_called(new, way)} er ny."
    yield from (f"{_called(old, way)} er tatt bort." for key, way in before.items() if key not in after)


def _numbered(chart: Chart) -> Ways:
    """The transitions by state and event, and which one it is of those."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], Transition] = {}
    for way in chart.transitions:
        key = (way.source, way.events)
        found[*key, seen[key]] = way
        seen[key] += 1
    return found


def _called(chart: Chart, way: Transition) -> str:
    return f"«{event_name(chart, way, 'nb')}» i «{state_name(chart, way.source, 'nb')}»"


def _way(old: Chart, new: Chart, before: Transition, after: Transition) -> Iterator[str]:
    name, where = event_name(new, after, "nb"), state_name(new, after.source, "nb")
    for roles, chart, verb in (
        (after.roller - before.roller, new, "kan nå"),
        (before.roller - after.roller, old, "kan ikke lenger"),
    ):
        people = role_names(chart, roles, "nb")
        if people:
            yield f"{capital(listed(people, 'og', 'nb'))} {verb} velge «{name}» i «{where}»."
    if before.targets != after.targets:
        targets = ", ".join(f"«{state_name(new, each, 'nb')}»" for each in after.targets) or "ingen annen tilstand"
        yield f"{_called(new, after)} fører nå til {targets}."
    if str(before.cond) != str(after.cond):
        yield f"{_called(new, after)} har nå andre vilkår."
    if before.hjemmel != after.hjemmel:
        yield f"{_called(new, after)} har nå {f'hjemmelen «{after.hjemmel}»' if after.hjemmel else 'ingen hjemmel'}."


def _permissions(old: Chart, new: Chart) -> Iterator[str]:
    """By what people in effect can do, whichever state says so."""
    shared = [state for state in _resting(new) if state.id in old.states]
    for name in dict.fromkeys((*new.forvaltede, *old.forvaltede)):
        changes: dict[tuple[tuple[str, ...], str], list[str]] = {}
        for state in shared:
            before, after = _holders(old, state, name), _holders(new, state, name)
            for roles, chart, verb in ((after - before, new, "kan nå"), (before - after, old, "kan ikke lenger")):
                if people := tuple(role_names(chart, roles, "nb")):
                    changes.setdefault((people, verb), []).append(state.id)
        for (people, verb), states in changes.items():
            yield f"{capital(listed(people, 'og', 'nb'))} {verb} {_verb(name)} i {quoted(new, states, 'og', 'nb')}."


def _holders(chart: Chart, state: State, permission: str) -> frozenset[str]:
    return chart.permissions(chart.expand([state.id])).get(permission, frozenset())


def _verb(permission: str) -> str:
    return TILLATELSER[permission].nb if permission in TILLATELSER else f"«{permission}»"


def _deadlines(gammel: Definition, ny: Definition) -> Iterator[str]:
    before, after = _by_state(gammel.chart), _by_state(ny.chart)
    for key, deadline in after.items():
        where = f"Fristen i «{state_name(ny.chart, key[0], 'nb')}»"
        if key not in before:
            yield f"{where} er ny, på {deadline.dager} dager."
            continue
        same_source = gammel.kilder.get(key) == ny.kilder.get(key)
        if before[key].dager != deadline.dager:
            source = f" Kilden er fortsatt «{ny.kilder[key]}»." if same_source and key in ny.kilder else ""
            yield f"{where} er nå {deadline.dager} dager, ikke lenger {before[key].dager}.{source}"
        if not same_source:
            source = f"nå «{ny.kilder[key]}»" if key in ny.kilder else "tatt bort"
            yield f"Kilden for f{where[1:]} er {source}."
    for key in (key for key in before if key not in after):
        yield f"Fristen i «{state_name(gammel.chart, key[0], 'nb')}» er tatt bort."


def _by_state(chart: Chart) -> Mapping[tuple[str, str], Deadline]:
    return {(state.id, each.navn): each for state in chart.states.values() for each in state.frister}


def _in_order(chart: Chart) -> list[State]:
    return [chart.states[name] for name in chart.in_order(chart.states) if name != ROOT]


def _resting(chart: Chart) -> list[State]:
    return [state for state in _in_order(chart) if not state.children and state.kind is not Kind.HISTORY]
