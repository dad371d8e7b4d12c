"""Bodies and people. Party belongs to (person, body, period); group and party are two facts."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base
from saksbehandling.db import kode as kodeliste


class Utvalgstype(StrEnum):
    KOMMUNESTYRE = "kommunestyre"
    FORMANNSKAP = "formannskap"
    KOMITE = "komite"
    RAAD = "raad"


class Funksjon(StrEnum):
    LEDER = "leder"
    NESTLEDER = "nestleder"
    MEDLEM = "medlem"
    VARAMEDLEM = "varamedlem"


class Partitype(StrEnum):
    PARTI = "parti"
    ORGANISASJON = "organisasjon"


class Valgperiode(Base):
    """An election period, such as 2015–2019; both dates inclusive."""

    __tablename__ = "valgperiode"

    id: Mapped[int] = mapped_column(primary_key=True)
    navn: Mapped[str] = mapped_column(sa.String(40), unique=True)
    fra: Mapped[dt.date]
    til: Mapped[dt.date]


class Utvalg(Base):
    """A body (folkevalgt organ). `malform`: «nb» or «nn», what it writes in.

    `regelversjoner`: what its reglement decides, every version there has been.
    """

    __tablename__ = "utvalg"

    id: Mapped[int] = mapped_column(primary_key=True)
    kode: Mapped[str] = mapped_column(sa.String(80), unique=True)
    navn: Mapped[str] = mapped_column(sa.String(200), unique=True)
    malform: Mapped[str] = mapped_column(sa.String(2), default="nb", server_default="nb")
    utvalgstype: Mapped[Utvalgstype] = mapped_column(kodeliste(Utvalgstype))
    overordnet_id: Mapped[int | None] = mapped_column(sa.ForeignKey("utvalg.id"))
    gyldig_fra: Mapped[dt.date | None]
    gyldig_til: Mapped[dt.date | None]
    navnevarianter: Mapped[list[Any]] = mapped_column(default=list)
    perioder: Mapped[list[Utvalgsperiode]] = relationship(back_populates="utvalg")
    regelversjoner: Mapped[list[Utvalgsregler]] = relationship(order_by="Utvalgsregler.id")


class Utvalgsregler(Base):
    """What a body's reglement decides from a day on. A version is added, never changed: the list is the history.

    `innkallingsfrist`: days from the summons to the meeting. `nummerserier`: pairs of prefix and name, the usual one
    first. `felles_nummer`: the series share one sequence. `tilfoersel_avgjoeres`: the body decides whether a
    protokolltilførsel is taken in; otherwise a member has a right to it. `blanke_tillatt`: the members of
    a council that is no elected body may vote blank. `hjemmel`: where the reglement says so.
    """

    __tablename__ = "utvalgsregler"

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalg_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalg.id"), index=True)
    gyldig_fra: Mapped[dt.date]
    innkallingsfrist: Mapped[int]
    nummerserier: Mapped[list[Any]]
    felles_nummer: Mapped[bool]
    behold_nummer_ved_utsettelse: Mapped[bool]
    tilfoersel_avgjoeres: Mapped[bool] = mapped_column(server_default=sa.true())
    blanke_tillatt: Mapped[bool] = mapped_column(server_default=sa.false())
    hjemmel: Mapped[str] = mapped_column(sa.String(200))
    registrert: Mapped[dt.datetime | None]
    registrert_av: Mapped[str | None] = mapped_column(sa.String(200))


class Utvalgsperiode(Base):
    """A body in one election period. `plasser`: its seats; None where nobody has recorded them."""

    __tablename__ = "utvalgsperiode"
    __table_args__ = (sa.UniqueConstraint("utvalg_id", "valgperiode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalg_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalg.id"))
    valgperiode_id: Mapped[int] = mapped_column(sa.ForeignKey("valgperiode.id"))
    plasser: Mapped[int | None]
    utvalg: Mapped[Utvalg] = relationship(back_populates="perioder")
    valgperiode: Mapped[Valgperiode] = relationship()
    medlemskap: Mapped[list[Medlemskap]] = relationship(back_populates="utvalgsperiode")


class Parti(Base):
    """A party, or an organisation that stands where parties stand. `rekkefoelge`: order in listings."""

    __tablename__ = "parti"

    id: Mapped[int] = mapped_column(primary_key=True)
    kode: Mapped[str] = mapped_column(sa.String(80), unique=True)
    navn: Mapped[str] = mapped_column(sa.String(200))
    partitype: Mapped[Partitype] = mapped_column(kodeliste(Partitype), default=Partitype.PARTI)
    rekkefoelge: Mapped[int] = mapped_column(default=0)


class Gruppe(Base):
    """An electoral group (the list that stood in the body's own election), perhaps a joint list."""

    __tablename__ = "gruppe"
    __table_args__ = (sa.UniqueConstraint("utvalgsperiode_id", "navn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalgsperiode_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalgsperiode.id"))
    navn: Mapped[str] = mapped_column(sa.String(200))


class Person(Base):
    """A person. Names are not identity: `navnevarianter` holds other spellings that were met."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    fornavn: Mapped[str] = mapped_column(sa.String(120))
    etternavn: Mapped[str] = mapped_column(sa.String(120), index=True)
    navnevarianter: Mapped[list[Any]] = mapped_column(default=list)
    bruker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bruker.id"), unique=True)
    medlemskap: Mapped[list[Medlemskap]] = relationship(back_populates="person")

    @property
    def navn(self) -> str:
        return f"{self.fornavn} {self.etternavn}".strip()


class Medlemskap(Base):
    """A person's seat or substitute place in a body in a period; always read with the name and the party.

    `vararekkefoelge`: the substitute's elected place within the group, from 1; None for members.
    """

    __tablename__ = "medlemskap"
    __table_args__ = (sa.UniqueConstraint("gruppe_id", "vararekkefoelge"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    utvalgsperiode_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalgsperiode.id"), index=True)
    parti_id: Mapped[int] = mapped_column(sa.ForeignKey("parti.id"))
    gruppe_id: Mapped[int | None] = mapped_column(sa.ForeignKey("gruppe.id"))
    funksjon: Mapped[Funksjon] = mapped_column(kodeliste(Funksjon), default=Funksjon.MEDLEM)
    vararekkefoelge: Mapped[int | None]
    fra: Mapped[dt.date | None]
    til: Mapped[dt.date | None]
    person: Mapped[Person] = relationship(back_populates="medlemskap", lazy="joined", innerjoin=True)
    utvalgsperiode: Mapped[Utvalgsperiode] = relationship(back_populates="medlemskap")
    parti: Mapped[Parti] = relationship(lazy="joined", innerjoin=True)
    gruppe: Mapped[Gruppe | None] = relationship()
