"""Moves cases and writes it down: state, history and deadlines, in the caller's transaction. Never commits.

An event is one versioned UPDATE of the case and one INSERT in its history. What a sub-case sends to its parent happens
in the same call; the parent's row is locked and read again first, so that sub-cases that finish at once all count.
Locks are always taken from the sub-case outwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import OSLO
from saksbehandling.db import conflicts, lost_race
from saksbehandling.errors import NotFound, Reason, Refusal, SetupError
from saksbehandling.interfaces import IClock
from saksbehandling.workflow_engine import statements
from saksbehandling.workflow_engine.chart import SYSTEM, Cancel, Chart, SendDelayed, SendParent
from saksbehandling.workflow_engine.expressions import GuardCheck
from saksbehandling.workflow_engine.interpreter import (
    CancelDeadlines,
    Configuration,
    Effect,
    Impossible,
    Refused,
    SetDeadline,
)
from saksbehandling.workflow_engine.models import Flyt, Frist, Friststatus
from saksbehandling.workflow_engine.prepared import Statement
from saksbehandling.workflow_engine.recall import Step, configuration_of
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.statements import Case

SubjectFinder = Callable[[Flyt], Any]
Stored = Flyt | Case


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something. `id`: the account, where there is one."""

    navn: str
    id: int | None = None


SYSTEMET = Actor("Systemet")


@dataclass(frozen=True, slots=True)
class Call:
    """An event on its way to a case, and to the parents that it reaches."""

    hendelse: str
    subject: Any
    aktoer: Actor
    roller: Collection[str]
    dato: dt.date
    merknad: str | None = None
    data: Mapping[str, Any] | None = None


