"""Small charts from a few lines of SCXML, and databases that hold the workflow's own tables."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from saksbehandling import db
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.models import Arbeidsflytversjon, Flyt, Flythistorikk, Frist

HEAD = (
    '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" '
    'name="{name}" sb:versjon="1"{initial}>'
    '<sb:tittel nb="Prøve" nn="Prøve" en="Trial"/><sb:hendelse navn="start" nb="Start" nn="Start" en="Start"/>'
)
ROLES = {
    "skriver": '<sb:rolle navn="skriver" nb="skriver" nn="skrivar" en="clerk"/>',
    "sjef": '<sb:rolle navn="sjef" nb="sjef" nn="sjef" en="boss"/>',
}
TABLES = [each.__table__ for each in (Flyt, Flythistorikk, Frist, Arbeidsflytversjon)]
POSTGRESQL = os.environ.get("SAKSBEHANDLING_TEST_POSTGRESQL")

MakeChart = Callable[..., Chart]


def scxml(body: str, name: str = "proeve", initial: str | None = None) -> bytes:
    """A definition with `body` inside, whose first line is line 1. Declares the roles that `body` names."""
    head = HEAD.format(name=name, initial=f' initial="{initial}"' if initial else "")
    roles = "".join(role for name, role in ROLES.items() if name in body)
    return f"{head}{roles}{body.strip()}\n</scxml>".encode()


@pytest.fixture(name="source")
def source_fixture() -> Callable[..., bytes]:
    return scxml


@pytest.fixture
def make_chart() -> MakeChart:
    def make(body: str, name: str = "proeve", initial: str | None = None) -> Chart:
        return compile_chart(f"{name}.scxml", scxml(body, name, initial))

    return make


def _fresh_postgresql() -> Iterator[sa.Engine]:
    """An engine whose tables live in a schema of their own, dropped afterwards."""
    if not POSTGRESQL:
        pytest.skip("SAKSBEHANDLING_TEST_POSTGRESQL er ikke satt")
    schema = f"flyt_{uuid.uuid4().hex[:12]}"
    url = sa.make_url(POSTGRESQL)
    owner = sa.create_engine(url)
    with owner.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    engine = db.create_engine(
        url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    )
    yield engine
    engine.dispose()
    with owner.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


def _with_tables(engine: sa.Engine) -> sa.Engine:
    db.Base.metadata.create_all(engine, tables=TABLES)
    return engine


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """A database for one session."""
    if request.param == "postgresql":
        for engine in _fresh_postgresql():
            yield _with_tables(engine)
        return
    engine = db.create_engine("sqlite://")
    yield _with_tables(engine)
    engine.dispose()


@pytest.fixture(params=BOTH)
def shared_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database for several sessions at once."""
    if request.param == "postgresql":
        for engine in _fresh_postgresql():
            yield _with_tables(engine)
        return
    engine = db.create_engine(f"sqlite:///{tmp_path / 'flyt.db'}")
    yield _with_tables(engine)
    engine.dispose()
