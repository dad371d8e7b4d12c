"""Meetings, sakslister, moetesaker (a body's treatment of a case), attendance and habilitet."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saksbehandling.db import Base, kode
from saksbehandling.identity.rules import Synlighet, lesere
from saksbehandling.moete.kodeverk import Moetestatus, Oppfoering, Varastatus
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Grunntekst, Saksmappe
from saksbehandling.utvalg.models import Medlemskap, Parti, Person, Utvalg
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.models import Flyt


class Moetesaksutfall(StrEnum):
    """What came of a treatment (Noark 5: møteregistreringsstatus). Stored beside the workflow, which moves on."""

    AAPEN = "åpen"
    BEHANDLET = "behandlet"
    UTSATT = "utsatt"
    TILBAKESENDT = "tilbakesendt"
    TRUKKET = "trukket"


class Habilitetsutfall(StrEnum):
    HABIL = "habil"
    INHABIL = "inhabil"


class Moete(Base):
    """A body's meeting. Date and wall times are local (Europe/Oslo), as written."""

    __tablename__ = "moete"
    __table_args__ = (sa.UniqueConstraint("utvalg_id", "dato"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalg_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalg.id"))
    dato: Mapped[dt.date] = mapped_column(index=True)
    starttid: Mapped[dt.time | None]
    sluttid: Mapped[dt.time | None]
    sted: Mapped[str | None] = mapped_column(sa.String(200))
    status: Mapped[Moetestatus] = mapped_column(kode(Moetestatus), default=Moetestatus.PLANLAGT)
    utvalg: Mapped[Utvalg] = relationship()
    saksliste: Mapped[Saksliste | None] = relationship(back_populates="moete")
    oppmoete: Mapped[list[Oppmoete]] = relationship(back_populates="moete", order_by="Oppmoete.id")


class Saksliste(Base):
    """The agenda of a meeting. `publisert`: when it went to the members, and with them to everybody.

    `sen_begrunnelse`: why the summons went out after the body's deadline, where it did.
    """

    __tablename__ = "saksliste"

    id: Mapped[int] = mapped_column(primary_key=True)
    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"), unique=True)
    publisert: Mapped[dt.datetime | None]
    sen_begrunnelse: Mapped[str | None] = mapped_column(sa.Text)
    moete: Mapped[Moete] = relationship(back_populates="saksliste")
    saker: Mapped[list[Moetesak]] = relationship(back_populates="saksliste", order_by="Moetesak.rekkefoelge")


class Moetesaksnummer(Base):
    """A number of a body's series in a year, `PS 87/19`. Used once; a postponed case may carry it on."""

    __tablename__ = "moetesaksnummer"
    __table_args__ = (sa.UniqueConstraint("utvalg_id", "prefiks", "aar", "sekvens"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    utvalg_id: Mapped[int] = mapped_column(sa.ForeignKey("utvalg.id"))
    prefiks: Mapped[str] = mapped_column(sa.String(10))
    aar: Mapped[int]
    sekvens: Mapped[int]

    def __str__(self) -> str:
        return f"{self.sekvens}/{self.aar % 100:02d}"


class Moetesak(Base):
    """One body's treatment of one case in one meeting: the key is (body, meeting, item), never the number.

    `grunntekst`: what is voted on. `avgitt_tekst`: what goes on to the next body. `forrige`: the treatment that was
    postponed to this one. `resultat`: the free code of the minutes. `endret`: when anything of it was last recorded,
    so that every recording moves `radversjon`. `siste_rekkefoelge`: the last place given in the minutes.
    `oppfoering`: how it came on the agenda.
    """

    __tablename__ = "moetesak"
    __table_args__ = (
        sa.UniqueConstraint("saksliste_id", "rekkefoelge"),
        sa.UniqueConstraint("saksliste_id", "nummer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saksliste_id: Mapped[int] = mapped_column(sa.ForeignKey("saksliste.id"))
    rekkefoelge: Mapped[int]
    saksmappe_id: Mapped[int] = mapped_column(sa.ForeignKey("saksmappe.id"), index=True)
    nummer_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesaksnummer.id"), index=True)
    behandlingstype: Mapped[Behandlingstype] = mapped_column(kode(Behandlingstype))
    oppfoering: Mapped[Oppfoering] = mapped_column(kode(Oppfoering), default=Oppfoering.SAKSLISTE)
    tittel: Mapped[str] = mapped_column(sa.Text)
    grunntekst_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grunntekst.id"))
    avgitt_tekst_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grunntekst.id"))
    forrige_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"))
    utfall: Mapped[Moetesaksutfall] = mapped_column(kode(Moetesaksutfall), default=Moetesaksutfall.AAPEN)
    resultat: Mapped[str | None] = mapped_column(sa.String(200))
    utsatt_til: Mapped[dt.date | None]
    saksordfoerer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    saksordfoerer_parti_id: Mapped[int | None] = mapped_column(sa.ForeignKey("parti.id"))
    skjermingshjemmel: Mapped[str | None] = mapped_column(sa.String(200))
    publisert: Mapped[dt.datetime | None]
    flyt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("flyt.id"), unique=True)
    endret: Mapped[dt.datetime]
    siste_rekkefoelge: Mapped[int] = mapped_column(default=0)
    radversjon: Mapped[int] = mapped_column()
    saksliste: Mapped[Saksliste] = relationship(back_populates="saker")
    saksmappe: Mapped[Saksmappe] = relationship()
    nummer: Mapped[Moetesaksnummer] = relationship()
    grunntekst: Mapped[Grunntekst | None] = relationship(foreign_keys=[grunntekst_id])
    avgitt_tekst: Mapped[Grunntekst | None] = relationship(foreign_keys=[avgitt_tekst_id])
    forrige: Mapped[Moetesak | None] = relationship(remote_side=[id])
    saksordfoerer: Mapped[Person | None] = relationship()
    saksordfoerer_parti: Mapped[Parti | None] = relationship()
    flyt: Mapped[Flyt | None] = relationship()
    notater: Mapped[list[Behandlingsnotat]] = relationship(order_by="Behandlingsnotat.rekkefoelge")
    habilitet: Mapped[list[Habilitetsvurdering]] = relationship(order_by="Habilitetsvurdering.rekkefoelge")

    __mapper_args__ = {"version_id_col": radversjon}  # noqa: RUF012 - read by SQLAlchemy, never changed

    @property
    def moete(self) -> Moete:
        return self.saksliste.moete

    @property
    def utvalg(self) -> Utvalg:
        return self.moete.utvalg

    @property
    def saksnummer(self) -> str:
        """With its prefix, as written today: PS 87/19."""
        return f"{self.nummer.prefiks} {self.nummer}"

    @property
    def unntatt(self) -> bool:
        return self.skjermingshjemmel is not None or self.saksmappe.skjermingshjemmel is not None

    @property
    def offentlig_tittel(self) -> str:
        """The title that everybody may see: the case's public one where words are screened."""
        return self.saksmappe.offentlig_tittel if self.unntatt else self.tittel

    @property
    def lesere(self) -> frozenset[str]:
        utvalg_id = self.utvalg.id
        utsendt = frozenset({utvalg_id}) if self.saksliste.publisert else frozenset[int]()
        return lesere(
            Synlighet(
                publisert=self.publisert is not None,
                unntatt=self.unntatt,
                utsendt_til=utsendt,
                ansvarlig_id=self.saksmappe.saksansvarlig_id,
                raadgivere=frozenset({utvalg_id}),
                inhabile=frozenset(self.saksmappe.inhabile or ()),
            )
        )


class Oppmoete(Base):
    """A person's presence in a meeting, from and to a wall time (None: from the start, to the end).

    `fjern`: takes part from elsewhere. `moetesak_id`: a substitute for this item alone, while a member is inhabil.
    """

    __tablename__ = "oppmoete"

    id: Mapped[int] = mapped_column(primary_key=True)
    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"), index=True)
    medlemskap_id: Mapped[int] = mapped_column(sa.ForeignKey("medlemskap.id"))
    vara_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("medlemskap.id"))
    fra: Mapped[dt.time | None]
    til: Mapped[dt.time | None]
    fjern: Mapped[bool] = mapped_column(default=False)
    moetesak_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"))
    moete: Mapped[Moete] = relationship(back_populates="oppmoete")
    medlemskap: Mapped[Medlemskap] = relationship(foreign_keys=[medlemskap_id], lazy="joined", innerjoin=True)
    vara_for: Mapped[Medlemskap | None] = relationship(foreign_keys=[vara_for_id])


class Forfall(Base):
    """A member's lawful absence from a meeting, from and to a wall time (None: all of it).

    `grunn`: for the secretary and the member alone, since it may tell of health. `trukket`: the member comes after all.
    """

    __tablename__ = "forfall"

    id: Mapped[int] = mapped_column(primary_key=True)
    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"), index=True)
    medlemskap_id: Mapped[int] = mapped_column(sa.ForeignKey("medlemskap.id"))
    grunn: Mapped[str] = mapped_column(sa.Text)
    fra: Mapped[dt.time | None]
    til: Mapped[dt.time | None]
    meldt: Mapped[dt.datetime]
    meldt_av: Mapped[str] = mapped_column(sa.String(200))
    godkjent_av: Mapped[str | None] = mapped_column(sa.String(200))
    trukket: Mapped[dt.datetime | None]
    medlemskap: Mapped[Medlemskap] = relationship()


class Varainnkalling(Base):
    """A substitute called to a meeting for a member, or passed over because the substitute cannot come."""

    __tablename__ = "varainnkalling"
    __table_args__ = (sa.UniqueConstraint("moete_id", "medlemskap_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"))
    medlemskap_id: Mapped[int] = mapped_column(sa.ForeignKey("medlemskap.id"))
    vara_for_id: Mapped[int] = mapped_column(sa.ForeignKey("medlemskap.id"))
    status: Mapped[Varastatus] = mapped_column(kode(Varastatus))
    innkalt: Mapped[dt.datetime]
    innkalt_av: Mapped[str] = mapped_column(sa.String(200))
    svart: Mapped[dt.datetime | None]
    medlemskap: Mapped[Medlemskap] = relationship(foreign_keys=[medlemskap_id])
    vara_for: Mapped[Medlemskap] = relationship(foreign_keys=[vara_for_id])


class Deputasjon(Base):
    """People from outside who are heard by the body, besides the meeting itself, perhaps about one of its cases."""

    __tablename__ = "deputasjon"

    id: Mapped[int] = mapped_column(primary_key=True)
    moete_id: Mapped[int] = mapped_column(sa.ForeignKey("moete.id"), index=True)
    moetesak_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moetesak.id"))
    hvem: Mapped[str] = mapped_column(sa.String(200))
    tema: Mapped[str | None] = mapped_column(sa.String(200))
    kl: Mapped[dt.time | None]
    moetesak: Mapped[Moetesak | None] = relationship()


class Behandlingsnotat(Base):
    """A free paragraph of the minutes, in order (`rekkefoelge`) with the proposals and remarks of the treatment."""

    __tablename__ = "behandlingsnotat"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    rekkefoelge: Mapped[int]
    blokker: Mapped[Blocks]


class Habilitetsspoersmaal(Base):
    """A member's habilitet raised by the member or another, until the body decides (`vurdering`).

    `grunn`: for the secretary and whoever raised it; what the body says is minuted in the decision.
    """

    __tablename__ = "habilitetsspoersmaal"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    grunn: Mapped[str] = mapped_column(sa.Text)
    reist: Mapped[dt.datetime]
    reist_av: Mapped[str] = mapped_column(sa.String(200))
    vurdering_id: Mapped[int | None] = mapped_column(sa.ForeignKey("habilitetsvurdering.id"))
    moetesak: Mapped[Moetesak] = relationship()
    person: Mapped[Person] = relationship()


class Habilitetsvurdering(Base):
    """A member's habilitet in a case, as the body decided it (fvl §§ 6-8, kommuneloven § 11-10)."""

    __tablename__ = "habilitetsvurdering"

    id: Mapped[int] = mapped_column(primary_key=True)
    moetesak_id: Mapped[int] = mapped_column(sa.ForeignKey("moetesak.id"), index=True)
    rekkefoelge: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    utfall: Mapped[Habilitetsutfall] = mapped_column(kode(Habilitetsutfall))
    blokker: Mapped[Blocks]
    person: Mapped[Person] = relationship()
