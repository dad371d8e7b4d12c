"""What the protocol of a meeting says: as it was frozen, or gathered from the meeting as it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.moete.forfall import KOMMER, ForfallService
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Oppmoete
from saksbehandling.protokoll.data import fra_json as fra_sak
from saksbehandling.protokoll.lesing import moeteprotokoll_i, protokoll_i
from saksbehandling.protokoll.moetedata import (
    Forfallslinje,
    Frammoetelinje,
    Moeteprotokolldata,
    Protokollsak,
    fra_json,
)
from saksbehandling.protokoll.ordlyd import FUNKSJONER, protokollord
from saksbehandling.protokoll.utkast import Saksprotokollutkast
from saksbehandling.utvalg.models import Funksjon, Medlemskap
from saksbehandling.utvalg.services import UtvalgService


class Moeteprotokollutkast:
    """Reads, and stores nothing."""

    def __init__(
        self, session: Session, utvalg: UtvalgService, saksprotokoller: Saksprotokollutkast, forfall: ForfallService
    ) -> None:
        self._session = session
        self._utvalg = utvalg
        self._saksprotokoller = saksprotokoller
        self._forfall = forfall

    def data(self, moete: Moete) -> Moeteprotokolldata:
        """What the protocol says: as frozen, or before that as it would be now."""
        frosset = moeteprotokoll_i(self._session, moete)
        return fra_json(frosset.data) if frosset else self.utkast(moete)

    def utkast(self, moete: Moete) -> Moeteprotokolldata:
        """Gather the meeting as it stands now."""
        faste, frammoete = self._faste(moete), self._oppmoete(moete)
        return Moeteprotokolldata(
            kommune=self._saksprotokoller.kommune,
            utvalg=moete.utvalg.navn,
            moetedato=moete.dato,
            starttid=_kl(moete.starttid),
            sluttid=_kl(moete.sluttid),
            sted=moete.sted or "",
            frammoete=tuple(_frammoetelinjer(frammoete, moete.utvalg.malform)),
            forfall=tuple(self._forfallslinjer(moete, faste, frammoete)),
            plasser=len(faste),
            saker=tuple(self._sak(moetesak) for moetesak in saksliste(self._session, moete)),
            malform=moete.utvalg.malform,
        )

    def _sak(self, moetesak: Moetesak) -> Protokollsak:
        hjemmel = moetesak.skjermingshjemmel or moetesak.saksmappe.skjermingshjemmel or ""
        frosset = protokoll_i(self._session, moetesak)
        data = fra_sak(frosset.data) if frosset else self._saksprotokoller.utkast(moetesak, None)
        return Protokollsak(moetesak.id, moetesak.saksnummer, moetesak.offentlig_tittel, hjemmel, data)

    def _forfallslinjer(
        self, moete: Moete, faste: Sequence[Medlemskap], rader: Sequence[Oppmoete]
    ) -> Iterable[Forfallslinje]:
        """Members who never were there; where attendance is not recorded yet, those who have reported that they cannot.

        The substitute is whoever met, or else whoever is called. That somebody stayed away without a word is told only
        where absence is reported here.
        """
        meldt = {rad.medlemskap_id for rad in self._forfall.alle(moete)}
        innkalt = {rad.vara_for_id: rad for rad in self._forfall.innkallinger(moete) if rad.status in KOMMER}
        varaer = {nr: rad.medlemskap for nr, rad in innkalt.items() if not rader}
        varaer |= {rad.vara_for_id: rad.medlemskap for rad in rader if rad.vara_for_id}
        moett = {rad.medlemskap_id for rad in rader}
        ord_ = protokollord(moete.utvalg.malform)
        for medlem in faste:
            if medlem.id not in moett and (rader or medlem.id in meldt):
                vara = varaer[medlem.id].person.navn if medlem.id in varaer else ""
                merknad = ord_.ikke_meldt if meldt and medlem.id not in meldt else ""
                yield Forfallslinje(medlem.person.navn, medlem.parti.kode, vara, merknad)

    def _faste(self, moete: Moete) -> Sequence[Medlemskap]:
        alle = self._utvalg.medlemmer(moete.utvalg, moete.dato)
        return [rad for rad in alle if rad.funksjon is not Funksjon.VARAMEDLEM]

    def _oppmoete(self, moete: Moete) -> Sequence[Oppmoete]:
        return self._session.scalars(
            sa.select(Oppmoete)
            .where(Oppmoete.moete_id == moete.id)
            .options(joinedload(Oppmoete.vara_for))
            .order_by(Oppmoete.id)
        ).all()


def _frammoetelinjer(rader: Sequence[Oppmoete], malform: str) -> Iterable[Frammoetelinje]:
    """One line for each person, with when they came and went."""
    for medlem in dict.fromkeys(rad.medlemskap for rad in rader):
        mine = [rad for rad in rader if rad.medlemskap is medlem]
        vara_for = next((rad.vara_for for rad in mine if rad.vara_for), None)
        yield Frammoetelinje(
            medlem.person.navn,
            medlem.parti.kode,
            FUNKSJONER[malform][medlem.funksjon],
            vara_for.person.navn if vara_for else "",
            ", ".join(_gang(rad, malform) for rad in mine if rad.fra or rad.til),
        )


def _gang(rad: Oppmoete, malform: str) -> str:
    ord_ = protokollord(malform)
    kom = ord_.kom.format(kl=_kl(rad.fra)) if rad.fra else ""
    return ", ".join(filter(None, (kom, ord_.gikk.format(kl=_kl(rad.til)) if rad.til else "")))


def _kl(tid: dt.time | None) -> str:
    return f"{tid:%H.%M}" if tid else ""
