"""PDF/A of documents: asked for here, made by `jobs.pdf`, and entered in the journal beside the DOCX."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.pdf import MEDIA_TYPE
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.saksmappe.events import FilLagret, PdfBestilt, SakEndret
from saksbehandling.saksmappe.models import ARKIVFORMAT, PRODUKSJONSFORMAT, Dokumentversjon
from saksbehandling.saksmappe.models_pdf import Pdfutgave

# By then the worker has tried for the last time (`jobs.services.VENTETID`); somebody may ask again.
GITT_OPP = dt.timedelta(minutes=30)


class Pdfstand(StrEnum):
    IKKE_BESTILT = "ikke_bestilt"
    LAGES = "lages"
    FEILET = "feilet"
    FERDIG = "ferdig"


class PdfService:
    """`meld` is called with `PdfBestilt`; everything happens in the caller's transaction."""

    def __init__(
        self, session: Session, clock: SystemClock, store: IDocumentStore, meld: Callable[[object], None]
    ) -> None:
        self._session = session
        self._clock = clock
        self._store = store
        self._meld = meld

    def bestill(self, docx: bytes) -> None:
        """Have the PDF of these bytes made. Asking again changes nothing, unless it was given up."""
        utgave, stand = self._utgave(docx), self.stand(docx)
        if utgave is not None and stand is Pdfstand.FERDIG:
            self._journalfoer(utgave)  # the same bytes may have come into another journal since
        elif utgave is None or stand is Pdfstand.FEILET:
            self._sett_i_koe(utgave or Pdfutgave(kilde=self._store.put(docx)))

    def _sett_i_koe(self, utgave: Pdfutgave) -> None:
        utgave.bestilt = self._clock.now()
        self._session.add(utgave)
        self._session.flush()
        self._meld(PdfBestilt(utgave.id))

    def stand(self, docx: bytes) -> Pdfstand:
        """How far the PDF of these bytes has come."""
        utgave = self._utgave(docx)
        if utgave is None:
            return Pdfstand.IKKE_BESTILT
        if utgave.sjekksum is not None:
            return Pdfstand.FERDIG
        return Pdfstand.LAGES if self._clock.now() - utgave.bestilt < GITT_OPP else Pdfstand.FEILET

    def hent(self, docx: bytes) -> bytes | None:
        """The PDF of these bytes, if it is made. Raises `NotFound` or `InvalidFile` where the store has lost it."""
        utgave = self._utgave(docx)
        return self._store.get(utgave.sjekksum) if utgave is not None and utgave.sjekksum else None

    def lagret(self, utgave: Pdfutgave, sjekksum: str, stoerrelse: int) -> None:
        """It is made, and in the store. Every journal that has the DOCX gets it beside it."""
        if utgave.sjekksum is not None:
            return
        utgave.sjekksum, utgave.stoerrelse, utgave.laget = sjekksum, stoerrelse, self._clock.now()
        self._journalfoer(utgave)

    def _journalfoer(self, utgave: Pdfutgave) -> None:
        for versjon in self._uten_arkivformat(utgave.kilde):
            arkivert = self._arkivversjon(versjon, utgave)
            versjon.dokument.versjoner.append(arkivert)
            self._session.flush()
            self._meld(FilLagret(arkivert.id))
            self._meld(SakEndret(versjon.dokument.journalpost.saksmappe_id))

    def _arkivversjon(self, versjon: Dokumentversjon, utgave: Pdfutgave) -> Dokumentversjon:
        return Dokumentversjon(
            versjonsnummer=versjon.versjonsnummer,
            variantformat=ARKIVFORMAT,
            filnavn=str(PurePosixPath(versjon.filnavn).with_suffix(".pdf")),
            medietype=MEDIA_TYPE,
            filstoerrelse=utgave.stoerrelse,
            sjekksum=utgave.sjekksum,
            opprettet=utgave.laget,
            opprettet_av=versjon.opprettet_av,
        )

    def _uten_arkivformat(self, kilde: str) -> list[Dokumentversjon]:
        funnet = self._session.scalars(
            sa.select(Dokumentversjon).where(
                Dokumentversjon.sjekksum == kilde, Dokumentversjon.variantformat == PRODUKSJONSFORMAT
            )
        )
        return [ett for ett in funnet if not _har_arkivformat(ett)]

    def _utgave(self, docx: bytes) -> Pdfutgave | None:
        kilde = hashlib.sha256(docx).hexdigest()
        return self._session.scalar(sa.select(Pdfutgave).where(Pdfutgave.kilde == kilde))


def _har_arkivformat(versjon: Dokumentversjon) -> bool:
    return any(
        ett.versjonsnummer == versjon.versjonsnummer and ett.variantformat == ARKIVFORMAT
        for ett in versjon.dokument.versjoner
    )
