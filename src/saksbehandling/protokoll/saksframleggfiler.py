"""The file of an approved saksframlegg, in the journal and as PDF beside it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.protokoll.dokumenter import DokumentService
from saksbehandling.protokoll.filer import FERSK
from saksbehandling.saksmappe.models import Dokument, Saksframlegg
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.saksmappe.services import SaksmappeService

SLAG = "saksframlegg"


class Saksframleggfiler:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        saker: SaksmappeService,
        dokumenter: DokumentService,
        store: IDocumentStore,
        pdf: PdfService,
    ) -> None:
        self._session = session
        self._clock = clock
        self._saker = saker
        self._dokumenter = dokumenter
        self._store = store
        self._pdf = pdf

    def lag_dokument(self, saksframlegg_id: int, dokument_id: int) -> None:
        """Give the journal's document its file, and have the PDF of a recent one made. Again, it changes nothing."""
        dokument = self._session.get_one(Dokument, dokument_id, with_for_update=True)
        if dokument.versjoner:
            return
        framlegg = self._session.get_one(Saksframlegg, saksframlegg_id)
        sak = framlegg.saksmappe
        innhold = self._dokumenter.docx(SLAG, self._dokumenter.saksframlegg(sak, framlegg), None)
        self._saker.ny_versjon(
            dokument,
            filnavn=f"{SLAG}-{sak.saksaar}-{sak.sakssekvensnummer}.docx",
            medietype=DocxRenderer.media_type,
            stoerrelse=len(innhold),
            sjekksum=self._store.put(innhold),
            opprettet_av=framlegg.godkjent_av or "",
        )
        if self._er_fersk(framlegg.dato):
            self._pdf.bestill(innhold)
        self._saker.merk_endret(sak)

    def _er_fersk(self, dato: dt.date | None) -> bool:
        return dato is not None and self._clock.today() - dato < FERSK
