"""The link in each e-mail that stops it: whoever has it needs no login, as mail programs press it for their readers."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.lagretsoek.models import Varsling
from saksbehandling.lagretsoek.services import med_noekkel, stans

MAL = "lagretsoek/stopp.jinja2"


@view_config(route_name="lagret_sok_stopp", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer=MAL)
def spoer(request: Request) -> dict[str, Any]:
    lagret = med_noekkel(request.dbsession, request.matchdict["noekkel"])
    return {"stanset": lagret.varsling is Varsling.INGEN}


# The key in the address is the proof; a mail program that presses the link for its reader (RFC 8058) has no session.
@view_config(
    route_name="lagret_sok_stopp",
    request_method="POST",
    permission=NO_PERMISSION_REQUIRED,
    require_csrf=False,
    renderer=MAL,
)
def stopp(request: Request) -> dict[str, Any]:
    stans(request.dbsession, med_noekkel(request.dbsession, request.matchdict["noekkel"]))
    return {"stanset": True}
