"""The search page and its JSON twin. Without the index they find cases by number and title, and say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.innsyn import soek as soekeside
from saksbehandling.innsyn.folkevalgte import finn_folkevalgte, folkevalgtadresse
from saksbehandling.innsyn.paginering import adresse, utsnitt
from saksbehandling.innsyn.saksliste import Filter, Sakslisting
from saksbehandling.innsyn.soek import SORTERING, TYPEORD, Soek
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Options, Result
from saksbehandling.utvalg.models import Parti

log = structlog.get_logger(__name__)
RESULTATVALG = [(ord_, ord_.capitalize()) for ord_ in ("vedtatt", "falt", "trukket", "bortfalt")]
FLEST_FOLKEVALGTE = 5
UTEN_INDEKS = "Søket er ikke tilgjengelig akkurat nå. Her er saker som passer på nummer eller tittel."


@view_config(route_name="sok", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="innsyn/sok.jinja2")
def sok(request: Request) -> dict[str, Any]:
    soek = Soek.fra(request.GET, request.identitet)
    felles = {
        "soek": soek,
        "soketekst": soek.tekst,
        "typeord": TYPEORD,
        "sorteringer": [
            (ord_, adresse("/sok", soek.felter, sort=sort.value), soek.sort is sort) for sort, ord_ in SORTERING.items()
        ],
        "partier": [(parti.kode, parti.navn) for parti in _partier(request)],
        "resultatvalg": RESULTATVALG,
        "sporring": adresse("", soek.felter).removeprefix("?"),
        "eksport": lambda form: adresse(f"/sok.{form}", soek.felter),
        "folkevalgte": [
            (person.navn, folkevalgtadresse(person))
            for person in finn_folkevalgte(request.dbsession, soek.tekst, FLEST_FOLKEVALGTE)
        ],
        "broedsmuler": [("Innsyn", "/"), ("Søk", None)],
    }
    if soek.tomt:
        return {**felles, "resultat": None}
    try:
        resultat = utfoert(request, soek, soek.sider)
        noen = None if resultat.total else _paa_noen_av_ordene(request, soek)
    except IndexUnavailable:
        return {**felles, "resultat": None, **_uten_indeks(request, soek)}
    if noen:
        resultat = replace(noen, mente_du=resultat.mente_du)
    return {
        **felles,
        "resultat": resultat,
        "paa_noen_av_ordene": bool(noen),
        "fasetter": soekeside.fasetter(soek, resultat, "/sok"),
        "utsnitt": utsnitt(str(soek.side), resultat.places),
        "bare_i_saken": lambda sak_id: adresse("/sok", soek.felter, sak=sak_id),
        "i_alle_saker": adresse("/sok", soek.felter, sak=None) if soek.sak else None,
        "side_url": lambda side: adresse("/sok", soek.felter, side=str(side)),
        "mente_du_url": adresse("/sok", {"q": resultat.mente_du or ""}),
    }


@view_config(route_name="sok_json", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="json")
def sok_json(request: Request) -> dict[str, Any]:
    soek = Soek.fra(request.GET, request.identitet)
    try:
        return soekeside.som_json(soek, utfoert(request, soek))
    except IndexUnavailable:
        request.response.status_int = IndexUnavailable.status
        return {"feil": UTEN_INDEKS, "treff": [], "antall": 0}


def utfoert(request: Request, soek: Soek, options: Options | None = None) -> Result:
    """The result that this reader may see."""
    try:
        resultat: Result = request.registry["search_engine"].search(
            soek.sporring, request.identitet.legitimasjon, options or soek.options
        )
    except IndexUnavailable:
        log.warning("indeksen_mangler", exc_info=True)
        raise
    return soek.for_leseren(resultat)


def _paa_noen_av_ordene(request: Request, soek: Soek) -> Result | None:
    """For those who asked for more words than any document has; None when that finds nothing either."""
    loesere = replace(soek, noen_av_ordene=True)
    funnet = None if loesere.sporring == soek.sporring else utfoert(request, loesere, loesere.sider)
    return funnet if funnet and funnet.total else None


def _partier(request: Request) -> Sequence[Parti]:
    return request.dbsession.scalars(sa.select(Parti).order_by(Parti.rekkefoelge, Parti.navn)).all()


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
