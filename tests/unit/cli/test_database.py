"""`saksbehandling database oppgrader`, and how opening a database of another age goes."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from saksbehandling import db
from saksbehandling.cli import main
from saksbehandling.migrations import run


def test_an_empty_database_is_made_and_then_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "oppgrader", "--data", str(tmp_path)]) == 0
    engine = db.create_engine(f"sqlite:///{tmp_path / 'saksbehandling.db'}")
    assert run.is_current(engine)
    assert len(sa.inspect(engine).get_table_names()) > 10
    engine.dispose()
    assert main(["database", "oppgrader", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Databasen er oppgradert.\nDatabasen er oppdatert fra før.\n"


def test_a_newer_database_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = db.create_engine(f"sqlite:///{tmp_path / 'saksbehandling.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('fra fremtiden')")
    engine.dispose()
    assert main(["database", "oppgrader", "--data", str(tmp_path)]) == 1
    assert "nyere versjon av programmet (steg fra fremtiden)" in capsys.readouterr().err
