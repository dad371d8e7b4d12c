"""Who may log in, and in what roles."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.identity.kodeverk import Rolle


class Bruker(Base):
    """A local account. `passordhash` is Argon2id; None for accounts that log in elsewhere.

    `epost`: where the person wants to be told of things; None for nowhere.
    """

    __tablename__ = "bruker"

    id: Mapped[int] = mapped_column(primary_key=True)
    brukernavn: Mapped[str] = mapped_column(sa.String(80), unique=True)
    navn: Mapped[str] = mapped_column(sa.String(200))
    passordhash: Mapped[str | None] = mapped_column(sa.String(200))
    epost: Mapped[str | None] = mapped_column(sa.String(254))
    aktiv: Mapped[bool] = mapped_column(default=True)
    roller: Mapped[list[Rolletildeling]] = relationship(back_populates="bruker", cascade="all, delete-orphan")


class Rolletildeling(Base):
    """A role, for every body (`utvalg_id` None) or one, from and to a date (inclusive)."""

    __tablename__ = "rolletildeling"

    id: Mapped[int] = mapped_column(primary_key=True)
    bruker_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    rolle: Mapped[Rolle] = mapped_column(kode(Rolle))
    utvalg_id: Mapped[int | None] = mapped_column(sa.ForeignKey("utvalg.id"))
    fra: Mapped[dt.date | None]
    til: Mapped[dt.date | None]
    bruker: Mapped[Bruker] = relationship(back_populates="roller")

    def gjelder(self, dato: dt.date) -> bool:
        return (self.fra is None or self.fra <= dato) and (self.til is None or dato <= self.til)


class Innloggingsforsoek(Base):
    """A failed login, kept so that guessing can be slowed down."""

    __tablename__ = "innloggingsforsoek"

    id: Mapped[int] = mapped_column(primary_key=True)
    brukernavn: Mapped[str] = mapped_column(sa.String(80), index=True)
    tidspunkt: Mapped[dt.datetime]
