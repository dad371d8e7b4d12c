"""The pages that everybody who is logged in can read, and the diagram of a case for those who may read the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.arbeidsflyt import lesing
from saksbehandling.arbeidsflyt.ressurser import Definisjon, definisjoner
from saksbehandling.arbeidsflyt.rolleinnehavere import I_UTVALG, innehavere
from saksbehandling.errors import NotFound
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Utvalg
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
    """With `?utvalg=` the sentences about roles are about those who have them in that body."""
    alle = _utvalg(request) if definisjon.chart.id in I_UTVALG else []
    valgt = next((ett for ett in alle if ett.kode == request.params.get("utvalg")), None)
    side = lesing.side(definisjoner(request), definisjon.chart, valgt.navn if valgt else "")
    return {
        "side": side,
        "nyeste": definisjon.nyeste,
        "alle_utvalg": alle,
        "utvalg": valgt,
        "innehavere": _innehavere(request, valgt) if valgt or not alle else None,
        "broedsmuler": [SMULE, (side.tittel, None)],
    }


def _utvalg(request: Request) -> list[Utvalg]:
    return list(request.dbsession.scalars(sa.select(Utvalg).order_by(Utvalg.navn)))


def _innehavere(request: Request, utvalg: Utvalg | None) -> Mapping[str, list[str]] | None:
    """For those who can change what the roles mean; others are not told who has which account."""
    if not request.has_permission("rediger_arbeidsflyt"):
        return None
    return innehavere(request.dbsession, request.registry["clock"].today(), utvalg.id if utvalg else None)


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
