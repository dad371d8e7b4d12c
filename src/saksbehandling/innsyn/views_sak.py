"""The page of a case: where it stands, what can be done now, and everything in it; and its JSON twin."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, Refusal, SaksbehandlingError
from saksbehandling.innsyn.adresser import saksadresse
from saksbehandling.innsyn.handlinger import I_MOETET, Handlinger, konsekvens, sorter
from saksbehandling.innsyn.lignende import lignende_saker
from saksbehandling.innsyn.saksjson import skjermet_som_json, som_json
from saksbehandling.innsyn.saksside import Sakslesing
from saksbehandling.saksmappe.etterarbeid import kan_leses
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.ressurser import SkjermetSak
from saksbehandling.saksmappe.schemas import Feil, feil_av, heltall, linje
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.service import WorkflowService

MAL = "saksmappe/sak.jinja2"
SMULE = ("Saker", "/saker")


@view_config(route_name="sak", context=Saksmappe, request_method="GET", permission="les", renderer=MAL)
def vis(sak: Saksmappe, request: Request) -> dict[str, Any]:
    return _side(sak, request)


@view_config(
    route_name="sak",
    context=SkjermetSak,
    request_method="GET",
    permission="les",
    renderer="saksmappe/skjermet.jinja2",
)
def vis_skjermet(sak: SkjermetSak, _request: Request) -> dict[str, Any]:
    return {"sak": sak, "broedsmuler": [SMULE, (sak.saksnummer, None)]}


@view_config(route_name="sak_json", context=Saksmappe, request_method="GET", permission="les", renderer="json")
def vis_json(sak: Saksmappe, request: Request) -> dict[str, Any]:
    return som_json(request.dbsession, request.identitet, _lesing(sak, request), sak)


@view_config(route_name="sak_json", context=SkjermetSak, request_method="GET", permission="les", renderer="json")
def vis_skjermet_json(sak: SkjermetSak, _request: Request) -> dict[str, Any]:
    return skjermet_som_json(sak)


@view_config(route_name="sakshendelse", request_method="POST", permission="les", renderer=MAL)
def hendelse(sak: Saksmappe, request: Request) -> Any:
    """Let a workflow event happen. A refusal or conflict is shown on the page of the case, and nothing is kept."""
    if request.identitet.bruker_id is None:
        raise HTTPForbidden
    try:
        _utfoer(sak, request, request.POST.get("hendelse", ""))
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.dbsession.expire_all()
        request.response.status_int = feil.status
        return _side(sak, request, feil_av(feil))
    request.meld("suksess", "Saken er ført videre.")
    return HTTPSeeOther(saksadresse(sak))


def _utfoer(sak: Saksmappe, request: Request, navn: str) -> None:
    if navn in I_MOETET:
        raise Refusal([I_MOETET[navn]])
    radversjon = heltall(request.POST.get("radversjon", ""))
    if radversjon is None:
        raise InvalidInput("Skjemaet mangler hvilken versjon av saken du så. Last siden på nytt og prøv igjen.")
    request.find_service(SaksmappeService).hendelse(
        sak, navn, request.identitet, merknad=linje(request.POST.get("merknad", "")) or None, radversjon=radversjon
    )


def _side(sak: Saksmappe, request: Request, feil: Feil | None = None) -> dict[str, Any]:
    side = _lesing(sak, request).side(sak, _chart(sak, request))
    return {
        "side": side,
        "miniatyrer": request.tjenester.etterarbeid.miniatyrer(side.dokumenter),
        "ulest": None if request.registry["settings"].ocr else kan_leses,
        "sak": sak,
        "adresse": saksadresse(sak),
        "intern": request.has_permission("les_utkast", sak),
        "kan_skrive": request.has_permission("rediger_saksframlegg", sak),
        "kan_laste_opp": request.has_permission("last_opp_dokument", sak),
        "handlinger": _handlinger(sak, request),
        "lignende": lignende_saker(request.registry["search_engine"], request.identitet, sak),
        "konsekvens": konsekvens,
        "i_moetet": I_MOETET,
        "idag": request.registry["clock"].today(),
        "feil": feil or [],
        "broedsmuler": [SMULE, (sak.saksnummer, None)],
    }


def _lesing(sak: Saksmappe, request: Request) -> Sakslesing:
    intern = bool(request.has_permission("les_utkast", sak))
    return Sakslesing(request.dbsession, request.identitet, intern=intern)


def _chart(sak: Saksmappe, request: Request) -> Chart | None:
    if sak.flyt is None:
        return None
    chart: Chart = request.registry["felles"].registry.chart(sak.flyt.definisjon, sak.flyt.versjon)
    return chart


def _handlinger(sak: Saksmappe, request: Request) -> Handlinger | None:
    """Nothing for the public, who can only read."""
    if sak.flyt is None or request.identitet.bruker_id is None:
        return None
    valg = request.find_service(WorkflowService).choices(sak.flyt, sak, request.identitet.rollenavn)
    return sorter(valg)
