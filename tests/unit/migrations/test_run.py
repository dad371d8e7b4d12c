"""The migrations: from empty they make exactly what the models say, on whatever database this run is on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from saksbehandling import db, modeller
from saksbehandling.errors import SetupError
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.migrations import run
from saksbehandling.moete.models import Moete
from saksbehandling.protokoll.models import Moeteprotokoll
from saksbehandling.utvalg.models import Utvalg, Utvalgstype

assert modeller  # fills the metadata


@pytest.fixture
def empty(engine: sa.Engine) -> Iterator[sa.Engine]:
    """A database without a table; afterwards as other tests expect it."""
    db.Base.metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    yield engine
    db.Base.metadata.create_all(engine)
    run.mark_current(engine)


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_upgrading_from_empty_gives_what_the_models_say(empty: sa.Engine) -> None:
    run.upgrade(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.Base.metadata) == []
    assert tables(empty) == set(db.Base.metadata.tables)


def test_what_is_there_already_is_put_where_new_things_are(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.downgrade(empty, "76629768cf25")
    with Session(empty) as session:
        organ = Utvalg(kode="by", navn="Bystyret", utvalgstype=Utvalgstype.KOMMUNESTYRE)
        moete = Moete(utvalg=organ, dato=dt.date(2019, 8, 29))
        naa = dt.datetime(2019, 9, 12, tzinfo=dt.UTC)
        session.add(Moeteprotokoll(moete=moete, data={}, sjekksum="", frosset=naa, lagt_fram_av="", godkjent=naa))
        session.commit()
    run.upgrade(empty)
    with Session(empty) as session:
        oppgaver = session.execute(sa.select(Utboks.type, Utboks.nyttelast, Utboks.utfoert)).all()
        assert oppgaver == [
            (Oppgavetype.INDEKSER, {"moete_id": 1, "fjernet": []}, None),
            (Oppgavetype.BESTILL_MOETEPROTOKOLL, {"moete_id": 1}, None),
        ]
    run.downgrade(empty, "76629768cf25")
    with empty.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM utboks WHERE type = 'indekser'")) == 0


def test_downgrading_takes_everything_away(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.downgrade(empty, "base")
    assert tables(empty) == set()
    assert not run.is_current(empty)


def test_upgrading_twice_changes_nothing(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.upgrade(empty)
    assert run.is_current(empty)


def test_foreign_keys_hold_again_afterwards(empty: sa.Engine) -> None:
    if empty.dialect.name == "sqlite":
        run.upgrade(empty)
        with empty.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_opening_upgrades_sqlite_and_refuses_an_old_postgresql(empty: sa.Engine) -> None:
    if empty.dialect.name == "sqlite":
        run.prepare(empty)
        assert run.is_current(empty)
    else:
        with pytest.raises(SetupError, match="saksbehandling database oppgrader"):
            run.prepare(empty)
        assert tables(empty) == set()


def test_opening_a_database_that_fits_changes_nothing(engine: sa.Engine) -> None:
    run.prepare(engine)
    assert run.is_current(engine)


def test_opening_a_newer_database_is_refused(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'nyere'")
    try:
        with pytest.raises(SetupError, match="nyere versjon"):
            run.prepare(engine)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM alembic_version")
        run.mark_current(engine)
