"""The outbox: what the worker is to do, written in the same transaction as the change that calls for it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saksbehandling.db import Base, kode


class Oppgavetype(StrEnum):
    INDEKSER = "indekser"
    LAG_PROTOKOLL = "lag_protokoll"
    LAG_SAKSFRAMLEGG = "lag_saksframlegg"
    BESTILL_MOETEPROTOKOLL = "bestill_moeteprotokoll"
    LAG_PDF = "lag_pdf"
    LAG_MINIATYR = "lag_miniatyr"
    LAG_MINIATYR_AV_TEKST = "lag_miniatyr_av_tekst"
    MASKINLES = "maskinles"


class Utboks(Base):
    """A task for the worker. `id` is the sequence number that the search index records; `nyttelast` holds ids only."""

    __tablename__ = "utboks"
    __table_args__ = (sa.Index("ix_utboks_venter", "type", "utfoert", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[Oppgavetype] = mapped_column(kode(Oppgavetype))
    nyttelast: Mapped[dict[str, Any]]
    opprettet: Mapped[dt.datetime]
    utfoert: Mapped[dt.datetime | None]
    forsoek: Mapped[int] = mapped_column(default=0)
    feil: Mapped[str | None] = mapped_column(sa.Text)
