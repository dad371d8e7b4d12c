"""Pictures in the saksutredning: put in from the editor, and shown where the text is shown."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import SaksbehandlingError
from saksbehandling.filinntak import valgt_fil
from saksbehandling.filsvar import som_bilde
from saksbehandling.karantene.vakt import karantene
from saksbehandling.richtext import Picture
from saksbehandling.saksmappe.bilder import Bilder
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.ressurser import Visning


@view_config(
    route_name="saksframlegg_bilder", request_method="POST", permission="rediger_saksframlegg", renderer="json"
)
def sett_inn(sak: Saksmappe, request: Request) -> dict[str, Any]:
    """Sent by the editor. Answers with what the picture is called and how large it is, or why it was refused."""
    try:
        bilde = ta_inn(sak, request)
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        return {"feil": str(feil)}
    return {"sjekksum": bilde.sha256, "bredde": bilde.width, "hoeyde": bilde.height}


@view_config(route_name="bilde", request_method="GET", permission="les")
def vis(visning: Visning, request: Request) -> Response:
    return som_bilde(request.registry["document_store"].get(visning.bilde.sjekksum), f"image/{visning.bilde.slag}")


def ta_inn(sak: Saksmappe, request: Request) -> Picture:
    """The picture of the form's field «bilde». Raises `InvalidInput`, `InvalidFile`."""
    navn, innhold = valgt_fil(request, "bilde", "Velg et bilde.")
    with karantene(request, f"saksframlegget i sak {sak.saksnummer}", navn, innhold):
        return bilder(request).ta_inn(sak, navn, innhold[:], request.identitet)


def bilder(request: Request) -> Bilder:
    """The pictures of the cases, in this request's transaction."""
    return Bilder(request.dbsession, request.registry["document_store"], request.registry["clock"])
