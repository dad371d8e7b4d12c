"""Request ids, log lines, security headers, health, and the conflict of two who save at once."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm.exc import StaleDataError
from structlog.testing import capture_logs
from webtest import TestApp

from saksbehandling import webdrift
from saksbehandling.config import Settings
from saksbehandling.errors import Conflict


def page(request: Request) -> Response:
    if "stale" in request.params:
        raise StaleDataError("row 7")
    structlog.get_logger("test").warning("underveis")
    return Response("hei", headers={"Cache-Control": "public, max-age=60"} if "public" in request.params else {})


def conflict_page(error: Conflict, _request: Request) -> Response:
    return Response(str(error), status=error.status)


def build(settings: Settings, engine: sa.Engine, **registry: Any) -> TestApp:
    config = Configurator()
    config.registry.update(settings=settings, engine=engine, search_engine=SimpleNamespace(watermark=lambda: 0))
    config.registry.update(registry)
    config.include(webdrift)
    config.add_route("page", "/side")
    config.add_view(page, route_name="page")
    config.add_exception_view(conflict_page, context=Conflict)
    return TestApp(config.make_wsgi_app())


@pytest.fixture
def web(settings: Settings, engine: sa.Engine) -> TestApp:
    return build(settings, engine)


def test_a_page_may_load_nothing_from_elsewhere_and_no_inline_script(web: TestApp) -> None:
    headers = web.get("/side").headers
    rules = dict(rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "script-src" not in rules
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_a_header_that_a_page_set_itself_stays(web: TestApp) -> None:
    assert web.get("/side?public").headers["Cache-Control"] == "public, max-age=60"


def test_pages_that_are_not_there_have_the_headers_too(web: TestApp) -> None:
    headers = web.get("/finnes-ikke", status=404).headers
    assert "Content-Security-Policy" in headers
    assert headers["X-Request-ID"]


def test_only_a_site_on_https_insists_on_https(settings: Settings, engine: sa.Engine) -> None:
    secure = build(replace(settings, base_url="https://saker.example"), engine)
    assert "Strict-Transport-Security" in secure.get("/side").headers
    assert "Strict-Transport-Security" not in build(settings, engine).get("/side").headers


def test_one_id_stands_in_the_answer_and_on_every_log_line(web: TestApp) -> None:
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        given = web.get("/side?navn=Ola").headers["X-Request-ID"]
    assert [line["event"] for line in lines] == ["underveis", "request"]
    assert {line["request_id"] for line in lines} == {given}
    assert (lines[1]["method"], lines[1]["path"], lines[1]["status"]) == ("GET", "/side", 200)
    assert "Ola" not in str(lines)


@pytest.mark.parametrize(
    ("given", "kept"), [("abcd-1234_XY", True), ("kort", False), ("a" * 65, False), ("<script>1234", False)]
)
def test_an_id_from_a_proxy_is_kept_if_it_is_harmless(web: TestApp, given: str, kept: bool) -> None:
    assert (web.get("/side", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given) is kept


def test_two_who_save_at_once_give_a_conflict(web: TestApp) -> None:
    answer = web.get("/side?stale", status=409)
    assert "Noen andre endret det samme" in answer.text


def test_health_is_ok(web: TestApp) -> None:
    body = web.get("/helse").json
    assert (body["status"], body["database"], body["indeks"]) == ("ok", "ok", "ok")


def test_health_says_which_part_is_ill_but_not_its_secrets(settings: Settings, engine: sa.Engine) -> None:
    def watermark() -> int:
        raise OSError("/srv/hemmelig/indeks er borte")

    ill = build(settings, engine, search_engine=SimpleNamespace(watermark=watermark))
    answer = ill.get("/helse", status=503)
    assert (answer.json["status"], answer.json["database"], answer.json["indeks"]) == ("feil", "ok", "OSError")
    assert "hemmelig" not in answer.text
