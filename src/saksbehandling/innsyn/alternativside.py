"""A ballot between more than two alternatives: each with its votes by party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from saksbehandling.errors import SaksbehandlingError
from saksbehandling.innsyn import behandlingsbilder
from saksbehandling.innsyn.registreringsside import objektvalg, voteringsside
from saksbehandling.moete import TALL
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import REGISTRER, moetesak_for, uendret, utfoer
from saksbehandling.votering.lesing import partier_i_utvalget
from saksbehandling.votering.oversetting import segmentnoekkel
from saksbehandling.votering.schemas import les_alternativer
from saksbehandling.votering.services import forslag_i

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

MAL = "behandling/alternativer.jinja2"
KJENTE = {
    **dict.fromkeys(("objekter", "stemmer_per_objekt", "partistemmer", "parti", "stemmer_for", "til_stede"), "objekter")
}


def includeme(config: Configurator) -> None:
    config.add_route("alternativer", f"/moetesaker/{{id:{TALL}}}/alternativer", factory=moetesak_for)
    config.scan("saksbehandling.innsyn.alternativside")


@view_config(route_name="alternativer", request_method="GET", permission=REGISTRER, renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """What can be put against each other, with those ticked that shut each other out."""
    return _side(moetesak, request, Utfylling())


@view_config(route_name="alternativer", request_method="POST", permission=REGISTRER, renderer=MAL)
def voter(moetesak: Moetesak, request: Request) -> Any:
    """The ballot is recorded."""

    def handling() -> str:
        partier = [parti.kode for parti in partier_i_utvalget(request.tjenester.utvalg, moetesak)]
        felter = Felter(request.POST, "votering")
        inndata = les_alternativer(felter, moetesak, forslag_i(request.dbsession, moetesak), partier)
        setning: str = request.tjenester.voteringer.registrer(moetesak, inndata).setning
        return setning

    try:
        utfoer(request, lambda: uendret(request, moetesak), handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moetesak, request, avvist("votering", request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("registrer", id=moetesak.id, _query={"skjema": "votering"}))


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    tjenester = request.tjenester
    behandling = behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)
    return {
        **voteringsside(behandling, request, utfylling, "Flere alternativer"),
        "valg": alternativvalg(behandling),
        "foreslaatt": ["+".join(side) for side in tjenester.voteringsgang.flere_alternativer(moetesak)],
        "frammoete": tjenester.moeter.frammoete(moetesak),
    }


def alternativvalg(behandling: behandlingsbilder.Behandling) -> list[tuple[str, str, str]]:
    """What one alternative can be: key, name, and its first words. The whole innstilling first."""
    alle = "+".join(segmentnoekkel(rad) for rad in behandling.segmenter)
    hele = [(alle, "Innstillingen", "hele teksten")] if len(behandling.segmenter) > 1 else []
    return [*hele, *objektvalg(behandling)]
