"""What is stored of a running case: one row with its state, its history, and its deadlines; and which versions of the
definitions are in use."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from saksbehandling.db import Base, kode


class Friststatus(StrEnum):
    VENTER = "venter"
    FYRT = "fyrt"
    KANSELLERT = "kansellert"
    AVVIST = "avvist"


class Flyt(Base):
    """A case's way through a definition, pinned to the definition's version.

    `aktive`: ids of the active atomic states, sorted, with spaces between. `historikkverdier`: what each history
    state remembers. `data`: free values given at the start. `radversjon` grows by one with every event, and is the
    `sekvens` of the history row written with it. `forelder_id`: the case that this one is a sub-case of.
    """

    __tablename__ = "flyt"
    __table_args__ = (sa.Index("ix_flyt_definisjon_aktive", "definisjon", "aktive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definisjon: Mapped[str] = mapped_column(sa.String(80))
    versjon: Mapped[int]
    aktive: Mapped[str] = mapped_column(sa.String(500))
    historikkverdier: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    radversjon: Mapped[int] = mapped_column()
    forelder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("flyt.id"), index=True)
    forelder: Mapped[Flyt | None] = relationship(remote_side=[id])

    __mapper_args__ = {"version_id_col": radversjon}  # noqa: RUF012 - read by SQLAlchemy, never changed

    @property
    def besoekte(self) -> frozenset[str]:
        """The atomic states that the case has ever rested in, asked of the history: for guards, such as whether a
        treatment that is published by now was decided or postponed."""
        session = object_session(self)
        if session is None:
            return frozenset(self.aktive.split())
        rows = session.scalars(sa.select(Flythistorikk.til).where(Flythistorikk.flyt_id == self.id))
        return frozenset(state for row in rows for state in row.split())


class Flythistorikk(Base):
    """An event that happened in a case. `fra` and `til` are written like `Flyt.aktive`; `fra` is empty at the start.

    `tidspunkt`: the instant of the recording. `dato`: the local date of the event itself, which may be earlier.
    """

    __tablename__ = "flythistorikk"
    __table_args__ = (sa.UniqueConstraint("flyt_id", "sekvens"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    flyt_id: Mapped[int] = mapped_column(sa.ForeignKey("flyt.id"))
    sekvens: Mapped[int]
    tidspunkt: Mapped[dt.datetime]
    dato: Mapped[dt.date]
    hendelse: Mapped[str] = mapped_column(sa.String(120))
    fra: Mapped[str] = mapped_column(sa.String(500))
    til: Mapped[str] = mapped_column(sa.String(500))
    aktoer: Mapped[str] = mapped_column(sa.String(200))
    aktoer_id: Mapped[int | None]
    merknad: Mapped[str | None] = mapped_column(sa.Text)
    data: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))


class Frist(Base):
    """A deadline of a case: at `forfaller` the worker fires `hendelse`, once. `tilstand`: the state that set it.

    `grunn`: why the case refused the event, a reason on each line, when the deadline is `AVVIST`.
    """

    __tablename__ = "frist"
    __table_args__ = (sa.Index("ix_frist_status_forfaller", "status", "forfaller"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    flyt_id: Mapped[int] = mapped_column(sa.ForeignKey("flyt.id"), index=True)
    tilstand: Mapped[str] = mapped_column(sa.String(80))
    navn: Mapped[str] = mapped_column(sa.String(80))
    hendelse: Mapped[str] = mapped_column(sa.String(120))
    forfaller: Mapped[dt.datetime]
    status: Mapped[Friststatus] = mapped_column(kode(Friststatus), default=Friststatus.VENTER)
    grunn: Mapped[str | None] = mapped_column(sa.Text)


class Arbeidsflytversjon(Base):
    """A version of a definition that cases have been started in. `sjekksum`: what its file said then (SHA-256, hex)."""

    __tablename__ = "arbeidsflytversjon"

    definisjon: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    versjon: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sjekksum: Mapped[str] = mapped_column(sa.String(64))
    tatt_i_bruk: Mapped[dt.datetime]
