"""Documents as PDF: made of what the DOCX's own view gives this reader, so that nobody sees more, or less, in one form.

The page that waits for the file is the file's own address: it says how far it has come, and then gives the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from saksbehandling.documents.pdf import MEDIA_TYPE
from saksbehandling.errors import AccessDenied, NotFound
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.protokoll import views, views_dokumenter, views_moete
from saksbehandling.protokoll.lesing import moeteprotokoll_i, protokoll_i
from saksbehandling.protokoll.malslag import MALSLAG
from saksbehandling.protokoll.views_dokumenter import BESTILL_PDF
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.pdf import Pdfstand

MAL = "protokoll/pdf.jinja2"
UTKAST = "Dette er et utkast. PDF lages når dokumentet er ferdig; til da kan det lastes ned som DOCX."

Ting = Moetesak | Moete | Saksmappe
Kilde = Callable[[Any, Request], Response]
"""The view that gives the DOCX."""


def includeme(config: Configurator) -> None:
    """Beside each view of a DOCX, with the same permission."""
    for rute, kilde, utkast, tillatelse in (
        ("protokoll", views.last_ned, protokollen_er_utkast, "les"),
        ("moeteprotokoll", views_moete.last_ned, protokollen_er_utkast, None),
        ("behandlingsdokument", views_dokumenter.om_behandlingen, views_dokumenter.er_utkast, "les"),
        ("moetedokument", views_dokumenter.om_moetet, views_dokumenter.er_utkast, None),
        ("saksdokument", views_dokumenter.om_saken, views_dokumenter.er_utkast, "les"),
    ):
        visning = pdf_av(kilde, utkast)
        for metode in ("GET", "POST"):
            config.add_view(
                visning, route_name=f"{rute}_pdf", request_method=metode, permission=tillatelse, renderer=MAL
            )


def pdf_av(kilde: Kilde, utkast: Callable[[Request, Any], bool]) -> Callable[[Any, Request], Any]:
    """A view that gives as PDF what `kilde` gives as DOCX. Raises as that does, and `NotFound` for a draft."""

    def vis(ting: Any, request: Request) -> Any:
        docx = kilde(ting, request)
        if utkast(request, ting):
            raise NotFound(UTKAST)
        if request.method == "POST":
            if not request.has_permission(BESTILL_PDF, ting):
                raise AccessDenied("Du kan ikke be om PDF. Last ned dokumentet som DOCX.")
            request.tjenester.pdf.bestill(docx.body)
            return HTTPSeeOther(request.path)
        pdf = request.tjenester.pdf.hent(docx.body)
        return _side(request, ting, docx) if pdf is None else _fil(pdf, docx)

    return vis


def protokollen_er_utkast(request: Request, ting: Moetesak | Moete) -> bool:
    """Whether the words of its protocol can still be changed."""
    if isinstance(ting, Moetesak):
        return protokoll_i(request.dbsession, ting) is None
    protokoll = moeteprotokoll_i(request.dbsession, ting)
    return protokoll is None or protokoll.godkjent is None


def _fil(pdf: bytes, docx: Response) -> Response:
    return Response(pdf, content_type=MEDIA_TYPE, content_disposition=docx.content_disposition.replace(".docx", ".pdf"))


def _side(request: Request, ting: Ting, docx: Response) -> dict[str, Any]:
    stand = request.tjenester.pdf.stand(docx.body)
    finnes = request.registry["settings"].office is not None
    request.response.status_int = 202 if finnes and stand is Pdfstand.LAGES else 404
    return {
        "stand": stand if finnes else "utilgjengelig",
        "kan_bestille": bool(request.has_permission(BESTILL_PDF, ting)),
        "hva": _hva(request, ting),
        "docx": request.path.removesuffix(".pdf") + ".docx",
        "broedsmuler": [_hjem(request, ting), ("PDF", None)],
    }


def _hva(request: Request, ting: Ting) -> str:
    slag = request.matchdict.get("slag") or ("moeteprotokoll" if isinstance(ting, Moete) else "saksprotokoll")
    return MALSLAG[slag].tittel


def _hjem(request: Request, ting: Ting) -> tuple[str, str]:
    """The page that leads here: its name and its address."""
    if isinstance(ting, Moete):
        return f"{ting.utvalg.navn} {ting.dato:%d.%m.%Y}", request.route_path("moete", id=ting.id)
    if isinstance(ting, Moetesak):
        sted = {"utvalg": ting.utvalg.kode, "aar": ting.nummer.aar, "nummer": ting.nummer.sekvens}
        return f"{ting.saksnummer} {ting.tittel}", request.route_path("behandling", **sted, dato=ting.moete.dato)
    adresse = request.route_path("sak", aar=ting.saksaar, sekvens=ting.sakssekvensnummer)
    return f"{ting.saksnummer} {ting.tittel}", adresse
