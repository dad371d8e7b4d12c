"""The representative's desk: the next meeting with its items and papers, and my own proposals."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete import lesing
from saksbehandling.moete.views_felles import side_fra
from saksbehandling.votering.lesing import forslag_av

FOLKEVALGTE = frozenset({Rolle.REPRESENTANT, Rolle.VARA, Rolle.MOETELEDER})
LENGDE = 10


@view_config(route_name="moeteportal", request_method="GET", renderer="votering/moeteportal.jinja2")
def moeteportal(request: Request) -> dict[str, Any]:
    """Today's meeting first; then what comes."""
    if not FOLKEVALGTE & {rolle for rolle, _ in request.identitet.roller}:
        raise HTTPForbidden()
    idag = request.tjenester.felles.clock.today()
    plasser = lesing.mine_medlemskap(request.dbsession, request.identitet, idag)
    moeter = lesing.neste_moeter(request.dbsession, idag, {rad.utvalgsperiode.utvalg_id for rad in plasser}, 5)
    neste = moeter[0].moete if moeter else None
    side = side_fra(request)
    forslag, antall = forslag_av(request.dbsession, {rad.person_id for rad in plasser}, side, LENGDE)
    return {
        "idag": idag,
        "plasser": plasser,
        "neste": neste,
        "saker": lesing.synlig_saksliste(request.dbsession, neste, request.identitet) if neste else [],
        "moeter": moeter[1:],
        "moetetilstand": lesing.moetetilstand,
        "tilstand": lesing.tilstand,
        "kan_lese": lambda ting: kan_lese(request.identitet, ting.lesere),
        "utkast": request.tjenester.innlevering.mine_utkast(request.identitet),
        "forslag": [rad for rad in forslag if kan_lese(request.identitet, rad.moetesak.lesere)],
        "antall_forslag": antall,
        "side": side,
        "sider": max(1, -(-antall // LENGDE)),
        "adresse": lambda nr: request.route_path("moeteportal", _query={"side": nr}),
        "broedsmuler": [("Møteportal", None)],
    }
