"""How a saksframlegg came to be: every text that was saved, what people are writing, and who has it in Word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base
from saksbehandling.identity.models import Bruker
from saksbehandling.richtext import Blocks, from_json, to_json
from saksbehandling.saksmappe.framleggstekst import Framleggstekst
from saksbehandling.saksmappe.models import Grunntekst, Saksframlegg


class Saksframleggslagring(Base):
    """A text of the saksframlegg as it was saved. Rows are only ever added.

    `nummer`: of the case, from 1. `radversjon`: the saksframlegg's own, when it held this text. `merknad`: where the
    text came from, when it was not typed: from Word, or from an older version.
    """

    __tablename__ = "saksframleggslagring"
    __table_args__ = (sa.UniqueConstraint("saksmappe_id", "nummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"))
    saksframlegg_id: Mapped[int] = mapped_column(sa.ForeignKey("saksframlegg.id"), index=True)
    nummer: Mapped[int]
    radversjon: Mapped[int]
    tittel: Mapped[str] = mapped_column(sa.Text)
    innhold: Mapped[Blocks]
    grunntekst_id: Mapped[int] = mapped_column(sa.ForeignKey("grunntekst.id"))
    lagret: Mapped[dt.datetime]
    lagret_av: Mapped[str | None] = mapped_column(sa.String(200))
    merknad: Mapped[str | None] = mapped_column(sa.String(200))
    saksframlegg: Mapped[Saksframlegg] = relationship()
    grunntekst: Mapped[Grunntekst] = relationship()

    @property
    def tekst(self) -> Framleggstekst:
        return Framleggstekst(self.tittel, self.grunntekst.tekst, self.innhold)


class Saksframleggsutkast(Base):
    """What a person is writing and has not saved: nobody else sees it, and it changes nothing in the case.

    `radversjon`: the saksframlegg's when the person began; None when there was none to begin from. `revisjon`: counts
    how many times it was kept, so that two windows do not write over each other. `merknad`: as of the lagring that it
    becomes.
    """

    __tablename__ = "saksframleggsutkast"
    __table_args__ = (sa.UniqueConstraint("saksmappe_id", "bruker_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"))
    bruker_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    radversjon: Mapped[int | None]
    revisjon: Mapped[int]
    tittel: Mapped[str] = mapped_column(sa.Text)
    innstilling: Mapped[list[Any]]  # one block tree a segment, as `richtext.to_json` writes it
    innhold: Mapped[Blocks]
    endret: Mapped[dt.datetime]
    merknad: Mapped[str | None] = mapped_column(sa.String(200))
    bruker: Mapped[Bruker] = relationship()

    @property
    def tekst(self) -> Framleggstekst:
        return Framleggstekst(self.tittel, tuple(from_json(segment) for segment in self.innstilling), self.innhold)

    @tekst.setter
    def tekst(self, tekst: Framleggstekst) -> None:
        self.tittel, self.innhold = tekst.tittel, tekst.innhold
        self.innstilling = [to_json(segment) for segment in tekst.innstilling]


class Saksframleggsutsjekking(Base):
    """Somebody has the saksframlegg in Word. `lagring`: the text that the file holds. `levert`: when it was given back.

    Only one at a time is open (without `levert`) in a case.
    """

    __tablename__ = "saksframleggsutsjekking"
    __table_args__ = (
        sa.Index(
            "uq_saksframleggsutsjekking_aapen",
            "saksmappe_id",
            unique=True,
            sqlite_where=sa.text("levert IS NULL"),
            postgresql_where=sa.text("levert IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"))
    lagring_id: Mapped[int] = mapped_column(sa.ForeignKey("saksframleggslagring.id"))
    hentet: Mapped[dt.datetime]
    hentet_av_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"))
    levert: Mapped[dt.datetime | None]
    levert_av: Mapped[str | None] = mapped_column(sa.String(200))
    lagring: Mapped[Saksframleggslagring] = relationship()
    hentet_av: Mapped[Bruker] = relationship()
