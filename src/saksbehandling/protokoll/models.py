"""Protocols of treatments and of meetings: the frozen data that each is made from, its approval, what was added."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Dokumentversjon


class Protokoll(Base):
    """A saksprotokoll. A correction is a new version, never silent. `data`: as `protokoll.data` freezes it."""

    __tablename__ = "protokoll"
    __table_args__ = (sa.UniqueConstraint("moetesak_id", "versjonsnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"))
    versjonsnummer: Mapped[int]
    data: Mapped[dict[str, Any]]
    frosset: Mapped[dt.datetime]
    godkjent: Mapped[dt.datetime | None]
    godkjent_av: Mapped[str | None] = mapped_column(sa.String(200))
    dokumentversjon_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dokumentversjon.id"))
    moetesak: Mapped[Moetesak] = relationship()
    dokumentversjon: Mapped[Dokumentversjon | None] = relationship()


class Moeteprotokoll(Base):
    """The protocol of a whole meeting, from the moment its words are frozen. `data`: as `protokoll.moetedata` has it.

    `godkjennes_i`: the item of a later meeting in which the body approves it; None where it does so at the end of the
    meeting itself. `merknad`: what the body remarked when it approved.
    """

    __tablename__ = "moeteprotokoll"

    id: Mapped[int] = mapped_column(primary_key=True)
    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"), unique=True)
    data: Mapped[dict[str, Any]]
    sjekksum: Mapped[str] = mapped_column(sa.String(64))
    frosset: Mapped[dt.datetime]
    lagt_fram_av: Mapped[str] = mapped_column(sa.String(200))
    godkjennes_i_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"))
    merknad: Mapped[str | None] = mapped_column(sa.Text)
    godkjent: Mapped[dt.datetime | None]
    godkjent_av: Mapped[str | None] = mapped_column(sa.String(200))
    publisert: Mapped[dt.datetime | None]
    publisert_av: Mapped[str | None] = mapped_column(sa.String(200))
    moete: Mapped[Moete] = relationship()
    godkjennes_i: Mapped[Moetesak | None] = relationship()
    underskrifter: Mapped[list[Protokollunderskrift]] = relationship(
        order_by="Protokollunderskrift.id", cascade="all, delete-orphan"
    )
    rettelser: Mapped[list[Protokollrettelse]] = relationship(order_by="Protokollrettelse.nummer")


class Protokollunderskrift(Base):
    """An electronic signature: who stood by which words, and when. `sjekksum`: of the data, or of
    the edited document, that was signed.
    """

    __tablename__ = "protokollunderskrift"
    __table_args__ = (sa.UniqueConstraint("moeteprotokoll_id", "bruker_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moeteprotokoll_id: Mapped[int] = mapped_column(sa.ForeignKey("moeteprotokoll.id"))
    bruker_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"))
    navn: Mapped[str] = mapped_column(sa.String(200))
    funksjon: Mapped[str] = mapped_column(sa.String(80))
    erklaering: Mapped[str] = mapped_column(sa.Text)
    sjekksum: Mapped[str] = mapped_column(sa.String(64))
    tidspunkt: Mapped[dt.datetime]


class Protokollrettelse(Base):
    """A correction, appended to what it corrects. `moetesak`: the treatment that it is about, None for the meeting."""

    __tablename__ = "protokollrettelse"
    __table_args__ = (sa.UniqueConstraint("moeteprotokoll_id", "nummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moeteprotokoll_id: Mapped[int] = mapped_column(sa.ForeignKey("moeteprotokoll.id"))
    nummer: Mapped[int]
    moetesak_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    blokker: Mapped[Blocks]
    begrunnelse: Mapped[str] = mapped_column(sa.Text)
    skrevet_av: Mapped[str] = mapped_column(sa.String(200))
    tidspunkt: Mapped[dt.datetime]
    moetesak: Mapped[Moetesak | None] = relationship()
