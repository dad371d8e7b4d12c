"""Proposals, remarks and ballots. Proposals and ballots are many-to-many; against-counts are facts."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.models import Parti, Person
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.personstemmer import Svar


class Forslag(Base):
    """A proposal. `betegnelse`: what the minutes call it. `overskrift`: its heading line, where it was written by hand.

    `maal`: the segment that it changes or strikes. `anker`: the segment after which an addition goes. `sitat`: the
    words that it names. Proposals and remarks of a treatment share one number series (`nummer`). `innsendt_av_id`: the
    account of the member who filed it. `mottatt`: when the secretary took it into the treatment.
    """

    __tablename__ = "forslag"
    __table_args__ = (sa.UniqueConstraint("moetesak_id", "nummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"))
    nummer: Mapped[int]
    rekkefoelge: Mapped[int]
    forslagstype: Mapped[Forslagstype] = mapped_column(kode(Forslagstype))
    betegnelse: Mapped[str] = mapped_column(sa.String(120))
    overskrift: Mapped[str | None] = mapped_column(sa.Text)
    blokker: Mapped[Blocks]
    sitat: Mapped[str | None] = mapped_column(sa.Text)
    maal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    anker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    utfall: Mapped[Forslagsstatus] = mapped_column(kode(Forslagsstatus), default=Forslagsstatus.FRAMSATT)
    framsatt: Mapped[dt.datetime]
    innsendt_av_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    mottatt: Mapped[dt.datetime | None]
    moetesak: Mapped[Moetesak] = relationship()
    maal: Mapped[Segment | None] = relationship(foreign_keys=[maal_id])
    anker: Mapped[Segment | None] = relationship(foreign_keys=[anker_id])
    stillere: Mapped[list[Forslagsstiller]] = relationship(
        order_by="Forslagsstiller.rekkefoelge", cascade="all, delete-orphan"
    )
    paa_vegne_av: Mapped[list[ForslagPaaVegneAv]] = relationship(
        order_by="ForslagPaaVegneAv.rekkefoelge", cascade="all, delete-orphan"
    )

    @property
    def venter(self) -> bool:
        """Whether a member has filed it, and the secretary has not taken it into the treatment."""
        filed = self.innsendt_av_id is not None and self.mottatt is None
        return filed and self.utfall is Forslagsstatus.FRAMSATT


class Forslagsstiller(Base):
    """Who moved it: a person with the party they stood for then, or (`navn`) a group without a name."""

    __tablename__ = "forslagsstiller"

    forslag_id: Mapped[int] = mapped_column(sa.ForeignKey("forslag.id"), primary_key=True)
    rekkefoelge: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    parti_id: Mapped[int | None] = mapped_column(sa.ForeignKey("parti.id"))
    navn: Mapped[str] = mapped_column(sa.String(200))
    person: Mapped[Person | None] = relationship()
    parti: Mapped[Parti | None] = relationship()


class ForslagPaaVegneAv(Base):
    """A party on whose behalf a proposal was moved (pva)."""

    __tablename__ = "forslag_paa_vegne_av"

    forslag_id: Mapped[int] = mapped_column(sa.ForeignKey("forslag.id"), primary_key=True)
    rekkefoelge: Mapped[int] = mapped_column(primary_key=True)
    parti_id: Mapped[int] = mapped_column(sa.ForeignKey("parti.id"))
    parti: Mapped[Parti] = relationship()


class Merknad(Base):
    """A remark: it changes no text; parties join it. `navn`: who made it, as minuted.

    `tilslutning`: the sentence of the minutes in which they join, where it was written by hand. `flertall`: whether
    they were a majority, told where the seats cannot tell.
    """

    __tablename__ = "merknad"
    __table_args__ = (sa.UniqueConstraint("moetesak_id", "nummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"))
    nummer: Mapped[int]
    rekkefoelge: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    parti_id: Mapped[int] = mapped_column(sa.ForeignKey("parti.id"))
    navn: Mapped[str] = mapped_column(sa.String(200))
    overskrift: Mapped[str | None] = mapped_column(sa.Text)
    blokker: Mapped[Blocks]
    tilslutning: Mapped[str | None] = mapped_column(sa.Text)
    flertall: Mapped[bool | None]
    moetesak: Mapped[Moetesak] = relationship()
    person: Mapped[Person | None] = relationship()
    parti: Mapped[Parti] = relationship()
    tilslutninger: Mapped[list[Merknadstilslutning]] = relationship(
        order_by="Merknadstilslutning.rekkefoelge", cascade="all, delete-orphan"
    )


class Merknadstilslutning(Base):
    """A party that joined a remark, in the order recorded."""

    __tablename__ = "merknadstilslutning"

    merknad_id: Mapped[int] = mapped_column(sa.ForeignKey("merknad.id"), primary_key=True)
    parti_id: Mapped[int] = mapped_column(sa.ForeignKey("parti.id"), primary_key=True)
    rekkefoelge: Mapped[int]
    parti: Mapped[Parti] = relationship()


class Votering(Base):
    """A ballot. `til_stede`: members present at it, None where nobody recorded them; then no for-count exists.

    `ansettelse`: it is about an appointment, where members may vote blank.
    `setning`: the sentence of the minutes. `moeteleders_stemme`: the vote that decides a tie. `vinner`: the side that
    won (0: adopted, or the first alternative; 1: fell, or the other; and so on where there are more); None for a trial,
    and where none of several alternatives had a majority. `alternativstemmer`: the votes where there are more than two.
    """

    __tablename__ = "votering"
    __table_args__ = (sa.UniqueConstraint("moetesak_id", "nummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"))
    nummer: Mapped[int]
    voteringsform: Mapped[Voteringsform] = mapped_column(kode(Voteringsform))
    til_stede: Mapped[int | None]
    stemmer_for: Mapped[int | None]
    stemmer_mot: Mapped[int | None]
    blanke: Mapped[int | None]
    enstemmig: Mapped[bool] = mapped_column(default=False)
    ansettelse: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    vinner: Mapped[int | None]
    moeteleders_stemme: Mapped[Stemme | None] = mapped_column(kode(Stemme))
    setning: Mapped[str] = mapped_column(sa.Text)
    registrert: Mapped[dt.datetime]
    moetesak: Mapped[Moetesak] = relationship()
    objekter: Mapped[list[Voteringsobjekt]] = relationship(
        order_by="Voteringsobjekt.id", back_populates="votering", cascade="all, delete-orphan"
    )
    partistemmer: Mapped[list[Partistemmer]] = relationship(
        order_by="Partistemmer.rekkefoelge", cascade="all, delete-orphan"
    )
    personstemmer: Mapped[list[Personstemme]] = relationship(cascade="all, delete-orphan")
    # Few ballots have any, and every list of ballots asks for them: read with the list.
    alternativstemmer: Mapped[list[Alternativstemmer]] = relationship(
        order_by="Alternativstemmer.rekkefoelge", cascade="all, delete-orphan", lazy="selectin"
    )


class Voteringsobjekt(Base):
    """What a ballot is about: a segment or a proposal. `side`: 0, or 1 and on for the other alternatives."""

    __tablename__ = "voteringsobjekt"
    __table_args__ = (sa.CheckConstraint("(segment_id IS NULL) <> (forslag_id IS NULL)", "ett_objekt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    votering_id: Mapped[int] = mapped_column(sa.ForeignKey("votering.id"), index=True)
    side: Mapped[int] = mapped_column(default=0)
    segment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("segment.id"))
    forslag_id: Mapped[int | None] = mapped_column(sa.ForeignKey("forslag.id"))
    votering: Mapped[Votering] = relationship(back_populates="objekter")
    segment: Mapped[Segment | None] = relationship()
    forslag: Mapped[Forslag | None] = relationship()


class Partistemmer(Base):
    """How many of a party's members voted so."""

    __tablename__ = "partistemmer"
    __table_args__ = (sa.CheckConstraint("antall > 0", "antall_positivt"),)

    votering_id: Mapped[int] = mapped_column(sa.ForeignKey("votering.id"), primary_key=True)
    parti_id: Mapped[int] = mapped_column(sa.ForeignKey("parti.id"), primary_key=True)
    stemme: Mapped[Stemme] = mapped_column(kode(Stemme), primary_key=True)
    rekkefoelge: Mapped[int]
    antall: Mapped[int]
    parti: Mapped[Parti] = relationship()


