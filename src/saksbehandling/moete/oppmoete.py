"""Who is present in a meeting, and which substitutes stand in for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.moete.models import Habilitetsutfall, Moete, Moetesak, Oppmoete
from saksbehandling.utvalg.models import Funksjon, Medlemskap


def inne(moete: Moete) -> list[Oppmoete]:
    """Who is in the meeting now; a substitute for one item alone is not."""
    return [rad for rad in moete.oppmoete if rad.til is None and rad.moetesak_id is None]


def inne_i(moetesak: Moetesak) -> list[Oppmoete]:
    """Who has a vote in the case now: those present who are not inhabile, and the substitutes for this item."""
    inhabile = inhabile_i(moetesak)
    for_saken = [rad for rad in moetesak.moete.oppmoete if rad.til is None and rad.moetesak_id == moetesak.id]
    return [rad for rad in inne(moetesak.moete) if rad.medlemskap.person_id not in inhabile] + for_saken


def inhabile_i(moetesak: Moetesak) -> set[int]:
    """Ids of the persons who are inhabile in the treatment, by what the body last decided of each."""
    siste = {rad.person_id: rad.utfall for rad in moetesak.habilitet}
    return {person_id for person_id, utfall in siste.items() if utfall is Habilitetsutfall.INHABIL}


@dataclass(frozen=True, slots=True)
class Oppmoeteoversikt:
    """Who is present now, in words and counts. `per_parti`: party code -> present; `borte`: members not present."""

    til_stede: int
    plasser: int
    per_parti: Mapping[str, int]
    rader: Sequence[Oppmoete]
    borte: Sequence[Medlemskap]
    endringer: Sequence[Oppmoete]

    @property
    def varaer(self) -> Sequence[Oppmoete]:
        return [rad for rad in self.rader if rad.medlemskap.funksjon is Funksjon.VARAMEDLEM]


def oppmoete(session: Session, moete: Moete, medlemmer: Sequence[Medlemskap]) -> Oppmoeteoversikt:
    """The attendance of a meeting. `medlemmer`: members and substitutes of the body on that day."""
    rader = session.scalars(
        sa.select(Oppmoete)
        .where(Oppmoete.moete_id == moete.id, Oppmoete.moetesak_id.is_(None))
        .options(joinedload(Oppmoete.vara_for))
        .order_by(Oppmoete.id)
    ).all()
    naa = [rad for rad in rader if rad.til is None]
    inne_id = {rad.medlemskap_id for rad in naa}
    faste = [rad for rad in medlemmer if rad.funksjon is not Funksjon.VARAMEDLEM]
    return Oppmoeteoversikt(
        til_stede=len(naa),
        plasser=len(faste),
        per_parti=Counter(rad.medlemskap.parti.kode for rad in naa),
        rader=naa,
        borte=[rad for rad in faste if rad.id not in inne_id] if rader else [],
        endringer=[rad for rad in rader if rad.til is not None or rad.fra is not None],
    )


def oppmoetemerke(rader: Iterable[Oppmoete]) -> str:
    """A mark that changes with the attendance, so that who saw an older one meets a conflict."""
    alle = list(rader)
    return f"{max((rad.id for rad in alle), default=0)}-{sum(rad.til is None for rad in alle)}"


def vara_for(inne: Iterable[Medlemskap], alle: Sequence[Medlemskap]) -> dict[int, Medlemskap]:
    """Who each substitute present stands in for: the absent members of the group, in the order of the substitutes."""
    inne_id = {rad.id for rad in inne}
    borte = [rad for rad in alle if rad.funksjon is not Funksjon.VARAMEDLEM and rad.id not in inne_id]
    funnet: dict[int, Medlemskap] = {}
    for vara in (rad for rad in alle if rad.funksjon is Funksjon.VARAMEDLEM and rad.id in inne_id):
        ledig = next((rad for rad in borte if rad.gruppe_id == vara.gruppe_id), None)
        if ledig is not None:
            borte.remove(ledig)
            funnet[vara.id] = ledig
    return funnet


def hoppet_over(inne: Iterable[Medlemskap], alle: Sequence[Medlemskap]) -> list[Medlemskap]:
    """Substitutes who are not present although one elected after them in the same group is (domain guide M23)."""
    inne_id = {rad.id for rad in inne}
    sist = {
        rad.gruppe_id: rad.vararekkefoelge or 0
        for rad in alle
        if rad.funksjon is Funksjon.VARAMEDLEM and rad.id in inne_id
    }
    return [
        rad
        for rad in alle
        if rad.funksjon is Funksjon.VARAMEDLEM
        and rad.id not in inne_id
        and (rad.vararekkefoelge or 0) < sist.get(rad.gruppe_id, 0)
    ]
