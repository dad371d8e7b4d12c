"""The statements of every event, compiled once for each database and handed to its driver with nothing in between.

A session would work out again for each event what it is always told, at several times the cost of the database itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from saksbehandling import db
from saksbehandling.errors import NotFound
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]
_NOTHING: Values = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement in the words of one database. `convert`: what the driver does not take as it is. `pick`: the
    parameters out of what `bind` gives, as the driver wants them."""

    sql: str
    convert: tuple[tuple[str, _Convert], ...]
    pick: Callable[[dict[str, Any]], Any]

    def bind(self, values: Values) -> dict[str, Any]:
        return _converted(dict(values), self.convert)


class Statement:
    """A Core statement whose parameters are all bound by name."""

    def __init__(self, statement: sa.ClauseElement) -> None:
        self._statement = statement
        self._prepared: dict[str, _Prepared] = {}

    def run(self, connection: sa.Connection, rows: Sequence[Values], alike: Values = _NOTHING) -> int:
        """Run it once for each of `rows`; how many table rows it touched. Raises `Conflict` when a race was lost.

        `alike`: the values that all of the rows have in common, which are converted once.
        """
        prepared = self._for(connection.dialect)
        common = prepared.bind(alike)
        filled = [prepared.pick(common | prepared.bind(row)) for row in rows]
        with db.conflicts(), closing(connection.connection.cursor()) as cursor:
            if len(filled) == 1:
                cursor.execute(prepared.sql, filled[0])
            else:
                cursor.executemany(prepared.sql, filled)
            return cursor.rowcount

    def _for(self, dialect: sa.Dialect) -> _Prepared:
        if dialect.name not in self._prepared:
            self._prepared[dialect.name] = self._prepare(dialect)
        return self._prepared[dialect.name]

    def _prepare(self, dialect: sa.Dialect) -> _Prepared:
        compiled: Any = self._statement.compile(dialect=dialect)
        binds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        convert = tuple((name, to) for name, kind in binds.items() if (to := kind.bind_processor(dialect)))
        return _Prepared(compiled.string, convert, _in_order(compiled.positiontup) if dialect.positional else dict)


class Query(Statement):
    """A Core SELECT whose parameters are all bound by name."""

    def __init__(self, statement: sa.Select[Any]) -> None:
        super().__init__(statement)
        self._columns = tuple(statement.selected_columns)
        self._names = tuple(column.name for column in self._columns)
        self._convert: dict[str, tuple[tuple[str, _Convert], ...]] = {}

    def first(self, connection: sa.Connection, values: Values) -> dict[str, Any] | None:
        """Its first row by the columns' names."""
        prepared = self._for(connection.dialect)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(prepared.sql, prepared.pick(prepared.bind(values)))
            row = cursor.fetchone()
        return None if row is None else self._read(connection.dialect, row)

    def _read(self, dialect: sa.Dialect, row: Sequence[Any]) -> dict[str, Any]:
        if dialect.name not in self._convert:
            kinds = [(column.name, column.type.dialect_impl(dialect)) for column in self._columns]
            processors = ((name, kind.result_processor(dialect, None)) for name, kind in kinds)
            self._convert[dialect.name] = tuple((name, to) for name, to in processors if to)
        return _converted(dict(zip(self._names, row, strict=True)), self._convert[dialect.name])


def _converted(values: dict[str, Any], convert: Iterable[tuple[str, _Convert]]) -> dict[str, Any]:
    for name, to in convert:
        if name in values:
            values[name] = to(values[name])
    return values


def _in_order(names: Sequence[str]) -> Callable[[dict[str, Any]], Any]:
    """The values of these names, as a tuple."""
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names)


def _given(table: sa.Table, *names: str) -> dict[str, sa.BindParameter[Any]]:
    return {name: sa.bindparam(name, type_=table.c[name].type) for name in names}


_FLYT, _HISTORIKK, _FRIST = (db.Base.metadata.tables[each.__tablename__] for each in (Flyt, Flythistorikk, Frist))

READ = Query(sa.select(*_FLYT.c).where(_FLYT.c.id == sa.bindparam("flyt_id", type_=_FLYT.c.id.type)))

_move = (
    sa.update(_FLYT)
    .where(_FLYT.c.id == sa.bindparam("flyt_id", type_=_FLYT.c.id.type), _FLYT.c.radversjon == sa.bindparam("sett"))
    .values(**_given(_FLYT, "aktive", "historikkverdier", "radversjon"))
)
_row = _given(_HISTORIKK, *(column.name for column in _HISTORIKK.c if column.name != "id"))

MOVE = Statement(_move)
"""The versioned UPDATE of a case. `sett`: the version that was read; touches no row when somebody else was first."""

REMEMBER = Statement(sa.insert(_HISTORIKK).inline().values(_row))
"""The row of an event in a case's history."""

