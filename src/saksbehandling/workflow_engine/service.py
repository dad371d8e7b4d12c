"""Runs cases through their definitions: state, history and deadlines, in the caller's transaction. Never commits.

An event is one versioned UPDATE of the case and one INSERT in its history. What a sub-case sends to its parent happens
in the same call; the parent's row is locked and read again first, so that sub-cases that finish at once all count.
Locks are always taken from the sub-case outwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from saksbehandling.clock import OSLO
from saksbehandling.db import conflicts, lost_race
from saksbehandling.errors import Conflict, NotFound, Reason, Refusal, SetupError
from saksbehandling.interfaces import IClock
from saksbehandling.workflow_engine import deadlines, in_force, interpreter, statements
from saksbehandling.workflow_engine.chart import SYSTEM, Cancel, Chart, SendDelayed, SendParent, Titler
from saksbehandling.workflow_engine.deadlines import Due, Firing
from saksbehandling.workflow_engine.expressions import Guard, GuardCheck, Reasons
from saksbehandling.workflow_engine.interpreter import (
    CancelDeadlines,
    Configuration,
    Effect,
    Impossible,
    Refused,
    SetDeadline,
)
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.recall import Step, as_step, configuration_of
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.statements import Case, Statement, Values

logg = structlog.get_logger(__name__)
START = "start"  # what the first row of a history calls its event

SubjectFinder = Callable[[Flyt], Any]
Stored = Flyt | Case


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something. `id`: the account, where there is one."""

    navn: str
    id: int | None = None


SYSTEMET = Actor("Systemet")


@dataclass(frozen=True, slots=True)
class Choice:
    """An event that a person could fire here. `grunner`: why not, when it is not `tillatt`."""

    hendelse: str
    titler: Titler
    tillatt: bool
    grunner: Reasons
    noedutgang: bool
    hjemmel: str | None


@dataclass(frozen=True, slots=True)
class _Call:
    """An event on its way to a case, and to the parents that it reaches."""

    hendelse: str
    subject: Any
    aktoer: Actor
    roller: Collection[str]
    dato: dt.date
    merknad: str | None = None
    data: Mapping[str, Any] | None = None


