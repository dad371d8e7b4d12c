"""Opening a case."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.identity.models import Bruker
from saksbehandling.saksmappe.schemas import Feil, NySak, feil_av, felt_feil, som_feil
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.workflow_engine.service import Actor

MAL = "saksmappe/ny_sak.jinja2"


@view_config(route_name="ny_sak", request_method="GET", permission="opprett_sak", renderer=MAL)
def vis(_request: Request) -> dict[str, Any]:
    return _side(NySak(), [])


@view_config(route_name="ny_sak", request_method="POST", permission="opprett_sak", renderer=MAL)
def opprett(request: Request) -> Any:
    skjema = NySak.fra(request.POST)
    if grunner := skjema.feil():
        return _avvist(request, skjema, som_feil(grunner), InvalidInput.status)
    identitet = request.identitet
    try:
        sak = request.find_service(SaksmappeService).opprett(
            skjema.tittel,
            Actor(identitet.navn, identitet.bruker_id),
            ansvarlig=request.dbsession.get(Bruker, identitet.bruker_id),
            enhet=skjema.enhet or None,
            saksnummer=skjema.saksnummer or None,
            skjermingshjemmel=skjema.skjermingshjemmel or None,
            offentlig_tittel=skjema.offentlig_tittel or None,
        )
    except SaksbehandlingError as feil:
        return _avvist(request, skjema, feil_av(feil), feil.status)
    request.meld("suksess", f"Sak {sak.saksnummer} er opprettet. Skriv saksframlegget når du er klar.")
    return HTTPSeeOther(request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer))


def _avvist(request: Request, skjema: NySak, feil: Feil, status: int) -> dict[str, Any]:
    request.tm.doom()
    request.response.status_int = status
    return _side(skjema, feil)


def _side(skjema: NySak, feil: Feil) -> dict[str, Any]:
    return {
        "skjema": skjema,
        "feil": feil,
        "feltfeil": felt_feil(feil),
        "broedsmuler": [("Saker", "/saker"), ("Ny sak", None)],
    }
