"""Where the protocols of meetings are kept: a case for each body and year, and what of it each protocol became."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base
from saksbehandling.saksmappe.models import Dokument, Saksmappe


class Aarsmappe(Base):
    """The archive case of a body's meetings in a year."""

    __tablename__ = "aarsmappe"
    __table_args__ = (sa.UniqueConstraint("utvalg_id", "aar"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalg_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalg.id"))
    aar: Mapped[int]
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"), unique=True)
    saksmappe: Mapped[Saksmappe] = relationship()


class Moeteprotokolldokument(Base):
    """A møteprotokoll in the journal. `utdrag`: the edition for everybody of one with exempt words; `rettelser`: how
    many corrections it has, since one more is a new entry.
    """

    __tablename__ = "moeteprotokolldokument"
    __table_args__ = (sa.UniqueConstraint("moeteprotokoll_id", "utdrag", "rettelser"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moeteprotokoll_id: Mapped[int] = mapped_column(sa.ForeignKey("moeteprotokoll.id"))
    utdrag: Mapped[bool]
    rettelser: Mapped[int]
    dokument_id: Mapped[int] = mapped_column(sa.ForeignKey("dokument.id"), unique=True)
    dokument: Mapped[Dokument] = relationship()
