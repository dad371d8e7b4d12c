"""Sending the decision to those whom it concerns."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import SaksbehandlingError
from saksbehandling.filsvar import som_fil
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.protokoll.ordlyd import KLAGE_HJEMMEL
from saksbehandling.protokoll.saerutskrift import Brev, SaerutskriftService, les_mottakere, siste_post
from saksbehandling.saksmappe.schemas import heltall, linje

MAL, SKJEMA = "protokoll/saerutskrift.jinja2", "brev"
SEND = "send_saerutskrift"
FELTER = {"mottakere": "mottakere"}


@view_config(route_name="saerutskrift", request_method="GET", permission=SEND, renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """Raises `Refusal` with every reason why nothing can be sent yet."""
    _tjeneste(request).krev_klar(moetesak)
    return _side(moetesak, request, Utfylling())


@view_config(route_name="saerutskrift", request_method="POST", permission=SEND, renderer=MAL)
def gjoer(moetesak: Moetesak, request: Request) -> Any:
    """Make the letters and enter them in the journal, or only show the first of them."""
    try:
        brev = _brev(request)
        if request.POST.get("handling") == "forhaandsvis":
            return _forhaandsvis(moetesak, request, brev)
        utfoer(request, lambda: _send(moetesak, request, brev))
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        return _side(moetesak, request, avvist(SKJEMA, request.POST, feil, FELTER))
    sak = moetesak.saksmappe
    return HTTPSeeOther(request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer, _anchor="journal"))


def _send(moetesak: Moetesak, request: Request, brev: Brev) -> str:
    poster = _tjeneste(request).send(moetesak, brev, request.identitet, heltall(request.POST.get("sett", "")))
    if len(poster) == 1:
        return "Brevet er lagt i journalen som utgående dokument. Last det ned der, og send det."
    return f"{len(poster)} brev er lagt i journalen som utgående dokumenter. Last dem ned der, og send dem."


def _forhaandsvis(moetesak: Moetesak, request: Request, brev: Brev) -> Response:
    tjeneste = _tjeneste(request)
    tjeneste.krev_klar(moetesak)
    innhold = tjeneste.docx(moetesak, brev, brev.mottakere[0], request.identitet)
    navn = f"Særutskrift {str(moetesak.nummer).replace('/', '-')} forhåndsvisning.docx"
    return som_fil(innhold, DocxRenderer.media_type, navn)


def _brev(request: Request) -> Brev:
    felter = Felter(request.POST, SKJEMA)
    return Brev(les_mottakere(felter.tekst("mottakere")), felter.har("klage"), linje(felter.tekst("hjemmel")))


def _tjeneste(request: Request) -> SaerutskriftService:
    tjeneste: SaerutskriftService = request.tjenester.saerutskrifter
    return tjeneste


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    moete, nummer = moetesak.moete, moetesak.nummer
    sted = {"utvalg": moetesak.utvalg.kode, "aar": nummer.aar, "nummer": nummer.sekvens, "dato": moete.dato.isoformat()}
    return {
        "m": moetesak,
        "utfylling": utfylling,
        "sett": siste_post(moetesak.saksmappe),
        "redigert": request.tjenester.haandredigeringer.gjeldende(moetesak),
        "klagehjemmel": KLAGE_HJEMMEL,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (f"{moetesak.utvalg.navn}, {moete.dato:%d.%m.%Y}", request.route_path("moete", id=moete.id)),
            (moetesak.saksnummer, request.route_path("behandling", **sted)),
            ("Send særutskrift", None),
        ],
    }
