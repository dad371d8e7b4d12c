"""Who takes a seat in a body, who leaves it and when. Rows are added and dated, never removed: votes rest on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.errors import Conflict, InvalidInput
from saksbehandling.moete.models import Moete, Oppmoete
from saksbehandling.utvalg.medlemskap import krev_i_perioden, krev_ledig
from saksbehandling.utvalg.models import Funksjon, Gruppe, Medlemskap, Parti, Person, Utvalgsperiode
from saksbehandling.utvalg.services import plassering


class Medlemsfoering:
    """The members of one body in one election period. Everything happens in the caller's transaction."""

    def __init__(self, session: Session, periode: Utvalgsperiode) -> None:
        self._session = session
        self._periode = periode

    def alle(self) -> Sequence[Medlemskap]:
        """Everyone who sits, has sat or will sit there, members first, by party; substitutes in their order."""
        soek = sa.select(Medlemskap).where(Medlemskap.utvalgsperiode_id == self._periode.id)
        return sorted(self._session.scalars(soek), key=plassering)

    def ny(self, person: Person, parti: Parti, funksjon: Funksjon, fra: dt.date) -> Medlemskap:
        """Give a seat from `fra` to the end of the period; a substitute comes last in the party's group.

        Raises `InvalidInput` outside the period, and `Conflict` when the person sits there or no seat is free.
        """
        krev_i_perioden(self._periode, fra, "fra")
        self._session.refresh(self._periode, with_for_update=True)
        alle = self.alle()
        nytt = Medlemskap(person=person, parti=parti, funksjon=funksjon, fra=fra)
        krev_ledig(nytt, alle, self._periode.plasser)
        nytt.gruppe = self._gruppe(parti, alle)
        if funksjon is Funksjon.VARAMEDLEM:
            numre = [rad.vararekkefoelge or 0 for rad in alle if rad.gruppe_id == nytt.gruppe.id]
            nytt.vararekkefoelge = max(numre, default=0) + 1
        nytt.utvalgsperiode_id = self._periode.id
        self._session.add(nytt)
        self._session.flush()
        return nytt

    def siste_dag(self, medlemskap: Medlemskap, til: dt.date | None) -> None:
        """Let a seat end with `til`, or (None) last the period out again.

        Raises `InvalidInput` for a day before the seat began or a meeting that is recorded, and `Conflict` as `ny`.
        """
        self._session.refresh(self._periode, with_for_update=True)
        if til is not None:
            self._krev_etter(medlemskap, til)
        medlemskap.til = til
        krev_ledig(medlemskap, [rad for rad in self.alle() if rad is not medlemskap], self._periode.plasser)
        self._session.flush()

    def _krev_etter(self, medlemskap: Medlemskap, til: dt.date) -> None:
        krev_i_perioden(self._periode, til, "til")
        if medlemskap.fra and til < medlemskap.fra:
            raise InvalidInput(f"{medlemskap.person.navn} trer inn først {medlemskap.fra:%d.%m.%Y}.", "til")
        moett = sa.or_(Oppmoete.medlemskap_id == medlemskap.id, Oppmoete.vara_for_id == medlemskap.id)
        siste = self._session.scalar(sa.select(sa.func.max(Moete.dato)).join(Oppmoete.moete).where(moett))
        if siste and til < siste:
            raise InvalidInput(
                f"{medlemskap.person.navn} er ført i møtet {siste:%d.%m.%Y}. Den siste dagen kan ikke være før det.",
                "til",
            )

    def _gruppe(self, parti: Parti, alle: Sequence[Medlemskap]) -> Gruppe:
        """The group in which the party stood, joint list or its own; a new one where it has none."""
        brukt = next((rad.gruppe for rad in alle if rad.parti is parti and rad.gruppe), None)
        egen = sa.select(Gruppe).where(Gruppe.utvalgsperiode_id == self._periode.id, Gruppe.navn == parti.navn)
        gruppe = brukt or self._session.scalar(egen)
        if gruppe is None:
            gruppe = Gruppe(utvalgsperiode_id=self._periode.id, navn=parti.navn)
            self._session.add(gruppe)
            self._session.flush()
        return gruppe


def krev_periode(periode: Utvalgsperiode | None) -> Utvalgsperiode:
    """Raises `Conflict` where nothing holds today."""
    if periode is None:
        raise Conflict("Utvalget har ingen valgperiode i dag, og kan derfor ikke få medlemmer.")
    return periode
