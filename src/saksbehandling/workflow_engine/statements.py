"""The statements of every event, and how a case is read by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from saksbehandling import db
from saksbehandling.errors import NotFound
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.prepared import NOTHING, Query, Statement, Values


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


def move_and_remember(connection: sa.Connection, rows: Sequence[Values], alike: Values = NOTHING) -> int:
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
