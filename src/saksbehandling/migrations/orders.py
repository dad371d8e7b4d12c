"""Tasks that a migration asks for, so that what is in the database already gets what new things get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

_OUTBOX = sa.table(
    "utboks",
    sa.column("type", sa.String),
    sa.column("nyttelast", sa.JSON),
    sa.column("opprettet", sa.DateTime(timezone=True)),
    sa.column("forsoek", sa.Integer),
)


def order(kind: str, payloads: Iterable[Mapping[str, Any]]) -> None:
    """Ask for a task of that kind for each payload."""
    shared = {"type": kind, "opprettet": dt.datetime.now(dt.UTC), "forsoek": 0}
    op.bulk_insert(_OUTBOX, [{**shared, "nyttelast": dict(payload)} for payload in payloads])


def ids(query: str) -> list[int]:
    """What the query gives, one number a row."""
    return list(op.get_bind().scalars(sa.text(query)))
