"""The public's pages: front page, bodies, the feed of decisions, and what can be said of accessibility."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.errors import NotFound
from saksbehandling.innsyn.feed import MEDIETYPE, vedtaksfeed
from saksbehandling.innsyn.lesing import Innsynslesing
from saksbehandling.innsyn.paginering import adresse

PAA_FORSIDEN = 8
I_FEEDEN = 30


@view_config(
    route_name="forside", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="innsyn/forside.jinja2"
)
def forside(request: Request) -> dict[str, Any]:
    lesing = Innsynslesing(request.dbsession)
    return {
        "moeter": lesing.neste_moeter(_idag(request)),
        "vedtak": lesing.siste_vedtak(PAA_FORSIDEN),
        "utvalg": lesing.utvalg(),
        "idag": _idag(request),
    }


@view_config(
    route_name="innsyn", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="innsyn/utvalgene.jinja2"
)
def utvalgene(request: Request) -> dict[str, Any]:
    return {"utvalg": Innsynslesing(request.dbsession).utvalg(), "broedsmuler": [("Innsyn", "/"), ("Utvalg", None)]}


@view_config(
    route_name="innsyn_utvalg",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="innsyn/utvalg.jinja2",
)
def utvalg(request: Request) -> dict[str, Any]:
    lesing, idag = Innsynslesing(request.dbsession), _idag(request)
    funnet = lesing.finn_utvalg(request.matchdict["utvalg"])
    if funnet is None:
        raise NotFound("Det finnes ikke noe utvalg med denne adressen.")
    vedtak, utsnitt = lesing.vedtak_i(funnet, request.GET.get("side", ""))
    return {
        "utvalg": funnet,
        "kommende": lesing.neste_moeter(idag, utvalg=funnet),
        "tidligere": lesing.tidligere_moeter(idag, funnet),
        "vedtak": vedtak,
        "utsnitt": utsnitt,
        "side_url": lambda side: adresse(request.path, {"side": str(side)}),
        "idag": idag,
        "broedsmuler": [("Innsyn", "/"), ("Utvalg", "/innsyn"), (funnet.navn, None)],
    }


@view_config(route_name="vedtaksfeed", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def feed(request: Request) -> Response:
    innstillinger = request.registry["settings"]
    siste = Innsynslesing(request.dbsession).siste_vedtak(I_FEEDEN)
    innhold = vedtaksfeed(siste, innstillinger.kommune, innstillinger.base_url, request.path)
    return Response(innhold, content_type=MEDIETYPE, charset="utf-8")


@view_config(
    route_name="tilgjengelighet",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="innsyn/tilgjengelighet.jinja2",
)
def tilgjengelighet(_request: Request) -> dict[str, Any]:
    return {"broedsmuler": [("Innsyn", "/"), ("Tilgjengelighet", None)]}


def _idag(request: Request) -> Any:
    return request.registry["clock"].today()
