"""Importing a protocol: the packet becomes a case with its treatments, in one transaction, once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock, at_noon
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet
from saksbehandling.importering import pakke as lest
from saksbehandling.importering.lagring import Behandlingslagring
from saksbehandling.importering.registre import Registre
from saksbehandling.importering.saksgang import spill_av
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.data import Godkjenning
from saksbehandling.protokoll.services import ProtokollService
from saksbehandling.protokoll.utkast import Saksprotokollutkast
from saksbehandling.richtext import Blocks, paragraph
from saksbehandling.saksmappe.models import Dokument, Journalpost, Journalposttype, Saksframlegg, Saksmappe
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.vedtak.services import Protokollert, VedtakService
from saksbehandling.workflow_engine.service import WorkflowService

IMPORT = Identitet("Import", roller=frozenset((rolle, None) for rolle in Rolle if rolle is not Rolle.ADMINISTRATOR))
BEGRUNNELSE = "Slik står det i den importerte protokollen."


@dataclass(frozen=True, slots=True)
class Importresultat:
    """`ny`: False when this very file was imported before and nothing was changed. `advarsler`: what was doubtful."""

    sak: Saksmappe
    ny: bool
    advarsler: tuple[lest.Advarsel, ...]


class ImportService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        store: IDocumentStore,
        utvalg: UtvalgService,
        saker: SaksmappeService,
        vedtak: VedtakService,
        protokollutkast: Saksprotokollutkast,
        protokoller: ProtokollService,
        flyt: WorkflowService,
    ) -> None:
        self._session = session
        self._clock = clock
        self._store = store
        self._utvalg = utvalg
        self._saker = saker
        self._vedtak = vedtak
        self._protokollutkast = protokollutkast
        self._protokoller = protokoller
        self._flyt = flyt

    def importer(self, pakke: lest.Pakke, innhold: bytes) -> Importresultat:
        """Store a packet; `innhold` is the file itself, kept with the case as it came.

        Raises `InvalidInput` when it names no archive case, `Refusal` when the case is here from another source.
        """
        if pakke.arkivsak is None:
            raise InvalidInput(f"Fant ikke noe arkivsaksnummer i «{pakke.filnavn}». Ingenting er lagret.")
        sjekksum = hashlib.sha256(innhold).hexdigest()
        kjent = self._finnes(pakke.arkivsak)
        if kjent is not None:
            return self._allerede(kjent, sjekksum, pakke)
        sak = self._sak(pakke, sjekksum)
        registre = Registre(self._session, self._utvalg)
        lagring = Behandlingslagring(self._session, self._clock, registre, sak)
        if pakke.saksframlegg is not None:
            self._saksframlegg(sak, pakke.saksframlegg, lagring)
        self._kilde(sak, pakke, innhold, sjekksum)
        leste = _i_tid(pakke)
        behandlinger = [self._behandling(lagring, behandling) for behandling in leste]
        refusert = spill_av(self._flyt, sak, behandlinger, IMPORT)
        for moetesak, behandling in zip(behandlinger, leste, strict=True):
            self._publiser(moetesak, behandling.avslutning)
        self._saker.merk_endret(sak)
        return Importresultat(sak, True, (*pakke.advarsler, *refusert))

    def _finnes(self, arkivsak: lest.Arkivsak) -> Saksmappe | None:
        return self._session.scalar(
            sa.select(Saksmappe).where(
                Saksmappe.saksaar == arkivsak.aar, Saksmappe.sakssekvensnummer == arkivsak.sekvens
            )
        )

    def _allerede(self, sak: Saksmappe, sjekksum: str, pakke: lest.Pakke) -> Importresultat:
        if sak.kilde == sjekksum:
            return Importresultat(sak, False, pakke.advarsler)
        raise Refusal(
            [f"Sak {sak.saksnummer} finnes allerede, fra en annen kilde. Ingenting fra «{pakke.filnavn}» er lagret."]
        )

    def _sak(self, pakke: lest.Pakke, sjekksum: str) -> Saksmappe:
        assert pakke.arkivsak is not None  # asked for above
        sak = Saksmappe(
            saksaar=pakke.arkivsak.aar,
            sakssekvensnummer=pakke.arkivsak.sekvens,
            tittel=pakke.tittel,
            offentlig_tittel=pakke.tittel,
            opprettet_dato=_foerste_dato(pakke),
            publisert=self._clock.now(),
            kilde=sjekksum,
        )
        self._session.add(sak)
        self._session.flush()
        return sak

    def _saksframlegg(self, sak: Saksmappe, framlegg: lest.Saksframlegg, lagring: Behandlingslagring) -> None:
        grunntekst = lagring.grunntekst(framlegg.innstilling)
        if grunntekst is None:
            return
        naar = framlegg.dato or sak.opprettet_dato
        sak.saksframlegg.append(
            Saksframlegg(
                versjonsnummer=1,
                tittel=framlegg.tittel,
                dato=framlegg.dato,
                innhold=framlegg.broedtekst,
                grunntekst=grunntekst,
                signaturer=[{"navn": en.navn, "tittel": en.tittel} for en in framlegg.signert_av],
                uttalelser_gjengitt_fra=list(framlegg.uttalelser_gjengitt_fra),
                godkjent=at_noon(naar),
                godkjent_av=framlegg.signert_av[0].navn if framlegg.signert_av else None,
            )
        )
        dokumenter = [
            _dokument(framlegg.tittel, "Saksframlegg", framlegg.broedtekst),
            *(_dokument(vedlegg.tittel, "Vedlegg", vedlegg.blokker) for vedlegg in framlegg.vedlegg),
        ]
        self._journalfoer(sak, Journalposttype.SAKSFRAMLEGG, framlegg.tittel, naar, dokumenter)

    def _kilde(self, sak: Saksmappe, pakke: lest.Pakke, innhold: bytes, sjekksum: str) -> None:
        """Keep the file as it came, with what could not be understood as its text."""
        uforstaatt = tuple(blokk for notat in pakke.uforstaatt for blokk in notat.blokker)
        dokument = _dokument(f"Importert fil: {pakke.filnavn}", "Importert fil", uforstaatt)
        self._store.put(innhold)
        post = self._journalfoer(
            sak, Journalposttype.INTERNT, dokument.tittel, self._clock.today(), [dokument], publisert=False
        )
        self._saker.ny_versjon(
            post.dokumenter[0],
            filnavn=pakke.filnavn,
            medietype="text/plain",
            stoerrelse=len(innhold),
            sjekksum=sjekksum,
            opprettet_av=IMPORT.navn,
        )

    def _journalfoer(
        self,
        sak: Saksmappe,
        journalposttype: Journalposttype,
        tittel: str,
        dato: dt.date,
        dokumenter: list[Dokument],
        *,
        publisert: bool = True,
    ) -> Journalpost:
        post = self._saker.journalfoer(sak, journalposttype, tittel, dato=dato, dokumenter=dokumenter)
        post.publisert = self._clock.now() if publisert else None
        return post

    def _behandling(self, lagring: Behandlingslagring, behandling: lest.Behandling) -> Moetesak:
        moetesak = lagring.lagre(behandling)
        if behandling.vedtak is not None:
            self._vedtak.lagre_som_protokollert(moetesak, _protokollert(behandling.vedtak), BEGRUNNELSE, IMPORT)
        self._vedtak.avslutt_forslag(moetesak)
        return moetesak

    def _publiser(self, moetesak: Moetesak, avslutning: Sequence[str]) -> None:
        """Freeze what the minutes said, with the words that they end in; they were public when they were written."""
        moetesak.publisert = self._clock.now()
        maate = [linje for linje in avslutning if not _er_kommune(linje)]
        data = self._protokollutkast.utkast(moetesak, Godkjenning(" ".join(maate)) if maate else None)
        kommune = next(filter(_er_kommune, avslutning), data.kommune)
        self._protokoller.frys(moetesak, replace(data, kommune=kommune), IMPORT)


def _i_tid(pakke: lest.Pakke) -> list[lest.Behandling]:
    return sorted(pakke.behandlinger, key=lambda behandling: behandling.moetedato)


def _er_kommune(linje: str) -> bool:
    return linje.casefold().endswith(" kommune")


def _foerste_dato(pakke: lest.Pakke) -> dt.date:
    datoer = [behandling.moetedato for behandling in pakke.behandlinger]
    if pakke.saksframlegg is not None and pakke.saksframlegg.dato is not None:
        datoer.append(pakke.saksframlegg.dato)
    assert pakke.arkivsak is not None
    return min(datoer, default=dt.date(pakke.arkivsak.aar, 1, 1))


def _dokument(tittel: str, dokumenttype: str, tekst: Blocks) -> Dokument:
    return Dokument(tittel=tittel, dokumenttype=dokumenttype, tekst=tekst or (paragraph(tittel),))


def _protokollert(vedtak: lest.Vedtakstekst) -> Protokollert:
    return Protokollert(
        avsnitt=vedtak.avsnitt,
        overskrift=vedtak.overskrift,
        innledning=vedtak.innledning,
        foelgeledd=vedtak.foelgeledd,
        foelgetekst=vedtak.foelgetekst,
        merknader=[(merknad.overskrift, merknad.blokker) for merknad in vedtak.merknader],
    )
