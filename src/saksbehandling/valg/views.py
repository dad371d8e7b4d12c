"""The page of the elections in a treatment: what was held, and the form for the next round."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import REGISTRER, uendret, utfoer
from saksbehandling.valg.kodeverk import Valgform
from saksbehandling.valg.lesing import les_lister
from saksbehandling.valg.regelsett import valgregler_for
from saksbehandling.valg.services import Valginndata, valg_i
from saksbehandling.valg.values import Valgutfall

MAL = "valg/valg.jinja2"
KJENTE = {felt: felt for felt in ("form", "verv", "plasser", "lister", "blanke", "lodd", "objekter")}


@view_config(route_name="valg", request_method="GET", permission=REGISTRER, renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    return _side(moetesak, request, Utfylling())


@view_config(route_name="valg", request_method="POST", permission=REGISTRER, renderer=MAL)
def hold(moetesak: Moetesak, request: Request) -> Any:
    """Record a round, or only show what it comes to (`proev`)."""
    felter = Felter(request.POST, "valg")
    try:
        if felter.har("proev"):
            return _proevd(moetesak, request, felter)
        utfoer(request, lambda: uendret(request, moetesak), lambda: _hold(moetesak, request, felter))
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moetesak, request, avvist("valg", request.POST, feil, KJENTE))
    return HTTPSeeOther(request.route_path("valg", id=moetesak.id))


def _hold(moetesak: Moetesak, request: Request, felter: Felter) -> str:
    setning: str = request.tjenester.valg.hold(moetesak, les_valg(felter)).setning
    return setning


def _proevd(moetesak: Moetesak, request: Request, felter: Felter) -> dict[str, Any]:
    inndata = les_valg(felter)
    utfall = request.tjenester.valg.beregn(moetesak, inndata)
    return _side(moetesak, request, Utfylling("valg", request.POST), inndata, utfall)


def les_valg(felter: Felter) -> Valginndata:
    """An election as typed. Raises `InvalidInput` on what cannot be read."""
    try:
        valgform = Valgform(felter.tekst("form"))
    except ValueError:
        raise InvalidInput("Velg hvordan det velges.", "form") from None
    return Valginndata(
        valgform,
        felter.tekst("verv"),
        1 if valgform is Valgform.FLERTALLSVALG else felter.tall("plasser") or 0,
        les_lister(felter.tekst("lister")),
        felter.tall("blanke") or 0,
        felter.har("hemmelig"),
        tuple(navn.strip() for navn in felter.tekst("lodd").split(",") if navn.strip()),
    )


def _side(
    moetesak: Moetesak,
    request: Request,
    utfylling: Utfylling,
    inndata: Valginndata | None = None,
    utfall: Valgutfall | None = None,
) -> dict[str, Any]:
    return {
        "moetesak": moetesak,
        "holdt": valg_i(request.dbsession, moetesak),
        "frammoete": request.tjenester.moeter.frammoete(moetesak),
        "regler": valgregler_for(moetesak.moete.dato),
        "utfylling": utfylling,
        "inndata": inndata,
        "utfall": utfall,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (moetesak.saksnummer, request.route_path("registrer", id=moetesak.id)),
            ("Valg", None),
        ],
    }
