"""Archive cases (Noark 5: saksmappe, journalpost, dokumentbeskrivelse, dokumentobjekt) and saksframlegg."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import FIL, Base, Filsum, kode
from saksbehandling.identity.models import Bruker
from saksbehandling.identity.rules import Synlighet, felles_lesere, lesere
from saksbehandling.richtext import Blocks
from saksbehandling.workflow_engine.models import Flyt


class Saksstatus(StrEnum):
    UNDER_BEHANDLING = "Under behandling"
    AVSLUTTET = "Avsluttet"
    UTGAAR = "Utgår"


class Mappetype(StrEnum):
    """What a case gathers (Noark 5: mappetype): what is done in one matter, or the meetings of a body."""

    SAK = "Saksmappe"
    MOETER = "Møtemappe"


class Journalposttype(StrEnum):
    INNGAAENDE = "Inngående dokument"
    UTGAAENDE = "Utgående dokument"
    INTERNT = "Organinternt dokument for oppfølging"
    SAKSFRAMLEGG = "Saksframlegg"


class Tilknytning(StrEnum):
    HOVEDDOKUMENT = "Hoveddokument"
    VEDLEGG = "Vedlegg"


# Noark 5, code list «variantformat».
PRODUKSJONSFORMAT, ARKIVFORMAT = "Produksjonsformat", "Arkivformat"


class Saksmappe(Base):
    """An archive case, `19/8286` = year and sequence. `kilde`: SHA-256 of the file it was imported from.

    `paa_saksliste_i`, `utsendt_til`: ids of the bodies whose agenda it stands on, and whose members have been sent it.
    `inhabile`: ids of the accounts of those who were found inhabile in it, and see nothing of it that is not public.
    """

    __tablename__ = "saksmappe"
    __table_args__ = (sa.UniqueConstraint("saksaar", "sakssekvensnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saksaar: Mapped[int]
    sakssekvensnummer: Mapped[int]
    tittel: Mapped[str] = mapped_column(sa.Text)
    offentlig_tittel: Mapped[str] = mapped_column(sa.Text)
    mappetype: Mapped[Mappetype] = mapped_column(kode(Mappetype), default=Mappetype.SAK)
    saksstatus: Mapped[Saksstatus] = mapped_column(kode(Saksstatus), default=Saksstatus.UNDER_BEHANDLING)
    opprettet_dato: Mapped[dt.date] = mapped_column(index=True)
    administrativ_enhet: Mapped[str | None] = mapped_column(sa.String(200))
    saksansvarlig_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    skjermingshjemmel: Mapped[str | None] = mapped_column(sa.String(200))
    publisert: Mapped[dt.datetime | None]
    paa_saksliste_i: Mapped[list[Any]] = mapped_column(default=list)
    utsendt_til: Mapped[list[Any]] = mapped_column(default=list)
    inhabile: Mapped[list[Any]] = mapped_column(default=list)
    kilde: Mapped[str | None] = mapped_column(sa.String(64))
    flyt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("flyt.id"), unique=True)
    saksansvarlig: Mapped[Bruker | None] = relationship()
    flyt: Mapped[Flyt | None] = relationship()
    journalposter: Mapped[list[Journalpost]] = relationship(
        back_populates="saksmappe", order_by="Journalpost.journalpostnummer"
    )
    saksframlegg: Mapped[list[Saksframlegg]] = relationship(
        back_populates="saksmappe", order_by="Saksframlegg.versjonsnummer"
    )

    @property
    def saksnummer(self) -> str:
        """As written: 19/8286."""
        return f"{self.saksaar % 100:02d}/{self.sakssekvensnummer}"

    @property
    def gjeldende_saksframlegg(self) -> Saksframlegg | None:
        return self.saksframlegg[-1] if self.saksframlegg else None

    def synlig_saksframlegg(self, *, utkast: bool) -> Saksframlegg | None:
        """The latest approved one, or with `utkast` the latest: a draft is for those who work with the case.

        It is no public document (offentleglova §§ 4 and 14), also when the case has been on an agenda.
        """
        synlige = [ett for ett in self.saksframlegg if ett.godkjent is not None or utkast]
        return synlige[-1] if synlige else None

    @property
    def lesere(self) -> frozenset[str]:
        return self.lesere_av(self.publisert, unntatt=self.skjermingshjemmel is not None)

    def lesere_av(self, publisert: dt.datetime | None, *, unntatt: bool) -> frozenset[str]:
        """Who may see something of the case that was published then, or not, and is exempt, or not."""
        return lesere(
            Synlighet(
                publisert=publisert is not None,
                unntatt=unntatt,
                utsendt_til=frozenset(self.utsendt_til or ()),
                raadgivere=frozenset(self.paa_saksliste_i or ()),
                ansvarlig_id=self.saksansvarlig_id,
                inhabile=frozenset(self.inhabile or ()),
            )
        )


journalpost_gjengir = sa.Table(
    "journalpost_gjengir",
    Base.metadata,
    sa.Column("journalpost_id", sa.ForeignKey("journalpost.id"), primary_key=True),
    sa.Column("saksmappe_id", sa.ForeignKey("saksmappe.id"), primary_key=True, index=True),
)


class Journalpost(Base):
    """A journal entry in a case, `19/8286-4`. `gjengir`: other cases whose words stand in it, as in a møteprotokoll."""

    __tablename__ = "journalpost"
    __table_args__ = (sa.UniqueConstraint("saksmappe_id", "journalpostnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"))
    journalpostnummer: Mapped[int]
    journalposttype: Mapped[Journalposttype] = mapped_column(kode(Journalposttype))
    tittel: Mapped[str] = mapped_column(sa.Text)
    offentlig_tittel: Mapped[str] = mapped_column(sa.Text)
    journaldato: Mapped[dt.date]
    dokumentdato: Mapped[dt.date | None]
    skjermingshjemmel: Mapped[str | None] = mapped_column(sa.String(200))
    publisert: Mapped[dt.datetime | None]
    saksmappe: Mapped[Saksmappe] = relationship(back_populates="journalposter")
    dokumenter: Mapped[list[Dokument]] = relationship(back_populates="journalpost", order_by="Dokument.dokumentnummer")
    gjengir: Mapped[list[Saksmappe]] = relationship(secondary=journalpost_gjengir)

    @property
    def lesere(self) -> frozenset[str]:
        """Who may see what is in it: of words from other cases, those who may see each case that is exempt.

        Only the archive case of meetings holds such words; nothing is asked of the database for others.
        """
        sak = self.saksmappe
        unntatt = self.skjermingshjemmel is not None or sak.skjermingshjemmel is not None
        gjengitte = self.gjengir if sak.mappetype is Mappetype.MOETER else ()
        unntatte = (ett for ett in gjengitte if unntatt or ett.skjermingshjemmel is not None)
        return felles_lesere(
            sak.lesere_av(self.publisert, unntatt=unntatt), *(ett.lesere_av(None, unntatt=True) for ett in unntatte)
        )


class Dokument(Base):
    """A logical document (dokumentbeskrivelse) of a journalpost. `tekst`: its words, for reading and search.

    `maskinlest`: they were read off a picture, and may be wrong.
    """

    __tablename__ = "dokument"
    __table_args__ = (sa.UniqueConstraint("journalpost_id", "dokumentnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    journalpost_id: Mapped[int] = mapped_column(sa.ForeignKey("journalpost.id"))
    dokumentnummer: Mapped[int]
    tittel: Mapped[str] = mapped_column(sa.Text)
    dokumenttype: Mapped[str] = mapped_column(sa.String(80))
    tilknytning: Mapped[Tilknytning] = mapped_column(kode(Tilknytning))
    tekst: Mapped[Blocks | None] = mapped_column(deferred=True)  # may be hundreds of pages
    maskinlest: Mapped[bool] = mapped_column(default=False)
    journalpost: Mapped[Journalpost] = relationship(back_populates="dokumenter")
    versjoner: Mapped[list[Dokumentversjon]] = relationship(
        back_populates="dokument", order_by="Dokumentversjon.versjonsnummer, Dokumentversjon.id"
    )

    @property
    def lesere(self) -> frozenset[str]:
        return self.journalpost.lesere


class Dokumentversjon(Base):
    """An immutable file (dokumentobjekt): its bytes are kept by `sjekksum` (SHA-256, hex) in the document store.

    A version may be there in two forms: as it was made, and with the same number as the archive wants it (PDF/A).
    """

    __tablename__ = "dokumentversjon"
    __table_args__ = (sa.UniqueConstraint("dokument_id", "versjonsnummer", "variantformat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dokument_id: Mapped[int] = mapped_column(sa.ForeignKey("dokument.id"))
    versjonsnummer: Mapped[int]
    variantformat: Mapped[str] = mapped_column(sa.String(40), default=PRODUKSJONSFORMAT)
    filnavn: Mapped[str] = mapped_column(sa.String(255))
    medietype: Mapped[str] = mapped_column(sa.String(120))
    filstoerrelse: Mapped[int]
    sjekksum: Mapped[str] = mapped_column(Filsum, index=True, info=FIL)
    opprettet: Mapped[dt.datetime]
    opprettet_av: Mapped[str] = mapped_column(sa.String(200))
    dokument: Mapped[Dokument] = relationship(back_populates="versjoner")

    @property
    def til_arkivet(self) -> bool:
        """Whether it is the form for the archive; the other has the same number."""
        return self.variantformat == ARKIVFORMAT


class Saksframlegg(Base):
    """A version of the case presentation; frozen when `godkjent` is set. `grunntekst`: its forslag til innstilling."""

    __tablename__ = "saksframlegg"
    __table_args__ = (sa.UniqueConstraint("saksmappe_id", "versjonsnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"))
    versjonsnummer: Mapped[int]
    tittel: Mapped[str] = mapped_column(sa.Text)
    dato: Mapped[dt.date | None]
    innhold: Mapped[Blocks]
    grunntekst_id: Mapped[int] = mapped_column(sa.ForeignKey("grunntekst.id"))
    signaturer: Mapped[list[Any]] = mapped_column(default=list)  # [{"navn": …, "tittel": …}]
    uttalelser_gjengitt_fra: Mapped[list[Any]] = mapped_column(default=list)  # names of the bodies it quotes
    godkjent: Mapped[dt.datetime | None]
    godkjent_av: Mapped[str | None] = mapped_column(sa.String(200))
    radversjon: Mapped[int] = mapped_column()
    saksmappe: Mapped[Saksmappe] = relationship(back_populates="saksframlegg")
    grunntekst: Mapped[Grunntekst] = relationship()

    __mapper_args__ = {"version_id_col": radversjon}  # noqa: RUF012 - read by SQLAlchemy, never changed


class Grunntekst(Base):
    """A base text that a body votes on: ordered segments with stable ids."""

    __tablename__ = "grunntekst"

    id: Mapped[int] = mapped_column(primary_key=True)
    segmenter: Mapped[list[Segment]] = relationship(
        back_populates="grunntekst", order_by="Segment.nummer", cascade="all, delete-orphan"
    )

    @property
    def tekst(self) -> tuple[Blocks, ...]:
        """The block tree of each segment."""
        return tuple(segment.blokker for segment in self.segmenter)


class Segment(Base):
    """One paragraph with the list it introduces: what proposals and ballots point at. Kept byte for byte.

    `varig_id`: the same through all versions of a saksframlegg, where a later one is the same paragraph rewritten.
    """

    __tablename__ = "segment"
    __table_args__ = (sa.UniqueConstraint("grunntekst_id", "nummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grunntekst_id: Mapped[int] = mapped_column(sa.ForeignKey("grunntekst.id"))
    nummer: Mapped[int]
    blokker: Mapped[Blocks]
    varig_id: Mapped[str | None] = mapped_column(sa.String(32))
    grunntekst: Mapped[Grunntekst] = relationship(back_populates="segmenter")


def _refuse_change(_mapper: Any, _connection: Any, target: Dokumentversjon) -> None:
    raise ValueError(f"Dokumentversjon {target.id} er lagret for godt og kan ikke endres eller slettes.")


for _happening in ("before_update", "before_delete"):
    event.listen(Dokumentversjon, _happening, _refuse_change)
