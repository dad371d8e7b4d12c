"""The list of cases."""

from __future__ import annotations

from functools import partial
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.innsyn.paginering import adresse
from saksbehandling.innsyn.saksliste import Filter, Sakslisting, statusvalg
from saksbehandling.saksmappe.services import ARBEIDSFLYT

KOLONNER = (("Sak", "nummer"), ("Tittel", "tittel"), ("Tilstand", ""), ("Ansvarlig", ""), ("Opprettet", "dato"))


@view_config(
    route_name="saker",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="saksmappe/saker.jinja2",
)
def vis(request: Request) -> dict[str, Any]:
    filter_ = Filter.fra(request.GET)
    definisjoner = request.registry["felles"].registry
    listing = Sakslisting(request.dbsession, request.identitet, definisjoner)
    rader, utsnitt = listing.side(filter_, request.GET.get("side", ""))
    lenke = partial(adresse, request.path, filter_.felter)
    return {
        "rader": rader,
        "utsnitt": utsnitt,
        "filter": filter_,
        "kolonner": [_kolonne(tittel, felt, filter_.sort, lenke) for tittel, felt in KOLONNER],
        "side_url": lambda side: lenke(side=str(side)),
        "statuser": statusvalg(definisjoner.chart(ARBEIDSFLYT)),
        "aar": [(str(aar), str(aar)) for aar in listing.aar()],
        "innlogget": request.identitet.bruker_id is not None,
        "kan_opprette": request.has_permission("opprett_sak"),
    }


def _kolonne(tittel: str, felt: str, sort: str, lenke: Any) -> dict[str, Any]:
    """A heading that sorts by its column: once by its usual direction, again by the other."""
    if not felt:
        return {"tittel": tittel}
    stigende, synkende = felt, f"-{felt}"
    foerst, saa = (stigende, synkende) if felt == "tittel" else (synkende, stigende)
    retning = {stigende: "ascending", synkende: "descending"}.get(sort)
    return {"tittel": tittel, "sort": lenke(sort=saa if sort == foerst else foerst), "retning": retning}
