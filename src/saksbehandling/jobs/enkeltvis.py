"""What workers of slow tasks do: one task at a time, and in nobody's way.

The newest order is taken first, since somebody waits for it. While it is carried out no transaction writes. In
PostgreSQL the task's row stays locked meanwhile, so that workers on several machines take different ones; should two
do the same in SQLite, the second finds it done.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.errors import SaksbehandlingError
from saksbehandling.jobs.loekke import Loekke
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import UtboksService

logg = structlog.get_logger(__name__)


class Enkeltvis(Loekke):
    """`sessions` write, `lesere` only read. `slag`: the kinds of task, those first that all others wait for."""

    def __init__(
        self,
        navn: str,
        slag: Sequence[Oppgavetype],
        sessions: sessionmaker[Session],
        lesere: sessionmaker[Session],
        clock: SystemClock,
    ) -> None:
        super().__init__(navn)
        self._slag = slag
        self._sessions = sessions
        self._lesere = lesere
        self._clock = clock

    @abstractmethod
    def _utfoer(self, session: Session, oppgave: Utboks) -> bytes:
        """What was made; nothing where there is nothing to make. What it raises is noted, and tried again."""

    @abstractmethod
    def _lagre(self, session: Session, oppgave: Utboks, laget: bytes) -> None:
        """Keep what was made."""

    def _arbeid(self) -> Sequence[Callable[[], int]]:
        return [self._neste]

    def _neste(self) -> int:
        return int(any(self._ta(slag) for slag in self._slag))

    def _ta(self, slag: Oppgavetype) -> bool:
        with self._lesere() as session:
            oppgave = UtboksService(session, self._clock).neste(slag, nyeste=True)
            if oppgave is None:
                return False
            oppgave_id = oppgave.id
            laget, feil = self._proev(session, oppgave)
        if feil and self._stopp.is_set():
            return False
        with self._sessions.begin() as session:
            self._noter(session, oppgave_id, laget, feil)
        return True

    def _proev(self, session: Session, oppgave: Utboks) -> tuple[bytes, str]:
        """What was made, or why nothing was."""
        hva: Mapping[str, Any] = {"type": oppgave.type, **oppgave.nyttelast}
        try:
            return self._utfoer(session, oppgave), ""
        except SaksbehandlingError as feil:
            logg.warning("oppgave_feilet", feil=str(feil), **hva)
            return b"", str(feil)
        except Exception as feil:  # such as a full disk; the orders behind this one must have their turn
            logg.exception("oppgave_feilet", **hva)
            return b"", repr(feil)

    def _noter(self, session: Session, oppgave_id: int, laget: bytes, feil: str) -> None:
        utboks, oppgave = UtboksService(session, self._clock), session.get_one(Utboks, oppgave_id)
        if feil:
            return utboks.feilet(oppgave, feil)
        if laget:
            self._lagre(session, oppgave, laget)
        return utboks.ferdig(oppgave)
