"""What people do with cases: start them, fire their events, and see what they may. In the caller's transaction.

How a case moves and what is written of it stands in `moves`, what the clock does in `overdue`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.db import lost_race
from saksbehandling.errors import Reason, Refusal
from saksbehandling.interfaces import IClock
from saksbehandling.workflow_engine import in_force, interpreter, overdue, statements
from saksbehandling.workflow_engine.chart import SYSTEM, Chart, Titler
from saksbehandling.workflow_engine.deadlines import Firing
from saksbehandling.workflow_engine.expressions import Reasons
from saksbehandling.workflow_engine.interpreter import Configuration
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk
from saksbehandling.workflow_engine.moves import SYSTEMET as SYSTEMET
from saksbehandling.workflow_engine.moves import Actor as Actor
from saksbehandling.workflow_engine.moves import Call, Mover, SubjectFinder, standing
from saksbehandling.workflow_engine.recall import as_step
from saksbehandling.workflow_engine.registry import Registry

START = "start"  # what the first row of a history calls its event


@dataclass(frozen=True, slots=True)
class Choice:
    """An event that a person could fire here. `grunner`: why not, when it is not `tillatt`."""

    hendelse: str
    titler: Titler
    tillatt: bool
    grunner: Reasons
    noedutgang: bool
    hjemmel: str | None


class WorkflowService:
    """`subjects` finds what the guards look at for a case that the caller did not pass: a parent, or one whose
    deadline falls due."""

    def __init__(
        self, session: Session, registry: Registry, clock: IClock, subjects: SubjectFinder | None = None
    ) -> None:
        self._session = session
        self._registry = registry
        self._clock = clock
        self._mover = Mover(session, registry, clock, subjects)

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
        call = Call(START, subject, aktoer, (), self._date(dato))
        with self._mover.whole(forelder is not None):
            if forelder is not None:
                self._need_subcase(self._mover.lock(forelder.id), chart)
            in_force.note_use(self._session, self._registry, chart, self._clock.now())
            moved = interpreter.start(chart, self._mover.guards(subject), data)
            flyt = Flyt(definisjon=chart.id, versjon=chart.versjon, data=dict(data or {}), forelder=forelder)
            self._mover.begin(flyt, as_step(chart, moved), call)
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
        call = Call(hendelse, subject, aktoer, roller, self._date(dato), merknad, data)
        with self._mover.whole(flyt.forelder_id is not None):
            self._mover.step(flyt, call)

    def case(self, flyt_id: int) -> Flyt:
        """A case by its id. Raises `NotFound`."""
        return statements.case(self._session, flyt_id)

    def choices(self, flyt: Flyt, subject: Any, roller: Collection[str]) -> list[Choice]:
        """What people can do in this state, in the order of the definition, and whether `roller` may now."""
        chart, configuration = self._mover.read(flyt)
        guards = self._mover.guards(subject)
        return [
            _choice(chart, event, interpreter.select(chart, configuration, event, guards, roller))
            for event in _events_for_people(chart, configuration)
        ]

    def permissions(self, flyt: Flyt) -> Mapping[str, frozenset[str]]:
        """The permissions that the definition manages, each with the roles that have it in this state."""
        chart, configuration = self._mover.read(flyt)
        return chart.permissions(configuration.active)

    def history(self, flyt: Flyt) -> list[Flythistorikk]:
        """What has happened in the case, oldest first."""
        query = sa.select(Flythistorikk).where(Flythistorikk.flyt_id == flyt.id).order_by(Flythistorikk.sekvens)
        return list(self._session.scalars(query))

    def subcases(self, flyt: Flyt) -> list[Flyt]:
        """Its sub-cases, oldest first."""
        return list(self._session.scalars(sa.select(Flyt).where(Flyt.forelder_id == flyt.id).order_by(Flyt.id)))

    def fire_due(self, now: dt.datetime, limit: int = overdue.LIMIT) -> list[Firing]:
        """Fire the deadlines that are due at `now`, each once, as the system. Cases that others are busy with wait.

        A deadline that its case refuses is over too, and keeps the reasons. Those that ask no guard and touch nothing
        but their own case are written together, the others after them one by one, as many as may be; call again for
        the rest, until there are none.
        """
        return overdue.fire_due(self._mover, now, limit)

    def _need_subcase(self, parent: Flyt, kind: Chart) -> None:
        chart, configuration = self._mover.read(parent)
        if not any(kind.id in chart.states[state].delsaker for state in configuration.active):
            name = kind.titler.nb if kind.titler else kind.id
            raise Refusal([Reason(f"«{name}» kan ikke startes nå: {standing(chart, configuration)}.")])

    def _date(self, dato: dt.date | None) -> dt.date:
        return dato if dato is not None else self._clock.today()


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
