"""`/metrics` for Prometheus: how pages are answered, and how the work behind them stands.

There only when the setting `metrics_token` is not «av», and only for whoever sends it. Being on the same machine is no
proof: behind a proxy, every reader on the internet comes from there.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, ProcessCollector, generate_latest
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.tweens import INGRESS

from saksbehandling.metrics_state import Installation

Handler = Callable[[Request], Response]

METHODS = frozenset({"GET", "HEAD", "POST"})
OTHER = "annet"  # a method or an address that we do not have: whoever makes them up shall not fill our memory
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def includeme(config: Configurator) -> None:
    if not config.registry["settings"].measured:
        return
    config.registry["metrics"] = _collectors(config.registry)
    config.add_tween("saksbehandling.metrics.timing_tween", under=INGRESS)
    config.add_route("metrics", "/metrics")
    config.add_view(metrics, route_name="metrics", request_method="GET", permission=NO_PERMISSION_REQUIRED)


def _collectors(registry: Registry) -> CollectorRegistry:
    collectors = CollectorRegistry()
    ProcessCollector(registry=collectors)
    collectors.register(Installation(registry["engine"], registry["clock"], registry["search_engine"]))
    return collectors


def timing_tween(handler: Handler, registry: Registry) -> Handler:
    """Counts and times the requests by route, never by address: that would name cases and people."""
    seconds = Histogram(
        "saksbehandling_request_seconds",
        "Requests answered, and how long that took.",
        ("method", "route", "status"),
        buckets=BUCKETS,
        registry=registry["metrics"],
    )

    def timed(request: Request) -> Response:
        started, status = time.perf_counter(), "500"
        try:
            response = handler(request)
            status = str(response.status_int)
            return response
        finally:
            seconds.labels(*_kind(request), status).observe(time.perf_counter() - started)

    return timed


def _kind(request: Request) -> tuple[str, str]:
    route = getattr(request, "matched_route", None)
    return request.method if request.method in METHODS else OTHER, route.name if route else OTHER


def metrics(request: Request) -> Response:
    """Every figure as it is now, for whoever sends the token; 401 for all others."""
    given = request.headers.get("Authorization", "")
    expected = f"Bearer {request.registry['settings'].metrics_token}"
    if not hmac.compare_digest(given.encode(), expected.encode()):
        return Response(
            "Målingene er bare for den som sender nøkkelen i innstillingen metrics_token.\n",
            status=401,
            content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return Response(generate_latest(request.registry["metrics"]), headers={"Content-Type": CONTENT_TYPE_LATEST})
