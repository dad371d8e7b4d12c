"""The case officer's desk."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.innsyn.arbeidsflate import Arbeidsflatelesing
from saksbehandling.innsyn.figur_frister import fristlinje


@view_config(
    route_name="arbeidsflate",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="saksmappe/arbeidsflate.jinja2",
)
def vis(request: Request) -> dict[str, Any]:
    """For whoever is logged in, in whatever body their roles are: it shows what is theirs, and nothing else."""
    if request.identitet.bruker_id is None:
        raise HTTPForbidden
    idag = request.registry["clock"].today()
    flate = Arbeidsflatelesing(request.dbsession, request.identitet, request.registry["felles"].registry).flate()
    return {
        "flate": flate,
        "linje": fristlinje(flate.datoer, idag),
        "idag": idag,
        "kan_opprette": request.has_permission("opprett_sak"),
    }
