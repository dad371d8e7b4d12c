"""What is done in a meeting: by a member (the floor, the vote) and by those who lead it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.direkte import handlinger
from saksbehandling.direkte.views import DELTAKER, LEDER, side
from saksbehandling.errors import AccessDenied, NotFound, SaksbehandlingError
from saksbehandling.moete.lesing import mine_medlemskap
from saksbehandling.moete.models import Moete
from saksbehandling.moete.schemas import Felter, avvist
from saksbehandling.moete.views_felles import LED, utfoer
from saksbehandling.utvalg.models import Medlemskap

KJENTE = {navn: navn for navn in ("objekter", "form", "person", "innlegg", "replikk", "svarreplikk", "replikker")}


@view_config(route_name="direkte_delta", request_method="POST", renderer="direkte/deltaker.jinja2")
def delta(moete: Moete, request: Request) -> Any:
    """A member asks for the floor, leaves the list, or votes."""
    medlem = _meg(moete, request)
    handling = _finn(handlinger.MEDLEMMETS, request)
    return _svar(moete, request, DELTAKER, lambda felter: handling(request, moete, medlem, felter))


@view_config(route_name="direkte_led", request_method="POST", permission=LED, renderer="direkte/leder.jinja2")
def led(moete: Moete, request: Request) -> Any:
    """The chair or the secretary leads the meeting."""
    handling = _finn(handlinger.LEDERENS, request)
    return _svar(moete, request, LEDER, lambda felter: handling(request, moete, felter))


def _finn(kjente: Mapping[str, Any], request: Request) -> Any:
    handling = kjente.get(request.matchdict["handling"])
    if handling is None:
        raise NotFound("Det finnes ingen slik handling.")
    return handling


def _meg(moete: Moete, request: Request) -> Medlemskap:
    """The place that the person has in the body. Raises `AccessDenied` for everybody else."""
    mine = mine_medlemskap(request.dbsession, request.identitet, moete.dato)
    medlem = next((rad for rad in mine if rad.utvalgsperiode.utvalg_id == moete.utvalg_id), None)
    if medlem is None:
        raise AccessDenied(f"Bare medlemmer av {moete.utvalg.navn} deltar i møtet.")
    return medlem


def _svar(moete: Moete, request: Request, flate: str, handling: Callable[[Felter], str | None]) -> Any:
    skjema = request.matchdict["handling"]
    try:
        utfoer(request, lambda: handling(Felter(request.POST, skjema)))
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return side(moete, request, flate, avvist(skjema, request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("direkte" if flate == DELTAKER else "direkte_leder", id=moete.id))
