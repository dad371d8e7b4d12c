"""The list of what bodies have asked for."""

from __future__ import annotations

from functools import partial
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.identity.rules import kan_lese
from saksbehandling.innsyn.oppfoelgingsliste import VISNINGER, Oppfoelgingsfilter, Oppfoelgingsliste
from saksbehandling.innsyn.paginering import adresse
from saksbehandling.vedtak.models import IKKE_FERDIG
from saksbehandling.vedtak.views_oppfoelging import STATUSER


@view_config(
    route_name="oppfoelging",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="vedtak/oppfoelgingsliste.jinja2",
)
def vis(request: Request) -> dict[str, Any]:
    idag = request.registry["clock"].today()
    filter_ = Oppfoelgingsfilter.fra(request.GET)
    liste = Oppfoelgingsliste(request.dbsession, request.identitet, idag)
    rader, utsnitt = liste.side(filter_, request.GET.get("side", ""))
    lenke = partial(adresse, request.path, filter_.felter)
    return {
        "rader": rader,
        "utsnitt": utsnitt,
        "filter": filter_,
        "visninger": [
            (navn, lenke(vis=kode), kode == filter_.vis, _antall(liste, kode)) for kode, navn in VISNINGER.items()
        ],
        "utvalg": [(ett.kode, ett.navn) for ett in request.tjenester.utvalg.alle()],
        "side_url": lambda side: lenke(side=str(side)),
        "kan_lese": lambda ting: kan_lese(request.identitet, ting.lesere),
        "statuser": STATUSER,
        "aapne": IKKE_FERDIG,
        "idag": idag,
        "broedsmuler": [("Oppfølging", None)],
    }


def oppfoelging_som_haster(request: Request) -> list[tuple[str, int, str]]:
    """What desks remind of: points over their deadline and near it, as words, how many, and where they are."""
    liste = Oppfoelgingsliste(request.dbsession, request.identitet, request.registry["clock"].today())
    sti = request.route_path("oppfoelging")
    funnet = ((kode, liste.antall(kode)) for kode in ("forfalt", "naer"))
    return [(VISNINGER[kode], antall, adresse(sti, {"vis": kode})) for kode, antall in funnet if antall]


def _antall(liste: Oppfoelgingsliste, vis: str) -> int | None:
    """Counted for what calls for somebody to act."""
    return liste.antall(vis) if vis in ("", "forfalt", "naer") else None
