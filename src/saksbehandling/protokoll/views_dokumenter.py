"""The documents of a treatment, a meeting and a case, for download, and the links to them on the pages of those."""

from __future__ import annotations

from dataclasses import dataclass

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import AccessDenied, NotFound
from saksbehandling.filsvar import som_fil
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.protokoll.dokumenter import DokumentService, Samlere
from saksbehandling.protokoll.malslag import MALSLAG
from saksbehandling.protokoll.views import kan_se_utkast
from saksbehandling.saksmappe.models import Saksframlegg, Saksmappe

BESTILL_PDF = "bestill_pdf"
IKKE_ENNAA = "Dokumentet er ikke ferdig ennå. Det kan lastes ned når protokollen er godkjent eller sakslisten er sendt."


@dataclass(frozen=True, slots=True)
class Dokumentlenke:
    """A document that can be fetched. `utkast`: its words are not settled. `pdf`: the address of its PDF, or ""."""

    tittel: str
    om: str
    adresse: str
    utkast: bool
    pdf: str


@view_config(route_name="behandlingsdokument", request_method="GET", permission="les")
def om_behandlingen(moetesak: Moetesak, request: Request) -> Response:
    """Raises `AccessDenied` before the protocol is approved, `NotFound` where there is no such document."""
    _krev_ferdig(request, moetesak)
    nummer = str(moetesak.nummer).replace("/", "-")
    sted = f"{moetesak.utvalg.kode}-{nummer}-{moetesak.moete.dato:%Y-%m-%d}"
    return _fil(request, _tjeneste(request).om_behandlingen(moetesak), sted, moetesak.utvalg.id)


@view_config(route_name="moetedokument", request_method="GET")
def om_moetet(moete: Moete, request: Request) -> Response:
    """Everybody's when the agenda is; before that for whoever puts it together. Raises as `om_behandlingen`."""
    _krev_ferdig(request, moete)
    return _fil(
        request, _tjeneste(request).om_moetet(moete), f"{moete.utvalg.kode}-{moete.dato:%Y-%m-%d}", moete.utvalg_id
    )


@view_config(route_name="saksdokument", request_method="GET", permission="les")
def om_saken(sak: Saksmappe, request: Request) -> Response:
    samlere = _tjeneste(request).om_saken(sak, _framlegg(request, sak))
    return _fil(request, samlere, f"{sak.saksaar}-{sak.sakssekvensnummer}", None)


def dokumentlenker(request: Request, ting: Moetesak | Moete | Saksmappe) -> list[Dokumentlenke]:
    """The documents of a thing that this person may fetch now. The person may read the thing."""
    tjeneste = _tjeneste(request)
    utkast = er_utkast(request, ting)
    if isinstance(ting, Saksmappe):
        framlegg = _framlegg(request, ting)
        samlere, rute = tjeneste.om_saken(ting, framlegg), "saksdokument"
        del_av = {"aar": ting.saksaar, "sekvens": ting.sakssekvensnummer}
    else:
        if utkast and not _skriver(request, ting):
            return []
        om_moetet = isinstance(ting, Moete)
        samlere = tjeneste.om_moetet(ting) if isinstance(ting, Moete) else tjeneste.om_behandlingen(ting)
        rute, del_av = "moetedokument" if om_moetet else "behandlingsdokument", {"id": ting.id}
    pdf = not utkast and bool(request.has_permission(BESTILL_PDF, ting))

    def lenke(mal: str) -> Dokumentlenke:
        adresse = request.route_path(rute, slag=mal, **del_av)
        som_pdf = request.route_path(f"{rute}_pdf", slag=mal, **del_av) if pdf else ""
        return Dokumentlenke(MALSLAG[mal].tittel, MALSLAG[mal].om, adresse, utkast, som_pdf)

    return [lenke(mal) for mal in samlere]


def er_utkast(request: Request, ting: Moetesak | Moete | Saksmappe) -> bool:
    """Whether the words of its documents can still be changed."""
    if isinstance(ting, Saksmappe):
        framlegg = _framlegg(request, ting)
        return framlegg is not None and framlegg.godkjent is None
    return not _tjeneste(request).er_ferdig(ting)


def _framlegg(request: Request, sak: Saksmappe) -> Saksframlegg | None:
    return sak.synlig_saksframlegg(utkast=bool(request.has_permission("les_utkast", sak)))


def _krev_ferdig(request: Request, ting: Moetesak | Moete) -> None:
    if not _tjeneste(request).er_ferdig(ting) and not _skriver(request, ting):
        raise AccessDenied(IKKE_ENNAA)


def _skriver(request: Request, ting: Moetesak | Moete) -> bool:
    """Whether this person works on what the document is made of, and so sees drafts."""
    if isinstance(ting, Moete):
        return bool(request.has_permission("opprett_moete", ting))
    return kan_se_utkast(request, ting)


def _tjeneste(request: Request) -> DokumentService:
    tjeneste: DokumentService = request.tjenester.dokumenter
    return tjeneste


def _fil(request: Request, samlere: Samlere, sted: str, utvalg_id: int | None) -> Response:
    slag = request.matchdict["slag"]
    if slag not in samlere:
        kjente = ", ".join(MALSLAG[ett].tittel.lower() for ett in samlere) or "ingen"
        raise NotFound(f"Dette dokumentet finnes ikke her nå. Dokumenter som kan lages: {kjente}.")
    innhold = _tjeneste(request).docx(slag, samlere[slag](), utvalg_id)
    return som_fil(innhold, DocxRenderer.media_type, f"{slag.replace('_', '-')}-{sted}.docx")
