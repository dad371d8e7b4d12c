"""What is kept of a saved search, and of what its owner has been told."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.identity.models import Bruker


class Varsling(StrEnum):
    """When new hits are told of by e-mail."""

    INGEN = "ingen"
    STRAKS = "straks"
    DAGLIG = "daglig"


class LagretSoek(Base):
    """A search that somebody comes back to. `sporring`: the query of its address, «q=skole&utvalg=Bystyret».

    `noekkel`: the secret in the address that stops its e-mail, which needs no login.
    """

    __tablename__ = "lagretsoek"

    id: Mapped[int] = mapped_column(primary_key=True)
    bruker_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    navn: Mapped[str] = mapped_column(sa.String(200))
    sporring: Mapped[str] = mapped_column(sa.Text)
    varsling: Mapped[Varsling] = mapped_column(kode(Varsling), default=Varsling.INGEN)
    noekkel: Mapped[str] = mapped_column(sa.String(43), unique=True)
    opprettet: Mapped[dt.datetime]
    bruker: Mapped[Bruker] = relationship()


class LagretSoekTreff(Base):
    """A hit that the owner of a saved search knows of, or (not `meldt`) is to be told of with the next e-mail.

    `treff`: the hit's id in the index, such as «vedtak:17».
    """

    __tablename__ = "lagretsoektreff"

    soek_id: Mapped[int] = mapped_column(sa.ForeignKey("lagretsoek.id"), primary_key=True)
    treff: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    funnet: Mapped[dt.datetime]
    meldt: Mapped[bool]
