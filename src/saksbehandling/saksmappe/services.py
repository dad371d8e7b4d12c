"""Cases and their saksframlegg: opening, writing, approving, moving through the workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import Conflict, InvalidInput, NotFound, Refusal
from saksbehandling.identity.models import Bruker
from saksbehandling.identity.rules import Identitet
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.events import FilLagret, SakEndret, SaksframleggGodkjent
from saksbehandling.saksmappe.framleggstekst import varige_ider
from saksbehandling.saksmappe.models import (
    Dokument,
    Dokumentversjon,
    Grunntekst,
    Journalpost,
    Journalposttype,
    Mappetype,
    Saksframlegg,
    Saksmappe,
    Saksstatus,
    Segment,
    Tilknytning,
)
from saksbehandling.saksmappe.models_framlegg import Saksframleggslagring
from saksbehandling.saksmappe.rules import les_saksnummer
from saksbehandling.saksmappe.vedlegg import UTKAST, aapen_post
from saksbehandling.workflow_engine.service import Actor, WorkflowService

ARBEIDSFLYT = "politisk_sak"


class SaksmappeService:
    """`meld` is called with a domain event for each change; everything happens in the caller's transaction."""

    def __init__(
        self, session: Session, clock: SystemClock, flyt: WorkflowService, meld: Callable[[object], None]
    ) -> None:
        self._session = session
        self._clock = clock
        self._flyt = flyt
        self._meld = meld

    def finn(self, saksnummer: str) -> Saksmappe:
        """The case by its number as people write it (19/8286, 2019/8286). Raises `NotFound`, `InvalidInput`."""
        aar, sekvens = les_saksnummer(saksnummer)
        sak = self._session.scalar(
            sa.select(Saksmappe).where(Saksmappe.saksaar == aar, Saksmappe.sakssekvensnummer == sekvens)
        )
        if sak is None:
            raise NotFound(f"Det finnes ingen sak med nummer {saksnummer}.")
        return sak

    def opprett(
        self,
        tittel: str,
        aktoer: Actor,
        *,
        dato: dt.date | None = None,
        ansvarlig: Bruker | None = None,
        enhet: str | None = None,
        saksnummer: str | None = None,
        offentlig_tittel: str | None = None,
        skjermingshjemmel: str | None = None,
    ) -> Saksmappe:
        """Open a case; it gets the year's next number unless `saksnummer` says which.

        Raises `InvalidInput` on an empty title, on a number already used, and on screening without a public title.
        """
        if not tittel.strip():
            raise InvalidInput("Saken må ha en tittel.", "tittel")
        if skjermingshjemmel and not offentlig_tittel:
            raise InvalidInput("En skjermet sak må ha en offentlig tittel.", "offentlig_tittel")
        dato = dato or self._clock.today()
        aar, sekvens = self._ledig_nummer(saksnummer) if saksnummer else self._neste_nummer(dato.year)
        sak = Saksmappe(
            saksaar=aar,
            sakssekvensnummer=sekvens,
            tittel=tittel,
            offentlig_tittel=offentlig_tittel or tittel,
            opprettet_dato=dato,
            administrativ_enhet=enhet,
            saksansvarlig=ansvarlig,
            skjermingshjemmel=skjermingshjemmel,
        )
        self._session.add(sak)
        self._session.flush()
        sak.flyt = self._flyt.start(ARBEIDSFLYT, sak, aktoer, dato=dato)
        self._session.flush()
        self._meld(SakEndret(sak.id))
        return sak

    def opprett_moetemappe(self, tittel: str, utvalg_id: int) -> Saksmappe:
        """Open the archive case of a body's meetings: no workflow moves it, and the members may see what is in it."""
        dato = self._clock.today()
        aar, sekvens = self._neste_nummer(dato.year)
        mappe = Saksmappe(
            saksaar=aar,
            sakssekvensnummer=sekvens,
            tittel=tittel,
            offentlig_tittel=tittel,
            mappetype=Mappetype.MOETER,
            opprettet_dato=dato,
            paa_saksliste_i=[utvalg_id],
            utsendt_til=[utvalg_id],
        )
        self._session.add(mappe)
        self._session.flush()
        self._meld(SakEndret(mappe.id))
        return mappe

    def lagre_saksframlegg(
        self,
        sak: Saksmappe,
        *,
        tittel: str,
        innhold: Blocks,
        innstilling: Sequence[Blocks],
        dato: dt.date | None = None,
        signaturer: Sequence[dict[str, Any]] = (),
        radversjon: int | None = None,
        lagret_av: str | None = None,
        merknad: str | None = None,
    ) -> Saksframlegg:
        """Save the draft; after an approval a new version begins. `innstilling`: one block tree a segment.

        What was saved before is kept as a `Saksframleggslagring`, as is this, with `lagret_av` and `merknad`.

        Raises `InvalidInput` without an innstilling or with an empty paragraph in it, `Conflict` when somebody saved
        after `radversjon` was read.
        """
        if not innstilling or not all(innstilling):
            raise InvalidInput("Saksframlegget må ha et forslag til innstilling.", "innstilling")
        siste = sak.gjeldende_saksframlegg
        if siste is not None and not self._antall_lagringer(sak):
            self._ta_vare_paa(siste, siste.godkjent_av, "Stod i saken fra før")
        grunntekst = self._grunntekst(siste, innstilling)
        framlegg = self._utkast(sak)
        if radversjon is not None and framlegg.radversjon not in (None, radversjon):
            raise Conflict("Noen andre har lagret saksframlegget etter at du åpnet det. Ingenting er overskrevet.")
        framlegg.tittel = tittel
        framlegg.dato = dato
        framlegg.innhold = innhold
        framlegg.signaturer = list(signaturer)
        framlegg.grunntekst = grunntekst
        self._session.add(framlegg)
        self._session.flush()
        self._ta_vare_paa(framlegg, lagret_av, merknad)
        self._meld(SakEndret(sak.id))
        return framlegg

    def hendelse(
        self,
        sak: Saksmappe,
        hendelse: str,
        identitet: Identitet,
        *,
        dato: dt.date | None = None,
        merknad: str | None = None,
        radversjon: int | None = None,
    ) -> None:
        """Let a workflow event happen to the case. Raises `Refusal` with every reason, `Conflict`."""
        if sak.flyt_id is None:
            raise Refusal([f"Sak {sak.saksnummer} har ingen arbeidsflyt."])
        aktoer = Actor(identitet.navn, identitet.bruker_id)
        self._flyt.fire(
            self._flyt.case(sak.flyt_id),
            hendelse,
            sak,
            aktoer,
            identitet.rollenavn,
            dato=dato,
            merknad=merknad,
            radversjon=radversjon,
        )
        self._foelger_av(sak, hendelse, identitet, dato or self._clock.today())
        self._session.flush()
        self._meld(SakEndret(sak.id))

    def journalfoer(
        self,
        sak: Saksmappe,
        journalposttype: Journalposttype,
        tittel: str,
        *,
        dato: dt.date,
        dokumenter: Sequence[Dokument] = (),
    ) -> Journalpost:
        """Enter a record in the case; the first document is its main document, the others are attachments."""
        siste = max((post.journalpostnummer for post in sak.journalposter), default=0)
        post = Journalpost(
            journalpostnummer=siste + 1,
            journalposttype=journalposttype,
            tittel=tittel,
            offentlig_tittel=tittel,
            journaldato=dato,
            dokumentdato=dato,
        )
        for nummer, dokument in enumerate(dokumenter, 1):
            dokument.dokumentnummer = nummer
            dokument.tilknytning = Tilknytning.HOVEDDOKUMENT if nummer == 1 else Tilknytning.VEDLEGG
            post.dokumenter.append(dokument)
        sak.journalposter.append(post)
        self._session.flush()
        self._meld(SakEndret(sak.id))
        return post

    def legg_ved(self, sak: Saksmappe, dokument: Dokument) -> None:
        """Make it the next attachment of the saksframlegg that is being written."""
        post = aapen_post(sak) or self._framleggspost(sak, self._clock.today())
        dokument.dokumentnummer = len(post.dokumenter) + 1
        dokument.tilknytning = Tilknytning.VEDLEGG
        post.dokumenter.append(dokument)
        self._session.flush()
        self._meld(SakEndret(sak.id))

    def ta_ut_vedlegg(self, dokument: Dokument) -> Journalpost:
        """Let it be an attachment no more: it gets a journal entry of its own, since nothing leaves the journal.

        Raises `Refusal` on what is no attachment, and once the saksframlegg is approved.
        """
        if dokument.tilknytning is not Tilknytning.VEDLEGG or dokument.journalpost is not aapen_post(
            dokument.journalpost.saksmappe
        ):
            raise Refusal([f"«{dokument.tittel}» er ikke vedlegg til et saksframlegg som skrives nå."])
        gammel, dato = dokument.journalpost, self._clock.today()
        post = self.journalfoer(
            gammel.saksmappe, Journalposttype.INTERNT, dokument.tittel, dato=dato, dokumenter=[dokument]
        )
        for nummer, ett in enumerate(gammel.dokumenter, 1):
            ett.dokumentnummer = nummer
        self._session.flush()
        return post

    def ny_versjon(
        self, dokument: Dokument, *, filnavn: str, medietype: str, stoerrelse: int, sjekksum: str, opprettet_av: str
    ) -> Dokumentversjon:
        """Record a file of a document. The bytes are already in the document store under `sjekksum`."""
        siste = max((versjon.versjonsnummer for versjon in dokument.versjoner), default=0)
        versjon = Dokumentversjon(
            versjonsnummer=siste + 1,
            filnavn=filnavn,
            medietype=medietype,
            filstoerrelse=stoerrelse,
            sjekksum=sjekksum,
            opprettet=self._clock.now(),
            opprettet_av=opprettet_av,
        )
        dokument.versjoner.append(versjon)
        self._session.flush()
        self._meld(FilLagret(versjon.id))
        return versjon

    def merk_endret(self, sak: Saksmappe) -> None:
        """Tell that something of the case was changed by somebody else than this service."""
        self._meld(SakEndret(sak.id))

    def _grunntekst(self, siste: Saksframlegg | None, innstilling: Sequence[Blocks]) -> Grunntekst:
        """A new base text, unless the draft has this one: what a body has voted on is never written over."""
        if siste is not None and siste.godkjent is None and siste.grunntekst.tekst == tuple(innstilling):
            return siste.grunntekst
        kjente = siste.grunntekst.segmenter if siste is not None else []
        foer = [(segment.varig_id, segment.blokker) for segment in kjente if segment.varig_id]
        return ny_grunntekst(innstilling, varige_ider(foer, innstilling, lambda: uuid4().hex))

    def _ta_vare_paa(self, framlegg: Saksframlegg, lagret_av: str | None, merknad: str | None) -> None:
        lagring = Saksframleggslagring(
            saksmappe_id=framlegg.saksmappe_id,
            saksframlegg=framlegg,
            nummer=self._antall_lagringer(framlegg.saksmappe) + 1,
            radversjon=framlegg.radversjon,
            tittel=framlegg.tittel,
            innhold=framlegg.innhold,
            grunntekst=framlegg.grunntekst,
            lagret=self._clock.now(),
            lagret_av=lagret_av,
            merknad=merknad,
        )
        self._session.add(lagring)
        self._session.flush()

    def _antall_lagringer(self, sak: Saksmappe) -> int:
        hoeyeste = sa.func.max(Saksframleggslagring.nummer)
        return self._session.scalar(sa.select(hoeyeste).where(Saksframleggslagring.saksmappe_id == sak.id)) or 0

    def _utkast(self, sak: Saksmappe) -> Saksframlegg:
        siste = sak.gjeldende_saksframlegg
        if siste is not None and siste.godkjent is None:
            return siste
        framlegg = Saksframlegg(versjonsnummer=siste.versjonsnummer + 1 if siste else 1)
        sak.saksframlegg.append(framlegg)
        return framlegg

    def _foelger_av(self, sak: Saksmappe, hendelse: str, identitet: Identitet, dato: dt.date) -> None:
        framlegg = sak.gjeldende_saksframlegg
        if hendelse == "godkjenn" and framlegg is not None and framlegg.godkjent is None:
            self._frys(sak, framlegg, identitet, dato)
        elif hendelse == "trekk":
            sak.saksstatus = Saksstatus.UTGAAR
        elif hendelse == "avslutt":
            sak.saksstatus = Saksstatus.AVSLUTTET

    def _frys(self, sak: Saksmappe, framlegg: Saksframlegg, identitet: Identitet, dato: dt.date) -> None:
        framlegg.godkjent = self._clock.now()
        framlegg.godkjent_av = identitet.navn
        framlegg.dato = framlegg.dato or dato
        post = aapen_post(sak) or self._framleggspost(sak, framlegg.dato)
        post.tittel = post.offentlig_tittel = framlegg.tittel
        post.journaldato = post.dokumentdato = framlegg.dato
        dokument = post.dokumenter[0]
        dokument.tittel, dokument.tekst = framlegg.tittel, framlegg.innhold
        self._session.flush()
        self._meld(SaksframleggGodkjent(framlegg.id, dokument.id))

    def _framleggspost(self, sak: Saksmappe, dato: dt.date) -> Journalpost:
        """The entry of the next saksframlegg, which has no date and no words yet."""
        dokument = Dokument(tittel=UTKAST, dokumenttype=Journalposttype.SAKSFRAMLEGG.value)
        post = self.journalfoer(sak, Journalposttype.SAKSFRAMLEGG, UTKAST, dato=dato, dokumenter=[dokument])
        post.dokumentdato = None
        return post

    def _neste_nummer(self, aar: int) -> tuple[int, int]:
        """The next number of that year. Of two that take it at once, one meets a `Conflict`."""
        hoeyeste = self._session.scalar(
            sa.select(sa.func.max(Saksmappe.sakssekvensnummer)).where(Saksmappe.saksaar == aar)
        )
        return aar, (hoeyeste or 0) + 1

    def _ledig_nummer(self, saksnummer: str) -> tuple[int, int]:
        aar, sekvens = les_saksnummer(saksnummer)
        finnes = self._session.scalar(
            sa.select(Saksmappe.id).where(Saksmappe.saksaar == aar, Saksmappe.sakssekvensnummer == sekvens)
        )
        if finnes is not None:
            raise InvalidInput(f"Saksnummeret {aar % 100:02d}/{sekvens} er allerede i bruk.", "saksnummer")
        return aar, sekvens


def ny_grunntekst(segmenter: Sequence[Blocks], varige: Sequence[str] = ()) -> Grunntekst:
    """A base text of those segments, in order. `varige`: the lasting id of each, where they have one."""
    return Grunntekst(
        segmenter=[
            Segment(nummer=nummer, blokker=blokker, varig_id=varig)
            for nummer, (blokker, varig) in enumerate(zip_longest(segmenter, varige), 1)
        ]
    )
