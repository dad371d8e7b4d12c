"""The documents that can be made of a treatment, a meeting and a case now, and gathering the data of each.

A new kind has a data class in `dokumentdata`, a template in `documents.maler`, example data in `eksempler`, and a line
in one of the three methods that say which documents there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from saksbehandling.clock import OSLO, SystemClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.maler.services import VelgMal
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall, Saksliste
from saksbehandling.protokoll.dokumentdata import (
    Behandlingsted,
    BortfaltForslag,
    Delegertdata,
    Dokumentdata,
    Gjengitt,
    Innkallingsdata,
    Listesak,
    Oppfoelgingspunkt,
    Referatlistedata,
    Saerutskriftsdata,
    Sakserie,
    Saksframleggsdata,
    Signatur,
    Utsettelsesdata,
    Uttalelsesdata,
    Vedlegg,
    Vedtaksmeldingsdata,
)
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.protokoll.ordlyd import DOKUMENTORD, ENKELTVEDTAK, FUNKSJONER
from saksbehandling.protokoll.utkast import Saksprotokollutkast
from saksbehandling.saksmappe.models import Saksframlegg, Saksmappe
from saksbehandling.saksmappe.vedlegg import vedlegg_til
from saksbehandling.utvalg.models import Funksjon
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.vedtak.models import Avsnittstype
from saksbehandling.vedtak.oppfoelging import oppfoelging_av
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus
from saksbehandling.votering.overskrift import forslagsoverskrift
from saksbehandling.votering.services import forslag_i

Samlere = Mapping[str, Callable[[], Dokumentdata]]
"""The documents that there are: the name of the kind, and what gathers its data."""

# Number series are local; those of what a body is only told of are called so.
TIL_ORIENTERING = ("referat", "deleger", "melding")


class DokumentService:
    """`kommune`: the municipality's name. Reads, and makes files; nothing is stored here."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        utvalg: UtvalgService,
        protokollutkast: Saksprotokollutkast,
        renderer: DocxRenderer,
        velg_mal: VelgMal,
    ) -> None:
        self._session = session
        self._clock = clock
        self._utvalg = utvalg
        self._protokollutkast = protokollutkast
        self._renderer = renderer
        self._velg_mal = velg_mal

    def om_behandlingen(self, moetesak: Moetesak) -> Samlere:
        """What can be made of a treatment that has ended."""
        har_vedtak = vedtak_i(self._session, moetesak) is not None
        avgjort = har_vedtak and moetesak.utfall is Moetesaksutfall.BEHANDLET
        uttaler, vedtar = (
            moetesak.behandlingstype is ett for ett in (Behandlingstype.UTTALELSE, Behandlingstype.VEDTAK)
        )
        return _mulige(
            moetesak,
            uttalelse=(uttaler and avgjort, self._uttalelse),
            saerutskrift=(avgjort, self.saerutskrift),
            melding_om_vedtak=(vedtar and avgjort, self._melding),
            utsatt_sak=(moetesak.utfall is Moetesaksutfall.UTSATT, self._utsatt),
        )

    def om_moetet(self, moete: Moete) -> Samlere:
        """What can be made of a meeting with an agenda."""
        saker = saksliste(self._session, moete)
        return _mulige(
            moete,
            innkalling=(bool(saker), self._innkalling),
            referatliste=(any(True for _ in self._serier(moete, saker)), self._referatliste),
        )

    def om_saken(self, sak: Saksmappe, framlegg: Saksframlegg | None) -> Samlere:
        """What can be made of a case whose saksframlegg is, for this reader, `framlegg`."""
        delegert = framlegg is not None and framlegg.godkjent is not None and self._er_delegert(sak)
        return {
            mal: partial(samle, sak, framlegg)
            for mal, mulig, samle in (
                ("saksframlegg", framlegg is not None, self.saksframlegg),
                ("delegert_vedtak", delegert, self._delegert),
            )
            if mulig and framlegg is not None
        }

    def docx(self, mal: str, data: Dokumentdata, utvalg_id: int | None) -> bytes:
        """The document, with the template in force for the body."""
        return self._renderer.render(self._velg_mal(mal, data.malform, utvalg_id), data.som_verdier())

    def er_ferdig(self, ting: Moete | Moetesak) -> bool:
        """Whether its words are settled: the protocol approved, the agenda sent. Before that they are drafts."""
        if isinstance(ting, Moete):
            return ting.saksliste is not None and ting.saksliste.publisert is not None
        return protokoll_i(self._session, ting) is not None

    def saerutskrift(
        self,
        moetesak: Moetesak,
        mottaker: Sequence[str] = (),
        klage: Sequence[str] = (),
        avsender: str = "",
        hjemmel: str = "",
    ) -> Saerutskriftsdata:
        """An extract of the minutes, as a letter to `mottaker` where there is one.

        `hjemmel`: why it is exempt, where that is not the treatment's own reason.
        """
        return Saerutskriftsdata(
            sak=self._protokollutkast.data(moetesak),
            dato=self._clock.today(),
            mottaker=tuple(mottaker),
            hjemmel=hjemmel or _hjemmel(moetesak),
            klage=tuple(klage),
            avsender=avsender,
        )

    def _uttalelse(self, moetesak: Moetesak) -> Uttalelsesdata:
        return Uttalelsesdata(self._protokollutkast.data(moetesak), *self._leder(moetesak.moete))

    def _melding(self, moetesak: Moetesak) -> Vedtaksmeldingsdata:
        sak = moetesak.saksmappe
        ansvarlig = sak.saksansvarlig.navn if sak.saksansvarlig else ""
        punkter = oppfoelging_av(self._session, moetesak)
        return Vedtaksmeldingsdata(
            sak=self._protokollutkast.data(moetesak),
            dato=self._clock.today(),
            til=", ".join(filter(None, (sak.administrativ_enhet, ansvarlig))),
            oppfoelging=tuple(Oppfoelgingspunkt(rad.tekst, rad.ansvarlig, rad.frist) for rad in punkter),
        )

    def _utsatt(self, moetesak: Moetesak) -> Utsettelsesdata:
        bortfalt = [rad for rad in forslag_i(self._session, moetesak) if rad.utfall is Forslagsstatus.BORTFALT]
        return Utsettelsesdata(
            sak=self._protokollutkast.data(moetesak),
            dato=self._clock.today(),
            utsatt_til=moetesak.utsatt_til,
            bortfalt=tuple(BortfaltForslag(forslagsoverskrift(rad), rad.blokker) for rad in bortfalt),
        )

    def _innkalling(self, moete: Moete) -> Innkallingsdata:
        sendt = moete.saksliste.publisert if moete.saksliste else None
        leder, funksjon = self._leder(moete)
        return Innkallingsdata(
            kommune=self._protokollutkast.kommune,
            utvalg=moete.utvalg.navn,
            moetedato=moete.dato,
            dato=sendt.astimezone(OSLO).date() if sendt else self._clock.today(),
            saker=tuple(map(_listesak, saksliste(self._session, moete))),
            tid=_tid(moete),
            sted=moete.sted or "",
            sen_begrunnelse=(moete.saksliste.sen_begrunnelse if moete.saksliste else None) or "",
            leder=leder,
            lederfunksjon=funksjon,
            malform=moete.utvalg.malform,
        )

    def _referatliste(self, moete: Moete) -> Referatlistedata:
        return Referatlistedata(
            kommune=self._protokollutkast.kommune,
            utvalg=moete.utvalg.navn,
            moetedato=moete.dato,
            serier=tuple(self._serier(moete, saksliste(self._session, moete))),
            tid=_tid(moete),
            sted=moete.sted or "",
            malform=moete.utvalg.malform,
        )

    def _serier(self, moete: Moete, saker: Sequence[Moetesak]) -> Iterator[Sakserie]:
        for prefiks, navn in self._utvalg.regler(moete.utvalg, moete.dato).nummerserier:
            mine = [sak for sak in saker if sak.nummer.prefiks == prefiks]
            if mine and navn.lower().startswith(TIL_ORIENTERING):
                yield Sakserie(navn, tuple(map(_listesak, mine)))

    def saksframlegg(self, sak: Saksmappe, framlegg: Saksframlegg) -> Saksframleggsdata:
        """What it says now: a draft as it stands, with where the case is treated and what councils have said."""
        behandlinger = self._paa_sakslister(sak)
        malform = behandlinger[0].utvalg.malform if behandlinger else self._utvalg.kommunens_malform()
        return Saksframleggsdata(
            kommune=self._protokollutkast.kommune,
            tittel=framlegg.tittel,
            arkivsak=sak.saksnummer,
            innstilling=tuple(segment.blokker for segment in framlegg.grunntekst.segmenter),
            innhold=framlegg.innhold,
            saksbehandler=sak.saksansvarlig.navn if sak.saksansvarlig else "",
            dato=framlegg.dato,
            hjemmel=sak.skjermingshjemmel or "",
            behandlinger=tuple(map(_sted, behandlinger)),
            uttalelser=tuple(self._uttalelser(behandlinger)),
            signaturer=tuple(Signatur(rad["navn"], rad["tittel"]) for rad in framlegg.signaturer),
            vedlegg=tuple(_vedlegg(framlegg, malform)),
            godkjenning=DOKUMENTORD[malform].godkjent if framlegg.godkjent else "",
            malform=malform,
        )

    def _uttalelser(self, behandlinger: Sequence[Moetesak]) -> Iterator[Gjengitt]:
        """The councils' statements, by reference; what is exempt in a case that is not stays out."""
        for moetesak in behandlinger:
            exempt = moetesak.unntatt and moetesak.saksmappe.skjermingshjemmel is None
            if moetesak.behandlingstype is Behandlingstype.UTTALELSE and moetesak.publisert and not exempt:
                vedtak = vedtak_i(self._session, moetesak)
                avsnitt = vedtak.avsnitt if vedtak else []
                tekst = [blokk for rad in avsnitt if rad.avsnittstype is Avsnittstype.TEKST for blokk in rad.blokker]
                yield Gjengitt(moetesak.utvalg.navn, moetesak.saksnummer, tuple(tekst))

    def _delegert(self, sak: Saksmappe, framlegg: Saksframlegg) -> Delegertdata:
        data = self.saksframlegg(sak, framlegg)
        meldt = next((ett for ett in self._paa_sakslister(sak) if self._er_melding(ett)), None)
        enkeltvedtak = sak.flyt is not None and sak.flyt.definisjon in ENKELTVEDTAK
        klage = DOKUMENTORD[data.malform].klage if enkeltvedtak else ()
        return Delegertdata(data, _sted(meldt) if meldt else None, klage)

    def _er_delegert(self, sak: Saksmappe) -> bool:
        """Whether the administration decides: the case says so, or a body was told of it as decided."""
        valgt = "delegert" in (sak.flyt.data or {}).values() if sak.flyt else False
        return valgt or any(map(self._er_melding, self._paa_sakslister(sak)))

    def _er_melding(self, moetesak: Moetesak) -> bool:
        serier = dict(self._utvalg.regler(moetesak.utvalg, moetesak.moete.dato).nummerserier)
        return str(serier.get(moetesak.nummer.prefiks, "")).lower().startswith("deleger")

    def _paa_sakslister(self, sak: Saksmappe) -> Sequence[Moetesak]:
        """The treatments on agendas that have been sent, in time order."""
        return self._session.scalars(
            sa.select(Moetesak)
            .join(Moetesak.saksliste)
            .join(Saksliste.moete)
            .where(Moetesak.saksmappe_id == sak.id, Saksliste.publisert.is_not(None))
            .options(contains_eager(Moetesak.saksliste).contains_eager(Saksliste.moete))
            .order_by(Moete.dato, Moetesak.id)
        ).all()

    def _leder(self, moete: Moete) -> tuple[str, str]:
        """The body's leader on that day, and the word for it."""
        ord_ = FUNKSJONER[moete.utvalg.malform][Funksjon.LEDER]
        ledere = (rad for rad in self._utvalg.medlemmer(moete.utvalg, moete.dato) if rad.funksjon is Funksjon.LEDER)
        return next(((rad.person.navn, ord_) for rad in ledere), ("", ""))