class Alternativstemmer(Base):
    """How many of a party's members voted for one of more than two alternatives; `side` as its objects have it."""

    __tablename__ = "alternativstemmer"
    __table_args__ = (sa.CheckConstraint("antall > 0", "antall_positivt"),)

    votering_id: Mapped[int] = mapped_column(sa.ForeignKey("votering.id"), primary_key=True)
    side: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parti_id: Mapped[int] = mapped_column(sa.ForeignKey("parti.id"), primary_key=True)
    rekkefoelge: Mapped[int]
    antall: Mapped[int]
    parti: Mapped[Parti] = relationship(lazy="joined")


class Personstemme(Base):
    """One person's vote in an open ballot, where it is known. `side`: for which of more than two alternatives."""

    __tablename__ = "personstemme"

    votering_id: Mapped[int] = mapped_column(sa.ForeignKey("votering.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    stemme: Mapped[Stemme] = mapped_column(kode(Stemme))
    side: Mapped[int | None]
    person: Mapped[Person] = relationship()

    @property
    def svar(self) -> Svar:
        """What was voted, as the rules see it."""
        return self.stemme if self.side is None else self.side


def personstemme(person_id: int, svar: Svar) -> Personstemme:
    """The row of one person's vote."""
    if isinstance(svar, Stemme):
        return Personstemme(person_id=person_id, stemme=svar)
    return Personstemme(person_id=person_id, stemme=Stemme.FOR, side=svar)
