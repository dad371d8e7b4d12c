"""Approved protocols of meetings in the archive: in a case for each body and year, with PDF/A beside them.

Where something exempt stands in one there are two entries: the whole, for those who may see all of it, and the edition
for everybody, without those words.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.identity.rules import PUBLIKUM, Identitet, kan_lese
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.protokoll.lesing import moeteprotokoll_i, skjermet_for
from saksbehandling.protokoll.models import Moeteprotokoll
from saksbehandling.protokoll.models_arkiv import Aarsmappe, Moeteprotokolldokument
from saksbehandling.protokoll.moetefiler import Moeteprotokollfiler, filnavn
from saksbehandling.protokoll.moeteutgaver import Utgave, utgaver
from saksbehandling.protokoll.ordlyd import protokollord
from saksbehandling.saksmappe.models import Dokument, Journalpost, Journalposttype, Saksmappe
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.utvalg.models import Utvalg

DOKUMENTTYPE = "Møteprotokoll"


_MED_SAKENE = (
    joinedload(Dokument.journalpost).joinedload(Journalpost.saksmappe),
    joinedload(Dokument.journalpost).selectinload(Journalpost.gjengir),
)


class Moetearkiv:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        saker: SaksmappeService,
        filer: Moeteprotokollfiler,
        store: IDocumentStore,
        pdf: PdfService,
    ) -> None:
        self._session = session
        self._saker = saker
        self._filer = filer
        self._store = store
        self._pdf = pdf

    def arkiver(self, moete: Moete) -> None:
        """Bring the archive up to date with the approved protocol, and have its PDF made. Again, it changes nothing.

        An edited document that the data have moved away from waits until somebody has settled which is to stand.
        """
        self._laas(moete)
        protokoll = moeteprotokoll_i(self._session, moete)
        if protokoll is None or protokoll.godkjent is None:
            return
        alle = list(utgaver(self._filer, moete, protokoll, skjermet_for(self._session, moete, PUBLIKUM)))
        if not self._filer.venter_paa_svar(moete):
            mappe = self._mappe(moete)
            for utgave in alle:
                self._journalfoer(mappe, protokoll, utgave)
            self._saker.merk_endret(mappe)
        for utgave in alle:
            self._pdf.bestill(utgave.innhold)

    def lesbare(self, moete: Moete, identitet: Identitet) -> Sequence[Dokument]:
        """The documents that the meeting's protocol is kept as, of those that this person may read, newest first."""
        soek = (
            sa.select(Dokument)
            .join(Moeteprotokolldokument)
            .join(Moeteprotokoll)
            .where(Moeteprotokoll.moete_id == moete.id)
            .order_by(Dokument.id.desc())
            .options(*_MED_SAKENE)
        )
        return [dokument for dokument in self._session.scalars(soek) if kan_lese(identitet, dokument.lesere)]

    def _laas(self, moete: Moete) -> None:
        """One at a time for each body: who comes next sees the case and the entries. New meetings need not wait."""
        self._session.get_one(Utvalg, moete.utvalg_id, with_for_update={"key_share": True})

    def _mappe(self, moete: Moete) -> Saksmappe:
        utvalg, aar = moete.utvalg, moete.dato.year
        rad = self._session.scalar(sa.select(Aarsmappe).where(Aarsmappe.utvalg_id == utvalg.id, Aarsmappe.aar == aar))
        if rad is None:
            tittel = protokollord(utvalg.malform).aarsmappe.format(utvalg=utvalg.navn, aar=aar)
            mappe = self._saker.opprett_moetemappe(tittel, utvalg.id)
            rad = Aarsmappe(utvalg_id=utvalg.id, aar=aar, saksmappe=mappe)
            self._session.add(rad)
            self._session.flush()
        return rad.saksmappe

    def _journalfoer(self, mappe: Saksmappe, protokoll: Moeteprotokoll, utgave: Utgave) -> None:
        dokument = self._dokument(protokoll, utgave) or self._nytt_dokument(mappe, protokoll, utgave)
        post = dokument.journalpost
        post.skjermingshjemmel, post.publisert = utgave.hjemmel, protokoll.publisert
        post.gjengir = self._gjengitte(utgave)
        mappe.publisert = mappe.publisert or protokoll.publisert
        sjekksum = self._store.put(utgave.innhold)
        filene = [versjon for versjon in dokument.versjoner if not versjon.til_arkivet]
        if not filene or filene[-1].sjekksum != sjekksum:
            self._saker.ny_versjon(
                dokument,
                filnavn=filnavn(protokoll.moete),
                medietype=DocxRenderer.media_type,
                stoerrelse=len(utgave.innhold),
                sjekksum=sjekksum,
                opprettet_av=protokoll.godkjent_av or "",
            )

    def _dokument(self, protokoll: Moeteprotokoll, utgave: Utgave) -> Dokument | None:
        return self._session.scalar(
            sa.select(Dokument)
            .join(Moeteprotokolldokument)
            .where(
                Moeteprotokolldokument.moeteprotokoll_id == protokoll.id,
                Moeteprotokolldokument.utdrag == utgave.utdrag,
                Moeteprotokolldokument.rettelser == utgave.rettelser,
            )
        )

    def _nytt_dokument(self, mappe: Saksmappe, protokoll: Moeteprotokoll, utgave: Utgave) -> Dokument:
        dokument = Dokument(tittel=utgave.tittel, dokumenttype=DOKUMENTTYPE, tekst=utgave.soeketekst)
        self._saker.journalfoer(
            mappe, Journalposttype.INTERNT, utgave.tittel, dato=protokoll.moete.dato, dokumenter=[dokument]
        )
        self._session.add(
            Moeteprotokolldokument(
                moeteprotokoll_id=protokoll.id, utdrag=utgave.utdrag, rettelser=utgave.rettelser, dokument=dokument
            )
        )
        self._session.flush()
        return dokument

    def _gjengitte(self, utgave: Utgave) -> list[Saksmappe]:
        saker = sa.select(Moetesak.saksmappe_id).where(Moetesak.id.in_(utgave.saker))
        return list(self._session.scalars(sa.select(Saksmappe).where(Saksmappe.id.in_(saker))))
