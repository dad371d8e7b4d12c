"""Runs cases through their definitions: state, history and deadlines, in the caller's transaction. Never commits.

An event is one versioned UPDATE of the case and one INSERT in its history. What a sub-case sends to its parent happens
in the same call; the parent's row is locked and read again first, so that sub-cases that finish at once all count.
Locks are always taken from the sub-case outwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from saksbehandling.clock import OSLO
from saksbehandling.db import conflicts, lost_race
from saksbehandling.errors import NotFound, Reason, Refusal, SetupError
from saksbehandling.interfaces import IClock
from saksbehandling.workflow_engine import in_force, interpreter
from saksbehandling.workflow_engine.chart import SYSTEM, Cancel, Chart, SendDelayed, SendParent, Titler
from saksbehandling.workflow_engine.expressions import GuardCheck, Reasons
from saksbehandling.workflow_engine.interpreter import (
    CancelDeadlines,
    Configuration,
    Effect,
    Event,
    Impossible,
    Moved,
    Refused,
    SetDeadline,
)
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.registry import Registry

START = "start"  # what the first row of a history calls its event

SubjectFinder = Callable[[Flyt], Any]


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
class Firing:
    """A deadline that fell due. `historikk`: what it did; None when the case refused it, for `grunner`."""

    frist: Frist
    historikk: Flythistorikk | None
    grunner: Reasons = ()


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
            self._session.add(flyt)
            self._record(flyt, chart, moved, call, fra="")
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
    ) -> Flythistorikk:
        """Let `aktoer`, in `roller`, fire an event; `dato` is the local date on which it happened (today).

        `radversjon`: the version that the person saw. Raises `Refusal` with every reason, also the parent's; raises
        `Conflict` when somebody else moved the case first. Either way nothing of the event is kept.
        """
        if radversjon is not None and radversjon != flyt.radversjon:
            raise lost_race()
        call = _Call(hendelse, subject, aktoer, roller, self._date(dato), merknad, data)
        with self._whole(flyt.forelder_id is not None):
            return self._step(flyt, call)

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

    def fire_due(self, now: dt.datetime, limit: int = 100) -> list[Firing]:
        """Fire the deadlines that are due at `now`, each once, as the system. Cases that others are busy with wait.

        A deadline that its case refuses counts as fired too, and is reported with the reasons.
        """
        query = sa.select(Frist.id, Frist.flyt_id).where(Frist.status == Friststatus.VENTER, Frist.forfaller <= now)
        due = self._session.execute(query.order_by(Frist.forfaller, Frist.id).limit(limit)).all()
        found = (self._claim(frist_id, flyt_id) for frist_id, flyt_id in due)
        return [self._fire_deadline(flyt, frist, now) for flyt, frist in filter(None, found)]

    def _claim(self, frist_id: int, flyt_id: int) -> tuple[Flyt, Frist] | None:
        """Lock the case, then look again: another worker or the case itself may have dealt with the deadline."""
        query = sa.select(Flyt).where(Flyt.id == flyt_id).with_for_update(skip_locked=True)
        flyt = self._session.scalar(query, execution_options={"populate_existing": True})
        frist = self._session.get_one(Frist, frist_id, populate_existing=True)
        return (flyt, frist) if flyt is not None and frist.status is Friststatus.VENTER else None

    def _fire_deadline(self, flyt: Flyt, frist: Frist, now: dt.datetime) -> Firing:
        frist.status = Friststatus.FYRT
        call = _Call(
            frist.hendelse,
            self._subject(flyt),
            SYSTEMET,
            (SYSTEM,),
            now.astimezone(OSLO).date(),
            data={"frist": frist.navn},
        )
        try:
            with self._whole(True):
                return Firing(frist, self._step(flyt, call))
        except Refusal as refusal:
            return Firing(frist, None, refusal.reasons)

    def _step(self, flyt: Flyt, call: _Call) -> Flythistorikk:
        chart, configuration = self._read(flyt)
        event = Event(call.hendelse, call.data or {})
        outcome = interpreter.fire(chart, configuration, event, self._guards(call.subject), call.roller)
        match outcome:
            case Moved():
                return self._record(flyt, chart, outcome, call, fra=flyt.aktive)
            case Refused(reasons):
                raise Refusal(reasons)
            case Impossible():
                raise Refusal([_impossible(chart, configuration, call.hendelse)])

    def _record(self, flyt: Flyt, chart: Chart, moved: Moved, call: _Call, fra: str) -> Flythistorikk:
        flyt.aktive = " ".join(chart.leaves(moved.configuration.active))
        flyt.historikkverdier = {name: list(states) for name, states in moved.configuration.history.items()} or None
        flag_modified(flyt, "aktive")  # an event that moves nothing still counts as a version
        self._flush()
        row = Flythistorikk(
            flyt_id=flyt.id,
            sekvens=flyt.radversjon,
            tidspunkt=self._clock.now(),
            dato=call.dato,
            hendelse=call.hendelse,
            fra=fra,
            til=flyt.aktive,
            aktoer=call.aktoer.navn,
            aktoer_id=call.aktoer.id,
            merknad=call.merknad,
            data=dict(call.data) if call.data else None,
        )
        self._session.add(row)
        self._flush()
        for effect in moved.effects:
            self._apply(flyt, effect, call)
        return row

    def _apply(self, flyt: Flyt, effect: Effect, call: _Call) -> None:
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
                self._cancel(flyt, Frist.tilstand == "", Frist.navn == name)
            case CancelDeadlines(None):
                self._cancel(flyt)
            case CancelDeadlines(state):
                self._cancel(flyt, Frist.tilstand == state)

    def _add_deadline(self, flyt: Flyt, state: str, name: str, event: str, due: dt.datetime) -> None:
        self._session.add(Frist(flyt_id=flyt.id, tilstand=state, navn=name, hendelse=event, forfaller=due))

    def _cancel(self, flyt: Flyt, *which: sa.ColumnElement[bool]) -> None:
        waiting = (Frist.flyt_id == flyt.id, Frist.status == Friststatus.VENTER)
        self._session.execute(sa.update(Frist).where(*waiting, *which).values(status=Friststatus.KANSELLERT))

    def _tell_parent(self, flyt: Flyt, event: str, call: _Call) -> None:
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
            raise NotFound(f"Saksgangen {flyt_id} finnes ikke.")
        return flyt

    def _read(self, flyt: Flyt) -> tuple[Chart, Configuration]:
        chart = self._registry.chart(flyt.definisjon, flyt.versjon)
        history = {name: tuple(states) for name, states in (flyt.historikkverdier or {}).items()}
        return chart, Configuration(chart.expand(flyt.aktive.split()), history, flyt.data)

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
        """All or nothing where an event may touch several cases; a lost race becomes a `Conflict`."""
        with conflicts(), self._session.begin_nested() if several else nullcontext():
            yield

    def _flush(self) -> None:
        with conflicts():
            self._session.flush()


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
