"""The list of uploads that were refused: one's own, and for the archivist everybody's."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.karantene.models import ALLES


@view_config(
    route_name="karantene",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="karantene/karantene.jinja2",
)
def vis(request: Request) -> dict[str, Any]:
    """For whoever is logged in. The files themselves are served to nobody."""
    if request.identitet.bruker_id is None:
        raise HTTPForbidden
    return {
        "filer": request.registry["parts"].quarantine(request.dbsession).synlige_for(request.identitet),
        "alle": ALLES in request.identitet.legitimasjon,
        "dager": request.registry["settings"].karantene_dager,
        "broedsmuler": [("Karantene", None)],
    }
