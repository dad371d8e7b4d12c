"""Databases like the product's, and the ways of saving a case in them: the product's own, and SQL by hand."""

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
from saksbehandling.workflow_engine import statements
from saksbehandling.workflow_engine.chart import SYSTEM
from saksbehandling.workflow_engine.models import Flyt
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
    """As a page does it: a session reads the case, the service fires the event, commit."""

    def __init__(self, engine: sa.Engine, registry: Registry) -> None:
        self._sessions = db.session_factory(engine)
        self._registry = registry
        self._actor = Actor("Eirin Berg", 1)
        self._roles = frozenset({*registry.chart(CHART).roller, SYSTEM})

    def start(self) -> int:
        with self._sessions.begin() as session:
            flyt = WorkflowService(session, self._registry, SystemClock()).start(CHART, None, self._actor)
            return flyt.id

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            service = WorkflowService(session, self._registry, SystemClock())
            service.fire(service.case(case), happening, None, self._actor, self._roles)


class ByHand:
    """The same rows by the driver with nothing in between: the floor."""

    def __init__(self, engine: sa.Engine, start: Callable[[], State], step: Step) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        self._start = start
        self._step = step
        self._clock = SystemClock()
        self._connect(engine)

    def _connect(self, engine: sa.Engine) -> None:
        self._pooled = engine.raw_connection()
        self._connection = self._pooled.driver_connection
        if not self._sqlite:
            self._connection.autocommit = True  # BEGIN and COMMIT are written out

    def _execute(self, sql: str, values: tuple[object, ...] = ()) -> sa.engine.interfaces.DBAPICursor:
        return self._connection.execute(sql if self._sqlite else sql.replace("?", "%s"), values)

    def _begin(self) -> None:
        self._execute("BEGIN IMMEDIATE" if self._sqlite else "BEGIN")

    def start(self) -> int:
        sql = "INSERT INTO flyt (definisjon, versjon, aktive, data, radversjon) VALUES (?, 1, ?, ?, 1) RETURNING id"
        self._begin()
        case = self._execute(sql, (CHART, *self._start())).fetchone()[0]
        self._execute("COMMIT")
        return case

    def fire(self, case: int, happening: str) -> None:
        self._begin()
        self._move(case, happening)
        self._execute("COMMIT")

    def _move(self, case: int, happening: str) -> None:
        sql = "SELECT aktive, historikkverdier, radversjon FROM flyt WHERE id = ?"
        before, data, version = self._execute(sql, (case,)).fetchone()
        after, data = self._step(happening, before, data)
        sql = "UPDATE flyt SET aktive = ?, historikkverdier = ?, radversjon = ? WHERE id = ? AND radversjon = ?"
        if self._execute(sql, (after, data, version + 1, case, version)).rowcount != 1:
            raise RuntimeError("Somebody else moved the case.")
        sql = (
            "INSERT INTO flythistorikk (flyt_id, sekvens, tidspunkt, dato, hendelse, fra, til, aktoer, aktoer_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 'Eirin Berg', 1)"
        )
        now, today = self._clock.now().isoformat(" "), self._clock.today().isoformat()
        self._execute(sql, (case, version + 1, now, today, happening, before, after))


class ByHandInSession(ByHand):
    """The same by hand, in a session as every page has one: what our engine adds is the rest."""

    def _connect(self, engine: sa.Engine) -> None:
        self._sessions = db.session_factory(engine)

    def start(self) -> int:
        with self._sessions.begin() as session:
            self._connection = session.connection().connection.driver_connection
            sql = "INSERT INTO flyt (definisjon, versjon, aktive, data, radversjon) VALUES (?, 1, ?, ?, 1) RETURNING id"
            case: int = self._execute(sql, (CHART, *self._start())).fetchone()[0]
            return case

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            self._connection = session.connection().connection.driver_connection
            self._move(case, happening)


class LikeOurs:
    """A peer between the product's own statements, in a session as the product's: the same tables, the same commit."""

    def __init__(self, engine: sa.Engine, start: Callable[[], State], step: Step) -> None:
        self._sessions = db.session_factory(engine)
        self._start = start
        self._step = step
        self._clock = SystemClock()

    def start(self) -> int:
        with self._sessions.begin() as session:
            active, data = self._start()
            flyt = Flyt(definisjon=CHART, versjon=1, aktive=active, data={}, historikkverdier={"": data})
            session.add(flyt)
            session.flush()
            return flyt.id

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            connection, stored = session.connection(), statements.case(session, case)
            active, data = self._step(happening, stored.aktive, (stored.historikkverdier or {})[""])
            version = stored.radversjon + 1
            row = {
                "flyt_id": case,
                "sekvens": version,
                "tidspunkt": self._clock.now(),
                "dato": self._clock.today(),
                "hendelse": happening,
                "fra": stored.aktive,
                "til": active,
                "aktoer": "Eirin Berg",
                "aktoer_id": 1,
                "merknad": None,
                "data": None,
                "sett": stored.radversjon,
                "radversjon": version,
                "aktive": active,
                "historikkverdier": {"": data},
            }
            if statements.move_and_remember(connection, [row]) != 1:
                raise RuntimeError("Somebody else moved the case.")


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


@contextmanager
def postgresql(url: str) -> Iterator[Databases]:
    """Makes databases by name on a server, and drops them again."""
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    made: dict[str, sa.Engine] = {}

    def engine(name: str) -> sa.Engine:
        if name not in made:
            _on(server, f'DROP DATABASE IF EXISTS "maaling_{name}"', f'CREATE DATABASE "maaling_{name}"')
            made[name] = db.create_engine(server.url.set(database=f"maaling_{name}").render_as_string(False))
            db.Base.metadata.create_all(made[name])
        return made[name]

    yield engine
    for name, each in made.items():
        each.dispose()
        _on(server, f'DROP DATABASE "maaling_{name}" WITH (FORCE)')


def _on(server: sa.Engine, *statements: str) -> None:
    with server.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
