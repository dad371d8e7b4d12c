"""What the page of a case shows, to this reader: only what the one permission check lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.innsyn.adresser import behandlingsadresse, saksadresse
from saksbehandling.innsyn.figurer import Stasjon
from saksbehandling.innsyn.frister import Fristord, fristord, gjeldende
from saksbehandling.innsyn.sakens_gang import stasjoner, utfallsord
from saksbehandling.innsyn.sakstilstand import Tilstand, tilstand, tilstand_uten_flyt
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall, Saksliste
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Dokument, Journalpost, Mappetype, Saksframlegg, Saksmappe
from saksbehandling.saksmappe.vedlegg import vedlegg_til
from saksbehandling.vedtak.models import Vedtak
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.models import Flythistorikk, Frist
from saksbehandling.workflow_engine.route import route

SLAG = {
    Moetesaksutfall.AAPEN: "paagaar",
    Moetesaksutfall.BEHANDLET: "ferdig",
    Moetesaksutfall.UTSATT: "venter",
    Moetesaksutfall.TILBAKESENDT: "stopp",
    Moetesaksutfall.TRUKKET: "borte",
}


@dataclass(frozen=True, slots=True)
class Behandlingsrad:
    """A treatment in the list. `uttalelse`: the words of a statement, when one was given."""

    moetesak: Moetesak
    lenke: str
    tilstand: Tilstand
    uttalelse: tuple[Blocks, ...] = ()


@dataclass(frozen=True, slots=True)
class Hendelsesrad:
    """Something that happened, and the state that it led to. `hvem` and `merknad` are for those who work with it."""

    dato: dt.date
    tittel: str
    tilstand: str
    hvem: str = ""
    merknad: str = ""


KORT_TEKST = 6000
"""How long the stored text of a document may be to stand in the list of the journal: about two pages."""


@dataclass(frozen=True, slots=True)
class Journalrad:
    """A journal entry. `dokumenter` is empty and `tittel` neutral where the reader may see no document of it."""

    nummer: str
    dato: dt.date
    type: str
    tittel: str
    dokumenter: tuple[Dokument, ...]
    hjemmel: str | None = None


@dataclass(frozen=True, slots=True)
class Saksside:
    sak: Saksmappe
    nummer: str | None
    tilstand: Tilstand
    rute: list[Stasjon]
    behandlinger: list[Behandlingsrad]
    historikk: list[Hendelsesrad]
    framlegg: Saksframlegg | None
    er_utkast: bool
    journal: list[Journalrad]
    tekster: dict[int, Blocks]
    lange_tekster: frozenset[int]
    frister: list[Fristord]

    @property
    def uttalelser(self) -> list[Behandlingsrad]:
        return [rad for rad in self.behandlinger if rad.moetesak.behandlingstype is Behandlingstype.UTTALELSE]

    @property
    def vedlegg(self) -> list[tuple[int, Dokument]]:
        """Those of the saksframlegg shown, with their numbers in it, of those that the reader may see."""
        synlige, alle = set(self.dokumenter), vedlegg_til(self.framlegg) if self.framlegg else []
        return [(nummer, ett) for nummer, ett in enumerate(alle, 1) if ett in synlige]

    def har_tekst(self, dokument: Dokument) -> bool:
        """Whether its words are known, on this page or on one of its own."""
        return dokument.id in self.tekster or dokument.id in self.lange_tekster

    @property
    def dokumenter(self) -> list[Dokument]:
        """Those of the journal that the reader may see."""
        return [dokument for rad in self.journal for dokument in rad.dokumenter]


class Sakslesing:
    """Reads a case for `identitet`. `intern`: whether they work with it, and see names and drafts."""

    def __init__(self, session: Session, identitet: Identitet, *, intern: bool) -> None:
        self._session = session
        self._identitet = identitet
        self._intern = intern

    def side(self, sak: Saksmappe, chart: Chart | None) -> Saksside:
        """The whole page. `chart`: the definition that the case runs in, None for one that has no workflow."""
        moetesaker = self.behandlinger(sak)
        historikk = self._historikk(sak)
        framlegg = self.framlegg(sak)
        journal = self._journal(sak)
        tekster, lange = self._tekster([dokument.id for rad in journal for dokument in rad.dokumenter])
        return Saksside(
            sak=sak,
            nummer=moetesaker[-1].saksnummer if moetesaker else None,
            tilstand=tilstand(chart, sak.flyt.aktive) if chart and sak.flyt else tilstand_uten_flyt(sak),
            rute=stasjoner(route(chart, historikk), moetesaker, saksadresse(sak)) if chart else [],
            behandlinger=[self._behandlingsrad(moetesak) for moetesak in moetesaker],
            historikk=[self._hendelsesrad(rad, chart) for rad in reversed(historikk)] if chart else [],
            framlegg=framlegg,
            er_utkast=framlegg is not None and framlegg.godkjent is None,
            journal=journal,
            tekster=tekster,
            lange_tekster=lange,
            frister=self._frister(sak, chart) if self._intern and chart else [],
        )

    def behandlinger(self, sak: Saksmappe) -> list[Moetesak]:
        """The treatments that the reader may see, in time order."""
        return [moetesak for moetesak in self.alle_behandlinger(sak) if kan_lese(self._identitet, moetesak.lesere)]

    def alle_behandlinger(self, sak: Saksmappe) -> Sequence[Moetesak]:
        """Every treatment, in time order, also those that the reader may not see."""
        soek = (
            sa.select(Moetesak)
            .join(Saksliste)
            .join(Moete)
            .where(Moetesak.saksmappe_id == sak.id)
            .order_by(Moete.dato, Moetesak.id)
            .options(
                joinedload(Moetesak.saksliste).joinedload(Saksliste.moete).joinedload(Moete.utvalg),
                joinedload(Moetesak.nummer),
            )
        )
        return self._session.scalars(soek).all()

    def framlegg(self, sak: Saksmappe) -> Saksframlegg | None:
        """The saksframlegg that the reader may see."""
        return sak.synlig_saksframlegg(utkast=self._intern)

    def _behandlingsrad(self, moetesak: Moetesak) -> Behandlingsrad:
        uttalelse: tuple[Blocks, ...] = ()
        if moetesak.behandlingstype is Behandlingstype.UTTALELSE:
            uttalelse = _tekst(vedtak_i(self._session, moetesak))
        ord_ = Tilstand(utfallsord(moetesak) or "På sakslisten", SLAG[moetesak.utfall])
        return Behandlingsrad(moetesak, behandlingsadresse(moetesak), ord_, uttalelse)

    def _historikk(self, sak: Saksmappe) -> Sequence[Flythistorikk]:
        if sak.flyt_id is None:
            return []
        soek = sa.select(Flythistorikk).where(Flythistorikk.flyt_id == sak.flyt_id)
        return self._session.scalars(soek.order_by(Flythistorikk.sekvens)).all()

    def _hendelsesrad(self, rad: Flythistorikk, chart: Chart) -> Hendelsesrad:
        titler = chart.hendelser.get(rad.hendelse)
        tittel = titler.nb if titler else rad.hendelse
        ny = tilstand(chart, rad.til).ord if rad.til != rad.fra else ""
        if not self._intern:
            return Hendelsesrad(rad.dato, tittel, ny)
        return Hendelsesrad(rad.dato, tittel, ny, rad.aktoer, rad.merknad or "")

    def _journal(self, sak: Saksmappe) -> list[Journalrad]:
        soek = (
            sa.select(Journalpost)
            .where(Journalpost.saksmappe_id == sak.id)
            .order_by(Journalpost.journalpostnummer)
            .options(selectinload(Journalpost.dokumenter).selectinload(Dokument.versjoner))
        )
        if sak.mappetype is Mappetype.MOETER:
            soek = soek.options(selectinload(Journalpost.gjengir))
        rader = (self._journalrad(sak, post) for post in self._session.scalars(soek))
        return [rad for rad in rader if rad is not None]

    def _tekster(self, ider: list[int]) -> tuple[dict[int, Blocks], frozenset[int]]:
        """The words of the documents that have few, and the ids of those that have too many for a list."""
        lengde = sa.func.length(sa.cast(Dokument.tekst, sa.Text))
        korte = sa.select(Dokument.id, Dokument.tekst).where(Dokument.id.in_(ider), lengde <= KORT_TEKST)
        lange = sa.select(Dokument.id).where(Dokument.id.in_(ider), lengde > KORT_TEKST)
        tekster = {nummer: tekst for nummer, tekst in self._session.execute(korte) if tekst}
        return tekster, frozenset(self._session.scalars(lange))

    def _journalrad(self, sak: Saksmappe, post: Journalpost) -> Journalrad | None:
        lesbare = tuple(ett for ett in post.dokumenter if kan_lese(self._identitet, ett.lesere))
        nummer = f"{sak.saksnummer}-{post.journalpostnummer}"
        if lesbare:
            return Journalrad(
                nummer, post.journaldato, post.journalposttype.value, post.tittel, lesbare, post.skjermingshjemmel
            )
        if post.publisert is None:
            return None
        hjemmel = post.skjermingshjemmel or sak.skjermingshjemmel
        return Journalrad(nummer, post.journaldato, post.journalposttype.value, "Unntatt offentlighet", (), hjemmel)

    def _frister(self, sak: Saksmappe, chart: Chart) -> list[Fristord]:
        if sak.flyt is None:
            return []
        frister = self._session.scalars(sa.select(Frist).where(Frist.flyt_id == sak.flyt_id).order_by(Frist.id))
        return [fristord(frist) for frist in gjeldende(frister, chart.expand(sak.flyt.aktive.split()))]


def _tekst(vedtak: Vedtak | None) -> tuple[Blocks, ...]:
    return tuple(rad.blokker for rad in vedtak.avsnitt) if vedtak else ()
