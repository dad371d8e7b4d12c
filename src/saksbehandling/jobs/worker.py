"""The worker: takes tasks from the outbox after commit, in a thread of the server or a process of its own.

Every task may run twice (a crash between doing and noting), so every handler is idempotent and takes ids. What takes
seconds has a worker of its own (`jobs.pdf`), so that a search finds what was saved a moment ago.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.jobs.indeksering import Enhet
from saksbehandling.jobs.loekke import Loekke
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import UtboksService, laas_indeksen

logg = structlog.get_logger(__name__)
PAKKE = 50


Handlers = Mapping[Oppgavetype, Callable[[Session, Mapping[str, Any]], None]]


class Indeks(Protocol):
    """What the worker needs of the search index."""

    def vannmerke(self, session: Session) -> int: ...

    def oppdater(
        self, session: Session, enheter: Sequence[Enhet], fjernet: Sequence[str], vannmerke: int
    ) -> Mapping[Enhet, str]: ...


class Arbeider(Loekke):
    """`sessions` write, `lesere` only read and keep nobody from writing.

    `behandlere`: what to do for each kind of task, given a session and the task's payload.

    `frister`: fires the deadlines that are due, given a session; returns how many.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        lesere: sessionmaker[Session],
        clock: SystemClock,
        indeks: Indeks,
        behandlere: Handlers,
        frister: Callable[[Session], int],
    ) -> None:
        super().__init__("arbeider")
        self._sessions = sessions
        self._lesere = lesere
        self._clock = clock
        self._indeks = indeks
        self._behandlere = behandlere
        self._frister = frister

    def _arbeid(self) -> Sequence[Callable[[], int]]:
        return [self._fyr_frister, *(partial(self._utfoer, kind) for kind in self._behandlere), self._indekser]

    def _fyr_frister(self) -> int:
        with self._sessions.begin() as session:
            return self._frister(session)

    def _indekser(self) -> int:
        with self._lesere() as session:
            if not laas_indeksen(session, vent=False):
                return 0
            vannmerke = self._indeks.vannmerke(session)
            oppgaver = UtboksService(session, self._clock).ikke_i_indeksen(vannmerke, PAKKE)
            if not oppgaver:
                return 0
            enhet_for = {oppgave.id: Enhet.i(oppgave.nyttelast) for oppgave in oppgaver}
            fjernet = [noekkel for oppgave in oppgaver for noekkel in oppgave.nyttelast["fjernet"]]
            enheter = list(dict.fromkeys(enhet_for.values()))
            ulest = self._indeks.oppdater(session, enheter, fjernet, max(vannmerke, *enhet_for))
        with self._sessions.begin() as session:
            notert = [self._noter(session, oppgave_id, ulest.get(enhet)) for oppgave_id, enhet in enhet_for.items()]
            return notert.count(True)

    def _noter(self, session: Session, oppgave_id: int, feil: str | None) -> bool:
        """Note that an index task is done, or why it failed; returns whether it is done."""
        utboks, oppgave = UtboksService(session, self._clock), session.get_one(Utboks, oppgave_id)
        if feil is None:
            utboks.ferdig(oppgave)
        else:
            utboks.feilet(oppgave, feil)
        return feil is None

    def _utfoer(self, kind: Oppgavetype) -> int:
        """Try each task that waits once. Whoever stops the worker waits for the one under way, not for all."""
        proevd: list[int] = []
        utfoert = 0
        while len(proevd) < PAKKE and not self._stopp.is_set():
            with self._sessions.begin() as session:
                utboks = UtboksService(session, self._clock)
                oppgave = utboks.neste(kind, proevd)
                if oppgave is None:
                    break
                proevd.append(oppgave.id)
                utfoert += self._proev(session, utboks, oppgave)
        return utfoert

    def _proev(self, session: Session, utboks: UtboksService, oppgave: Utboks) -> bool:
        try:
            with session.begin_nested():
                self._behandlere[oppgave.type](session, oppgave.nyttelast)
        except Exception as feil:
            logg.exception("oppgave_feilet", oppgave=oppgave.id, type=oppgave.type)
            utboks.feilet(oppgave, str(feil))
            return False
        utboks.ferdig(oppgave)
        return True
