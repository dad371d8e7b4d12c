"""A protocol: the frozen data that it is made from, its approval, and the file that came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base
from saksbehandling.moete.models import Moetesak
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
