"""What the addresses of cases and documents stand for. Whoever may not see a thing is told that it does not exist."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from pyramid.request import Request

from saksbehandling.errors import NotFound
from saksbehandling.identity.rules import ALLE, kan_lese
from saksbehandling.richtext import pictures
from saksbehandling.saksmappe.models import ARKIVFORMAT, PRODUKSJONSFORMAT, Dokument, Dokumentversjon, Saksmappe
from saksbehandling.saksmappe.models_bilde import Saksbilde

FINNES_IKKE = "Siden finnes ikke, eller den er ikke offentlig. Kontroller adressen, eller logg inn."


@dataclass(frozen=True, slots=True)
class SkjermetSak:
    """What everybody may know of a screened case that has been on an agenda: that it is there, and its public title."""

    saksnummer: str
    offentlig_tittel: str
    hjemmel: str
    lesere: frozenset[str] = frozenset({ALLE})


@dataclass(frozen=True, slots=True)
class Nedlasting:
    """A version of a document, read by those who may read the document."""

    versjon: Dokumentversjon

    @property
    def lesere(self) -> frozenset[str]:
        return self.versjon.dokument.lesere


@dataclass(frozen=True, slots=True)
class Visning:
    """A picture in a text that the person may read."""

    bilde: Saksbilde

    @property
    def lesere(self) -> frozenset[str]:
        return self.bilde.saksmappe.lesere


def sak_fra(request: Request) -> Saksmappe:
    """The case of `/saker/{aar}/{sekvens}`. Raises `NotFound`, also when the person may not read it."""
    sak = _finn(request)
    if not kan_lese(request.identitet, sak.lesere):
        raise NotFound(FINNES_IKKE)
    return sak


def sak_eller_skjermet_fra(request: Request) -> Saksmappe | SkjermetSak:
    """The same, or what everybody may know of it where it is screened. Raises `NotFound`."""
    sak = _finn(request)
    if kan_lese(request.identitet, sak.lesere):
        return sak
    if sak.publisert is None or sak.skjermingshjemmel is None:
        raise NotFound(FINNES_IKKE)
    return SkjermetSak(sak.saksnummer, sak.offentlig_tittel, sak.skjermingshjemmel)


def versjon_fra(request: Request) -> Nedlasting:
    """The version of `/dokumenter/{id}/{versjon}`, or with `.pdf` as it is archived.

    Raises `NotFound`, also when the person may not read it.
    """
    versjon = request.dbsession.scalar(
        sa.select(Dokumentversjon)
        .join(Dokument)
        .where(
            Dokument.id == int(request.matchdict["id"]),
            Dokumentversjon.versjonsnummer == int(request.matchdict["versjon"]),
            Dokumentversjon.variantformat == (ARKIVFORMAT if request.matchdict["form"] else PRODUKSJONSFORMAT),
        )
    )
    if versjon is None or not kan_lese(request.identitet, versjon.dokument.lesere):
        raise NotFound(FINNES_IKKE)
    return Nedlasting(versjon)


def dokument_fra(request: Request) -> Dokument:
    """The document of `/dokumenter/{id}/…`. Raises `NotFound`, also when the person may not read it."""
    dokument: Dokument | None = request.dbsession.get(Dokument, int(request.matchdict["id"]))
    if dokument is None or not kan_lese(request.identitet, dokument.lesere):
        raise NotFound(FINNES_IKKE)
    return dokument


def visning_fra(request: Request) -> Visning:
    """The picture of `/bilder/{sjekksum}`, in any case where the person may read a text that it stands in.

    Whoever works with the case reads its drafts and older texts too. Raises `NotFound`.
    """
    soek = sa.select(Saksbilde).where(Saksbilde.sjekksum == request.matchdict["sjekksum"]).order_by(Saksbilde.id)
    for bilde in request.dbsession.scalars(soek):
        sak = bilde.saksmappe
        if kan_lese(request.identitet, sak.lesere) and (
            request.has_permission("les_utkast", sak) or _staar_i_godkjent(bilde, sak)
        ):
            return Visning(bilde)
    raise NotFound(FINNES_IKKE)


def _staar_i_godkjent(bilde: Saksbilde, sak: Saksmappe) -> bool:
    framlegg = sak.synlig_saksframlegg(utkast=False)
    return framlegg is not None and any(ett.sha256 == bilde.sjekksum for ett in pictures(framlegg.innhold))


def _finn(request: Request) -> Saksmappe:
    sak: Saksmappe | None = request.dbsession.scalar(
        sa.select(Saksmappe).where(
            Saksmappe.saksaar == int(request.matchdict["aar"]),
            Saksmappe.sakssekvensnummer == int(request.matchdict["sekvens"]),
        )
    )
    if sak is None:
        raise NotFound(FINNES_IKKE)
    return sak
