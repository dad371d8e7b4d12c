"""The statements of every event, compiled once for each database and handed to its driver with nothing in between.

A session would work out again for each event what it is always told, at several times the cost of the database itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saksbehandling import db
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus

Values = Mapping[str, Any]
_Fill = Callable[[Values], Any]


class Statement:
    """A Core statement whose parameters are all bound by name."""

    def __init__(self, statement: sa.ClauseElement) -> None:
        self._statement = statement
        self._prepared: dict[str, tuple[str, _Fill]] = {}

    def run(self, connection: sa.Connection, rows: Sequence[Values]) -> int:
        """Run it once for each of `rows`; how many table rows it touched. Raises `Conflict` when a race was lost."""
        sql, fill = self._for(connection.dialect)
        with db.conflicts(), closing(connection.connection.cursor()) as cursor:
            if len(rows) == 1:
                cursor.execute(sql, fill(rows[0]))
            else:
                cursor.executemany(sql, [fill(row) for row in rows])
            return cursor.rowcount

    def _for(self, dialect: sa.Dialect) -> tuple[str, _Fill]:
        if dialect.name not in self._prepared:
            self._prepared[dialect.name] = self._prepare(dialect)
        return self._prepared[dialect.name]

    def _prepare(self, dialect: sa.Dialect) -> tuple[str, _Fill]:
        compiled: Any = self._statement.compile(dialect=dialect)
        binds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        convert = {name: kind.bind_processor(dialect) for name, kind in binds.items()}
        if dialect.positional:
            pairs = tuple((name, convert[name]) for name in compiled.positiontup)
            return compiled.string, lambda values: tuple(
                [to(values[name]) if to else values[name] for name, to in pairs]
            )
        return compiled.string, lambda values: {
            name: to(values[name]) if to else values[name] for name, to in convert.items()
        }


def _given(table: sa.Table, *names: str) -> dict[str, sa.BindParameter[Any]]:
    return {name: sa.bindparam(name, type_=table.c[name].type) for name in names}


_FLYT, _HISTORIKK, _FRIST = (db.Base.metadata.tables[each.__tablename__] for each in (Flyt, Flythistorikk, Frist))

MOVE = Statement(
    sa.update(_FLYT)
    .where(_FLYT.c.id == sa.bindparam("flyt_id"), _FLYT.c.radversjon == sa.bindparam("sett"))
    .values(**_given(_FLYT, "aktive", "historikkverdier", "radversjon"))
)
"""The versioned UPDATE of a case. `sett`: the version that was read; touches no row when somebody else was first."""

REMEMBER = Statement(
    sa.insert(_HISTORIKK)
    .inline()
    .values(_given(_HISTORIKK, *(column.name for column in _HISTORIKK.c if column.name != "id")))
)
"""The row of an event in a case's history."""

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


@dataclass(frozen=True, slots=True)
class Case:
    """A `Flyt` as it stood when it was read, without an object in the session."""

    id: int
    definisjon: str
    versjon: int
    aktive: str
    historikkverdier: Mapping[str, Any] | None
    radversjon: int
    forelder_id: int | None
