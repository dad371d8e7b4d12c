"""The page of an elected person: seats, and every vote, proposal and remark that is on record by name."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from saksbehandling.errors import NotFound
from saksbehandling.innsyn.folkevalgte import FILTERFELT, HVA, SVAR, Folkevalgtlesing
from saksbehandling.innsyn.paginering import adresse
from saksbehandling.utvalg.models import Person


@view_config(
    route_name="folkevalgt",
    request_method="GET",
    permission=NO_PERMISSION_REQUIRED,
    renderer="innsyn/folkevalgt.jinja2",
)
def vis(request: Request) -> dict[str, Any]:
    person = request.dbsession.get(Person, int(request.matchdict["person"]))
    if person is None or not person.medlemskap:
        raise NotFound("Det finnes ingen folkevalgt med denne adressen. Søk på navnet i stedet.")
    lesing = Folkevalgtlesing(request.dbsession, request.identitet, person)
    valgt = {felt: verdi for felt in FILTERFELT if (verdi := request.GET.get(felt, "").strip())}
    innslag, utsnitt = lesing.side(valgt, request.GET.get("side", ""))
    utvalg, aar = lesing.valg()
    partier = dict.fromkeys(rad.parti for rad in person.medlemskap)
    return {
        "person": person,
        "verv": lesing.verv(),
        "innslag": innslag,
        "utsnitt": utsnitt,
        "valgt": valgt,
        "utvalg": utvalg,
        "aar": [(ett, ett) for ett in aar],
        "hva": HVA,
        "svar": SVAR,
        "side_url": lambda side: adresse(request.path, valgt, side=str(side)),
        "stemmer_url": [
            (parti.navn, adresse("/sok", {"type": "votering", felt: parti.kode}), felt)
            for parti in partier
            for felt in ("for", "mot")
        ],
        "broedsmuler": [("Innsyn", "/"), (person.navn, None)],
    }
