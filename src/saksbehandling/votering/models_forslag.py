"""What surrounds a proposal: a member's private drafts, and the trail of everything that happened to it since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.moete.models import Moetesak
from saksbehandling.votering.kodeverk import Forslagshendelse
from saksbehandling.votering.models import Forslag


class Forslagsutkast(Base):
    """What a member is writing, as typed. Nobody else sees it or how many there are: it is no case document yet.

    `noekkel`: made with the form, so that what is saved twice over a bad network is one draft. `felter`: form field to
    what stands in it. `forslag`: the filed proposal that it is to change.
    """

    __tablename__ = "forslagsutkast"
    __table_args__ = (sa.UniqueConstraint("bruker_id", "noekkel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bruker_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"))
    noekkel: Mapped[str] = mapped_column(sa.String(36))
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    forslag_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forslag.id"))
    felter: Mapped[dict[str, Any]]
    endret: Mapped[dt.datetime]
    moetesak: Mapped[Moetesak] = relationship()
    forslag: Mapped[Forslag | None] = relationship()


class Forslagsspor(Base):
    """One thing that happened to a proposal or remark: `nummer` of the treatment. Rows are only ever added.

    `foer`: how a proposal stood before it was changed, by field. `om`: the party that joined or left.
    """

    __tablename__ = "forslagsspor"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    nummer: Mapped[int]
    hendelse: Mapped[Forslagshendelse] = mapped_column(kode(Forslagshendelse))
    tidspunkt: Mapped[dt.datetime]
    navn: Mapped[str] = mapped_column(sa.String(200))
    bruker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bruker.id"))
    foer: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    om: Mapped[str | None] = mapped_column(sa.String(80))
