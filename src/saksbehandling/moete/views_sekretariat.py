"""The secretary's desk: what happens next, and what waits for her."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete import lesing
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.lesing import Arbeidsliste
from saksbehandling.moete.views_felles import side_fra

KORT = 8
TAR_IMOT_SAKER = (Moetestatus.PLANLAGT, Moetestatus.INNKALT)
# Name in the address -> heading, what to do, and the states that a treatment waits in.
LISTER: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "vedtak": ("Mangler vedtak", "Registrer behandlingen ferdig", ("paa_saksliste", "til_behandling")),
    "godkjenne": ("Protokoller til godkjenning", "Les gjennom og godkjenn", ("behandlet", "utsatt", "tilbakesendt")),
    "publisere": ("Klare for publisering", "Publiser", ("protokoll_godkjent",)),
}


@view_config(route_name="sekretariat", request_method="GET", renderer="moete/sekretariat.jinja2")
def sekretariat(request: Request) -> dict[str, Any]:
    """All lists in short, or with `?liste=` one of them in full."""
    mine = _mine_utvalg(request)
    idag = request.tjenester.felles.clock.today()
    moeter = lesing.neste_moeter(request.dbsession, idag, mine)
    valgt = request.GET.get("liste", "")
    hele = valgt if valgt in LISTER else ""
    return {
        "idag": idag,
        "moeter": moeter,
        "neste_moete": {
            rad.moete.utvalg_id: rad.moete for rad in reversed(moeter) if rad.moete.status in TAR_IMOT_SAKER
        },
        "moetetilstand": lesing.moetetilstand,
        "tilstand": lesing.tilstand,
        "lister": [
            (navn, *LISTER[navn][:2], _liste(request, navn, mine, hele)) for navn in LISTER if hele in ("", navn)
        ],
        "hele": hele,
        "venter": [] if hele else _venter(request, mine),
        "kan_lese": lambda ting: kan_lese(request.identitet, ting.lesere),
        "adresse": lambda nr: request.route_path("sekretariat", _query={"liste": hele, "side": nr}),
        "broedsmuler": [("Sekretariat", request.route_path("sekretariat") if hele else None)]
        + ([(LISTER[hele][0], None)] if hele else []),
    }


def _liste(request: Request, navn: str, mine: Collection[int] | None, hele: str) -> Arbeidsliste:
    til = request.tjenester.felles.clock.today() if navn == "vedtak" else None
    lengde, side = (lesing.SIDE, side_fra(request)) if hele else (KORT, 1)
    return lesing.behandlinger_i(request.dbsession, LISTER[navn][2], mine, til=til, side=side, lengde=lengde)


def _venter(request: Request, mine: Collection[int] | None) -> list[tuple[Any, Any]]:
    """Each body of mine with the cases that it can take up next."""
    utvalg = [ett for ett in request.tjenester.utvalg.alle() if mine is None or ett.id in mine]
    funnet = ((ett, lesing.venter_paa_saksliste(request.dbsession, ett)) for ett in utvalg)
    return [(ett, saker) for ett, saker in funnet if saker]


def _mine_utvalg(request: Request) -> Collection[int] | None:
    """The bodies that I am secretary of; None: all."""
    mine = {utvalg for rolle, utvalg in request.identitet.roller if rolle in (Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER)}
    if not mine:
        raise HTTPForbidden()
    return None if None in mine else {utvalg for utvalg in mine if utvalg is not None}
