"""A ballot between more than two alternatives: each with its votes by party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from saksbehandling.innsyn import behandlingsbilder
from saksbehandling.innsyn.registreringsside import foer_votering, objektvalg, voteringsside
from saksbehandling.moete import TALL
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling
from saksbehandling.moete.views_felles import REGISTRER, moetesak_for
from saksbehandling.votering.lesing import partier_i_utvalget
from saksbehandling.votering.oversetting import segmentnoekkel
from saksbehandling.votering.schemas import les_alternativer
from saksbehandling.votering.services import Voteringsinndata, forslag_i

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

MAL = "behandling/alternativer.jinja2"
KJENTE = {
    **dict.fromkeys(("objekter", "stemmer_per_objekt", "partistemmer", "parti"), "objekter"),
    **dict.fromkeys(("stemmer_for", "til_stede"), "objekter"),
    "blanke": "blanke",
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
    """The ballot is recorded, or the names are called for the ticked alternatives."""

    if "votering-opprop" in request.POST:
        valgte = [("alternativ", noekkel) for noekkel in Felter(request.POST, "votering").alle("alternativ")]
        return HTTPSeeOther(request.route_path("opprop", id=moetesak.id, _query=valgte))

    def les(felter: Felter) -> Voteringsinndata:
        partier = [parti.kode for parti in partier_i_utvalget(request.tjenester.utvalg, moetesak)]
        return les_alternativer(felter, moetesak, forslag_i(request.dbsession, moetesak), partier)

    return foer_votering(request, moetesak, les, lambda utfylling: _side(moetesak, request, utfylling), KJENTE)


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    tjenester = request.tjenester
    behandling = behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)
    return {
        **voteringsside(behandling, request, utfylling, "Flere alternativer"),
        "valg": alternativvalg(behandling),
        "foreslaatt": ["+".join(side) for side in tjenester.voteringsgang.flere_alternativer(moetesak)],
        "blanke_tillatt": behandling.organ.blanke_tillatt,
        "frammoete": tjenester.moeter.frammoete(moetesak),
    }


def alternativvalg(behandling: behandlingsbilder.Behandling) -> list[tuple[str, str, str]]:
    """What one alternative can be: key, name, and its first words. The whole innstilling first."""
    alle = "+".join(segmentnoekkel(rad) for rad in behandling.segmenter)
    hele = [(alle, "Innstillingen", "hele teksten")] if len(behandling.segmenter) > 1 else []
    return [*hele, *objektvalg(behandling)]
