"""The search page and its JSON twin. Without the index they find cases by number and title, and say so."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.innsyn import soek as soekeside
from saksbehandling.innsyn.paginering import adresse, utsnitt
from saksbehandling.innsyn.saksliste import Filter, Sakslisting
from saksbehandling.innsyn.soek import SORTERING, TYPEORD, Soek
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Result
from saksbehandling.search_engine.query import parse

log = structlog.get_logger(__name__)
UTEN_INDEKS = "Søket er ikke tilgjengelig akkurat nå. Her er saker som passer på nummer eller tittel."


@view_config(route_name="sok", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="innsyn/sok.jinja2")
def sok(request: Request) -> dict[str, Any]:
    soek = Soek.fra(request.GET)
    felles = {
        "soek": soek,
        "soketekst": soek.tekst,
        "typeord": TYPEORD,
        "sorteringer": [
            (ord_, adresse("/sok", soek.felter, sort=sort.value), soek.sort is sort) for sort, ord_ in SORTERING.items()
        ],
        "broedsmuler": [("Innsyn", "/"), ("Søk", None)],
    }
    if not soek.tekst and not soek.valgt:
        return {**felles, "resultat": None}
    try:
        resultat = _soek(request, soek)
    except IndexUnavailable:
        return {**felles, "resultat": None, **_uten_indeks(request, soek)}
    return {
        **felles,
        "resultat": resultat,
        "treff": soekeside.brettet(resultat.hits),
        "fasetter": soekeside.fasetter(soek, resultat, "/sok"),
        "utsnitt": utsnitt(str(soek.side), resultat.total),
        "side_url": lambda side: adresse("/sok", soek.felter, side=str(side)),
        "mente_du_url": adresse("/sok", {"q": resultat.mente_du or ""}),
    }


@view_config(route_name="sok_json", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="json")
def sok_json(request: Request) -> dict[str, Any]:
    soek = Soek.fra(request.GET)
    try:
        return soekeside.som_json(soek, _soek(request, soek))
    except IndexUnavailable:
        request.response.status_int = IndexUnavailable.status
        return {"feil": UTEN_INDEKS, "treff": [], "antall": 0}


def _soek(request: Request, soek: Soek) -> Result:
    try:
        resultat: Result = request.registry["search_engine"].search(
            parse(soek.tekst), request.identitet.legitimasjon, soek.options
        )
    except IndexUnavailable:
        log.warning("indeksen_mangler", exc_info=True)
        raise
    return resultat


def _uten_indeks(request: Request, soek: Soek) -> dict[str, Any]:
    listing = Sakslisting(request.dbsession, request.identitet, request.registry["felles"].registry)
    rader, del_ = listing.side(Filter.fra({"ord": soek.tekst}), str(soek.side))
    lenke = partial(adresse, "/sok", soek.felter)
    return {
        "melding": UTEN_INDEKS,
        "rader": rader,
        "utsnitt": del_,
        "side_url": lambda side: lenke(side=str(side)),
    }
