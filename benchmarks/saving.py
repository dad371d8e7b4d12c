"""Databases like the product's, and the ways of saving a case in them: the product's own, a session, SQL by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import event

import saksbehandling.modeller  # noqa: F401 - so that there are all the tables
from saksbehandling import db
from saksbehandling.clock import SystemClock
from saksbehandling.workflow_engine.chart import SYSTEM
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import Actor, WorkflowService

CHART = "politisk_sak"

State = tuple[str, str]
"""The active states, and what else the engine wants to be stored."""
Step = Callable[[str, str, str], State]
"""Where an event leads from a stored state."""
Databases = Callable[[str], sa.Engine]
"""A database by its name, made when it is first asked for."""


class Contestant(Protocol):
    def start(self) -> int:
        """A new case; its id."""

    def fire(self, case: int, happening: str) -> None:
        """One transition, committed."""


class Ours:
    """As a view does it: a session, the case by its id, the service, commit."""

    def __init__(self, engine: sa.Engine, registry: Registry) -> None:
        self._sessions = db.session_factory(engine)
        self._registry = registry
        self._actor = Actor("Eirin Berg", 1)
        self._roles = {*registry.chart(CHART).roller, SYSTEM}

    def start(self) -> int:
        with self._sessions.begin() as session:
            flyt = WorkflowService(session, self._registry, SystemClock()).start(CHART, None, self._actor)
            return flyt.id

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            service = WorkflowService(session, self._registry, SystemClock())
            service.fire(session.get_one(Flyt, case), happening, None, self._actor, self._roles)


class ByHand:
    """The same rows by sqlite3 with nothing in between: the floor, and the lightest saving that a peer can have."""

    def __init__(self, engine: sa.Engine, start: Callable[[], State], step: Step) -> None:
        self._pooled = engine.raw_connection()
        self._execute = self._pooled.driver_connection.execute
        self._start = start
        self._step = step
        self._clock = SystemClock()

    def start(self) -> int:
        sql = "INSERT INTO flyt (definisjon, versjon, aktive, data, radversjon) VALUES (?, 1, ?, ?, 1)"
        self._execute("BEGIN IMMEDIATE")
        case = self._execute(sql, (CHART, *self._start())).lastrowid
        self._execute("COMMIT")
        return case

    def fire(self, case: int, happening: str) -> None:
        self._execute("BEGIN IMMEDIATE")
        sql = "SELECT aktive, data, radversjon FROM flyt WHERE id = ?"
        before, data, version = self._execute(sql, (case,)).fetchone()
        after, data = self._step(happening, before, data)
        sql = "UPDATE flyt SET aktive = ?, data = ?, radversjon = ? WHERE id = ? AND radversjon = ?"
        if self._execute(sql, (after, data, version + 1, case, version)).rowcount != 1:
            raise RuntimeError("Somebody else moved the case.")
        sql = (
            "INSERT INTO flythistorikk (flyt_id, sekvens, tidspunkt, dato, hendelse, fra, til, aktoer, aktoer_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 'Eirin Berg', 1)"
        )
        now, today = self._clock.now().isoformat(" "), self._clock.today().isoformat()
        self._execute(sql, (case, version + 1, now, today, happening, before, after))
        self._execute("COMMIT")


class ByOrm:
    """The same rows by a session and the models of the product, as an application of ours around a peer would."""

    def __init__(self, engine: sa.Engine, start: Callable[[], State], step: Step) -> None:
        self._sessions = db.session_factory(engine)
        self._start = start
        self._step = step
        self._clock = SystemClock()

    def start(self) -> int:
        with self._sessions.begin() as session:
            active, data = self._start()
            flyt = Flyt(definisjon=CHART, versjon=1, aktive=active, data=data)
            session.add(flyt)
            session.flush()
            return flyt.id

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            flyt = session.get_one(Flyt, case)
            before = flyt.aktive
            flyt.aktive, flyt.data = self._step(happening, before, flyt.data)
            row = Flythistorikk(
                flyt_id=case,
                sekvens=flyt.radversjon + 1,
                tidspunkt=self._clock.now(),
                dato=self._clock.today(),
                hendelse=happening,
                fra=before,
                til=flyt.aktive,
                aktoer="Eirin Berg",
                aktoer_id=1,
            )
            session.add(row)


@contextmanager
def databases(synchronous: str) -> Iterator[Databases]:
    """Makes SQLite files by name, with the product's own pragmas but for `synchronous`."""
    made: dict[str, sa.Engine] = {}

    def engine(name: str) -> sa.Engine:
        if name not in made:
            made[name] = db.create_engine(f"sqlite:///{folder}/{name}.db")
            event.listen(made[name], "connect", lambda raw, _record: raw.execute(f"PRAGMA synchronous={synchronous}"))
            db.Base.metadata.create_all(made[name])
        return made[name]

    with tempfile.TemporaryDirectory() as folder:
        yield engine
        for each in made.values():
            each.dispose()
