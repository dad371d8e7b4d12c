"""Runs the migrations, from a checkout or an installed wheel alike.

    upgrade(engine)          bring a database, empty or old, to what this version knows
    downgrade(engine, to)    back to revision `to`, or to "base"
    is_current(engine)       whether nothing is left to do
    prepare(engine)          what opening a database does: SQLite is upgraded, PostgreSQL is refused when it is behind
    mark_current(engine)     for a database that was made from the metadata (tests)

`python -m saksbehandling.migrations.run "what changed"` writes the next migration from the models.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from saksbehandling import db
from saksbehandling.errors import SetupError

COMMAND = "saksbehandling database oppgrader"


def upgrade(engine: sa.Engine) -> None:
    """Run every migration that the database lacks, all or none. Raises `SetupError` if it is newer than we are."""
    _require_known(engine)
    with _connected(engine) as config:
        command.upgrade(config, "head")


def downgrade(engine: sa.Engine, to: str) -> None:
    """Undo migrations down to the revision `to`; "base" is an empty database."""
    with _connected(engine) as config:
        command.downgrade(config, to)


def mark_current(engine: sa.Engine) -> None:
    """Say that the database has everything, without running anything."""
    with _connected(engine) as config:
        command.stamp(config, "head")


def is_current(engine: sa.Engine) -> bool:
    return set(_heads_in(engine)) == set(_scripts().get_heads())


def prepare(engine: sa.Engine) -> None:
    """Make sure that the database fits this version, before anything reads it.

    A SQLite file belongs to one program and is upgraded at once. A PostgreSQL database may serve others that still run
    the old version, so that is left to a person. Raises `SetupError`.
    """
    _require_known(engine)
    if is_current(engine):
        return
    if engine.dialect.name != "sqlite":
        raise SetupError(f"Databasen er eldre enn programmet. Ta en sikkerhetskopi og kjør «{COMMAND}».")
    upgrade(engine)


def write_next(message: str) -> Path:
    """Write the migration from the newest one to the present models."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = db.create_engine(f"sqlite:///{scratch}/tom.db")
        upgrade(engine)
        with _connected(engine) as config:
            made = command.revision(config, message, autogenerate=True)
        engine.dispose()
    return Path(made.path)  # type: ignore[union-attr]  # one message makes one script


def _require_known(engine: sa.Engine) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if unknown := set(_heads_in(engine)) - known:
        raise SetupError(
            f"Databasen er laget av en nyere versjon av programmet (steg {', '.join(unknown)}). Oppgrader programmet."
        )


def _heads_in(engine: sa.Engine) -> tuple[str, ...]:
    with db.reader(engine).connect() as connection:
        return MigrationContext.configure(connection).get_current_heads()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


@contextmanager
def _connected(engine: sa.Engine) -> Iterator[Config]:
    """A configuration with one open connection."""
    config = _config()
    with engine.connect() as connection, _loose_keys(connection):
        config.attributes["connection"] = connection
        yield config


@contextmanager
def _loose_keys(connection: sa.Connection) -> Iterator[None]:
    """Foreign keys off in SQLite: an altered table is dropped and made anew, and would take its children along."""
    if connection.dialect.name != "sqlite":
        yield
        return
    pragma = _pragma(connection)
    pragma("foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        pragma("foreign_keys=ON")


def _pragma(connection: sa.Connection) -> Callable[[str], None]:
    """Runs a pragma on the driver's own connection: inside a transaction SQLite ignores these."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return lambda text: driver.execute(f"PRAGMA {text}").close()


if __name__ == "__main__":
    print(write_next(" ".join(sys.argv[1:])))
