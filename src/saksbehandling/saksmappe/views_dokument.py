"""Putting a document into a case, and downloading a version of one."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, Refusal, SaksbehandlingError
from saksbehandling.filsvar import som_fil
from saksbehandling.saksmappe.models import Journalposttype, Saksmappe, Saksstatus
from saksbehandling.saksmappe.opplasting import som_dokument, ta_inn
from saksbehandling.saksmappe.ressurser import Nedlasting
from saksbehandling.saksmappe.schemas import Feil, feil_av, felt_feil, linje
from saksbehandling.saksmappe.services import SaksmappeService

MAL = "saksmappe/last_opp.jinja2"
TILLATELSE = "last_opp_dokument"


@view_config(route_name="last_opp", request_method="GET", permission=TILLATELSE, renderer=MAL)
def vis(sak: Saksmappe, _request: Request) -> dict[str, Any]:
    return _side(sak, "", Journalposttype.INNGAAENDE, [])


@view_config(route_name="last_opp", request_method="POST", permission=TILLATELSE, renderer=MAL)
def last_opp(sak: Saksmappe, request: Request) -> Any:
    tittel, posttype = linje(request.POST.get("tittel", "")), request.POST.get("posttype", "")
    try:
        navn = _ta_imot(sak, request, tittel, _posttype(posttype))
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        return _side(sak, tittel, posttype, feil_av(feil))
    request.meld("suksess", f"«{navn}» er lagt i saken.")
    return HTTPSeeOther(request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer, _anchor="journal"))


@view_config(route_name="dokument", request_method="GET", permission="les")
def hent(nedlasting: Nedlasting, request: Request) -> Response:
    versjon = nedlasting.versjon
    innhold = request.registry["document_store"].get(versjon.sjekksum)
    return som_fil(innhold, versjon.medietype, versjon.filnavn)


def _ta_imot(sak: Saksmappe, request: Request, tittel: str, posttype: Journalposttype) -> str:
    """Look the file over, enter it in the journal, and keep its bytes. Raises before anything is stored."""
    if sak.saksstatus is not Saksstatus.UNDER_BEHANDLING:
        raise Refusal([f"Sak {sak.saksnummer} er avsluttet og kan ikke få flere dokumenter."])
    fil = request.POST.get("fil")
    if not hasattr(fil, "file"):
        raise InvalidInput("Velg en fil.", "fil")
    with fil.file as stroem:
        opplasting = ta_inn(fil.filename, stroem.read())
    saker = request.find_service(SaksmappeService)
    dokument = som_dokument(opplasting, tittel)
    saker.journalfoer(sak, posttype, dokument.tittel, dato=request.registry["clock"].today(), dokumenter=[dokument])
    saker.ny_versjon(
        dokument,
        filnavn=opplasting.filnavn,
        medietype=opplasting.filtype.media_type,
        stoerrelse=len(opplasting.innhold),
        sjekksum=request.registry["document_store"].put(opplasting.innhold),
        opprettet_av=request.identitet.navn,
    )
    return dokument.tittel


def _posttype(tekst: str) -> Journalposttype:
    if tekst not in set(Journalposttype) - {Journalposttype.SAKSFRAMLEGG}:
        raise InvalidInput("Velg hva slags journalpost dokumentet er.", "posttype")
    return Journalposttype(tekst)


def _side(sak: Saksmappe, tittel: str, posttype: str, feil: Feil) -> dict[str, Any]:
    adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
    return {
        "sak": sak,
        "tittel_verdi": tittel,
        "posttype": posttype,
        "posttyper": [(en.value, en.value) for en in Journalposttype if en is not Journalposttype.SAKSFRAMLEGG],
        "feil": feil,
        "feltfeil": felt_feil(feil),
        "sakens_adresse": adresse,
        "broedsmuler": [("Saker", "/saker"), (sak.saksnummer, adresse), ("Nytt dokument", None)],
    }
