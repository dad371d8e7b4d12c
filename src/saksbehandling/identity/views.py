"""Logging in and out."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.security import forget, remember
from pyramid.view import view_config

from saksbehandling.errors import Refusal
from saksbehandling.identity import demokontoer
from saksbehandling.identity.services import BrukerService


@view_config(route_name="logg_inn", request_method="GET", renderer="identity/logg_inn.jinja2")
def vis_innlogging(request: Request) -> dict[str, Any]:
    return _skjema(request, request.params.get("neste", ""))


@view_config(route_name="logg_inn", request_method="POST", renderer="identity/logg_inn.jinja2")
def logg_inn(request: Request) -> Any:
    brukernavn = request.POST.get("brukernavn", "").replace("\x00", "").strip()
    neste = request.POST.get("neste", "")
    try:
        bruker = request.find_service(BrukerService).logg_inn(brukernavn, request.POST.get("passord", ""))
    except Refusal as avslag:
        request.response.status_int = 429
        return _skjema(request, neste, brukernavn, str(avslag))
    if bruker is None:
        request.response.status_int = 400
        return _skjema(request, neste, brukernavn, "Feil brukernavn eller passord. Prøv igjen.")
    return HTTPSeeOther(_egen_adresse(neste) or "/arbeidsflate", headers=remember(request, bruker.id))


@view_config(route_name="logg_ut", request_method="POST")
def logg_ut(request: Request) -> HTTPSeeOther:
    return HTTPSeeOther("/", headers=forget(request))


def _skjema(request: Request, neste: str, brukernavn: str = "", feil: str | None = None) -> dict[str, Any]:
    return {
        "neste": neste,
        "brukernavn": brukernavn,
        "feil": feil,
        "demokontoer": demokontoer.demokontoer(request.dbsession),
        "demopassord": demokontoer.PASSORD,
    }


def _egen_adresse(neste: str) -> str | None:
    """The path if it is one on this site; an open redirect is none of ours."""
    lokal = neste.startswith("/") and not neste.startswith(("//", "/\\"))
    return neste if lokal and not any(ord(tegn) < 32 for tegn in neste) else None
