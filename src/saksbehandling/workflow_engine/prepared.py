"""Statements of SQLAlchemy's, compiled once for each database and handed to its driver with nothing in between.

A session would work out again for each event what it is always told, at several times the cost of the database itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from saksbehandling import db

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]
NOTHING: Values = MappingProxyType({})


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

    def run(self, connection: sa.Connection, rows: Sequence[Values], alike: Values = NOTHING) -> int:
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
