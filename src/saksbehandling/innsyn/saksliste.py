"""The list of cases: filtered, sorted and paged in the database, of what this person may know of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.errors import InvalidInput
from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.innsyn.adresser import saksadresse
from saksbehandling.innsyn.paginering import Utsnitt, utsnitt
from saksbehandling.innsyn.sakstilstand import UNNTATT, Tilstand, tilstand, tilstand_uten_flyt
from saksbehandling.innsyn.tilgang import Vilkaar, kjent, lesbar
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.rules import les_saksnummer
from saksbehandling.saksmappe.schemas import heltall, linje
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.registry import Registry

SORTERINGER = ("dato", "nummer", "tittel")
FLEST_ORD = 10
LENGSTE_ORD = 200  # characters; no database looks for a pattern without end


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for, as in the address. `sort`: a column, with «-» in front for descending."""

    ord: str = ""
    status: str = ""
    aar: str = ""
    mine: bool = False
    sort: str = "-dato"

    @classmethod
    def fra(cls, felter: Mapping[str, str]) -> Filter:
        sort = felter.get("sort", "")
        return cls(
            linje(felter.get("ord", ""))[:LENGSTE_ORD],
            linje(felter.get("status", ""))[:LENGSTE_ORD],
            felter.get("aar", "") if heltall(felter.get("aar", "")) else "",
            felter.get("mine", "") == "ja",
            sort if sort.removeprefix("-") in SORTERINGER else "-dato",
        )

    @property
    def felter(self) -> dict[str, str]:
        """For the address of another page of the same list."""
        sort = "" if self.sort == "-dato" else self.sort
        return {
            "ord": self.ord,
            "status": self.status,
            "aar": self.aar,
            "mine": "ja" if self.mine else "",
            "sort": sort,
        }

    @property
    def tomt(self) -> bool:
        return not (self.ord or self.status or self.aar or self.mine)


@dataclass(frozen=True, slots=True)
class Saksrad:
    """A case in the list, with the words that this reader may see of it. `ansvarlig`: for the public, its unit."""

    nummer: str
    tittel: str
    arkivsak: str | None
    lenke: str
    tilstand: Tilstand
    ansvarlig: str
    sak: Saksmappe


