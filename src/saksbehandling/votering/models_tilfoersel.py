"""Protokolltilførsler: what a member wants said in the minutes, with whether the body took it in."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import Blocks
from saksbehandling.utvalg.models import Parti, Person
from saksbehandling.votering.kodeverk import Tilfoerselsstatus


class Protokolltilfoersel(Base):
    """A statement for the minutes. `rekkefoelge`: its place there. `navn`: who asked for it, as minuted.

    `innsendt_av_id`: the account of the member who filed it. `avgjort_av`, `avgjort`: who recorded what became of it.
    """

    __tablename__ = "protokolltilfoersel"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    rekkefoelge: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    parti_id: Mapped[int | None] = mapped_column(sa.ForeignKey("parti.id"))
    navn: Mapped[str] = mapped_column(sa.String(200))
    blokker: Mapped[Blocks]
    status: Mapped[Tilfoerselsstatus] = mapped_column(kode(Tilfoerselsstatus))
    framsatt: Mapped[dt.datetime]
    innsendt_av_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    avgjort: Mapped[dt.datetime | None]
    avgjort_av: Mapped[str | None] = mapped_column(sa.String(200))
    moetesak: Mapped[Moetesak] = relationship()
    parti: Mapped[Parti | None] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship()

    @property
    def fra(self) -> str:
        """`Kari Lie (Sp)`"""
        return f"{self.navn} ({self.parti.kode})" if self.parti else self.navn