def _mulige(ting: object, **slag: tuple[bool, Callable[..., Dokumentdata]]) -> Samlere:
    return {mal: partial(samle, ting) for mal, (mulig, samle) in slag.items() if mulig}


def _listesak(moetesak: Moetesak) -> Listesak:
    """What everybody may know of it."""
    sak = moetesak.saksmappe
    return Listesak(moetesak.saksnummer, moetesak.offentlig_tittel, sak.saksnummer, _hjemmel(moetesak))


def _hjemmel(moetesak: Moetesak) -> str:
    return moetesak.skjermingshjemmel or moetesak.saksmappe.skjermingshjemmel or ""


def _sted(moetesak: Moetesak) -> Behandlingsted:
    return Behandlingsted(moetesak.utvalg.navn, moetesak.moete.dato, moetesak.saksnummer)


def _vedlegg(framlegg: Saksframlegg, malform: str) -> Iterator[Vedlegg]:
    """The attachments of the saksframlegg; of one that not everybody may read, only its number."""
    for nummer, dokument in enumerate(vedlegg_til(framlegg), 1):
        skjult = dokument.journalpost.skjermingshjemmel is not None and framlegg.saksmappe.skjermingshjemmel is None
        yield Vedlegg(nummer, DOKUMENTORD[malform].unntatt if skjult else dokument.tittel)


def _tid(moete: Moete) -> str:
    return "–".join(f"{kl:%H.%M}" for kl in (moete.starttid, moete.sluttid) if kl)
