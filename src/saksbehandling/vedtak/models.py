"""The decision as it stood after consolidation, each paragraph with its origin; edits; follow-up; order of voting."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Saksmappe, Segment
from saksbehandling.votering.models import Forslag, Merknad, Votering


class Avsnittstype(StrEnum):
    """What a paragraph of a decision is: wrapping words, adopted text, or a majority's remark."""

    INNLEDNING = "innledning"
    TEKST = "tekst"
    MERKNAD = "merknad"
    FOELGER_SAKEN = "foelger_saken"


class Oppfoelgingsstatus(StrEnum):
    """Where a follow-up stands. AVVIST: the secretary found that the sentence asks for nothing."""

    AAPEN = "åpen"
    PAABEGYNT = "påbegynt"
    UTFOERT = "utført"
    BORTFALT = "bortfalt"
    AVVIST = "avvist"


IKKE_FERDIG = (Oppfoelgingsstatus.AAPEN, Oppfoelgingsstatus.PAABEGYNT)


class Vedtak(Base):
    """What a body's treatment ended in. Frozen once stored; a correction is a new version."""

    __tablename__ = "vedtak"
    __table_args__ = (sa.UniqueConstraint("moetesak_id", "versjonsnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"))
    versjonsnummer: Mapped[int] = mapped_column(default=1)
    overskrift: Mapped[str] = mapped_column(sa.String(80), default="Vedtak")
    vedtaksdato: Mapped[dt.date]
    registrert: Mapped[dt.datetime]
    moetesak: Mapped[Moetesak] = relationship()
    avsnitt: Mapped[list[Vedtaksavsnitt]] = relationship(
        back_populates="vedtak", order_by="Vedtaksavsnitt.nummer", cascade="all, delete-orphan"
    )
    redigeringer: Mapped[list[Redigering]] = relationship(order_by="Redigering.id", cascade="all, delete-orphan")
    oppfoelginger: Mapped[list[Oppfoelging]] = relationship(back_populates="vedtak", order_by="Oppfoelging.id")


class Vedtaksavsnitt(Base):
    """One paragraph of a decision and where it came from (one of segment, proposal or remark; none: wrapping)."""

    __tablename__ = "vedtaksavsnitt"

    vedtak_id: Mapped[int] = mapped_column(sa.ForeignKey("vedtak.id"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    avsnittstype: Mapped[Avsnittstype] = mapped_column(kode(Avsnittstype))
    overskrift: Mapped[str | None] = mapped_column(sa.Text)
    blokker: Mapped[Blocks]
    segment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    forslag_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forslag.id"))
    merknad_id: Mapped[int | None] = mapped_column(sa.ForeignKey("merknad.id"))
    votering_id: Mapped[int | None] = mapped_column(sa.ForeignKey("votering.id"))
    vedtak: Mapped[Vedtak] = relationship(back_populates="avsnitt")
    segment: Mapped[Segment | None] = relationship()
    forslag: Mapped[Forslag | None] = relationship()
    merknad: Mapped[Merknad | None] = relationship()
    votering: Mapped[Votering | None] = relationship()


class Redigering(Base):
    """A difference between the computed and the decided text, with its reason and who stands for it."""

    __tablename__ = "redigering"

    id: Mapped[int] = mapped_column(primary_key=True)
    vedtak_id: Mapped[int] = mapped_column(sa.ForeignKey("vedtak.id"), index=True)
    beregnet: Mapped[str | None] = mapped_column(sa.Text)
    redigert: Mapped[str | None] = mapped_column(sa.Text)
    begrunnelse: Mapped[str] = mapped_column(sa.Text)
    redigert_av: Mapped[str] = mapped_column(sa.String(200))
    tidspunkt: Mapped[dt.datetime]


class Oppfoelging(Base):
    """Something that a decision asks for.

    `kilde`: the sentence of the decision that it came from, where one did. `svar`: what was done. `besvart_av`: the
    case that answers it. `avsluttet`: when it was done, lapsed or turned down.
    """

    __tablename__ = "oppfoelging"

    id: Mapped[int] = mapped_column(primary_key=True)
    vedtak_id: Mapped[int] = mapped_column(sa.ForeignKey("vedtak.id"), index=True)
    tekst: Mapped[str] = mapped_column(sa.Text)
    ansvarlig: Mapped[str] = mapped_column(sa.String(200))
    frist: Mapped[dt.date | None] = mapped_column(index=True)
    status: Mapped[Oppfoelgingsstatus] = mapped_column(kode(Oppfoelgingsstatus), default=Oppfoelgingsstatus.AAPEN)
    kilde: Mapped[str | None] = mapped_column(sa.Text)
    svar: Mapped[str | None] = mapped_column(sa.Text)
    besvart_av_id: Mapped[int | None] = mapped_column(sa.ForeignKey("saksmappe.id"))
    avsluttet: Mapped[dt.datetime | None]
    vedtak: Mapped[Vedtak] = relationship(back_populates="oppfoelginger")
    besvart_av: Mapped[Saksmappe | None] = relationship()


class Voteringsorden(Base):
    """An order of voting that the chair wanted. Rows are only ever added, and the last one counts.

    `noekler`: keys of proposals, and the word for the uncontested text, in order.
    """

    __tablename__ = "voteringsorden"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    noekler: Mapped[list[Any]]
    begrunnelse: Mapped[str] = mapped_column(sa.Text)
    navn: Mapped[str] = mapped_column(sa.String(200))
    bruker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bruker.id"))
    tidspunkt: Mapped[dt.datetime]
    moetesak: Mapped[Moetesak] = relationship()
