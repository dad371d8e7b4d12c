"""From a decided treatment to its saksprotokoll: freeze the data, approve it, make the file, publish it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import NotFound, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.maler.services import VelgMal
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService
from saksbehandling.protokoll.data import (
    ELEKTRONISK_GODKJENT,
    Behandlingspunkt,
    Flertallsmerknad,
    Godkjenning,
    Punktart,
    Rettelse,
    Saksprotokolldata,
    Stemmelinje,
    fra_json,
    som_verdier,
    til_json,
)
from saksbehandling.protokoll.events import ProtokollFrosset
from saksbehandling.protokoll.haandredigering import HaandredigeringService, Protokollkilde
from saksbehandling.protokoll.haandregler import uten_godkjenning
from saksbehandling.protokoll.models import Protokoll
from saksbehandling.richtext import Blocks, plain_text
from saksbehandling.saksmappe.models import Dokument, Journalposttype
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.vedtak.models import Avsnittstype, Vedtaksavsnitt
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.models import Votering
from saksbehandling.votering.oversetting import forslagsverdi, voteringsverdi
from saksbehandling.votering.overskrift import (
    forslagsoverskrift,
    merknadsoverskrift,
    tilfoerselspunkt,
    tilslutningssetning,
)
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services import forslag_i, grunntekstverdier, merknader_i, voteringer_i
from saksbehandling.votering.services_tilfoersel import tilfoersler_i
from saksbehandling.votering.stemmelinjer import stemmelinjer

MAL = "saksprotokoll"
MED_NAVN = "saksprotokoll_navn"
DOKUMENTTYPE = "Saksprotokoll"
# A protocol of an older meeting was read in from elsewhere; its PDF is made when somebody asks for it.
FERSK = dt.timedelta(days=180)


def protokoll_i(session: Session, moetesak: Moetesak) -> Protokoll | None:
    """The treatment's protocol in its latest version."""
    return session.scalar(
        sa.select(Protokoll)
        .where(Protokoll.moetesak_id == moetesak.id)
        .order_by(Protokoll.versjonsnummer.desc())
        .limit(1)
    )


