"""Elections as held. Only totals are kept: who voted for whom in a written ballot is nowhere."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.moete.models import Moetesak
from saksbehandling.valg.kodeverk import Kjoenn, Valgform, Verv
from saksbehandling.votering.models import Votering


class Valg(Base):
    """One round of an election. `verv`: what is elected. `votering`: the ballot that put the result into the decision.

    Without one the round settled nothing, and another follows (`omgang` 2). `hemmelig`: in writing. `setning`: what the
    minutes say of the round.
    """

    __tablename__ = "valg"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    votering_id: Mapped[int | None] = mapped_column(sa.ForeignKey("votering.id", ondelete="CASCADE"), unique=True)
    valgform: Mapped[Valgform] = mapped_column(kode(Valgform))
    verv: Mapped[str] = mapped_column(sa.String(200))
    plasser: Mapped[int]
    omgang: Mapped[int]
    hemmelig: Mapped[bool]
    blanke: Mapped[int]
    ved_lodd: Mapped[bool]
    setning: Mapped[str] = mapped_column(sa.Text)
    registrert: Mapped[dt.datetime]
    moetesak: Mapped[Moetesak] = relationship()
    votering: Mapped[Votering | None] = relationship()
    lister: Mapped[list[Valgliste]] = relationship(
        order_by="Valgliste.rekkefoelge", cascade="all, delete-orphan", passive_deletes=True
    )


class Valgliste(Base):
    """A list, or in a flertallsvalg a candidate, with its votes and the seats that it got."""

    __tablename__ = "valgliste"
    __table_args__ = (sa.UniqueConstraint("valg_id", "rekkefoelge"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    valg_id: Mapped[int] = mapped_column(sa.ForeignKey("valg.id", ondelete="CASCADE"))
    rekkefoelge: Mapped[int]
    navn: Mapped[str] = mapped_column(sa.String(200))
    stemmer: Mapped[int]
    plasser: Mapped[int]
    kandidater: Mapped[list[Valgkandidat]] = relationship(
        order_by="Valgkandidat.rekkefoelge", cascade="all, delete-orphan", passive_deletes=True
    )


class Valgkandidat(Base):
    """Somebody on a list. `verv`: what they were elected as; `vararekkefoelge`: a substitute's place, from 1."""

    __tablename__ = "valgkandidat"

    liste_id: Mapped[int] = mapped_column(sa.ForeignKey("valgliste.id", ondelete="CASCADE"), primary_key=True)
    rekkefoelge: Mapped[int] = mapped_column(primary_key=True)
    navn: Mapped[str] = mapped_column(sa.String(200))
    kjoenn: Mapped[Kjoenn | None] = mapped_column(kode(Kjoenn))
    verv: Mapped[Verv | None] = mapped_column(kode(Verv))
    vararekkefoelge: Mapped[int | None]
