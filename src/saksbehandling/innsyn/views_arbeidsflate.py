"""The case officer's desk."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.innsyn.arbeidsflate import Arbeidsflatelesing
from saksbehandling.innsyn.figur_frister import fristlinje

HER = frozenset({Rolle.SAKSBEHANDLER, Rolle.LEDER, Rolle.KOMMUNEDIREKTOER, Rolle.ARKIVAR, Rolle.ADMINISTRATOR})
I_SEKRETARIATET = frozenset({Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER})


def annet_bord(roller: frozenset[str]) -> str | None:
    """The desk of those who have no work on this one."""
    if roller & HER or not roller:
        return None
    return "/sekretariat" if roller & I_SEKRETARIATET else "/moeteportal"


@view_config(
    route_name="arbeidsflate",
    request_method="GET",
    permission="se_arbeidsflate",
    renderer="saksmappe/arbeidsflate.jinja2",
)
def vis(request: Request) -> Any:
    """Everybody comes here after logging in; who has another desk goes on to it."""
    if annen := annet_bord(request.identitet.rollenavn):
        return HTTPSeeOther(annen)
    idag = request.registry["clock"].today()
    flate = Arbeidsflatelesing(request.dbsession, request.identitet, request.registry["felles"].registry).flate()
    return {
        "flate": flate,
        "linje": fristlinje(flate.datoer, idag),
        "idag": idag,
        "kan_opprette": request.has_permission("opprett_sak"),
    }
