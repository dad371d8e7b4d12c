"""The saksprotokoll: the document, its approval and its publication."""

from __future__ import annotations

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import AccessDenied
from saksbehandling.filsvar import som_fil
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.schemas import Felter
from saksbehandling.moete.views_felles import hendelsesdato, krev_innlogget, registrer
from saksbehandling.protokoll.filer import filnavn
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.votering.kodeverk import Behandlingstype

KAN_SE_UTKAST = ("rediger_saksliste", "registrer_behandling", "rediger_protokoll", "publiser")


@view_config(route_name="protokoll_docx", request_method="GET", permission="les")
def last_ned(moetesak: Moetesak, request: Request) -> Response:
    """The document. A draft is for those who write and approve it. Raises `AccessDenied`, `NotFound`."""
    if protokoll_i(request.dbsession, moetesak) is None and not kan_se_utkast(request, moetesak):
        raise AccessDenied("Protokollen er ikke godkjent ennå. Den kan lastes ned når den er godkjent.")
    innhold = request.tjenester.protokollfiler.docx(moetesak)
    return som_fil(innhold, DocxRenderer.media_type, filnavn(moetesak))


def kan_se_utkast(request: Request, moetesak: Moetesak) -> bool:
    return any(request.has_permission(tillatelse, moetesak) for tillatelse in KAN_SE_UTKAST)


@view_config(route_name="protokoll_godkjenn", request_method="POST", permission="les")
def godkjenn(moetesak: Moetesak, request: Request) -> Response:
    """Approve; from now on the words are frozen."""
    krev_innlogget(request)

    def handling(_felter: Felter) -> str:
        request.tjenester.protokoller.godkjenn(moetesak, request.identitet)
        return "Protokollen er godkjent. Teksten kan ikke endres lenger."

    return registrer(request, moetesak, "godkjenn", handling)


@view_config(route_name="protokoll_publiser", request_method="POST", permission="publiser")
def publiser(moetesak: Moetesak, request: Request) -> Response:
    """Publish the treatment, and with the council's decision the case moves on to follow-up."""

    def handling(_felter: Felter) -> str:
        request.tjenester.protokoller.publiser(moetesak, request.identitet)
        publiser_saken(moetesak, request)
        return f"{moetesak.saksnummer} er publisert. Alle kan lese protokollen."

    return registrer(request, moetesak, "publiser", handling)


def _avgjoer_saken(moetesak: Moetesak) -> bool:
    return moetesak.behandlingstype is Behandlingstype.VEDTAK and moetesak.utfall is Moetesaksutfall.BEHANDLET


def publiser_saken(moetesak: Moetesak, request: Request) -> None:
    """With the council's decision the case moves on to follow-up, where the workflow lets this person move it."""
    sak, identitet = moetesak.saksmappe, request.identitet
    if _avgjoer_saken(moetesak) and sak.flyt is not None and _kan(request, moetesak, identitet):
        request.tjenester.saker.hendelse(sak, "publiser", identitet, dato=hendelsesdato(request, moetesak.moete))


def _kan(request: Request, moetesak: Moetesak, identitet: Identitet) -> bool:
    sak = moetesak.saksmappe
    valg = request.tjenester.flyt.choices(sak.flyt, sak, identitet.rollenavn)
    return any(ett.hendelse == "publiser" and ett.tillatt for ett in valg)
