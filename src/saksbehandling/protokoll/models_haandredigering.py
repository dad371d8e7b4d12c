"""The files of protocols that were edited by hand, each with what the data said when it was held against them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saksbehandling.db import FIL, Base, Filsum


class Haandredigering(Base):
    """A protocol that was edited by hand, of a treatment or of a whole meeting. Its file is never written over.

    `grunnlag`: the frozen data that it was made of, or was last said to go with. `lagt_bort`: when it gave way to a
    document made of the data, or to a newer one.
    """

    __tablename__ = "haandredigering"
    __table_args__ = (
        sa.UniqueConstraint("moetesak_id", "nummer"),
        sa.UniqueConstraint("moete_id", "nummer"),
        sa.CheckConstraint("(moetesak_id IS NULL) <> (moete_id IS NULL)", name="ett_emne"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"))
    moete_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moete.id"))
    nummer: Mapped[int]
    filnavn: Mapped[str] = mapped_column(sa.String(255))
    stoerrelse: Mapped[int]
    sjekksum: Mapped[str] = mapped_column(Filsum, info=FIL)
    grunnlag: Mapped[dict[str, Any]]
    begrunnelse: Mapped[str] = mapped_column(sa.Text)
    lastet_opp: Mapped[dt.datetime]
    lastet_opp_av: Mapped[str] = mapped_column(sa.String(200))
    lagt_bort: Mapped[dt.datetime | None]
    lagt_bort_av: Mapped[str | None] = mapped_column(sa.String(200))
