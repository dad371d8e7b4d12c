"""Documents as PDF: what was asked for, and what was made."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from saksbehandling.db import FIL, Base, Filsum


class Pdfutgave(Base):
    """The PDF/A of a DOCX. Both are in the document store, named by their SHA-256; `sjekksum` is None until it is made.

    It belongs to the bytes of the DOCX and to nothing else: whoever may fetch those may fetch this.
    """

    __tablename__ = "pdfutgave"

    id: Mapped[int] = mapped_column(primary_key=True)
    kilde: Mapped[str] = mapped_column(Filsum, unique=True, info=FIL)
    sjekksum: Mapped[str | None] = mapped_column(Filsum, info=FIL)
    stoerrelse: Mapped[int | None]
    bestilt: Mapped[dt.datetime]
    laget: Mapped[dt.datetime | None]
