"""What every response gets and every operator needs: request id, log line, security headers, and `/helse`."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from importlib.metadata import version

import sqlalchemy as sa
import structlog
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.tweens import INGRESS
from sqlalchemy.orm.exc import StaleDataError

from saksbehandling import db
from saksbehandling.errors import Conflict

Handler = Callable[[Request], Response]

log = structlog.get_logger(__name__)
REQUEST_ID = "X-Request-ID"
NOTHING_NEW = 204
_REASONABLE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
# The design system's stylesheet carries its icons as data: pictures; nothing else comes from elsewhere than ourselves.
CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # A shared machine must not keep papers that only some may see. What is public says so itself.
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000"


def includeme(config: Configurator) -> None:
    config.add_tween("saksbehandling.webdrift.headers_tween", under=INGRESS)
    config.add_tween("saksbehandling.webdrift.closing_tween", under=INGRESS)
    config.add_tween("saksbehandling.webdrift.log_tween", under=INGRESS)  # the last one added is the outermost
    config.add_exception_view(stale, context=StaleDataError)
    config.add_route("helse", "/helse")
    config.add_view(helse, route_name="helse", renderer="json", permission=NO_PERMISSION_REQUIRED)


def headers_tween(handler: Handler, registry: Registry) -> Handler:
    """Puts the security headers on every response, error pages too; a header that a view set stays."""
    headers = {**HEADERS, **({"Strict-Transport-Security": HSTS} if registry["settings"].https else {})}

    def with_headers(request: Request) -> Response:
        response = handler(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return with_headers


def closing_tween(handler: Handler, _registry: Registry) -> Handler:
    """Closes the file that a large request was copied into: its place on the disk is free at once, and not when the
    collector of cycles comes by.
    """

    def closing(request: Request) -> Response:
        as_sent = request.body_file_raw
        try:
            return handler(request)
        finally:
            if request.body_file_raw is not as_sent:
                request.body_file_raw.close()

    return closing


def log_tween(handler: Handler, _registry: Registry) -> Handler:
    """One log line a request, with an id that also goes back to the browser and stands on every line in between."""

    def logged(request: Request) -> Response:
        request_id = _request_id(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            started = time.perf_counter()
            response = handler(request)
            # A screen that asks twice a second whether anything is new would drown the rest.
            tell = log.debug if response.status_int == NOTHING_NEW else log.info
            # The path without its query: what people search for may tell something about a person.
            tell(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_int,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        response.headers[REQUEST_ID] = request_id
        return response

    return logged


def _request_id(request: Request) -> str:
    """The id that a proxy in front gave, if it is a reasonable one, or a new one."""
    given = request.headers.get(REQUEST_ID, "")
    return given if _REASONABLE_ID.fullmatch(given) else uuid.uuid4().hex


def stale(_error: StaleDataError, request: Request) -> Response:
    """Somebody else changed the row between our reading and writing it. Shown as any other `Conflict`."""
    conflict = Conflict(
        "Noen andre endret det samme mens du arbeidet. Ingenting av ditt er lagret. Hent siden på nytt, se hva som er"
        " endret, og gjør endringen din igjen."
    )
    return request.invoke_exception_view((Conflict, conflict, None))


def helse(request: Request) -> dict[str, str]:
    """Whether the database and the search index can be reached: 200, or 503 with what is wrong."""
    parts = {
        "database": _works(lambda: _ask_database(request.registry["engine"])),
        "indeks": _works(request.registry["search_engine"].watermark),
    }
    well = all(state == "ok" for state in parts.values())
    request.response.status_int = 200 if well else 503
    return {"status": "ok" if well else "feil", **parts, "versjon": version("saksbehandling")}


def _ask_database(engine: sa.Engine) -> None:
    with db.reader(engine).connect() as connection:
        connection.execute(sa.text("SELECT 1"))


def _works(check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:
        # The log gets the whole error; the page is open to all and gets only its kind.
        log.exception("helse")
        return type(error).__name__
    return "ok"
