"""The database: one declarative base, names for every constraint, UTC instants, a session per request."""

from __future__ import annotations

import datetime as dt
import sqlite3
from enum import StrEnum
from typing import Any, ClassVar

import psycopg
import sqlalchemy as sa
import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from zope.sqlalchemy.datamanager import STATUS_ACTIVE, STATUS_CHANGED

from saksbehandling import richtext
from saksbehandling.errors import Conflict

# What the databases call it when another writer was there first: SQLite by name, PostgreSQL by SQLSTATE (a value that
# is unique was taken, a transaction that cannot be put in order).
_LOST_RACES = ("SQLITE_BUSY", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505", "40001", "40P01")

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """An instant. Stored as UTC, always read back with its time zone; a naive value is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Et tidspunkt uten tidssone kan ikke lagres.")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: sa.Dialect) -> dt.datetime | None:
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=dt.UTC)
        return value


class RichText(sa.types.TypeDecorator[richtext.Blocks]):
    """A `richtext` block tree, stored as JSON."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: richtext.Blocks | None, _dialect: sa.Dialect) -> Any:
        return None if value is None else richtext.to_json(value)

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> richtext.Blocks | None:
        return None if value is None else richtext.from_json(value)


def kode(enum: type[StrEnum]) -> sa.Enum:
    """A column type that stores the values of a code list as text, the same in every database."""
    return sa.Enum(enum, native_enum=False, length=40, values_callable=lambda kind: [member.value for member in kind])


# Marks a column whose value is the SHA-256 of a file in the document store: `mapped_column(Filsum, info=FIL)`.
FIL = {"fil": True}
Filsum = sa.String(64)


class Base(DeclarativeBase):
    """Every table of the product."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: UtcDateTime(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
        richtext.Blocks: RichText(),
    }


def filer_i(session: Session) -> dict[str, list[str]]:
    """Every file of the document store that a row names, by SHA-256, with the rows: «dokumentversjon 5»."""
    filer: dict[str, list[str]] = {}
    for tabell in Base.metadata.sorted_tables:
        for kolonne in (ett for ett in tabell.columns if ett.info.get("fil")):
            rader = session.execute(sa.select(tabell.c.id, kolonne).where(kolonne.is_not(None)))
            for nummer, sha256 in rader:
                filer.setdefault(sha256, []).append(f"{tabell.name} {nummer}")
    return filer


def create_engine(url: str) -> sa.Engine:
    """An engine for `url`; SQLite gets WAL, foreign keys, full sync and transactions that start as writers.

    A transaction that reads first and writes later fails in SQLite when somebody wrote in between, however long it
    would have waited. So every transaction takes the write lock at once, but those of a `reader`.
    """
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def reader(engine: sa.Engine) -> sa.Engine:
    """The same engine for transactions that only read: they take no write lock in SQLite."""
    return engine.execution_options(sqlite_begin="DEFERRED")


class CheckedSession(Session):
    """A session in which a lost race is a `Conflict` wherever it is found out: most flushes are nobody's own."""

    def flush(self, objects: Any = None) -> None:
        with conflicts():
            super().flush(objects)


def session_factory(engine: sa.Engine) -> sessionmaker[Session]:
    """Sessions of one transaction each: whoever reads on after a commit asks another session, or tells this one to
    expire what it has."""
    return sessionmaker(bind=engine, class_=CheckedSession, expire_on_commit=False)


def request_session(request: Request) -> Session:
    """The request's session, joined to its transaction (pyramid_tm). GET and HEAD only read, and block nobody.

    Any other request commits whatever it did: without being told, zope.sqlalchemy notices changed objects, but would
    roll back what was written by a statement.
    """
    engine, reads = request.registry["engine"], request.method in ("GET", "HEAD")
    session: Session = request.registry["session_factory"](bind=reader(engine) if reads else engine)
    state = STATUS_ACTIVE if reads else STATUS_CHANGED
    zope.sqlalchemy.register(session, initial_state=state, transaction_manager=request.tm)
    return session


class conflicts:  # noqa: N801 - used like a function: `with conflicts():`
    """A race lost while writing inside this block becomes a `Conflict`; the caller rolls the transaction back.

    A class and no generator, since every event of a case passes through several of these.
    """

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None and _is_lost_race(error):
            raise lost_race() from error


def _is_lost_race(error: BaseException) -> bool:
    if isinstance(error, StaleDataError):
        return True
    told = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(told, sqlite3.Error | psycopg.Error):
        return False
    name = getattr(told, "sqlite_errorname", None) or getattr(told, "sqlstate", None) or ""
    return name.startswith(_LOST_RACES)


def lost_race() -> Conflict:
    """What is told to whoever came second."""
    return Conflict(
        "Noen andre har endret saken siden du åpnet den. Ingenting er lagret. Last siden på nytt og prøv igjen."
    )


def includeme(config: Configurator) -> None:
    config.include("pyramid_tm")
    config.add_request_method(request_session, "dbsession", reify=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below decides, not the driver's
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.connection.cursor().execute(f"BEGIN {mode}")
