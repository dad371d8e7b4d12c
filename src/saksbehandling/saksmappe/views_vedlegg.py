"""Taking an attachment out of a saksframlegg that is being written."""

from __future__ import annotations

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import NotFound
from saksbehandling.saksmappe.models import Dokument, Saksmappe
from saksbehandling.saksmappe.ressurser import FINNES_IKKE
from saksbehandling.saksmappe.services import SaksmappeService


@view_config(route_name="vedlegg_ut", request_method="POST", permission="rediger_saksframlegg")
def ta_ut(sak: Saksmappe, request: Request) -> Response:
    """Raises `NotFound` for a document of another case, `Refusal` for what is no attachment or is approved."""
    dokument = request.dbsession.get(Dokument, int(request.matchdict["id"]))
    if dokument is None or dokument.journalpost.saksmappe is not sak:
        raise NotFound(FINNES_IKKE)
    post = request.find_service(SaksmappeService).ta_ut_vedlegg(dokument)
    nummer = f"{sak.saksnummer}-{post.journalpostnummer}"
    request.meld("suksess", f"«{dokument.tittel}» er ikke lenger et vedlegg. Den ligger i journalen som {nummer}.")
    return HTTPSeeOther(request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer))