class Sakslisting:
    """Lists cases for `identitet`. `registry`: the workflow definitions, for the words of the states."""

    def __init__(self, session: Session, identitet: Identitet, registry: Registry) -> None:
        self._session = session
        self._identitet = identitet
        self._registry = registry
        self._lesbar = lesbar(identitet)

    def side(self, filter_: Filter, side: str) -> tuple[list[Saksrad], Utsnitt]:
        """One page of the cases that fit, and which page of how many it is."""
        vilkaar = self._vilkaar(filter_)
        antall = self._session.scalar(sa.select(sa.func.count(Saksmappe.id)).outerjoin(Saksmappe.flyt).where(*vilkaar))
        del_ = utsnitt(side, antall or 0)
        soek = (
            sa.select(Saksmappe)
            .outerjoin(Saksmappe.flyt)
            .where(*vilkaar)
            .order_by(*self._orden(filter_.sort))
            .offset(del_.foerste)
            .limit(del_.per_side)
            .options(joinedload(Saksmappe.flyt), joinedload(Saksmappe.saksansvarlig))
        )
        return self.rader(self._session.scalars(soek).all()), del_

    def rader(self, saker: Sequence[Saksmappe]) -> list[Saksrad]:
        """The cases as rows, with the number of the last treatment that the reader may see."""
        numre = self._siste_numre([sak.id for sak in saker])
        return [self._rad(sak, numre.get(sak.id)) for sak in saker]

    def aar(self) -> list[int]:
        """The years that have cases, newest first."""
        soek = sa.select(Saksmappe.saksaar).where(kjent(self._identitet)).distinct()
        return sorted(self._session.scalars(soek), reverse=True)

    def _vilkaar(self, filter_: Filter) -> list[Vilkaar]:
        vilkaar = [kjent(self._identitet)]
        if filter_.ord:
            vilkaar.append(self._ord(filter_.ord))
        if filter_.status:
            vilkaar.append(sa.and_(self._lesbar, Flyt.aktive == filter_.status))
        if filter_.aar:
            vilkaar.append(Saksmappe.saksaar == int(filter_.aar))
        if filter_.mine:
            vilkaar.append(Saksmappe.saksansvarlig_id == (self._identitet.bruker_id or 0))
        return vilkaar

    @property
    def _tittel(self) -> sa.ColumnElement[str]:
        """The title as this reader may see it: never sort or search by another."""
        return sa.case((self._lesbar, Saksmappe.tittel), else_=Saksmappe.offentlig_tittel)

    def _ord(self, tekst: str) -> Vilkaar:
        """The case of that number, or those with every word in the title."""
        try:
            aar, sekvens = les_saksnummer(tekst)
        except InvalidInput:
            return sa.and_(*(self._i_tittelen(ett) for ett in tekst.split()[:FLEST_ORD]))
        return sa.and_(Saksmappe.saksaar == aar, Saksmappe.sakssekvensnummer == sekvens)

    def _i_tittelen(self, ett: str) -> Vilkaar:
        """SQLite folds the case of a to z only, so the usual ways to write a word with æ, ø or å are asked for."""
        skrivemaater = dict.fromkeys((ett, ett.lower(), ett.capitalize(), ett.upper()))
        return sa.or_(*(self._tittel.icontains(skrevet, autoescape=True) for skrevet in skrivemaater))

    def _orden(self, sort: str) -> list[sa.SQLColumnExpression[Any]]:
        kolonner: dict[str, list[sa.SQLColumnExpression[Any]]] = {
            "dato": [Saksmappe.opprettet_dato, Saksmappe.id],
            "nummer": [Saksmappe.saksaar, Saksmappe.sakssekvensnummer],
            "tittel": [sa.func.lower(self._tittel), Saksmappe.id],
        }
        valgt = kolonner[sort.removeprefix("-")]
        return [kolonne.desc() for kolonne in valgt] if sort.startswith("-") else valgt

    def _siste_numre(self, saker: list[int]) -> dict[int, str]:
        soek = (
            sa.select(Moetesak)
            .join(Saksliste)
            .join(Moete)
            .where(Moetesak.saksmappe_id.in_(saker))
            .order_by(Moete.dato, Moetesak.id)
            .options(
                joinedload(Moetesak.saksliste).joinedload(Saksliste.moete).joinedload(Moete.utvalg),
                joinedload(Moetesak.nummer),
                joinedload(Moetesak.saksmappe),
            )
        )
        moetesaker = self._session.scalars(soek)
        return {ett.saksmappe_id: ett.saksnummer for ett in moetesaker if kan_lese(self._identitet, ett.lesere)}

    def _rad(self, sak: Saksmappe, nummer: str | None) -> Saksrad:
        if not kan_lese(self._identitet, sak.lesere):
            return Saksrad(sak.saksnummer, sak.offentlig_tittel, None, saksadresse(sak), UNNTATT, "", sak)
        return Saksrad(
            nummer or sak.saksnummer,
            sak.tittel,
            sak.saksnummer if nummer else None,
            saksadresse(sak),
            self._tilstand(sak.flyt) or tilstand_uten_flyt(sak),
            self._ansvarlig(sak),
            sak,
        )

    def _ansvarlig(self, sak: Saksmappe) -> str:
        if sak.saksansvarlig is not None and self._identitet.bruker_id is not None:
            return sak.saksansvarlig.navn
        return sak.administrativ_enhet or ""

    def _tilstand(self, flyt: Flyt | None) -> Tilstand | None:
        return tilstand(self._registry.chart(flyt.definisjon, flyt.versjon), flyt.aktive) if flyt else None


def statusvalg(chart: Chart) -> list[tuple[str, str]]:
    """The states that a case can stand in, in the order of the definition, with their words."""
    blader = [navn for navn, tilstand_ in chart.states.items() if navn and not tilstand_.children]
    return [(blad, chart.title(blad)) for blad in blader]
