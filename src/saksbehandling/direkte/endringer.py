"""The change log of a meeting: each change gets the next number, in the transaction that made it.

The row of the meeting is locked first, so that changes come one after the other in every database, and a reader who
has seen number N has seen all until N.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.direkte.kodeverk import Direktehendelse
from saksbehandling.direkte.models import Direkteendring, Direktemoete
from saksbehandling.errors import Refusal
from saksbehandling.moete.models import Moete, Moetesak


class Endringslogg:
    def __init__(self, session: Session, clock: SystemClock) -> None:
        self._session = session
        self._clock = clock

    def laas(self, moete: Moete) -> Direktemoete:
        """The meeting as it is now, kept from others until the transaction ends. Raises `Refusal` if it is not held."""
        direkte = self._session.get(Direktemoete, moete.id, with_for_update=True, populate_existing=True)
        if direkte is None or direkte.avsluttet is not None:
            raise Refusal(["Møtet er ikke i gang. Møtelederen eller sekretæren starter det."])
        return direkte

    def noter(self, direkte: Direktemoete, hendelse: Direktehendelse) -> None:
        direkte.sekvens += 1
        rad = Direkteendring(
            moete_id=direkte.moete_id, sekvens=direkte.sekvens, hendelse=hendelse, tidspunkt=self._clock.now()
        )
        self._session.add(rad)
        self._session.flush()

    def sak_endret(self, saksmappe_id: int) -> None:
        """Something was recorded in a case: note it in the meeting that has it up."""
        self._noter_der(
            Direktemoete.moetesak_id.in_(sa.select(Moetesak.id).where(Moetesak.saksmappe_id == saksmappe_id)),
            Direktehendelse.SAK_ENDRET,
        )

    def frammoete_endret(self, moete_id: int) -> None:
        """Somebody came or went."""
        self._noter_der(Direktemoete.moete_id == moete_id, Direktehendelse.FRAMMOETE)

    def _noter_der(self, vilkaar: sa.ColumnElement[bool], hendelse: Direktehendelse) -> None:
        soek = sa.select(Direktemoete).where(vilkaar, Direktemoete.avsluttet.is_(None)).with_for_update()
        for direkte in self._session.scalars(soek.execution_options(populate_existing=True)).all():
            self.noter(direkte, hendelse)
