"""The municipality's own templates. A version never changes; the newest of those for a body is in force."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import FIL, Base, Filsum
from saksbehandling.utvalg.models import Utvalg


class Malversjon(Base):
    """A version of a template. `utvalg_id`: the body that it is for; None for the whole municipality.

    `sjekksum`: the file in the document store; None where what the product ships was put back in force.
    `gjenopprettet_fra`: the version number that this one repeats.
    """

    __tablename__ = "malversjon"
    __table_args__ = (sa.UniqueConstraint("mal", "malform", "versjonsnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mal: Mapped[str] = mapped_column(sa.String(60))
    malform: Mapped[str] = mapped_column(sa.String(2))
    versjonsnummer: Mapped[int]
    utvalg_id: Mapped[int | None] = mapped_column(sa.ForeignKey("utvalg.id"))
    sjekksum: Mapped[str | None] = mapped_column(Filsum, info=FIL)
    filnavn: Mapped[str] = mapped_column(sa.String(255))
    lagret: Mapped[dt.datetime]
    lagret_av: Mapped[str] = mapped_column(sa.String(200))
    gjenopprettet_fra: Mapped[int | None]
    utvalg: Mapped[Utvalg | None] = relationship()
