"""The roll call: a ballot entered name by name, grouped by party."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from saksbehandling.errors import SaksbehandlingError
from saksbehandling.innsyn import behandlingsbilder
from saksbehandling.innsyn.registreringsside import foreslaatt_votering, objektvalg, voteringsside
from saksbehandling.moete import TALL
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import REGISTRER, moetesak_for, uendret, utfoer
from saksbehandling.votering.schemas import les_opprop
from saksbehandling.votering.services import forslag_i

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

MAL = "behandling/opprop.jinja2"
KJENTE = {
    "objekter": "objekter",
    "form": "form",
    "voteringsform": "form",
    "personstemmer": "personstemmer",
    "moeteleders_stemme": "moeteleder",
}


def includeme(config: Configurator) -> None:
    config.add_route("opprop", f"/moetesaker/{{id:{TALL}}}/opprop", factory=moetesak_for)
    config.scan("saksbehandling.innsyn.oppropsside")


@view_config(route_name="opprop", request_method="GET", permission=REGISTRER, renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """The names of those who may vote in the case now."""
    return _side(moetesak, request, Utfylling())


@view_config(route_name="opprop", request_method="POST", permission=REGISTRER, renderer=MAL)
def voter(moetesak: Moetesak, request: Request) -> Any:
    """The ballot is recorded from the votes of the persons."""

    def handling() -> str:
        voteringer = request.tjenester.voteringer
        berettigede = voteringer.stemmeberettigede(moetesak)
        felter = Felter(request.POST, "votering")
        inndata = les_opprop(felter, moetesak, forslag_i(request.dbsession, moetesak), berettigede)
        setning: str = voteringer.registrer(moetesak, inndata).setning
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
    berettigede = tjenester.voteringer.stemmeberettigede(moetesak)
    return {
        **voteringsside(behandling, request, utfylling, "Navneopprop"),
        "berettigede": len(berettigede),
        "grupper": [(parti, list(rader)) for parti, rader in groupby(berettigede, key=lambda rad: rad.parti)],
        "objekter": objektvalg(behandling),
        "utkast": foreslaatt_votering(moetesak, tjenester),
    }
