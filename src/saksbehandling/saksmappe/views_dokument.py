"""Putting documents into a case, and downloading a version of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPCreated, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.content import Content
from saksbehandling.documents.opplasting import Filtype
from saksbehandling.documents.picture_metadata import tells_place
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.errors import InvalidInput, NotFound, Refusal, SaksbehandlingError
from saksbehandling.filinntak import valgte_filer
from saksbehandling.filsvar import som_bilde, som_stroem
from saksbehandling.identity.rules import ALLE
from saksbehandling.karantene.vakt import karantene
from saksbehandling.saksmappe.filer import andre_steder, kan_faa_versjon, krev_ny_fil, samme_fil, valgt_dokument
from saksbehandling.saksmappe.models import Dokument, Journalposttype, Saksmappe, Saksstatus
from saksbehandling.saksmappe.opplasting import Opplasting, som_dokument, ta_inn
from saksbehandling.saksmappe.ressurser import FINNES_IKKE, Nedlasting
from saksbehandling.saksmappe.schemas import Feil, feil_av, felt_feil, linje
from saksbehandling.saksmappe.services import SaksmappeService

MAL = "saksmappe/last_opp.jinja2"
TILLATELSE = "last_opp_dokument"
STEDFESTET = (
    "Bildefilen sier hvor på kartet bildet er tatt (GPS), og alle som kan lese dokumentet, kan se det. Er det noe"
    " de ikke skal vite, må du si fra til arkivaren før dokumentet blir offentlig."
)


@dataclass(frozen=True, slots=True)
class Skjema:
    """What was typed. `versjon_av`: the id of the document that the file is a new version of, or ""."""

    tittel: str = ""
    posttype: str = Journalposttype.INNGAAENDE
    versjon_av: str = ""

    @classmethod
    def fra(cls, felter: Mapping[str, Any]) -> Skjema:
        return cls(linje(felter.get("tittel", "")), str(felter.get("posttype", "")), str(felter.get("versjon_av", "")))


@view_config(route_name="last_opp", request_method="GET", permission=TILLATELSE, renderer=MAL)
def vis(sak: Saksmappe, request: Request) -> dict[str, Any]:
    valgt = Skjema(
        versjon_av=request.GET.get("versjon_av", ""),
        posttype=request.GET.get("posttype", Journalposttype.INNGAAENDE),
    )
    return _side(sak, request, valgt, [])


@view_config(route_name="last_opp", request_method="POST", permission=TILLATELSE, renderer=MAL)
def last_opp(sak: Saksmappe, request: Request) -> Any:
    skjema = Skjema.fra(request.POST)
    try:
        _ta_imot(sak, request, skjema)
    except SaksbehandlingError as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        return _side(sak, request, skjema, feil_av(feil))
    journalen = request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer, _anchor="journal")
    # A script that shows how far the file has come goes there itself: following on would use up the message.
    return HTTPCreated(location=journalen) if request.is_xhr else HTTPSeeOther(journalen)


@view_config(route_name="dokument", request_method="GET", permission="les")
def hent(nedlasting: Nedlasting, request: Request) -> Response:
    versjon = nedlasting.versjon
    fil = request.registry["document_store"].open(versjon.sjekksum)
    return som_stroem(fil, versjon.filstoerrelse, versjon.sjekksum, versjon.medietype, versjon.filnavn)


@view_config(
    route_name="dokumenttekst", request_method="GET", permission="les", renderer="saksmappe/dokumenttekst.jinja2"
)
def vis_tekst(dokument: Dokument, request: Request) -> dict[str, Any]:
    """The words of a document, where they are too many for the list of the journal. Raises `NotFound` without any."""
    if not dokument.tekst:
        raise NotFound(FINNES_IKKE)
    sak = dokument.journalpost.saksmappe
    saken = request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer)
    smuler = [("Saker", "/saker"), (sak.saksnummer, saken), (dokument.tittel, None)]
    return {"dokument": dokument, "saken": saken, "broedsmuler": smuler}


@view_config(route_name="miniatyr", request_method="GET", permission="les")
def vis_miniatyr(nedlasting: Nedlasting, request: Request) -> Response:
    """Raises `NotFound` where there is none."""
    funnet = request.tjenester.etterarbeid.miniatyr(nedlasting.versjon)
    if funnet is None:
        raise NotFound(FINNES_IKKE)
    svar = som_bilde(request.registry["document_store"].get(funnet.sjekksum), "image/png")
    if ALLE in nedlasting.lesere:  # others are fetched each time, and kept by no browser
        svar.headers["Cache-Control"] = "private, max-age=3600"
    return svar


def _ta_imot(sak: Saksmappe, request: Request, skjema: Skjema) -> None:
    """Look the files over, enter them in the journal, and keep their bytes. All of them, or none and an error."""
    if sak.saksstatus is not Saksstatus.UNDER_BEHANDLING:
        raise Refusal([f"Sak {sak.saksnummer} er avsluttet og kan ikke få flere dokumenter."])
    posttype = _posttype(sak, request, skjema.posttype)
    opplastinger = _filer(sak, request)
    _krev_bare_en(opplastinger, skjema)
    gammelt = valgt_dokument(sak, skjema.versjon_av, request.identitet)
    for opplasting in opplastinger:
        _legg_inn(sak, request, opplasting, gammelt or som_dokument(opplasting, skjema.tittel), posttype)


def _krev_bare_en(opplastinger: Sequence[Opplasting], skjema: Skjema) -> None:
    if len(opplastinger) > 1 and skjema.tittel:
        raise InvalidInput("En tittel gjelder én fil. La feltet stå tomt når du velger flere.", "tittel")
    if len(opplastinger) > 1 and skjema.versjon_av:
        raise InvalidInput("En ny versjon av et dokument er én fil. Velg bare den.", "versjon_av")


def _legg_inn(
    sak: Saksmappe, request: Request, opplasting: Opplasting, dokument: Dokument, posttype: Journalposttype
) -> None:
    like = samme_fil(request.dbsession, hashlib.sha256(opplasting.innhold).hexdigest(), request.identitet)
    krev_ny_fil(like, sak)
    if dokument.id is None:
        _journalfoer(sak, request, posttype, dokument)
    else:
        dokument.tekst, dokument.maskinlest = opplasting.tekst, False
        request.find_service(SaksmappeService).merk_endret(sak)
    _lagre(request, dokument, opplasting)
    request.meld("suksess", f"«{dokument.tittel}» er lagt i saken, versjon {dokument.versjoner[-1].versjonsnummer}.")
    if opplasting.filtype in (Filtype.PNG, Filtype.JPEG) and tells_place(opplasting.innhold):
        request.meld("info", STEDFESTET)
    if numre := andre_steder(like, sak):
        request.meld("info", f"Den samme filen ligger også i sak {', '.join(numre)}.")


def _journalfoer(sak: Saksmappe, request: Request, posttype: Journalposttype, dokument: Dokument) -> None:
    saker = request.find_service(SaksmappeService)
    if posttype is Journalposttype.SAKSFRAMLEGG:
        saker.legg_ved(sak, dokument)
    else:
        saker.journalfoer(sak, posttype, dokument.tittel, dato=request.registry["clock"].today(), dokumenter=[dokument])


def _filer(sak: Saksmappe, request: Request) -> list[Opplasting]:
    return [_fil(sak, request, *fil) for fil in valgte_filer(request, "fil", "Velg en fil.")]


def _fil(sak: Saksmappe, request: Request, navn: str, innhold: Content) -> Opplasting:
    with karantene(request, f"sak {sak.saksnummer}", navn, innhold), _uten_transaksjon(request, sak):
        return ta_inn(navn, innhold, Limits(size=_stoerst(request)))


@contextmanager
def _uten_transaksjon(request: Request, sak: Saksmappe) -> Iterator[None]:
    """Let others write while a file is looked over, which may take seconds; nothing may have been written before."""
    request.tm.abort()
    try:
        yield
    finally:
        request.tm.begin()
        request.dbsession.add(sak)
        request.dbsession.refresh(sak)


def _stoerst(request: Request) -> int:
    """The most bytes that a file may have."""
    return int(request.registry["settings"].upload_mb * 1_000_000)


def _lagre(request: Request, dokument: Dokument, opplasting: Opplasting) -> None:
    request.find_service(SaksmappeService).ny_versjon(
        dokument,
        filnavn=opplasting.filnavn,
        medietype=opplasting.filtype.media_type,
        stoerrelse=len(opplasting.innhold),
        sjekksum=request.registry["document_store"].put(opplasting.innhold),
        opprettet_av=request.identitet.navn,
    )


def _posttyper(sak: Saksmappe, request: Request) -> dict[str, str]:
    """What the file may be in the journal, with what it is called. Whoever writes the saksframlegg adds to it."""
    alle = {ett.value: ett.value for ett in Journalposttype if ett is not Journalposttype.SAKSFRAMLEGG}
    skriver = request.has_permission("rediger_saksframlegg", sak)
    return alle | ({Journalposttype.SAKSFRAMLEGG.value: "Vedlegg til saksframlegget"} if skriver else {})


def _posttype(sak: Saksmappe, request: Request, tekst: str) -> Journalposttype:
    if tekst not in _posttyper(sak, request):
        raise InvalidInput("Velg hva slags journalpost dokumentet er.", "posttype")
    return Journalposttype(tekst)


def _side(sak: Saksmappe, request: Request, skjema: Skjema, feil: Feil) -> dict[str, Any]:
    adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
    return {
        "sak": sak,
        "skjema": skjema,
        "dokumenter": [
            (str(ett.id), f"{ett.journalpost.journalpostnummer}: {ett.tittel}")
            for ett in kan_faa_versjon(sak, request.identitet)
        ],
        "stoerst": _stoerst(request),
        "posttyper": _posttyper(sak, request).items(),
        "feil": feil,
        "feltfeil": felt_feil(feil),
        "sakens_adresse": adresse,
        "broedsmuler": [("Saker", "/saker"), (sak.saksnummer, adresse), ("Nytt dokument", None)],
    }
