"""The pages that everybody who is logged in can read, and the diagram of a case for those who may read the case."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.arbeidsflyt import lesing
from saksbehandling.arbeidsflyt.ressurser import Definisjon, definisjoner
from saksbehandling.errors import NotFound
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.workflow_engine.service import WorkflowService

SMULE = ("Arbeidsflyter", "/arbeidsflyter")


@view_config(
    route_name="arbeidsflyter",
    request_method="GET",
    permission="les",
    renderer="arbeidsflyt/liste.jinja2",
)
def vis_liste(request: Request) -> dict[str, Any]:
    return {"flyter": lesing.liste(definisjoner(request)), "broedsmuler": [(SMULE[0], None)]}


@view_config(route_name="arbeidsflyt", request_method="GET", permission="les", renderer="arbeidsflyt/flyt.jinja2")
def vis(definisjon: Definisjon, request: Request) -> dict[str, Any]:
    side = lesing.side(definisjoner(request), definisjon.chart)
    return {"side": side, "nyeste": definisjon.nyeste, "broedsmuler": [SMULE, (side.tittel, None)]}


@view_config(route_name="sakens_arbeidsflyt", request_method="GET", permission="les", renderer="arbeidsflyt/sak.jinja2")
def vis_sakens(sak: Saksmappe, request: Request) -> dict[str, Any]:
    """The diagram with the way that the case has gone."""
    if sak.flyt is None:
        raise NotFound("Saken har ingen arbeidsflyt. Den er lest inn fra en eldre protokoll.")
    registry = definisjoner(request)
    chart = registry.chart(sak.flyt.definisjon, sak.flyt.versjon)
    historikk = request.find_service(WorkflowService).history(sak.flyt)
    aktive = sak.flyt.aktive.split()
    adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
    return {
        "sak": sak,
        "chart": chart,
        "tittel": lesing.tittel(chart),
        "bilde": lesing.bilde(registry, chart, aktive, historikk),
        "her": [chart.title(state) for state in chart.in_order(aktive)],
        "skritt": [lesing.skritt(chart, rad) for rad in historikk],
        "broedsmuler": [("Saker", "/saker"), (sak.saksnummer, adresse), ("Arbeidsflyt", None)],
    }
