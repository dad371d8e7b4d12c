"""Transactions of a request: those that may write take SQLite's write lock at once, those that read take none."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from webtest import TestApp

from saksbehandling import db
from saksbehandling.errors import Refusal


def count(request: Request) -> dict[str, int]:
    session = request.dbsession
    before = session.scalar(sa.text("SELECT count(*) FROM ting"))
    if request.method == "POST":
        session.execute(sa.text("INSERT INTO ting VALUES (1)"))
    if "feil" in request.params:
        raise Refusal(["Det går ikke."])
    return {"before": before}


@pytest.fixture
def things(engine: sa.Engine) -> Iterator[sa.Engine]:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE ting (id INTEGER)")
    yield engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ting")


@pytest.fixture
def web(things: sa.Engine) -> TestApp:
    config = Configurator(settings={"tm.manager_hook": "pyramid_tm.explicit_manager"})
    config.registry.update(engine=things, session_factory=db.session_factory(things))
    config.include(db)
    config.add_route("ting", "/ting")
    config.add_view(count, route_name="ting", renderer="json")
    config.add_exception_view(lambda error, _: Response(str(error), status=error.status), context=Refusal)
    return TestApp(config.make_wsgi_app())


def test_reading_goes_on_while_somebody_writes(web: TestApp, things: sa.Engine) -> None:
    with things.begin() as writer:
        writer.exec_driver_sql("INSERT INTO ting VALUES (1)")
        assert web.get("/ting").json == {"before": 0}


def test_two_who_read_and_then_write_both_get_through(web: TestApp, things: sa.Engine) -> None:
    """The second waits for the first to finish, and then reads what it wrote."""
    answers = []
    with things.begin() as first:
        first.exec_driver_sql("SELECT count(*) FROM ting")
        second = threading.Thread(target=lambda: answers.append(web.post("/ting").json))
        second.start()
        if things.dialect.name == "sqlite":
            second.join(0.2)
            assert not answers
        first.exec_driver_sql("INSERT INTO ting VALUES (1)")
    second.join()
    assert web.get("/ting").json == {"before": 2}


def test_what_was_written_before_an_error_is_undone(web: TestApp) -> None:
    assert web.post("/ting?feil", status=422).text == "Det går ikke."
    assert web.get("/ting").json == {"before": 0}