class ProtokollService:
    """`kommune`: the municipality's name, printed on every protocol. `velg_mal`: finds the template in force."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        saker: SaksmappeService,
        utvalg: UtvalgService,
        renderer: DocxRenderer,
        store: IDocumentStore,
        kommune: str,
        velg_mal: VelgMal,
        haandredigeringer: HaandredigeringService,
        pdf: PdfService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._saker = saker
        self._utvalg = utvalg
        self._renderer = renderer
        self._store = store
        self.kommune = kommune
        self._velg_mal = velg_mal
        self._haandredigeringer = haandredigeringer
        self._pdf = pdf
        self._meld = meld

    def godkjenn(self, moetesak: Moetesak, identitet: Identitet, *, dato: Any = None) -> Protokoll:
        """Approve the protocol: its data are frozen here, and the document is made from them and nothing else.

        Raises `Refusal` with the workflow's reasons, and while an edited document is not settled.
        """
        self._haandredigeringer.krev_besvart(self.kilde(moetesak))
        self._moeter.hendelse(moetesak, "godkjenn_protokoll", identitet, dato=dato)
        godkjenning = Godkjenning(
            ELEKTRONISK_GODKJENT[moetesak.utvalg.malform], (identitet.navn,), dato or self._clock.today()
        )
        return self.frys(moetesak, self.utkast(moetesak, godkjenning), identitet)

    def frys(self, moetesak: Moetesak, data: Saksprotokolldata, identitet: Identitet) -> Protokoll:
        """Store `data` as the next version of the protocol; its document is made by the worker after the commit."""
        siste = protokoll_i(self._session, moetesak)
        protokoll = Protokoll(
            moetesak=moetesak,
            versjonsnummer=siste.versjonsnummer + 1 if siste else 1,
            data=til_json(data),
            frosset=self._clock.now(),
            godkjent=self._clock.now(),
            godkjent_av=identitet.navn,
        )
        self._session.add(protokoll)
        self._session.flush()
        self._meld(ProtokollFrosset(protokoll.id))
        return protokoll

    def rett(
        self, moetesak: Moetesak, overskrift: str, tekst: Blocks, begrunnelse: str, identitet: Identitet
    ) -> Protokoll:
        """Append a correction to an approved protocol, as its next version; the words before it stand.

        Raises `Refusal` where nothing is approved.
        """
        forrige = protokoll_i(self._session, moetesak)
        if forrige is None:
            raise Refusal([f"Protokollen for {moetesak.saksnummer} er ikke godkjent ennå. Rett teksten i stedet."])
        data = fra_json(forrige.data)
        rettelser = (*data.rettelser, Rettelse(overskrift, tekst, begrunnelse))
        return self.frys(moetesak, replace(data, rettelser=rettelser), identitet)

    def lag_dokument(self, protokoll_id: int) -> None:
        """Make the file of a frozen protocol and enter it in the case's journal. Doing it again changes nothing.

        An edited document is taken instead; one that the data have moved away from, when somebody has settled that.
        """
        protokoll = self._session.get_one(Protokoll, protokoll_id, with_for_update=True)
        moetesak = protokoll.moetesak
        if protokoll.dokumentversjon_id is not None or self._haandredigeringer.siden(self.kilde(moetesak)) is not None:
            return
        data = fra_json(protokoll.data)
        dokument = Dokument(tittel=data.dokumenttittel, dokumenttype=DOKUMENTTYPE, tekst=_som_tekst(data))
        post = self._saker.journalfoer(
            moetesak.saksmappe,
            Journalposttype.INTERNT,
            data.dokumenttittel,
            dato=moetesak.moete.dato,
            dokumenter=[dokument],
        )
        post.skjermingshjemmel = moetesak.skjermingshjemmel
        post.publisert = moetesak.publisert
        self._gi_fil(protokoll, dokument, data)

    def _gi_fil(self, protokoll: Protokoll, dokument: Dokument, data: Saksprotokolldata) -> None:
        """The edited document, or the one made of the data, as the document's next version."""
        moetesak = protokoll.moetesak
        redigert = self._haandredigeringer.gjeldende(moetesak)
        innhold = self._haandredigeringer.innhold(redigert) if redigert else self._render(moetesak, data)
        protokoll.dokumentversjon = self._saker.ny_versjon(
            dokument,
            filnavn=filnavn(moetesak),
            medietype=self._renderer.media_type,
            stoerrelse=len(innhold),
            sjekksum=self._store.put(innhold),
            opprettet_av=(redigert.lastet_opp_av if redigert else protokoll.godkjent_av) or "",
        )
        if self._clock.today() - moetesak.moete.dato < FERSK:
            self._pdf.bestill(innhold)
        self._saker.merk_endret(moetesak.saksmappe)

    def _bytt_dokument(self, moetesak: Moetesak) -> None:
        """Another document is the protocol from now on: where one is in the journal, it gets a new version."""
        protokoll = protokoll_i(self._session, moetesak)
        if protokoll is None:
            return
        self._session.refresh(protokoll, with_for_update=True)
        if protokoll.dokumentversjon is None:
            self.lag_dokument(protokoll.id)
        else:
            self._gi_fil(protokoll, protokoll.dokumentversjon.dokument, fra_json(protokoll.data))

    def venter_paa_svar(self, moetesak: Moetesak) -> bool:
        """Whether somebody is to say what happens to an edited document that the data have moved away from."""
        redigeringer = self._haandredigeringer
        return redigeringer.gjeldende(moetesak) is not None and redigeringer.siden(self.kilde(moetesak)) is not None

    def kilde(self, moetesak: Moetesak) -> Protokollkilde:
        """The saksprotokoll as something that can be edited by hand."""
        data = self.data(moetesak)
        return Protokollkilde(
            emne=moetesak,
            navn=f"Saksprotokollen for {moetesak.saksnummer}",
            laast=protokoll_i(self._session, moetesak) is not None,
            grunnlag=uten_godkjenning(til_json(data)),
            lag=lambda grunnlag: self._render(moetesak, fra_json(grunnlag)),
            lag_naa=partial(self._render, moetesak, data),
            ferdig=partial(self._bytt_dokument, moetesak),
        )

    def publiser(self, moetesak: Moetesak, identitet: Identitet, *, dato: Any = None) -> None:
        """Let everybody see the treatment.

        Raises `Refusal` when it is not approved or its screening or document is not settled.
        """
        self._haandredigeringer.krev_besvart(self.kilde(moetesak))
        self._moeter.hendelse(moetesak, "publiser", identitet, dato=dato)
        protokoll = protokoll_i(self._session, moetesak)
        if protokoll is None:
            return
        self._session.refresh(protokoll, with_for_update=True)  # the worker may be making the document just now
        if protokoll.dokumentversjon is not None:
            protokoll.dokumentversjon.dokument.journalpost.publisert = moetesak.publisert

    def data(self, moetesak: Moetesak) -> Saksprotokolldata:
        """What the protocol says: as frozen, or before approval as it would be now."""
        frosset = protokoll_i(self._session, moetesak)
        return fra_json(frosset.data) if frosset else self.utkast(moetesak, None)

    def docx(self, moetesak: Moetesak) -> bytes:
        """The saksprotokoll: the file that was made when it was approved, or before that, as it would be now; and the
        edited one where there is one.

        Raises `NotFound` before anything is minuted.
        """
        self.krev_noe_protokollert(moetesak)
        frosset = protokoll_i(self._session, moetesak)
        if frosset is not None and frosset.dokumentversjon is not None:
            return self._store.get(frosset.dokumentversjon.sjekksum)
        redigert = self._haandredigeringer.gjeldende(moetesak)
        return self._haandredigeringer.innhold(redigert) if redigert else self._render(moetesak, self.data(moetesak))

    def krev_noe_protokollert(self, moetesak: Moetesak) -> None:
        """Raises `NotFound` before anything is minuted."""
        if not self._noe_aa_protokollere(moetesak):
            raise NotFound(f"Det er ikke protokollført noe i {moetesak.saksnummer} ennå.")

    def _render(self, moetesak: Moetesak, data: Saksprotokolldata) -> bytes:
        """The document of those data. A public one carries them, so that it can be read back."""
        mal = self._mal(data, moetesak.utvalg.id)
        public_data = None if moetesak.unntatt else til_json(data)
        return self._renderer.render(mal, som_verdier(data), public_data=public_data)

    def _mal(self, data: Saksprotokolldata, utvalg_id: int) -> str:
        """The form with names where sides were recorded, unless only the plain one was made the municipality's own."""
        vanlig = self._velg_mal(MAL, data.malform, utvalg_id)
        if not any(data.stemmer):
            return vanlig
        med_navn = self._velg_mal(MED_NAVN, data.malform, utvalg_id)
        return vanlig if med_navn == MED_NAVN and vanlig != MAL else med_navn

    def utkast(self, moetesak: Moetesak, godkjenning: Godkjenning | None) -> Saksprotokolldata:
        """Gather the treatment as it stands now."""
        vedtak = vedtak_i(self._session, moetesak)
        avsnitt = vedtak.avsnitt if vedtak else []
        voteringer = voteringer_i(self._session, moetesak)
        foelger = [rad for rad in avsnitt if rad.avsnittstype is Avsnittstype.FOELGER_SAKEN]
        return Saksprotokolldata(
            kommune=self.kommune,
            utvalg=moetesak.utvalg.navn,
            moetedato=moetesak.moete.dato,
            sak=str(moetesak.nummer),
            sakstype=moetesak.nummer.prefiks,
            tittel=moetesak.tittel,
            dokumenttittel=f"Saksprotokoll - {moetesak.tittel}",
            resultat=moetesak.resultat or "",
            arkivsak=moetesak.saksmappe.saksnummer,
            innledning=tuple(_ord(rad) for rad in avsnitt if rad.avsnittstype is Avsnittstype.INNLEDNING),
            vedtak=tuple(rad.blokker for rad in avsnitt if rad.avsnittstype is Avsnittstype.TEKST),
            foelger_saken_innledning=next((rad.overskrift or "" for rad in foelger), ""),
            foelger_saken=tuple(rad.blokker for rad in foelger if rad.blokker),
            flertallsmerknader=tuple(
                Flertallsmerknad(rad.overskrift or "", rad.blokker)
                for rad in avsnitt
                if rad.avsnittstype is Avsnittstype.MERKNAD
            ),
            saksordfoerer=_saksordfoerer(moetesak),
            behandling=tuple(self._behandling(moetesak)),
            voteringer=tuple(rad.setning for rad in voteringer),
            stemmer=tuple(self._stemmer(moetesak, voteringer)),
            tilslutninger=tuple(
                setning for rad in merknader_i(self._session, moetesak) if (setning := tilslutningssetning(rad))
            ),
            godkjenning=godkjenning,
            malform=moetesak.utvalg.malform,
            vedtaksoverskrift=vedtak.overskrift if vedtak else "Vedtak",
        )

    def _stemmer(self, moetesak: Moetesak, voteringer: Sequence[Votering]) -> Iterator[tuple[Stemmelinje, ...]]:
        """The sides of each ballot, where the law of that day wants persons named (kommuneloven § 11-4)."""
        if not voteringer or not regler_for(moetesak.moete.dato).navn_ved_delt_parti:
            return
        forslag = [forslagsverdi(rad) for rad in forslag_i(self._session, moetesak)]
        medlemmer = self._utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
        parti_av = {rad.person_id: rad.parti.kode for rad in medlemmer}
        for rad in voteringer:
            linjer = stemmelinjer(rad, voteringsverdi(rad), forslag, grunntekstverdier(moetesak), parti_av)
            yield tuple(Stemmelinje(*linje) for linje in linjer)

    def _behandling(self, moetesak: Moetesak) -> Iterator[Behandlingspunkt]:
        punkter = [
            *((notat.rekkefoelge, Behandlingspunkt(Punktart.NOTAT, notat.blokker)) for notat in moetesak.notater),
            *((rad.rekkefoelge, Behandlingspunkt(Punktart.NOTAT, rad.blokker)) for rad in moetesak.habilitet),
            *(
                (rad.rekkefoelge, Behandlingspunkt(Punktart.FORSLAG, rad.blokker, forslagsoverskrift(rad)))
                for rad in forslag_i(self._session, moetesak)
            ),
            *(
                (rad.rekkefoelge, Behandlingspunkt(Punktart.MERKNAD, rad.blokker, merknadsoverskrift(rad)))
                for rad in merknader_i(self._session, moetesak)
            ),
        ]
        for rad in tilfoersler_i(self._session, moetesak):
            overskrift, tekst = tilfoerselspunkt(rad)
            if tekst:
                punkter.append((rad.rekkefoelge, Behandlingspunkt(Punktart.PROTOKOLLTILFOERSEL, tekst, overskrift)))
        yield from (punkt for _, punkt in sorted(punkter, key=lambda par: par[0]))

    def _noe_aa_protokollere(self, moetesak: Moetesak) -> bool:
        sesjon = self._session
        return bool(
            vedtak_i(sesjon, moetesak) or moetesak.notater or forslag_i(sesjon, moetesak) or moetesak.utsatt_til
        )


def _ord(avsnitt: Vedtaksavsnitt) -> str:
    return plain_text(avsnitt.blokker)


def _saksordfoerer(moetesak: Moetesak) -> str:
    if moetesak.saksordfoerer is None:
        return ""
    parti = moetesak.saksordfoerer_parti
    return f"{moetesak.saksordfoerer.navn} ({parti.kode})" if parti else moetesak.saksordfoerer.navn


def filnavn(moetesak: Moetesak) -> str:
    """`saksprotokoll-bystyret-87-19-2019-08-29.docx`"""
    nummer = str(moetesak.nummer).replace("/", "-")
    return f"saksprotokoll-{moetesak.utvalg.kode}-{nummer}-{moetesak.moete.dato:%Y-%m-%d}.docx"


def _som_tekst(data: Saksprotokolldata) -> Blocks:
    """The words of the decision, for reading and search; the whole protocol is the file."""
    return tuple(blokk for avsnitt in data.vedtak for blokk in avsnitt)
