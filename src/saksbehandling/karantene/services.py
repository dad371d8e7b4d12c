"""Files into the quarantine, and out of the world. In the caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.content import Content
from saksbehandling.documents.store import DiskStore
from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.karantene.models import ALLES, Karantenefil

FLEST_VIST = 500
log = structlog.get_logger(__name__)


class Karantene:
    """`lager`: a folder of its own, from which nothing is ever served. `dager`: how long a file stays."""

    def __init__(self, session: Session, clock: SystemClock, lager: DiskStore, dager: int) -> None:
        self._session, self._clock, self._lager = session, clock, lager
        self._dager = dt.timedelta(days=dager)

    def sett_inn(self, fil: Karantenefil, innhold: Content) -> None:
        """Keep the file apart, and note when it came and when it goes."""
        fil.sjekksum, fil.filstoerrelse = self._lager.put(innhold), len(innhold)
        fil.lastet_opp = self._clock.now()
        fil.slettes = fil.lastet_opp + self._dager
        self._session.add(fil)
        self._session.flush()
        log.warning("opplasting_avvist", karantenefil=fil.id, bruker=fil.bruker_id, sjekksum=fil.sjekksum)

    def synlige_for(self, identitet: Identitet) -> Sequence[Karantenefil]:
        """The newest first: all for the archivist, one's own for everybody else."""
        soek = sa.select(Karantenefil).order_by(Karantenefil.id.desc()).limit(FLEST_VIST)
        if ALLES not in identitet.legitimasjon:
            soek = soek.where(Karantenefil.bruker_id == identitet.bruker_id)
        return [fil for fil in self._session.scalars(soek) if kan_lese(identitet, fil.lesere)]

    def slett_utloepte(self) -> int:
        """Delete what has been here long enough; returns how many."""
        utloept = self._session.scalars(sa.select(Karantenefil).where(Karantenefil.slettes <= self._clock.now())).all()
        for fil in utloept:
            self._session.delete(fil)
        self._session.flush()
        for sjekksum in {fil.sjekksum for fil in utloept}:
            if not self._session.scalar(sa.select(sa.exists().where(Karantenefil.sjekksum == sjekksum))):
                self._lager.remove(sjekksum)
        return len(utloept)