class Mover:
    """Takes events to cases for whom it may concern: `WorkflowService` for people, `overdue` for the clock.

    `subjects` finds what the guards look at for a case that the caller did not pass.
    """

    def __init__(
        self, session: Session, registry: Registry, clock: IClock, subjects: SubjectFinder | None = None
    ) -> None:
        self.session = session
        self.registry = registry
        self._clock = clock
        self._subjects = subjects

    def step(self, flyt: Flyt, call: Call) -> None:
        chart = self.registry.chart(flyt.definisjon, flyt.versjon)
        guards = self.guards(call.subject)
        outcome = self.registry.recall.fire(chart, flyt, call.hendelse, guards, call.roller)
        match outcome:
            case Step():
                self._move(flyt, outcome, call)
            case Refused(reasons):
                raise Refusal(reasons)
            case Impossible():
                raise Refusal([_impossible(chart, configuration_of(chart, flyt), call.hendelse)])

    def begin(self, flyt: Flyt, step: Step, call: Call) -> None:
        flyt.aktive = step.aktive
        flyt.historikkverdier = dict(step.historikkverdier) if step.historikkverdier else None
        self.session.add(flyt)
        self.flush()
        first = {"flyt_id": flyt.id, "sekvens": flyt.radversjon}
        statements.REMEMBER.run(self.session.connection(), [first], self._happened("", step, call))
        self._apply(flyt, step, call)

    def _move(self, flyt: Flyt, step: Step, call: Call) -> None:
        """The row of the case and its object in the session change alike; the session's own way costs far more."""
        self.flush()
        self.write([flyt], step, call)
        _show(flyt, step)
        self._apply(flyt, step, call)

    def write(self, cases: Sequence[Stored], step: Step, call: Call) -> None:
        """One versioned UPDATE and one INSERT for each of `cases`, which all stand in the same place.

        Raises `Conflict` when somebody else moved one of them.
        """
        alike = self._happened(cases[0].aktive, step, call)
        alike |= {"aktive": step.aktive, "historikkverdier": step.historikkverdier}
        rows = [_next_version(case.id, case.radversjon) for case in cases]
        if statements.move_and_remember(self.session.connection(), rows, alike) != len(rows):
            raise lost_race()

    def _happened(self, fra: str, step: Step, call: Call) -> dict[str, Any]:
        """What the history says of an event, but for the case."""
        return {
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

    def _apply(self, flyt: Flyt, step: Step, call: Call) -> None:
        for effect in step.effects:
            self._apply_one(flyt, effect, call)

    def _apply_one(self, flyt: Flyt, effect: Effect, call: Call) -> None:
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

    def _add_deadline(self, flyt: Flyt, state: str, name: str, event: str, due: dt.datetime) -> None:
        row = {"flyt_id": flyt.id, "tilstand": state, "navn": name, "hendelse": event, "forfaller": due}
        statements.SET_DEADLINE.run(self.session.connection(), [{**row, "status": Friststatus.VENTER}])

    def _cancel(self, flyt: Flyt, statement: Statement, **which: str) -> None:
        statements.cancel(self.session.connection(), statement, flyt.id, **which)
        for known in self.session.identity_map.values():
            if isinstance(known, Frist) and known.flyt_id == flyt.id:
                self.session.expire(known)

    def _tell_parent(self, flyt: Flyt, event: str, call: Call) -> None:
        """Fire `event` in the parent, if there is one and it is not over."""
        if flyt.forelder_id is None:
            return
        parent = self.lock(flyt.forelder_id)
        chart, configuration = self.read(parent)
        if any(chart.is_end(state) for state in configuration.active):
            return
        data = {**(call.data or {}), "delsak": flyt.id}
        self.step(
            parent,
            replace(call, hendelse=event, subject=self.subject(parent), roller=(SYSTEM,), merknad=None, data=data),
        )

    def lock(self, flyt_id: int) -> Flyt:
        self.flush()
        # Not `Session.get`: with a row lock, that refuses an outdated copy in the session instead of renewing it.
        query = sa.select(Flyt).where(Flyt.id == flyt_id).with_for_update()
        flyt = self.session.scalar(query, execution_options={"populate_existing": True})
        if flyt is None:
            raise NotFound(f"Saksgangen {flyt_id} finnes ikke.")
        return flyt

    def read(self, flyt: Flyt) -> tuple[Chart, Configuration]:
        chart = self.registry.chart(flyt.definisjon, flyt.versjon)
        return chart, configuration_of(chart, flyt)

    def guards(self, subject: Any) -> GuardCheck:
        return lambda guard: self.registry.ask(guard, subject)

    def subject(self, flyt: Flyt) -> Any:
        if self._subjects is None:
            raise SetupError("WorkflowService er laget uten «subjects», som trengs for delsaker og frister.")
        return self._subjects(flyt)

    def whole(self, several: bool) -> AbstractContextManager[None]:
        """All or nothing where an event may touch several cases; a lost race becomes a `Conflict`."""
        return self._savepoint() if several else conflicts()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """Cases are written past the session, which therefore does not know what a rollback to here takes back."""
        try:
            with conflicts(), self.session.begin_nested():
                yield
        except Exception:
            self.session.expire_all()
            raise

    def flush(self) -> None:
        with conflicts():
            self.session.flush()


def _show(flyt: Flyt, step: Step) -> None:
    """Let the object say what its row says; it has just been flushed, so that the session has nothing more to write."""
    vars(flyt).update(aktive=step.aktive, historikkverdier=step.historikkverdier, radversjon=flyt.radversjon + 1)


def _next_version(flyt_id: int, seen: int) -> dict[str, int]:
    return {"flyt_id": flyt_id, "sett": seen, "radversjon": seen + 1, "sekvens": seen + 1}


def _impossible(chart: Chart, configuration: Configuration, event: str) -> Reason:
    name = chart.hendelser[event].nb if event in chart.hendelser else event
    return Reason(f"«{name}» er ikke mulig nå: {standing(chart, configuration)}.")


def standing(chart: Chart, configuration: Configuration) -> str:
    states = " og ".join(f"«{chart.title(state)}»" for state in chart.leaves(configuration.active))
    return f"{chart.titler.nb if chart.titler else chart.id} står i {states}"


def _end_of(day: dt.date) -> dt.datetime:
    """The first instant after `day` in Oslo: a deadline's last day counts in full."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), OSLO)
