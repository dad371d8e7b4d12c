"""A search as a file, as a feed, and completed while it is typed: each with what the reader may see, and no more."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from webob.multidict import MultiDict

from saksbehandling.innsyn import feed
from saksbehandling.innsyn.folkevalgte import finn_folkevalgte, folkevalgtadresse
from saksbehandling.innsyn.paginering import adresse
from saksbehandling.innsyn.soek import TYPEORD, Soek
from saksbehandling.innsyn.soekeksport import som_csv
from saksbehandling.innsyn.views_sok import utfoert
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Hit, Options, Sort

FLEST_I_FIL = 1000
FLEST_I_FEED = 50
FLEST_FORSLAG = 6
SETT_PAA = 20  # hits, of which those suit best that are as it is typed
FLEST_PERSONER = 3
MINST_TEGN = 2


@view_config(route_name="sok_csv", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def sok_csv(request: Request) -> Response:
    soek = Soek.fra(request.GET, request.identitet)
    hits = utfoert(request, soek, soek.de_foerste(FLEST_I_FIL)).hits
    fil = som_csv(hits, request.registry["settings"].base_url)
    svar = Response(fil, content_type="text/csv", charset="utf-8")
    svar.content_disposition = 'attachment; filename="sok.csv"'
    return svar


@view_config(route_name="sok_atom", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def sok_atom(request: Request) -> Response:
    """The newest hits; a search is followed by keeping its address."""
    soek, settings = Soek.fra(request.GET, request.identitet), request.registry["settings"]
    hits = utfoert(request, soek, soek.de_foerste(FLEST_I_FEED, sort=Sort.NYESTE)).hits
    tittel = f"Søk i {settings.kommune}: {soek.tekst}" if soek.tekst else f"Søk i {settings.kommune}"
    innhold = feed.soekefeed(hits, tittel, settings.kommune, settings.base_url, adresse("/sok.atom", soek.felter))
    return Response(innhold, content_type=feed.MEDIETYPE, charset="utf-8")


@view_config(
    route_name="sok_fullfoer", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="json", http_cache=0
)
def fullfoer(request: Request) -> dict[str, Any]:
    """What may be meant by what is typed so far: cases by number and words, then persons."""
    tekst = Soek.fra(request.GET, request.identitet).tekst
    if len(tekst) < MINST_TEGN:
        return {"forslag": []}
    return {"forslag": [*_treff(request, tekst), *_personer(request, tekst)]}


def _treff(request: Request, tekst: str) -> list[dict[str, str]]:
    """One for each case: first those with the words in the title, or of that number; of them, those as it is typed."""
    saker: dict[str, Hit] = {}
    for sporring in begynt(tekst):
        try:
            soek = Soek.fra(MultiDict({"q": sporring}), request.identitet)
            hits = utfoert(request, soek, Options(limit=SETT_PAA, fold=True)).hits
        except IndexUnavailable:
            return []
        for hit in sorted(hits, key=lambda hit: tekst.lower() not in hit.tittel.lower()):
            saker.setdefault(hit.sak_id or hit.id, hit)
    return [_forslag(hit) for hit in list(saker.values())[:FLEST_FORSLAG]]


def begynt(tekst: str) -> list[str]:
    """Queries for what is typed so far, whose last word may not be finished: in titles, then anywhere."""
    ordene = tekst.split()
    overalt = f"{tekst}*" if tekst[-1].isalnum() else tekst
    if not all(ord_.isalpha() for ord_ in ordene):
        return [overalt]
    return [" ".join([*(f"tittel:{ord_}" for ord_ in ordene[:-1]), f"tittel:{ordene[-1]}*"]), overalt]


def _forslag(hit: Hit) -> dict[str, str]:
    return {
        "slag": TYPEORD.get(hit.type, hit.type),
        "nummer": hit.nummer[0] if hit.nummer else "",
        "ord": hit.tittel,
        "url": hit.url,
    }


def _personer(request: Request, tekst: str) -> list[dict[str, str]]:
    return [
        {"slag": "Person", "nummer": "", "ord": person.navn, "url": folkevalgtadresse(person)}
        for person in finn_folkevalgte(request.dbsession, tekst, FLEST_PERSONER)
    ]
