"""Which files a case has already, and which of its documents may get a new version."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.errors import Conflict, InvalidInput, Refusal
from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.saksmappe.models import PRODUKSJONSFORMAT, Dokument, Dokumentversjon, Saksmappe
from saksbehandling.saksmappe.opplasting import OPPLASTET
from saksbehandling.saksmappe.vedlegg import er_laast


def samme_fil(session: Session, sjekksum: str, identitet: Identitet) -> list[Dokument]:
    """The documents that have these bytes as a version, of those that this person may read."""
    med_filen = sa.select(Dokumentversjon.dokument_id).where(
        Dokumentversjon.sjekksum == sjekksum, Dokumentversjon.variantformat == PRODUKSJONSFORMAT
    )
    soek = sa.select(Dokument).where(Dokument.id.in_(med_filen)).order_by(Dokument.id)
    return [ett for ett in session.scalars(soek) if kan_lese(identitet, ett.lesere)]


def krev_ny_fil(like: Sequence[Dokument], sak: Saksmappe) -> None:
    """Raise `Conflict` if one of these documents, which have the same bytes, is in the case."""
    for ett in like:
        if ett.journalpost.saksmappe is sak:
            raise Conflict(
                f"Den samme filen ligger allerede i saken som «{ett.tittel}», journalpost"
                f" {ett.journalpost.journalpostnummer}. Den er ikke lagt inn en gang til. Velg en annen fil."
            )


def andre_steder(like: Sequence[Dokument], sak: Saksmappe) -> list[str]:
    """The numbers of the other cases that these documents are in."""
    numre = (ett.journalpost.saksmappe.saksnummer for ett in like if ett.journalpost.saksmappe is not sak)
    return list(dict.fromkeys(numre))


def kan_faa_versjon(sak: Saksmappe, identitet: Identitet) -> list[Dokument]:
    """The uploaded documents of the case that are not public, since a new version would be so at once, nor part of an
    approved saksframlegg; of those that this person may read."""
    return [
        dokument
        for dokument in _leselige(sak, identitet)
        if dokument.journalpost.publisert is None
        and dokument.dokumenttype == OPPLASTET
        and dokument.versjoner
        and not er_laast(dokument)
        and not any(versjon.til_arkivet for versjon in dokument.versjoner)
    ]


def _leselige(sak: Saksmappe, identitet: Identitet) -> list[Dokument]:
    alle = [dokument for post in sak.journalposter for dokument in post.dokumenter]
    return [dokument for dokument in alle if kan_lese(identitet, dokument.lesere)]


def valgt_dokument(sak: Saksmappe, valgt: str, identitet: Identitet) -> Dokument | None:
    """The document that gets a new version; None when it is a new document. Raises `InvalidInput`, `Refusal`."""
    if not valgt:
        return None
    i_saken = {str(ett.id): ett for ett in _leselige(sak, identitet)}
    if valgt not in i_saken:
        raise InvalidInput("Velg et dokument i saken, eller legg inn et nytt.", "versjon_av")
    if i_saken[valgt] not in kan_faa_versjon(sak, identitet):
        raise Refusal([f"«{i_saken[valgt].tittel}» kan ikke få en ny versjon. Legg filen inn som et nytt dokument."])
    return i_saken[valgt]
