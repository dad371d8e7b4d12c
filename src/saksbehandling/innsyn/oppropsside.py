"""The roll call: a ballot entered name by name, grouped by party; also between more than two alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyramid.view import view_config

from saksbehandling.innsyn import behandlingsbilder
from saksbehandling.innsyn.alternativside import alternativvalg
from saksbehandling.innsyn.registreringsside import foer_votering, foreslaatt_votering, objektvalg, voteringsside
from saksbehandling.moete import TALL
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling
from saksbehandling.moete.views_felles import REGISTRER, moetesak_for
from saksbehandling.votering.schemas import les_opprop
from saksbehandling.votering.services import Voteringsinndata, forslag_i

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
    **dict.fromkeys(("stemmer_per_objekt", "blanke", "stemmer_for", "til_stede"), "personstemmer"),
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

    def les(felter: Felter) -> Voteringsinndata:
        berettigede = request.tjenester.voteringer.stemmeberettigede(moetesak)
        return les_opprop(felter, moetesak, forslag_i(request.dbsession, moetesak), berettigede)

    return foer_votering(request, moetesak, les, lambda utfylling: _side(moetesak, request, utfylling), KJENTE)


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    tjenester = request.tjenester
    behandling = behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)
    berettigede = tjenester.voteringer.stemmeberettigede(moetesak)
    flere = _flere(behandling, [*request.GET.getall("alternativ"), *request.POST.getall("votering-alternativ")])
    ansettelse = "ansettelse" in request.GET or "votering-ansettelse" in request.POST
    return {
        **voteringsside(behandling, request, utfylling, "Navneopprop"),
        "berettigede": len(berettigede),
        "grupper": [(parti, list(rader)) for parti, rader in groupby(berettigede, key=lambda rad: rad.parti)],
        "objekter": objektvalg(behandling),
        "utkast": foreslaatt_votering(moetesak, tjenester),
        "flere": flere,
        "ansettelse": ansettelse,
        "ansettelsesvalg": [("ansettelse", "ja"), *(("alternativ", noekkel) for noekkel, _, _ in flere)],
        "svar": _svar(len(flere), blankt=ansettelse or behandling.organ.blanke_tillatt),
    }


def _flere(behandling: behandlingsbilder.Behandling, noekler: Sequence[str]) -> list[tuple[str, str, str]]:
    """The alternatives that the names are called for: key, name, and first words. None in a ballot of two sides."""
    valg = {noekkel: (noekkel, navn, om) for noekkel, navn, om in alternativvalg(behandling)}
    return [valg[noekkel] for noekkel in dict.fromkeys(noekler) if noekkel in valg]


def _svar(antall: int, *, blankt: bool) -> list[tuple[str, str, str]]:
    """What each can answer: value, word on the button, and the key for it."""
    flere = [(str(side), str(side + 1), str(side + 1)) for side in range(antall)]
    return [*(flere or [("for", "For", "j"), ("mot", "Mot", "n")]), *([("blank", "Blankt", "b")] if blankt else [])]