_moved = _move.returning(_FLYT.c.id).cte("flyttet")
MOVE_AND_REMEMBER = Statement(
    sa.insert(_HISTORIKK).inline().from_select(list(_row), sa.select(*_row.values()).select_from(_moved))
)
"""Both in one, for a server that is a journey away for each statement."""

_seen = sa.func.unnest(*(sa.bindparam(name, type_=sa.ARRAY(sa.Integer)) for name in ("flyt_id", "sett")))
_cases = _seen.table_valued(sa.column("id", sa.Integer), sa.column("sett", sa.Integer)).render_derived()
_all_moved = (
    sa.update(_FLYT)
    .where(_FLYT.c.id == _cases.c.id, _FLYT.c.radversjon == _cases.c.sett)
    .values(**_given(_FLYT, "aktive", "historikkverdier"), radversjon=_FLYT.c.radversjon + sa.literal_column("1"))
    .returning(_FLYT.c.id.label("flyt_id"), _FLYT.c.radversjon.label("sekvens"))
    .cte("flyttet")
)
_row_of_each = {name: _all_moved.c.get(name, given) for name, given in _row.items()}
MOVE_ALL_AND_REMEMBER = Statement(
    sa.insert(_HISTORIKK).inline().from_select(list(_row_of_each), sa.select(*_row_of_each.values()))
)
"""The same for many cases at once. `flyt_id` and `sett` are lists; twice as dear as the other for one."""


def move_and_remember(connection: sa.Connection, rows: Sequence[Values], alike: Values = _NOTHING) -> int:
    """Move cases and write each into its history. How many were moved: the caller rolls back unless all were.

    Of several, all but `flyt_id` and the versions (`sett`, `radversjon`, `sekvens`) must be `alike`.
    """
    if connection.dialect.name == "postgresql":
        if len(rows) == 1:
            return MOVE_AND_REMEMBER.run(connection, rows, alike)
        lists = {name: [row[name] for row in rows] for name in ("flyt_id", "sett")}
        return MOVE_ALL_AND_REMEMBER.run(connection, [lists], alike)
    moved = MOVE.run(connection, rows, alike)
    if moved == len(rows):
        REMEMBER.run(connection, rows, alike)
    return moved


SET_DEADLINE = Statement(
    sa.insert(_FRIST).inline().values(_given(_FRIST, "flyt_id", "tilstand", "navn", "hendelse", "forfaller", "status"))
)


def _cancelling(*columns: str) -> Statement:
    """Calls off the waiting deadlines of a case that have these values."""
    which = [_FRIST.c[name] == sa.bindparam(f"i_{name}", type_=_FRIST.c[name].type) for name in ("flyt_id", *columns)]
    waiting = _FRIST.c.status == sa.bindparam("i_status", type_=_FRIST.c.status.type)
    return Statement(sa.update(_FRIST).where(waiting, *which).values(_given(_FRIST, "status")))


CANCEL_ALL, CANCEL_IN_STATE, CANCEL_NAMED = (
    _cancelling(),
    _cancelling("tilstand"),
    _cancelling("tilstand", "navn"),
)


def cancel(connection: sa.Connection, statement: Statement, flyt_id: int, tilstand: str = "", navn: str = "") -> None:
    """Call deadlines off by one of the statements above. Objects of them in the session are not told."""
    which = {"i_flyt_id": flyt_id, "i_tilstand": tilstand, "i_navn": navn, "i_status": Friststatus.VENTER}
    statement.run(connection, [{**which, "status": Friststatus.KANSELLERT}])


class Case(NamedTuple):
    """A `Flyt` as it stood when it was read, without an object in the session."""

    id: int
    definisjon: str
    versjon: int
    aktive: str
    historikkverdier: Mapping[str, Any] | None
    radversjon: int
    forelder_id: int | None


def case(session: Session, flyt_id: int) -> Flyt:
    """The case as an object of the session, read at a tenth of what the session's own way costs. Raises `NotFound`."""
    key = Flyt.__mapper__.identity_key_from_primary_key((flyt_id,))
    if key in session.identity_map:
        return session.get_one(Flyt, flyt_id)
    row = READ.first(session.connection(), {"flyt_id": flyt_id})
    if row is None:
        raise NotFound(f"Saksgangen {flyt_id} finnes ikke.")
    return _loaded(session, key, row)


def _loaded(session: Session, key: tuple[type[Flyt], tuple[Any, ...], Any], row: dict[str, Any]) -> Flyt:
    """The object that SQLAlchemy would make of the row, by the same steps as its loader (`orm.loading`)."""
    flyt: Flyt = Flyt.__mapper__.class_manager.new_instance()
    vars(flyt).update(row)
    state = instance_state(flyt)
    state.key = key
    state.session_id = session.hash_key
    session.identity_map.add(state)
    return flyt
