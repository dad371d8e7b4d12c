"""The screens of a meeting: everybody's page, the hall, and the one it is led from; and what has changed on them."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.direkte.bilde import Moetebilde
from saksbehandling.direkte.halvsirkel import halvsirkel
from saksbehandling.direkte.ledelse import ledelse
from saksbehandling.direkte.lesing import les_sekvens
from saksbehandling.direkte.visning import ORD, Visning, ord_for, svarord, utfall
from saksbehandling.errors import AccessDenied, NotFound
from saksbehandling.identity.rules import PUBLIKUM
from saksbehandling.moete.kodeverk import Moetehendelse
from saksbehandling.moete.models import Moete
from saksbehandling.moete.rules import mulige
from saksbehandling.moete.schemas import Utfylling
from saksbehandling.moete.views_felles import LED

DELTAKER, SAL, LEDER, SEKRETAER = "deltaker", "sal", "leder", "sekretaer"
FLATER = (DELTAKER, SAL, LEDER, SEKRETAER)

Side = dict[str, Any]


@view_config(route_name="direkte", request_method="GET", renderer="direkte/deltaker.jinja2")
def vis(moete: Moete, request: Request) -> Side:
    """One page for all: what is up; for members also the floor and the vote."""
    return side(moete, request, DELTAKER)


@view_config(route_name="direkte_sal", request_method="GET", renderer="direkte/sal.jinja2")
def vis_sal(moete: Moete, request: Request) -> Side:
    """The hall's big screen; it shows what the public may see, whoever has put it up."""
    return side(moete, request, SAL)


@view_config(route_name="direkte_leder", request_method="GET", permission=LED, renderer="direkte/leder.jinja2")
def vis_leder(moete: Moete, request: Request) -> Side:
    """Where the chair and the secretary lead the meeting from."""
    return side(moete, request, LEDER)


@view_config(route_name="direkte_endringer", request_method="GET")
def endringer(request: Request) -> Response:
    """The part of a screen that changes, when it has changed since `etter`; else nothing. Raises `NotFound`.

    Asked twice a second by every screen: unless something has changed, neither the database nor the session is read.
    """
    moete_id, vakt = int(request.matchdict["id"]), request.registry["direktevakt"]
    sekvens = vakt.sekvens(moete_id)
    if sekvens is None:
        raise NotFound("Dette møtet holdes ikke direkte.")
    if request.GET.get("etter") == str(sekvens):
        return Response()  # no 204: waitress would close the connection after it, twice a second for every screen
    bilde = vakt.bilde(moete_id, sekvens)
    flate = request.GET.get("flate", DELTAKER)
    html = render(f"direkte/flate_{_krev_flate(request, flate, bilde)}.jinja2", innhold(request, bilde, flate), request)
    svaret = Response(html, content_type="text/html", charset="utf-8")
    # An answer to a question asked in the background must not bring an older session back.
    request.add_response_callback(lambda _request, response: response.headers.pop("Set-Cookie", None))
    return svaret


def side(moete: Moete, request: Request, flate: str, utfylling: Utfylling | None = None) -> Side:
    """What a screen shows. `utfylling`: what was typed in a form that was refused."""
    sekvens = les_sekvens(request.dbsession, moete.id)
    bilde = request.registry["direktevakt"].bilde(moete.id, sekvens) if sekvens is not None else None
    dato = f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}"
    return {
        "moete": moete,
        "kan_settes": Moetehendelse.SETT in mulige(moete.status),
        "leder_moetet": bool(request.has_permission(LED, moete)),
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (dato, request.route_path("moete", id=moete.id)),
            ("Led møtet" if flate == LEDER else "Direkte", None),
        ],
        "bilde": bilde,
        **(innhold(request, bilde, flate, utfylling) if bilde else {"utfylling": utfylling or Utfylling()}),
    }


def innhold(request: Request, bilde: Moetebilde, flate: str, utfylling: Utfylling | None = None) -> Side:
    """What the changing part of a screen shows to whoever asks."""
    leder = flate != SAL and bool(request.has_permission(LED, _Moetested(bilde.utvalg_id)))
    identitet = PUBLIKUM if flate == SAL else request.identitet
    v = Visning(bilde, identitet, bilde.deltaker(identitet.bruker_id), leder, request.registry["felles"].clock.now())
    return {
        "v": v,
        "flate": flate,
        "utfylling": utfylling or Utfylling(),
        "innsending": uuid.uuid4().hex,
        "innleggsord": ORD,
        "ord_for": ord_for,
        "svarord": svarord,
        "utfall": utfall,
        "halvsirkel": lambda resultat: halvsirkel(resultat.partier, resultat.for_, resultat.mot),
        **(ledelse(request, v) if flate == LEDER else {}),
    }


def _krev_flate(request: Request, flate: str, bilde: Moetebilde) -> str:
    if flate not in FLATER:
        raise NotFound("Det finnes ingen slik skjerm.")
    if flate in (LEDER, SEKRETAER) and not request.has_permission(LED, _Moetested(bilde.utvalg_id)):
        raise AccessDenied("Møtet ledes av utvalgets leder og sekretær.")
    return flate


class _Moetested:
    """Stands for the meeting, so that its body decides the permission without reading it again."""

    def __init__(self, utvalg_id: int) -> None:
        self.utvalg = _Utvalg(utvalg_id)


class _Utvalg:
    def __init__(self, utvalg_id: int) -> None:
        self.id = utvalg_id
