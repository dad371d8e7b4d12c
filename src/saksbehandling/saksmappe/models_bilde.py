"""The pictures that the saksutredning of a case may show."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import FIL, Base, Filsum
from saksbehandling.richtext import Picture
from saksbehandling.saksmappe.models import Saksmappe


class Saksbilde(Base):
    """A picture that somebody put into a text of the case: its bytes are in the document store by `sjekksum`.

    Rows are only ever added, since older texts show it too. `slag`: «png» or «jpeg».
    """

    __tablename__ = "saksbilde"
    __table_args__ = (sa.UniqueConstraint("saksmappe_id", "sjekksum"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"))
    sjekksum: Mapped[str] = mapped_column(Filsum, index=True, info=FIL)
    slag: Mapped[str] = mapped_column(sa.String(8))
    bredde: Mapped[int]
    hoeyde: Mapped[int]
    lagt_inn: Mapped[dt.datetime]
    lagt_inn_av: Mapped[str] = mapped_column(sa.String(200))
    saksmappe: Mapped[Saksmappe] = relationship()

    def som_blokk(self, alt: str = "") -> Picture:
        """The picture as it stands in a text."""
        return Picture(self.sjekksum, self.slag, self.bredde, self.hoeyde, alt)
