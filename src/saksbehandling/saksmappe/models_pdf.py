"""Documents as PDF: what was asked for, and what was made."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saksbehandling.db import Base


class Pdfutgave(Base):
    """The PDF/A of a DOCX. Both are in the document store, named by their SHA-256; `sjekksum` is None until it is made.

    It belongs to the bytes of the DOCX and to nothing else: whoever may fetch those may fetch this.
    """

    __tablename__ = "pdfutgave"

    id: Mapped[int] = mapped_column(primary_key=True)
    kilde: Mapped[str] = mapped_column(sa.String(64), unique=True)
    sjekksum: Mapped[str | None] = mapped_column(sa.String(64))
    stoerrelse: Mapped[int | None]
    bestilt: Mapped[dt.datetime]
    laget: Mapped[dt.datetime | None]
