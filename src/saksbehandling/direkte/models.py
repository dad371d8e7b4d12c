"""A meeting while it is held: the item that is up, the speaking list, the open ballot, and the log of changes.

Everything that a screen shows is a row here or in the features below, so that a restart loses nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.direkte.kodeverk import Direktehendelse, Innleggstype, Talerstatus
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.utvalg.models import Medlemskap
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.personstemmer import Svar


class Direktemoete(Base):
    """A meeting that is held live. `sekvens`: the number of the last change; the row is locked before each change.

    `lukket`: the body has closed the doors (kommuneloven § 11-5). `strek`: nobody new may ask for the floor.
    `klubbet`: when the gavel fell for the item that is up.
    """

    __tablename__ = "direktemoete"

    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"), primary_key=True)
    sekvens: Mapped[int] = mapped_column(default=0)
    moetesak_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"))
    startet: Mapped[dt.datetime]
    avsluttet: Mapped[dt.datetime | None]
    lukket: Mapped[bool] = mapped_column(default=False)
    strek: Mapped[bool] = mapped_column(default=False)
    klubbet: Mapped[dt.datetime | None]
    moete: Mapped[Moete] = relationship()
    moetesak: Mapped[Moetesak | None] = relationship()


class Direkteendring(Base):
    """One change of a meeting, in order. It names what changed, never who voted what."""

    __tablename__ = "direkteendring"

    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("direktemoete.moete_id"), primary_key=True)
    sekvens: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hendelse: Mapped[Direktehendelse] = mapped_column(kode(Direktehendelse))
    tidspunkt: Mapped[dt.datetime]


class Taletidsregel(Base):
    """A body's speaking times from a day on, in seconds. `replikker`: how many to one speech; None: as many as ask."""

    __tablename__ = "taletidsregel"
    __table_args__ = (sa.UniqueConstraint("utvalg_id", "gyldig_fra"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalg_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalg.id"))
    gyldig_fra: Mapped[dt.date]
    innlegg: Mapped[int | None]
    replikk: Mapped[int | None]
    svarreplikk: Mapped[int | None]
    replikker: Mapped[int | None]


class Talerpost(Base):
    """A request for the floor, and the speech it became. `taletid`: seconds given when it began; None: no limit."""

    __tablename__ = "talerpost"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    medlemskap_id: Mapped[int] = mapped_column(sa.ForeignKey("medlemskap.id"))
    innleggstype: Mapped[Innleggstype] = mapped_column(kode(Innleggstype))
    status: Mapped[Talerstatus] = mapped_column(kode(Talerstatus), default=Talerstatus.VENTER)
    replikk_til_id: Mapped[int | None] = mapped_column(sa.ForeignKey("talerpost.id"))
    bedt_om: Mapped[dt.datetime]
    startet: Mapped[dt.datetime | None]
    sluttet: Mapped[dt.datetime | None]
    taletid: Mapped[int | None]
    medlemskap: Mapped[Medlemskap] = relationship()


class ElektroniskVotering(Base):
    """A ballot held on the members' own devices. `aapen_i_moete_id`: set while it is open, so that only one can be.

    `objekter`, `mot_objekter`: keys of the segments and proposals of each side; `alternativer`: of each, where there
    are more than two. `votering_id`: the record it became.
    """

    __tablename__ = "elvotering"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    aapen_i_moete_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moete.id"), unique=True)
    voteringsform: Mapped[Voteringsform] = mapped_column(kode(Voteringsform))
    hemmelig: Mapped[bool] = mapped_column(default=False)
    objekter: Mapped[list[Any]]
    mot_objekter: Mapped[list[Any]]
    alternativer: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    aapnet: Mapped[dt.datetime]
    lukket: Mapped[dt.datetime | None]
    votering_id: Mapped[int | None] = mapped_column(sa.ForeignKey("votering.id", ondelete="SET NULL"))
    moetesak: Mapped[Moetesak] = relationship()

    @property
    def sider(self) -> Sequence[Sequence[str]]:
        """The keys of each side: one, or in an alternative ballot two or more."""
        return self.alternativer or [side for side in (self.objekter, self.mot_objekter) if side]


class ElektroniskStemme(Base):
    """A member's vote in an open ballot, once for each. `stemme` None: given in a secret ballot, in a way nobody knows.
    `side`: for which of more than two alternatives.

    `innsendinger`: ids that the member's devices have made, so that what is sent twice counts once and an old sending
    that arrives late changes nothing; empty in a secret ballot.
    """

    __tablename__ = "elstemme"

    elvotering_id: Mapped[int] = mapped_column(sa.ForeignKey("elvotering.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    stemme: Mapped[Stemme | None] = mapped_column(kode(Stemme))
    side: Mapped[int | None]
    innsendinger: Mapped[list[Any]]

    @property
    def svar(self) -> Svar | None:
        """What was voted, as the rules see it."""
        return self.stemme if self.side is None else self.side


class HemmeligOpptelling(Base):
    """How many voted so in a secret ballot; nothing ties a vote to a person or to a time."""

    __tablename__ = "hemmelig_opptelling"

    elvotering_id: Mapped[int] = mapped_column(sa.ForeignKey("elvotering.id"), primary_key=True)
    stemme: Mapped[Stemme] = mapped_column(kode(Stemme), primary_key=True)
    antall: Mapped[int]
