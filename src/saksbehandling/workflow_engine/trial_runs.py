"""Trial runs: what should happen to a case, step by step, as a table to read and to hold against a definition.

    == Vedtatt i første møte
    2024-01-08 | start                | | | utredning | | rediger_saksframlegg: leder saksbehandler
    2024-01-15 | send_til_uttalelse   | leder saksbehandler | | til_uttalelse | uttalelsesfrist 2024-02-26 | …

The columns: date, event (`!` after an emergency exit), the roles that may (`system` for sub-cases and deadlines), the
guards that must hold (`;` between), the states that the case then rests in (`^event` for what its parent is told), the
deadlines that then run, and the permissions that somebody then has (`delsaker`: the kinds of sub-case that may start).
All are exact: one role or guard too many is a fault too. The first step is `start`, or `(i)` for a case that already
stands somewhere. `ikke` before an event: nobody may, though those guards hold. `#` begins a comment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from saksbehandling.errors import Reason
from saksbehandling.workflow_engine import interpreter
from saksbehandling.workflow_engine.chart import ROOT, SYSTEM, Chart, SendDelayed, SendParent, Transition
from saksbehandling.workflow_engine.expressions import GuardCheck
from saksbehandling.workflow_engine.interpreter import CancelDeadlines, Configuration, Event, Moved, SetDeadline
from saksbehandling.workflow_engine.source import fault
from saksbehandling.workflow_engine.verifier import Finding

START, STANDS = "start", "(i)"
_COLUMNS = 7
_REFUSED = "ikke "


@dataclass(frozen=True, slots=True)
class Step:
    """A row. `frister`: last day of each deadline that runs after it. `tillatelser`: those that somebody then has."""

    line: int
    dato: dt.date
    hendelse: str
    nektes: bool
    noedutgang: bool
    roller: frozenset[str]
    vilkaar: frozenset[str]
    tilstander: frozenset[str]
    melder: tuple[str, ...]
    frister: Mapping[str, dt.date]
    tillatelser: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TrialRun:
    file: str
    title: str
    steps: tuple[Step, ...]


def read_runs(file: str, text: str) -> tuple[TrialRun, ...]:
    """The runs in a table. Raises `SetupError` with the line that cannot be read."""
    runs: list[tuple[str, list[Step]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("=="):
            runs.append((line.strip("= "), []))
        elif line.strip() and not line.startswith("#"):
            if not runs:
                raise fault(file, number, "et steg står før det første løpet", "Begynn løpet med «== Tittel»")
            runs[-1][1].append(_step(file, number, line))
    return tuple(TrialRun(file, title, tuple(steps)) for title, steps in runs)


def play(chart: Chart, runs: tuple[TrialRun, ...]) -> tuple[Finding, ...]:
    """Where `chart` does something else than the runs say, and the transitions that no run takes."""
    players = [_Player(chart, run) for run in runs]
    found = [finding for player in players for finding in player.findings()]
    taken = {transition for player in players for transition in player.taken}
    if not found:
        found = [_untried(chart, way) for way in chart.transitions if way not in taken]
    return tuple(found)


def _step(file: str, number: int, line: str) -> Step:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > _COLUMNS:
        raise fault(file, number, f"steget har {len(cells)} kolonner", f"Det skal ha høyst {_COLUMNS}")
    dato, hendelse, roller, vilkaar, tilstander, frister, tillatelser = cells + [""] * (_COLUMNS - len(cells))
    words = tilstander.split()
    try:
        return Step(
            line=number,
            dato=dt.date.fromisoformat(dato),
            hendelse=hendelse.removeprefix(_REFUSED).removesuffix("!"),
            nektes=hendelse.startswith(_REFUSED),
            noedutgang=hendelse.endswith("!"),
            roller=frozenset(roller.split()),
            vilkaar=frozenset(_parts(vilkaar)),
            tilstander=frozenset(word for word in words if not word.startswith("^")),
            melder=tuple(word.removeprefix("^") for word in words if word.startswith("^")),
            frister={name: dt.date.fromisoformat(day) for name, day in (part.split() for part in _parts(frister))},
            tillatelser={
                name.strip(): frozenset(who.split()) for name, who in (part.split(":") for part in _parts(tillatelser))
            },
        )
    except ValueError as error:
        raise fault(file, number, f"steget kan ikke leses ({error})", "Rett kolonnene") from error


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _untried(chart: Chart, way: Transition) -> Finding:
    what = f"overgangen fra «{way.source or 'roten'}» ved «{' '.join(way.events) or 'ingen hendelse'}» er ikke prøvd"
    return Finding(chart.file, way.line, what, "Legg til et steg som tar den i et prøveløp")


@dataclass
class _Player:
    chart: Chart
    run: TrialRun
    taken: set[Transition] = field(default_factory=set)
    _configuration: Configuration = field(default_factory=lambda: Configuration(frozenset()))
    _deadlines: dict[tuple[str, str], tuple[dt.date, str]] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """The first thing in the run that is otherwise; what comes after it would not mean anything."""
        for step in self.run.steps:
            faults = list(self._play(step))
            if faults:
                yield self._finding(step, " og ".join(faults))
                return

    def _finding(self, step: Step, what: str) -> Finding:
        here = self.chart.leaves(self._configuration.active)
        known = next((state for state in here if state in self.chart.states), ROOT)
        place = (
            f"prøveløpet «{self.run.title}» ({self.run.file}:{step.line}), «{step.hendelse}» den {step.dato:%d.%m.%Y}"
        )
        line = self.chart.states[known].line
        return Finding(self.chart.file, line, f"{place}: {what}", "Rett definisjonen, eller prøveløpet")

    def _play(self, step: Step) -> Iterator[str]:
        if step.hendelse == STANDS:
            yield from self._stand(step)
            return
        if step.nektes:
            yield from self._wrong_roles(step)
            return
        moved = self._outcome(step, step.vilkaar, next(iter(sorted(step.roller)), SYSTEM))
        if moved is None:
            yield f"hendelsen er ikke mulig i «{' '.join(self.chart.leaves(self._configuration.active))}»"
            return
        if step.hendelse != START:
            yield from self._wrong_roles(step)
            yield from self._idle_guards(step, moved)
            yield from self._wrong_deadline(step)
        self._accept(step, moved)
        yield from self._differences(step, moved)

    def _stand(self, step: Step) -> Iterator[str]:
        unknown = step.tilstander - self.chart.states.keys()
        if unknown:
            yield f"tilstanden «{' '.join(unknown)}» finnes ikke"
            return
        self._configuration = Configuration(self.chart.expand(step.tilstander))
        states = (self.chart.states[name] for name in self._configuration.active)
        self._deadlines = {
            (state.id, each.navn): (step.dato + dt.timedelta(days=each.dager), each.hendelse)
            for state in states
            for each in state.frister
        }
        yield from self._wrong_rights(step)

    def _outcome(self, step: Step, holding: frozenset[str], role: str) -> Moved | None:
        guards: GuardCheck = lambda guard: () if str(guard) in holding else (Reason(f"{guard} holder ikke."),)  # noqa: E731
        if step.hendelse == START:
            return interpreter.start(self.chart, guards)
        outcome = interpreter.fire(self.chart, self._configuration, Event(step.hendelse), guards, (role,))
        return outcome if isinstance(outcome, Moved) else None

    def _wrong_roles(self, step: Step) -> Iterator[str]:
        for role in sorted({*self.chart.roller, SYSTEM}):
            may = self._outcome(step, step.vilkaar, role) is not None
            if may != (role in step.roller):
                yield f"rollen «{role}» kan {'også' if may else 'ikke'} gjøre det"

    def _idle_guards(self, step: Step, moved: Moved) -> Iterator[str]:
        """Each guard in the row must be needed for what happens."""
        role = min(step.roller, default=SYSTEM)
        for guard in sorted(step.vilkaar):
            without = self._outcome(step, step.vilkaar - {guard}, role)
            if without is not None and (without.configuration, without.effects) == (moved.configuration, moved.effects):
                yield f"vilkåret «{guard}» hindrer ikke"

    def _wrong_deadline(self, step: Step) -> Iterator[str]:
        """A deadline's event comes after its last day, from a deadline that runs."""
        if step.hendelse.startswith("frist.") and SYSTEM in step.roller:
            last_days = [day for day, event in self._deadlines.values() if event == step.hendelse]
            if not last_days:
                yield "ingen slik frist løper"
            elif step.dato <= min(last_days):
                yield f"fristen går først ut etter {min(last_days):%d.%m.%Y}"

    def _accept(self, step: Step, moved: Moved) -> None:
        self._configuration = moved.configuration
        self.taken.update(moved.transitions)
        if step.hendelse.startswith("frist."):
            self._deadlines = {key: value for key, value in self._deadlines.items() if value[1] != step.hendelse}
        for effect in moved.effects:
            match effect:
                case SetDeadline(state, each):
                    self._deadlines[state, each.navn] = step.dato + dt.timedelta(days=each.dager), each.hendelse
                case SendDelayed(name, event, seconds):
                    self._deadlines["", name] = step.dato + dt.timedelta(seconds=seconds), event
                case CancelDeadlines(None):
                    self._deadlines.clear()
                case CancelDeadlines(state):
                    self._deadlines = {key: value for key, value in self._deadlines.items() if key[0] != state}

    def _differences(self, step: Step, moved: Moved) -> Iterator[str]:
        states = frozenset(self.chart.leaves(moved.configuration.active))
        if states != step.tilstander:
            yield f"saken kommer til «{' '.join(sorted(states))}», ikke «{' '.join(sorted(step.tilstander))}»"
        told = tuple(effect.event for effect in moved.effects if isinstance(effect, SendParent))
        if told != step.melder:
            yield f"det meldes «{' '.join(told)}» til saken over, ikke «{' '.join(step.melder)}»"
        if step.hendelse != START and step.noedutgang != all(way.noedutgang for way in moved.transitions[:1]):
            yield f"overgangen er {'ikke ' if step.noedutgang else ''}en nødutgang"
        yield from self._wrong_rights(step)

    def _wrong_rights(self, step: Step) -> Iterator[str]:
        running = {name: day for (_, name), (day, _) in self._deadlines.items()}
        if running != step.frister:
            yield f"fristene som løper, er {_days(running)}, ikke {_days(step.frister)}"
        rights = {name: who for name, who in self.chart.permissions(self._configuration.active).items() if who}
        kinds = frozenset(kind for name in self._configuration.active for kind in self.chart.states[name].delsaker)
        if kinds:
            rights["delsaker"] = kinds
        for name in sorted(rights.keys() | step.tillatelser.keys()):
            has, should = rights.get(name, frozenset()), step.tillatelser.get(name, frozenset())
            if has != should:
                yield f"«{name}» er gitt til {_people(has)}, ikke {_people(should)}"


def _days(frister: Mapping[str, dt.date]) -> str:
    return ", ".join(f"«{name}» {day:%d.%m.%Y}" for name, day in sorted(frister.items())) or "ingen"


def _people(roles: frozenset[str]) -> str:
    return ", ".join(sorted(roles)) or "ingen"
