"""What a definition that compiles can still get wrong: dead ends, places where nobody can act, forgotten permissions.

Guards are taken to hold some day; the verifier looks at what the definition makes possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from saksbehandling.workflow_engine.chart import (
    ROOT,
    SYSTEM,
    Action,
    Chart,
    If,
    Kind,
    Raise,
    SendDelayed,
    SendParent,
    State,
    Transition,
    matches,
)
from saksbehandling.workflow_engine.interpreter import entered

START = "start"  # the title of what begins a case; no transition has it


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
    checks = (
        *(_unreachable, _finals, _dead_ends, _nobody_acts, _unhandled, _permissions, _titles),
        *(_unused_events, _unused_roles, _unused_permissions, _shadowed),
    )
    found = {Finding(chart.file, *fault) for check in checks for fault in check(chart)}
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.what)))


def verify_family(parent: Chart, child: Chart) -> tuple[Finding, ...]:
    """What `child`, a sub-case kind of `parent`, sends that `parent` does not listen for: anywhere, or where the
    sub-case may start. Of the alternatives of an `<if>` one must be heard there."""
    remedy = "Legg til en overgang for hendelsen, uten roller"
    deaf = [
        Finding(
            child.file,
            action.line,
            f"«{action.event}» sendes til «{parent.id}», som ikke tar imot hendelsen",
            "Legg til en overgang for den der, uten roller",
        )
        for action in child.actions
        if isinstance(action, SendParent) and not _heard(parent.transitions, action.event)
    ]
    starts = [state for state in parent.states.values() if child.id in state.delsaker]
    return (
        *deaf,
        *(
            Finding(parent.file, state.line, f"«{state.id}» tar ikke imot {_either(events)} fra «{child.id}»", remedy)
            for state in starts
            for events in sorted(set(_told(child)))
            if not any(_heard(_near(parent, state), event) for event in events)
        ),
    )


def verify_senders(chart: Chart, children: Iterable[Chart]) -> tuple[Finding, ...]:
    """Transitions that the system takes at an event which neither a deadline, nor the definition itself, nor a
    sub-case of the kinds `children` sends."""
    told = {event for child in children for events in _told(child) for event in events}
    own = {action.event for action in chart.actions if isinstance(action, Raise | SendDelayed)}
    return tuple(
        Finding(
            chart.file,
            way.line,
            f"ingen sender «{' '.join(way.events)}», som overgangen fra «{way.source}» venter på",
            "Rett hendelsen, legg til fristen eller delsaken som sender den, eller gi overgangen sb:roller",
        )
        for way in chart.transitions
        if SYSTEM in way.roller and way.events and not _comes(chart, way, told | own)
    )


def verify_event_titles(chart: Chart, children: Iterable[Chart]) -> tuple[Finding, ...]:
    """Events that stand in the history of a case without a title: its start, and what deadlines and sub-cases send."""
    sent = {START: chart.states[ROOT].line}
    sent |= {action.event: action.line for action in chart.actions if isinstance(action, SendDelayed)}
    sent |= {frist.hendelse: frist.line for state in chart.states.values() for frist in state.frister}
    for child in children:
        line = min(state.line for state in chart.states.values() if child.id in state.delsaker)
        sent |= {event: line for events in _told(child) for event in events}
    return tuple(
        Finding(
            chart.file, line, f"hendelsen «{event}» mangler tittel", f'Legg til <sb:hendelse navn="{event}" nb nn en>'
        )
        for event, line in sent.items()
        if event not in chart.hendelser
    )


def _comes(chart: Chart, way: Transition, sent: Collection[str]) -> bool:
    """Whether an event comes for every descriptor of the transition; for one of them if people can take it too."""
    near = {way.source, *chart.states[way.source].ancestors, *chart.states[way.source].descendants}
    near |= {name for outer in _parallels(chart, way.source) for name in outer.descendants}
    here = {frist.hendelse for name in near for frist in chart.states[name].frister}
    comes = [
        descriptor == "*"
        or descriptor.startswith("done.state.")
        or any(matches(descriptor, each) for each in here | {*sent})
        for descriptor in way.events
    ]
    return all(comes) if way.roller == {SYSTEM} else any(comes)


def _parallels(chart: Chart, name: str) -> Iterator[State]:
    outer = (chart.states[each] for each in chart.states[name].ancestors)
    return (state for state in outer if state.kind is Kind.PARALLEL)


def _told(child: Chart) -> Iterator[tuple[str, ...]]:
    """What the sub-case tells its parent: each time an event, or the alternatives of an `<if>`."""
    blocks = [actions for state in child.states.values() for actions in (state.onentry, state.onexit)]
    blocks += [way.actions for way in child.transitions]
    for action in (action for block in blocks for action in block):
        events = tuple(_parent_events((action,)))
        if events:
            yield events


def _parent_events(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        if isinstance(action, SendParent):
            yield action.event
        elif isinstance(action, If):
            yield from (event for _, inner in action.branches for event in _parent_events(inner))


def _near(chart: Chart, state: State) -> Iterator[Transition]:
    """The transitions of the state, of what is around it and of what is in it."""
    yield from _own(chart, state)
    yield from (way for name in state.descendants for way in chart.states[name].transitions)


def _either(events: tuple[str, ...]) -> str:
    return " eller ".join(f"«{event}»" for event in events)


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
        for frist in state.frister:
            if not _heard(_near(chart, state), frist.hendelse):
                yield frist.line, *_not_heard(f"fristen «{frist.navn}»", frist.hendelse)
    for action in chart.actions:
        if isinstance(action, SendDelayed) and not _heard(chart.transitions, action.event):
            yield action.line, *_not_heard(f"utsettelsen «{action.name}»", action.event)


def _heard(ways: Iterable[Transition], event: str) -> bool:
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


def _unused_events(chart: Chart) -> Iterator[_Fault]:
    for event in chart.hendelser:
        if event != START and not any(way.matches(event) for way in chart.transitions):
            what = f"hendelsen «{event}» er erklært, men har ingen overgang"
            yield chart.states[ROOT].line, what, "Legg til overgangen, eller fjern <sb:hendelse>"


def _unused_roles(chart: Chart) -> Iterator[_Fault]:
    used = {role for way in chart.transitions for role in way.roller}
    used |= {role for state in chart.states.values() for who in state.tillatelser.values() for role in who}
    for role in chart.roller.keys() - used:
        what = f"rollen «{role}» er erklært, men kan ingenting"
        yield chart.states[ROOT].line, what, "Gi den noe å gjøre, eller fjern <sb:rolle>"


def _unused_permissions(chart: Chart) -> Iterator[_Fault]:
    for name in chart.forvaltede:
        if not any(state.tillatelser.get(name) for state in chart.states.values()):
            what = f"ingen har tillatelsen «{name}» i noen tilstand"
            yield chart.states[ROOT].line, what, "Gi den til en rolle, eller fjern den fra <sb:forvalter>"


def _shadowed(chart: Chart) -> Iterator[_Fault]:
    for state in chart.states.values():
        for place, way in enumerate(state.transitions):
            if any(_always_before(earlier, way) for earlier in state.transitions[:place]):
                what = (
                    f"overgangen fra «{state.id}» ved «{' '.join(way.events)}» blir aldri tatt: en før den tas alltid"
                )
                yield way.line, what, "Gi den et vilkår eller en hendelse som skiller dem, eller fjern den"


def _always_before(earlier: Transition, way: Transition) -> bool:
    if earlier.cond is not None and earlier.cond != way.cond:
        return False
    heard = all(any(matches(each, event) for each in earlier.events) for event in way.events)
    return heard and bool(way.events) == bool(earlier.events) and way.roller <= earlier.roller
