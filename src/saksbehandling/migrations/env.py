"""What Alembic runs: our metadata, against the connection that `migrations.run` hands over."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

import saksbehandling.modeller  # noqa: F401 - fills Base.metadata
from saksbehandling.db import Base


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Types as the database knows them, so that an old migration does not change when our own types do."""
    if kind != "type":
        return False
    if isinstance(thing, sa.Enum):
        return f"sa.String(length={thing.length})"
    return f"sa.{thing.impl!r}" if isinstance(thing, sa.types.TypeDecorator) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite alters a table by copying it; both databases run all steps in one transaction.
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
