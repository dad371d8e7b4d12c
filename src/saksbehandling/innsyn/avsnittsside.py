"""Paragraph by paragraph: every ballot on the text in one form, and what nobody contests as one ballot."""

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
from saksbehandling.votering.schemas import les_avsnittsvis
from saksbehandling.votering.services import forslag_i

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

MAL = "behandling/avsnittsvis.jinja2"
KJENTE = dict.fromkeys(
    ("objekter", "partistemmer", "mindretall", "stemmer_for", "stemmer_mot", "til_stede", "moeteleders_stemme"),
    "avsnitt",
)


def includeme(config: Configurator) -> None:
    config.add_route("avsnittsvis", f"/moetesaker/{{id:{TALL}}}/avsnittsvis", factory=moetesak_for)
    config.scan("saksbehandling.innsyn.avsnittsside")


@view_config(route_name="avsnittsvis", request_method="GET", permission=REGISTRER, renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """The paragraphs that are not decided, each with what would change it."""
    return _side(moetesak, request, Utfylling())


@view_config(route_name="avsnittsvis", request_method="POST", permission=REGISTRER, renderer=MAL)
def voter(moetesak: Moetesak, request: Request) -> Any:
    """All the ballots are recorded, or none."""

    def handling() -> str:
        tjenester = request.tjenester
        partier = [parti.kode for parti in partier_i_utvalget(tjenester.utvalg, moetesak)]
        rader = tjenester.voteringsgang.avsnitt(moetesak)
        felter = Felter(request.POST, "avsnitt")
        voteringer = les_avsnittsvis(felter, moetesak, forslag_i(request.dbsession, moetesak), partier, rader)
        setninger = [tjenester.voteringer.registrer(moetesak, inndata).setning for inndata in voteringer]
        return " ".join(setninger)

    try:
        utfoer(request, lambda: uendret(request, moetesak), handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moetesak, request, avvist("avsnitt", request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("registrer", id=moetesak.id, _query={"skjema": "votering"}))


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    tjenester = request.tjenester
    behandling = behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)
    navn = {noekkel: (kort, om) for noekkel, kort, om in objektvalg(behandling)}
    return {
        **voteringsside(behandling, request, utfylling, "Avsnittsvis"),
        "rader": [
            (segment, *navn[segment], [navn[ett][0] for ett in mot])
            for segment, mot in tjenester.voteringsgang.avsnitt(moetesak)
        ],
    }