class WorkflowService:
    """`subjects` finds what the guards look at for a case that the caller did not pass: a parent, or one whose
    deadline falls due."""

    def __init__(
        self, session: Session, registry: Registry, clock: IClock, subjects: SubjectFinder | None = None
    ) -> None:
        self._session = session
        self._registry = registry
        self._clock = clock
        self._subjects = subjects

    def start(
        self,
        definisjon: str,
        subject: Any,
        aktoer: Actor,
        dato: dt.date | None = None,
        forelder: Flyt | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Flyt:
        """Start a case in the newest version of `definisjon`, as a sub-case of `forelder` if given.

        Raises `Refusal` when the parent's state has no such sub-cases, `SetupError` for an unknown definition, or one
        that was taken into use with another content.
        """
        chart = self._registry.chart(definisjon)
        call = _Call(START, subject, aktoer, (), self._date(dato))
        with self._whole(forelder is not None):
            if forelder is not None:
                self._need_subcase(self._lock(forelder.id), chart)
            in_force.note_use(self._session, self._registry, chart, self._clock.now())
            moved = interpreter.start(chart, self._guards(subject), data)
            flyt = Flyt(definisjon=chart.id, versjon=chart.versjon, data=dict(data or {}), forelder=forelder)
            self._begin(flyt, as_step(chart, moved), call)
        return flyt

    def fire(
        self,
        flyt: Flyt,
        hendelse: str,
        subject: Any,
        aktoer: Actor,
        roller: Collection[str],
        dato: dt.date | None = None,
        merknad: str | None = None,
        data: Mapping[str, Any] | None = None,
        radversjon: int | None = None,
    ) -> None:
        """Let `aktoer`, in `roller`, fire an event; `dato` is the local date on which it happened (today).

        `radversjon`: the version that the person saw. Raises `Refusal` with every reason, also the parent's; raises
        `Conflict` when somebody else moved the case first. Either way nothing of the event is kept.
        """
        if radversjon is not None and radversjon != flyt.radversjon:
            raise lost_race()
        call = _Call(hendelse, subject, aktoer, roller, self._date(dato), merknad, data)
        with self._whole(flyt.forelder_id is not None):
            self._step(flyt, call)

    def fire_unread(
        self,
        flyt_id: int,
        hendelse: str,
        subject: Any,
        aktoer: Actor,
        roller: Collection[str],
        dato: dt.date | None = None,
    ) -> None:
        """Like `fire`, for whoever has not read the case: at half the cost, since nothing is made of it but its row.

        Raises `NotFound` too.
        """
        call = _Call(hendelse, subject, aktoer, roller, self._date(dato))
        self._flush()
        case = statements.read(self._session.connection(), flyt_id)
        if case is None:
            raise _unknown(flyt_id)
        with self._whole(case.forelder_id is not None):
            self._step(case, call)

    def choices(self, flyt: Flyt, subject: Any, roller: Collection[str]) -> list[Choice]:
        """What people can do in this state, in the order of the definition, and whether `roller` may now."""
        chart, configuration = self._read(flyt)
        guards = self._guards(subject)
        return [
            _choice(chart, event, interpreter.select(chart, configuration, event, guards, roller))
            for event in _events_for_people(chart, configuration)
        ]

    def permissions(self, flyt: Flyt) -> Mapping[str, frozenset[str]]:
        """The permissions that the definition manages, each with the roles that have it in this state."""
        chart, configuration = self._read(flyt)
        return chart.permissions(configuration.active)

    def history(self, flyt: Flyt) -> list[Flythistorikk]:
        """What has happened in the case, oldest first."""
        query = sa.select(Flythistorikk).where(Flythistorikk.flyt_id == flyt.id).order_by(Flythistorikk.sekvens)
        return list(self._session.scalars(query))

    def subcases(self, flyt: Flyt) -> list[Flyt]:
        """Its sub-cases, oldest first."""
        return list(self._session.scalars(sa.select(Flyt).where(Flyt.forelder_id == flyt.id).order_by(Flyt.id)))

    def fire_due(self, now: dt.datetime, limit: int = 500) -> list[Firing]:
        """Fire the deadlines that are due at `now`, each once, as the system. Cases that others are busy with wait.

        A deadline that its case refuses is over too, and keeps the reasons. Those that ask no guard and touch nothing
        but their own case are written together, the others after them one by one.
        """
        self._session.flush()
        due = deadlines.claim(self._session, now, limit)
        together = self._together(due)
        self._move_all(together, now)
        one_by_one = (self._fire_deadline(each, now) for each in due if each.id not in together)
        return [Firing(each) for each, _ in together.values()] + [each for each in one_by_one if each is not None]

    def _together(self, due: list[Due]) -> dict[int, tuple[Due, Step]]:
        """Those that can be written in any order, by the id of the deadline: the first of each case at most."""
        first_of_each = {each.case.id: each for each in reversed(due)}.values()
        steps = ((each, self._plain_step(each)) for each in reversed(first_of_each))
        return {each.id: (each, step) for each, step in steps if step is not None}

    def _plain_step(self, due: Due) -> Step | None:
        try:
            chart = self._registry.chart(due.case.definisjon, due.case.versjon)
            step = self._registry.recall.fire(chart, due.case, due.hendelse, _ask_nothing, _SYSTEM)
        except (_AsksGuardError, SetupError):
            return None
        return step if isinstance(step, Step) and not step.effects else None

    def _move_all(self, moves: Mapping[int, tuple[Due, Step]], now: dt.datetime) -> None:
        if moves:
            self._write([(due.case, step, _deadline_call(due, None, now)) for due, step in moves.values()])
            deadlines.settle(self._session, moves.keys(), Friststatus.FYRT)
            self._session.expire_all()

    def _fire_deadline(self, due: Due, now: dt.datetime) -> Firing | None:
        """None when something has settled it meanwhile."""
        if not deadlines.still_waits(self._session, due):
            return None
        deadlines.settle(self._session, [due.id], Friststatus.FYRT)
        reasons = self._try_deadline(due, now)
        if reasons:
            deadlines.settle(self._session, [due.id], Friststatus.AVVIST, "\n".join(each.text for each in reasons))
        self._session.expire_all()
        return Firing(due, reasons)

    def _try_deadline(self, due: Due, now: dt.datetime) -> Reasons:
        """Why it cannot happen; empty when it has. A fault in one case must not keep all the others waiting."""
        try:
            with self._whole(True):
                flyt = self._session.get_one(Flyt, due.case.id, populate_existing=True)
                self._step(flyt, _deadline_call(due, self._subject(flyt), now))
        except Refusal as refusal:
            return tuple(refusal.reasons)
        except (Conflict, DBAPIError):
            raise
        except Exception:
            logg.exception("frist_feilet", flyt=due.case.id, frist=due.navn)
            return (Reason("En feil i systemet hindret hendelsen. Meld fra til administratoren."),)
        return ()

    def _step(self, flyt: Stored, call: _Call) -> None:
        chart = self._registry.chart(flyt.definisjon, flyt.versjon)
        guards = self._guards(call.subject)
        outcome = self._registry.recall.fire(chart, flyt, call.hendelse, guards, call.roller)
        match outcome:
            case Step():
                self._move(flyt, outcome, call)
            case Refused(reasons):
                raise Refusal(reasons)
            case Impossible():
                raise Refusal([_impossible(chart, configuration_of(chart, flyt), call.hendelse)])

    def _begin(self, flyt: Flyt, step: Step, call: _Call) -> None:
        flyt.aktive = step.aktive
        flyt.historikkverdier = dict(step.historikkverdier) if step.historikkverdier else None
        self._session.add(flyt)
        self._flush()
        row = self._history_row(flyt.id, flyt.radversjon, "", step, call)
        statements.REMEMBER.run(self._session.connection(), [row])
        self._apply(flyt, step, call)

    def _move(self, flyt: Stored, step: Step, call: _Call) -> None:
        """The row of the case and its object in the session change alike; the session's own way costs far more."""
        self._flush()
        self._write([(flyt, step, call)])
        self._show(flyt, step)
        self._apply(flyt, step, call)

    def _show(self, flyt: Stored, step: Step) -> None:
        if isinstance(flyt, Flyt):
            set_committed_value(flyt, "aktive", step.aktive)
            set_committed_value(flyt, "historikkverdier", step.historikkverdier)
            set_committed_value(flyt, "radversjon", flyt.radversjon + 1)
        elif (known := self._session.identity_map.get(_key_of((flyt.id,)))) is not None:
            self._session.expire(known)

    def _write(self, moves: Sequence[tuple[Stored, Step, _Call]]) -> None:
        """One versioned UPDATE and one INSERT for each. Raises `Conflict` when somebody else moved one of the cases."""
        connection = self._session.connection()
        if statements.MOVE.run(connection, [_moved_row(case, step) for case, step, _ in moves]) != len(moves):
            raise lost_race()
        history = [
            self._history_row(case.id, case.radversjon + 1, case.aktive, step, call) for case, step, call in moves
        ]
        statements.REMEMBER.run(connection, history)

    def _history_row(self, flyt_id: int, sekvens: int, fra: str, step: Step, call: _Call) -> Values:
        return {
            "flyt_id": flyt_id,
            "sekvens": sekvens,
            "tidspunkt": self._clock.now(),
            "dato": call.dato,
            "hendelse": call.hendelse,
            "fra": fra,
            "til": step.aktive,
            "aktoer": call.aktoer.navn,
            "aktoer_id": call.aktoer.id,
            "merknad": call.merknad,
            "data": dict(call.data) if call.data else None,
        }

    def _apply(self, flyt: Stored, step: Step, call: _Call) -> None:
        for effect in step.effects:
            self._apply_one(flyt, effect, call)

    def _apply_one(self, flyt: Stored, effect: Effect, call: _Call) -> None:
        match effect:
            case SendParent(event):
                self._tell_parent(flyt, event, call)
            case SetDeadline(state, deadline):
                due = _end_of(call.dato + dt.timedelta(days=deadline.dager))
                self._add_deadline(flyt, state, deadline.navn, deadline.hendelse, due)
            case SendDelayed(name, event, seconds):
                due = self._clock.now() + dt.timedelta(seconds=seconds)
                self._add_deadline(flyt, "", name, event, due)
            case Cancel(name):
                self._cancel(flyt, statements.CANCEL_NAMED, navn=name)
            case CancelDeadlines(None):
                self._cancel(flyt, statements.CANCEL_ALL)
            case CancelDeadlines(str(state)):
                self._cancel(flyt, statements.CANCEL_IN_STATE, tilstand=state)

    def _add_deadline(self, flyt: Stored, state: str, name: str, event: str, due: dt.datetime) -> None:
        row = {"flyt_id": flyt.id, "tilstand": state, "navn": name, "hendelse": event, "forfaller": due}
        statements.SET_DEADLINE.run(self._session.connection(), [{**row, "status": Friststatus.VENTER}])

    def _cancel(self, flyt: Stored, statement: Statement, **which: str) -> None:
        statements.cancel(self._session.connection(), statement, flyt.id, **which)
        for known in self._session.identity_map.values():
            if isinstance(known, Frist) and known.flyt_id == flyt.id:
                self._session.expire(known)

    def _tell_parent(self, flyt: Stored, event: str, call: _Call) -> None:
        """Fire `event` in the parent, if there is one and it is not over."""
        if flyt.forelder_id is None:
            return
        parent = self._lock(flyt.forelder_id)
        chart, configuration = self._read(parent)
        if any(chart.is_end(state) for state in configuration.active):
            return
        data = {**(call.data or {}), "delsak": flyt.id}
        self._step(
            parent,
            replace(call, hendelse=event, subject=self._subject(parent), roller=(SYSTEM,), merknad=None, data=data),
        )

    def _need_subcase(self, parent: Flyt, kind: Chart) -> None:
        chart, configuration = self._read(parent)
        if not any(kind.id in chart.states[state].delsaker for state in configuration.active):
            name = kind.titler.nb if kind.titler else kind.id
            raise Refusal([Reason(f"«{name}» kan ikke startes nå: {_standing(chart, configuration)}.")])

    def _lock(self, flyt_id: int) -> Flyt:
        self._flush()
        # Not `Session.get`: with a row lock, that refuses an outdated copy in the session instead of renewing it.
        query = sa.select(Flyt).where(Flyt.id == flyt_id).with_for_update()
        flyt = self._session.scalar(query, execution_options={"populate_existing": True})
        if flyt is None:
            raise _unknown(flyt_id)
        return flyt

    def _read(self, flyt: Flyt) -> tuple[Chart, Configuration]:
        chart = self._registry.chart(flyt.definisjon, flyt.versjon)
        return chart, configuration_of(chart, flyt)

    def _guards(self, subject: Any) -> GuardCheck:
        return lambda guard: self._registry.ask(guard, subject)

    def _subject(self, flyt: Flyt) -> Any:
        if self._subjects is None:
            raise SetupError("WorkflowService er laget uten «subjects», som trengs for delsaker og frister.")
        return self._subjects(flyt)

    def _date(self, dato: dt.date | None) -> dt.date:
        return dato if dato is not None else self._clock.today()

    @contextmanager
    def _whole(self, several: bool) -> Iterator[None]:
        """All or nothing where an event may touch several cases; a lost race becomes a `Conflict`.

        Cases are written past the session, which therefore does not know what a rollback to here takes back.
        """
        try:
            with conflicts(), self._session.begin_nested() if several else nullcontext():
                yield
        except Exception:
            if several:
                self._session.expire_all()
            raise

    def _flush(self) -> None:
        with conflicts():
            self._session.flush()


_SYSTEM = frozenset({SYSTEM})
_key_of = sa.inspect(Flyt).identity_key_from_primary_key


class _AsksGuardError(Exception):
    """A guard has a say, and its case is not at hand."""


def _ask_nothing(_guard: Guard) -> Reasons:
    raise _AsksGuardError


def _deadline_call(due: Due, subject: Any, now: dt.datetime) -> _Call:
    day = now.astimezone(OSLO).date()
    return _Call(due.hendelse, subject, SYSTEMET, _SYSTEM, day, data={"frist": due.navn})


def _unknown(flyt_id: int) -> NotFound:
    return NotFound(f"Saksgangen {flyt_id} finnes ikke.")


def _moved_row(case: Stored, step: Step) -> Values:
    return {
        "flyt_id": case.id,
        "sett": case.radversjon,
        "radversjon": case.radversjon + 1,
        "aktive": step.aktive,
        "historikkverdier": step.historikkverdier,
    }


def _impossible(chart: Chart, configuration: Configuration, event: str) -> Reason:
    name = chart.hendelser[event].nb if event in chart.hendelser else event
    return Reason(f"«{name}» er ikke mulig nå: {_standing(chart, configuration)}.")


def _standing(chart: Chart, configuration: Configuration) -> str:
    states = " og ".join(f"«{chart.title(state)}»" for state in chart.leaves(configuration.active))
    return f"{chart.titler.nb if chart.titler else chart.id} står i {states}"


def _events_for_people(chart: Chart, configuration: Configuration) -> list[str]:
    ways = [way for state in chart.in_order(configuration.active) for way in chart.states[state].transitions]
    return list(dict.fromkeys(event for way in ways if way.roller - {SYSTEM} for event in way.events if event != "*"))


def _choice(chart: Chart, event: str, selection: interpreter.Selection) -> Choice:
    ways = selection.transitions or tuple(way for way in chart.transitions if way.matches(event))
    return Choice(
        event,
        chart.hendelser.get(event) or Titler(event, event, event),
        bool(selection.transitions),
        () if selection.transitions else selection.reasons,
        all(way.noedutgang for way in ways),
        next((way.hjemmel for way in ways if way.hjemmel), None),
    )


def _end_of(day: dt.date) -> dt.datetime:
    """The first instant after `day` in Oslo: a deadline's last day counts in full."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), OSLO)
