"""Editing the saksframlegg in Word: take it out, bring it back, and see what would change before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.opplasting import Filtype, kontroller_opplasting
from saksbehandling.errors import InvalidFile, InvalidInput, SaksbehandlingError
from saksbehandling.filinntak import valgt_fil
from saksbehandling.filsvar import som_fil
from saksbehandling.karantene.vakt import karantene
from saksbehandling.richtext import pictures
from saksbehandling.saksmappe.framlegg import SaksframleggService
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.opplasting import rent_filnavn
from saksbehandling.saksmappe.schemas import Feil, feil_av, felt_feil
from saksbehandling.saksmappe.views_bilde import bilder
from saksbehandling.saksmappe.views_saksframlegg import TILLATELSE, ramme
from saksbehandling.saksmappe.word import les_arbeidsdokument, skriv_arbeidsdokument

MAL = "saksmappe/word.jinja2"


@view_config(route_name="saksframlegg_word", request_method="GET", permission=TILLATELSE, renderer=MAL)
def vis(sak: Saksmappe, request: Request) -> dict[str, Any]:
    return _side(sak, request, [])


@view_config(route_name="saksframlegg_word", request_method="POST", permission=TILLATELSE, renderer=MAL)
def gjoer(sak: Saksmappe, request: Request) -> Any:
    try:
        return HANDLINGER.get(request.POST.get("handling", ""), _ukjent)(sak, request)
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        return _side(sak, request, feil_av(feil))


def _hent(sak: Saksmappe, request: Request) -> Response:
    """The document of the loan: the same again, when it was lost on the way."""
    lagring = request.find_service(SaksframleggService).sjekk_ut(sak, request.identitet).lagring
    kommune = request.registry["settings"].kommune
    docx = skriv_arbeidsdokument(
        lagring.tekst, kommune, sak.saksnummer, lagring.nummer, request.registry["document_store"].get
    )
    navn = f"Saksframlegg {sak.saksnummer.replace('/', '-')} versjon {lagring.nummer}.docx"
    return som_fil(docx, DocxRenderer.media_type, navn)


def _last_opp(sak: Saksmappe, request: Request) -> HTTPSeeOther:
    sendt_navn, sendt = valgt_fil(request, "fil", "Velg dokumentet du har redigert.")
    navn, innhold = rent_filnavn(sendt_navn), sendt[:]
    with karantene(request, f"saksframlegget i sak {sak.saksnummer}", navn, innhold):
        filtype = kontroller_opplasting(navn, innhold)
    if filtype is not Filtype.DOCX:
        raise InvalidFile(f"«{navn}» er ikke et Word-dokument. Lagre det som .docx og prøv igjen.")
    tekst, i_dokumentet = les_arbeidsdokument(innhold, sak.saksnummer)
    for ett in pictures(tekst.innhold):
        bilder(request).ta_inn(sak, f"bilde.{ett.kind}", i_dokumentet[ett.sha256], request.identitet)
    request.find_service(SaksframleggService).ta_imot(sak, tekst, request.identitet)
    request.meld("info", "Dokumentet er lest, men ikke tatt inn i saken ennå. Se over endringene og lagre.")
    return HTTPSeeOther(f"{ramme(sak, '')['adresse']}/endringer")


def _lever(sak: Saksmappe, request: Request) -> HTTPSeeOther:
    request.find_service(SaksframleggService).lever_tilbake(sak, request.identitet)
    request.meld("info", "Saksframlegget er levert tilbake, og kan redigeres her igjen.")
    return HTTPSeeOther(ramme(sak, "")["adresse"])


def _ukjent(_sak: Saksmappe, _request: Request) -> Response:
    raise InvalidInput("Velg om dokumentet skal hentes, lastes opp eller leveres tilbake.")


HANDLINGER: dict[str, Callable[[Saksmappe, Request], Response]] = {
    "hent": _hent,
    "last_opp": _last_opp,
    "lever": _lever,
}


def _side(sak: Saksmappe, request: Request, feil: Feil) -> dict[str, Any]:
    tjeneste = request.find_service(SaksframleggService)
    return {
        **ramme(sak, "Rediger i Word"),
        "utsjekking": tjeneste.utsjekking(sak),
        "bruker_id": request.identitet.bruker_id,
        "feil": feil,
        "feltfeil": felt_feil(feil),
    }
