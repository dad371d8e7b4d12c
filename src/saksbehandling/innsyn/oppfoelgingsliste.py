"""What bodies have asked for, and how far it has come: the list, for whoever reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from saksbehandling.identity.rules import Identitet
from saksbehandling.innsyn.paginering import Utsnitt, utsnitt
from saksbehandling.innsyn.tilgang import lesbar_behandling
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.vedtak.models import IKKE_FERDIG, Oppfoelging, Oppfoelgingsstatus, Vedtak

# How many days before its last day a point is marked as near.
NAER_FRIST = 14
VISNINGER: Mapping[str, str] = {
    "": "Ikke ferdige",
    "forfalt": "Over fristen",
    "naer": "Frist innen to uker",
    "uten_frist": "Uten frist",
    "ferdige": "Ferdige",
    "alle": "Alle",
}
Vilkaar = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Oppfoelgingsfilter:
    """What the address asks for. `utvalg`: the code of a body, "" for all."""

    vis: str = ""
    utvalg: str = ""
    ord: str = ""

    @classmethod
    def fra(cls, felter: Mapping[str, str]) -> Oppfoelgingsfilter:
        vis = felter.get("vis", "")
        return cls(vis if vis in VISNINGER else "", felter.get("utvalg", ""), felter.get("ord", "").strip()[:200])

    @property
    def felter(self) -> dict[str, str]:
        return {"vis": self.vis, "utvalg": self.utvalg, "ord": self.ord}

    @property
    def tomt(self) -> bool:
        return not any(self.felter.values())


class Oppfoelgingsliste:
    """Reads for `identitet`: what is published, and what else this person may read."""

    def __init__(self, session: Session, identitet: Identitet, idag: dt.date) -> None:
        self._session = session
        self._identitet = identitet
        self._idag = idag

    def side(self, filter_: Oppfoelgingsfilter, oensket: str) -> tuple[Sequence[Oppfoelging], Utsnitt]:
        """One page: those with the nearest last day first, or of what is over the latest."""
        soek = self._soek(filter_)
        del_ = utsnitt(oensket, self._session.scalar(soek.with_only_columns(sa.func.count(Oppfoelging.id))) or 0)
        ferdige = filter_.vis == "ferdige"
        orden = [Oppfoelging.avsluttet.desc()] if ferdige else [Oppfoelging.frist.is_(None), Oppfoelging.frist]
        rader = (
            soek.options(
                contains_eager(Oppfoelging.vedtak)
                .contains_eager(Vedtak.moetesak)
                .options(
                    contains_eager(Moetesak.saksmappe),
                    joinedload(Moetesak.nummer),
                    contains_eager(Moetesak.saksliste).contains_eager(Saksliste.moete).contains_eager(Moete.utvalg),
                ),
                joinedload(Oppfoelging.besvart_av),
            )
            .order_by(*orden, Oppfoelging.id)
            .limit(del_.per_side)
            .offset(del_.foerste)
        )
        return self._session.scalars(rader).all(), del_

    def antall(self, vis: str) -> int:
        """How many this person sees of a kind."""
        soek = self._soek(Oppfoelgingsfilter(vis)).with_only_columns(sa.func.count(Oppfoelging.id))
        return self._session.scalar(soek) or 0

    def _soek(self, filter_: Oppfoelgingsfilter) -> sa.Select[Oppfoelging]:
        soek = (
            sa.select(Oppfoelging)
            .join(Oppfoelging.vedtak)
            .join(Vedtak.moetesak)
            .join(Moetesak.saksmappe)
            .join(Moetesak.saksliste)
            .join(Saksliste.moete)
            .join(Moete.utvalg)
            .where(
                lesbar_behandling(self._identitet),
                Oppfoelging.status != Oppfoelgingsstatus.AVVIST,
                self._vilkaar(filter_.vis),
            )
        )
        if filter_.utvalg:
            soek = soek.where(Utvalg.kode == filter_.utvalg)
        if filter_.ord:
            moenster = Oppfoelging.tekst.icontains(filter_.ord, autoescape=True)
            soek = soek.where(sa.or_(moenster, Oppfoelging.ansvarlig.icontains(filter_.ord, autoescape=True)))
        return soek

    def _vilkaar(self, vis: str) -> Vilkaar:
        aapen = Oppfoelging.status.in_(IKKE_FERDIG)
        naer = self._idag + dt.timedelta(days=NAER_FRIST)
        return {
            "": aapen,
            "forfalt": sa.and_(aapen, Oppfoelging.frist < self._idag),
            "naer": sa.and_(aapen, Oppfoelging.frist.between(self._idag, naer)),
            "uten_frist": sa.and_(aapen, Oppfoelging.frist.is_(None)),
            "ferdige": sa.not_(aapen),
            "alle": sa.true(),
        }[vis]
