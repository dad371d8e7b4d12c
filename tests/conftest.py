"""What every test may ask for.

`engine` and `session` are SQLite in a folder of the test's own, or PostgreSQL when SAKSBEHANDLING_TEST_POSTGRESQL holds
the URL of a server (each process that runs tests makes databases of its own there); each test begins with empty tables.
Tests that ask for a database are marked `database`. With SAKSBEHANDLING_KREV_ALT=1 a missing program fails a test
instead of skipping it.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from hypothesis import settings as hypothesis_settings
from jinja2.bccache import Bucket, BytecodeCache
from lxml import etree
from sqlalchemy.orm import Session
from webtest import TestApp

import saksbehandling
from saksbehandling import config, config_values, db
from saksbehandling.clock import FixedClock
from saksbehandling.config import Settings
from saksbehandling.identity import services as identity_services

# A slow machine is no fault of the code: no example is timed.
hypothesis_settings.register_profile("saksbehandling", deadline=None)
hypothesis_settings.load_profile("saksbehandling")

ROOT = Path(__file__).parents[1]
POSTGRESQL = os.environ.get("SAKSBEHANDLING_TEST_POSTGRESQL", "")
NyDatabase = Callable[[str, str], str]
KREV_ALT = os.environ.get("SAKSBEHANDLING_KREV_ALT") == "1"
PROSESS = os.environ.get("PYTEST_XDIST_WORKER", "alene")
FILES = {
    "axe": ROOT / "node_modules" / "axe-core" / "axe.min.js",
    "utseende": ROOT / "templates" / "web" / "static" / "vendor",
    "w3c": ROOT / "tests" / "conformance" / "w3c",
}
PROGRAMS = {
    "chromium": "chromium",
    "git": "git",
    "libreoffice": "soffice",
    "npm": "npm",
    "poppler": "pdftotext",
    "tesseract": "tesseract",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"database_url", "_demodata"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


def _lacking(why: str) -> None:
    if KREV_ALT:
        pytest.fail(f"{why}, og SAKSBEHANDLING_KREV_ALT=1 krever det.")
    pytest.skip(why)


def _find(name: str) -> str | None:
    if name == "postgresql":
        return POSTGRESQL
    if name in FILES:
        return str(FILES[name]) if FILES[name].exists() else None
    return shutil.which(PROGRAMS[name])


@pytest.fixture(scope="session")
def krev() -> Callable[[str], str]:
    """`krev("chromium")` gives the program's path, or skips the test with a reason.

    Knows PROGRAMS, "postgresql" (its URL), and FILES that `make sure` fetches: axe, the look, the W3C's tests.
    """

    def need(name: str) -> str:
        found = _find(name)
        if not found:
            _lacking(f"{name} finnes ikke på denne maskinen")
        return found or ""

    return need


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; tests that read it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        _lacking("../shared finnes ikke")
    return folder


@pytest.fixture(scope="session")
def wml(shared: Path) -> etree.XMLSchema:
    """The schema of WordprocessingML, transitional."""
    return etree.XMLSchema(etree.parse(shared / "standards/ooxml/wml.xsd"))


@pytest.fixture
def klokke() -> FixedClock:
    """A clock that stands at noon, 29 August 2019, in Oslo; move it with `set`."""
    return FixedClock(dt.datetime(2019, 8, 29, 10, 0, tzinfo=dt.UTC))


@pytest.fixture(scope="session")
def _blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no rows: copying it is far quicker than making the tables for each test."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _blank_postgresql(ny_database: NyDatabase) -> str:
    url = ny_database("blank", "")
    _make_tables(url)
    return url


@pytest.fixture(scope="session")
def ny_database() -> NyDatabase:
    """`ny_database(name, template)` makes a database on the PostgreSQL server and gives its URL.

    `template` is the URL of the database that it is to be a copy of; "" for an empty one. It is this process's own, and
    an earlier one of that name is dropped.
    """

    def make(name: str, template: str) -> str:
        own = f"saksbehandling_{name}_{PROSESS}"
        copied = sa.make_url(template).database if template else "template0"
        server = sa.create_engine(config_values.database(POSTGRESQL), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {own} TEMPLATE {copied}")
        server.dispose()
        return server.url.set(database=own).render_as_string(hide_password=False)

    return make


def _make_tables(url: str) -> None:
    # Here, not above: a test of pure rules must run although some feature's models cannot be imported just now.
    import saksbehandling.modeller  # noqa: F401
    from saksbehandling.migrations import run

    engine = db.create_engine(url)
    db.Base.metadata.create_all(engine)
    run.mark_current(engine)
    engine.dispose()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with every table and no rows."""
    if POSTGRESQL:
        url: str = request.getfixturevalue("_blank_postgresql")
        _empty_tables(url)
        return url
    shutil.copy(request.getfixturevalue("_blank_sqlite"), tmp_path / "saksbehandling.db")
    return f"sqlite:///{tmp_path / 'saksbehandling.db'}"


def _empty_tables(url: str) -> None:
    engine = db.create_engine(url)
    names = ", ".join(f'"{table.name}"' for table in db.Base.metadata.tables.values())
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    engine = db.create_engine(database_url)
    yield engine
    engine.dispose()


class _Maler(BytecodeCache):
    """The pages' templates as compiled by the first app that a process makes; each test makes one of its own."""

    def __init__(self) -> None:
        self._kompilert: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kompilert:
            bucket.bytecode_from_string(self._kompilert[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kompilert[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _hundreds_of_apps_and_logins() -> Iterator[None]:
    """A password's slow hash, and templates compiled once for each server, would cost hundreds of them dearly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(saksbehandling.PYRAMID, "jinja2.bytecode_caching", _Maler())
        patch.setattr(identity_services, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session that takes no lock until it writes. Commit before the app or another session is to see or write."""
    with Session(db.reader(engine)) as session:
        yield session


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an installation in the test's own folder; no worker runs unless the test starts one."""
    return config.load(
        {"data_dir": tmp_path, "database_url": database_url, "worker_in_process": False, "secret": "hemmelig " * 5}, {}
    )


@pytest.fixture
def app(settings: Settings, klokke: FixedClock) -> Iterator[TestApp]:
    """The whole product behind WebTest, on the same database as `session`, with `klokke` as its clock."""
    wsgi = saksbehandling.main(**asdict(settings))
    wsgi.registry["clock"] = klokke
    wsgi.registry["felles"] = replace(wsgi.registry["felles"], clock=klokke)
    yield TestApp(wsgi)
    wsgi.registry["parts"].close()
