"""The figures for Prometheus: who gets them, and that they are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm import Session
from webtest import TestApp

from saksbehandling import metrics
from saksbehandling.clock import FixedClock
from saksbehandling.config import Settings
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import VENTETID
from saksbehandling.workflow_engine.models import Flyt, Frist, Friststatus

TOKEN = "n" * 40
MINUTE = dt.timedelta(minutes=1)

Figures = Callable[..., dict[str, float]]


def watermark() -> int:
    return 2


def page(request: Request) -> Response:
    if "feil" in request.params:
        raise ZeroDivisionError
    return Response("hei")


def build(settings: Settings, engine: sa.Engine, klokke: FixedClock, index: Callable[[], int] = watermark) -> TestApp:
    config = Configurator()
    config.registry.update(settings=settings, engine=engine, clock=klokke)
    config.registry.update(search_engine=SimpleNamespace(watermark=index))
    config.include(metrics)
    config.add_route("sak", "/saker/{id}")
    config.add_view(page, route_name="sak")
    return TestApp(config.make_wsgi_app())


@pytest.fixture
def web(settings: Settings, engine: sa.Engine, klokke: FixedClock) -> TestApp:
    return build(replace(settings, metrics_token=TOKEN), engine, klokke)


def read(web: TestApp) -> dict[str, float]:
    """Each figure by its name and the values of its labels."""
    text = web.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    families = text_string_to_metric_families(text)
    samples = (sample for family in families for sample in family.samples)
    return {" ".join((sample.name, *sample.labels.values())): sample.value for sample in samples}


def test_nobody_has_it_where_no_token_is_set(settings: Settings, engine: sa.Engine, klokke: FixedClock) -> None:
    build(settings, engine, klokke).get("/metrics", headers={"Authorization": "Bearer av"}, status=404)


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer æøå"])
def test_only_whoever_has_the_token_gets_it(web: TestApp, given: str) -> None:
    answer = web.get("/metrics", headers={"Authorization": given}, status=401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "saksbehandling_" not in answer.text


def test_requests_are_counted_by_route_and_strangers_together(web: TestApp) -> None:
    for number in (1, 2):
        web.get(f"/saker/{number}")
    web.request("/saker/3", method="PATCH")
    web.get("/finnes/ikke", status=404)
    with pytest.raises(ZeroDivisionError):
        web.get("/saker/1?feil")
    counted = {name: value for name, value in read(web).items() if "request_seconds_count" in name}
    assert counted == {
        "saksbehandling_request_seconds_count GET sak 200": 2,
        "saksbehandling_request_seconds_count GET sak 500": 1,
        "saksbehandling_request_seconds_count annet sak 200": 1,
        "saksbehandling_request_seconds_count GET annet 404": 1,
    }


def task(session: Session, kind: Oppgavetype, when: dt.datetime, done: bool = False, tries: int = 0) -> None:
    session.add(Utboks(type=kind, nyttelast={}, opprettet=when, utfoert=when if done else None, forsoek=tries))
    session.flush()


def test_tasks_that_wait_and_tasks_given_up(web: TestApp, session: Session, klokke: FixedClock) -> None:
    now = klokke.now()
    task(session, Oppgavetype.LAG_PROTOKOLL, now - 9 * MINUTE, tries=len(VENTETID))
    task(session, Oppgavetype.LAG_PROTOKOLL, now - 3 * MINUTE, tries=1)
    task(session, Oppgavetype.LAG_PROTOKOLL, now)
    task(session, Oppgavetype.INDEKSER, now - MINUTE, done=True)
    session.commit()
    figures = read(web)
    assert figures["saksbehandling_tasks_waiting lag_protokoll"] == 2
    assert figures["saksbehandling_tasks_given_up lag_protokoll"] == 1
    assert figures["saksbehandling_tasks_oldest_seconds lag_protokoll"] == 180
    assert figures["saksbehandling_tasks_waiting indekser"] == 0
    assert figures["saksbehandling_tasks_oldest_seconds indekser"] == 0


def test_what_the_index_does_not_hold(web: TestApp, session: Session, klokke: FixedClock) -> None:
    for done in (False, True, True, False):  # number 3 is done, but an index restored from a copy does not hold it
        task(session, Oppgavetype.INDEKSER, klokke.now(), done=done)
    session.commit()
    assert read(web)["saksbehandling_index_behind"] == 3


def test_an_index_that_cannot_be_read_hides_nothing_else(
    settings: Settings, engine: sa.Engine, klokke: FixedClock
) -> None:
    def broken() -> int:
        raise OSError("borte")

    figures = read(build(replace(settings, metrics_token=TOKEN), engine, klokke, broken))
    assert "saksbehandling_index_behind" not in figures
    assert figures["saksbehandling_deadlines_late"] == 0


def test_transitions_and_late_deadlines(web: TestApp, session: Session, klokke: FixedClock) -> None:
    flyt = [Flyt(definisjon=name, versjon=1, aktive="a") for name in ("mor", "mor", "barn")]
    session.add_all(flyt)
    session.flush()
    for status, minutes in ((Friststatus.VENTER, 0), (Friststatus.VENTER, 1), (Friststatus.FYRT, -1)):
        when = klokke.now() + minutes * MINUTE
        session.add(
            Frist(flyt_id=flyt[0].id, tilstand="a", navn="f", hendelse="forfalt", forfaller=when, status=status)
        )
    flyt[0].aktive = "b"
    session.commit()
    figures = read(web)
    assert figures["saksbehandling_deadlines_late"] == 1
    assert figures["saksbehandling_transitions_total mor"] == 1
    assert figures["saksbehandling_transitions_total barn"] == 0
