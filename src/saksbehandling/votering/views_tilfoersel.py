"""The secretary records protokolltilførsler, and what the body decided of them."""

from __future__ import annotations

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, finn_medlem
from saksbehandling.moete.views_felles import registrer
from saksbehandling.moete.views_registrering import medlemmer
from saksbehandling.votering.kodeverk import Tilfoerselsstatus
from saksbehandling.votering.models_tilfoersel import Protokolltilfoersel
from saksbehandling.votering.services_forslag import Stillerdata

# Held from the opening of the item to the approval of its protocol.
FOER = "rediger_vedtak"
KVITTERING = {
    Tilfoerselsstatus.TATT_INN: "tatt inn i protokollen",
    Tilfoerselsstatus.AVVIST: "ikke tatt inn i protokollen",
    Tilfoerselsstatus.TRUKKET: "trukket",
}


@view_config(route_name="tilfoersel_ny", request_method="POST", permission=FOER)
def krev(moetesak: Moetesak, request: Request) -> Response:
    """A member asks for one in the meeting."""

    def handling(felter: Felter) -> str:
        medlem = finn_medlem(medlemmer(request, moetesak), felter.tekst("stiller"), moetesak.utvalg.navn, "stiller")
        fra = Stillerdata.fra(medlem)
        rad = request.tjenester.tilfoersler.krev(moetesak, felter.blokker("tekst"), fra, request.identitet)
        return f"Protokolltilførselen fra {rad.fra} er {'ført' if rad.avgjort is None else 'tatt inn i protokollen'}."

    return registrer(request, moetesak, "tilfoersel", handling)


@view_config(route_name="tilfoersel_avgjoer", request_method="POST", permission=FOER)
def avgjoer(moetesak: Moetesak, request: Request) -> Response:
    """The body takes it in or not, or the member withdraws it."""

    def handling(felter: Felter) -> str:
        rad = finn_tilfoersel(request, moetesak, felter.tall("tilfoersel"))
        try:
            status = Tilfoerselsstatus(felter.tekst("status"))
        except ValueError:
            raise InvalidInput("Velg om tilførselen tas inn.", "status") from None
        request.tjenester.tilfoersler.avgjoer(rad, status, request.identitet)
        return f"Protokolltilførselen fra {rad.fra} er {KVITTERING.get(status, status.value)}."

    return registrer(request, moetesak, "avgjoer_tilfoersel", handling)


def finn_tilfoersel(request: Request, moetesak: Moetesak, tilfoersel_id: int | None) -> Protokolltilfoersel:
    """Raises `NotFound` where it is none of this treatment's."""
    rad = request.dbsession.get(Protokolltilfoersel, tilfoersel_id) if tilfoersel_id is not None else None
    if rad is None or rad.moetesak_id != moetesak.id:
        raise NotFound("Protokolltilførselen finnes ikke i denne behandlingen.")
    return rad
