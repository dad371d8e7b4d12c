"""The worker: takes tasks from the outbox after commit, in a thread of the server or a process of its own.

Every task may run twice (a crash between doing and noting), so every handler is idempotent and takes ids.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import UtboksService

logg = structlog.get_logger(__name__)
PAKKE = 50
PAUSE_SEKUNDER = 0.2


Handlers = Mapping[Oppgavetype, Callable[[Session, Mapping[str, Any]], None]]


class Indeks(Protocol):
    """What the worker needs of the search index."""

    def vannmerke(self) -> int: ...

    def oppdater(self, session: Session, saksmapper: Sequence[int], fjernet: Sequence[str], vannmerke: int) -> None: ...


class Arbeider:
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
        self._sessions = sessions
        self._lesere = lesere
        self._clock = clock
        self._indeks = indeks
        self._behandlere = behandlere
        self._frister = frister
        self._stopp = threading.Event()
        self._traad: threading.Thread | None = None

    def start(self) -> None:
        self._traad = threading.Thread(target=self._kjoer, name="arbeider", daemon=True)
        self._traad.start()

    def stopp(self) -> None:
        """Let the running task finish, then stop."""
        self._stopp.set()
        if self._traad is not None:
            self._traad.join(timeout=30)

    def toem(self) -> int:
        """Do everything that waits; returns the number of tasks. Raises nothing: a failed task waits for a new try."""
        utfoert = 0
        while antall := self.en_runde():
            utfoert += antall
        return utfoert

    def en_runde(self) -> int:
        """One batch of each kind; returns how many tasks were done."""
        with self._sessions.begin() as session:
            fyrt = self._frister(session)
        return fyrt + sum(self._utfoer(kind) for kind in self._behandlere) + self._indekser()

    def _kjoer(self) -> None:
        while not self._stopp.is_set():
            try:
                gjort = self.en_runde()
            except Exception:
                logg.exception("arbeider_feilet")
                gjort = 0
            if not gjort:
                self._stopp.wait(PAUSE_SEKUNDER)

    def _indekser(self) -> int:
        vannmerke = self._indeks.vannmerke()
        with self._lesere() as session:
            oppgaver = UtboksService(session, self._clock).ikke_i_indeksen(vannmerke, PAKKE)
            if not oppgaver:
                return 0
            nummer = [oppgave.id for oppgave in oppgaver]
            saksmapper = list(dict.fromkeys(oppgave.nyttelast["saksmappe_id"] for oppgave in oppgaver))
            fjernet = [noekkel for oppgave in oppgaver for noekkel in oppgave.nyttelast["fjernet"]]
            self._indeks.oppdater(session, saksmapper, fjernet, max(vannmerke, *nummer))
        with self._sessions.begin() as session:
            utboks = UtboksService(session, self._clock)
            for oppgave_id in nummer:
                utboks.ferdig(session.get_one(Utboks, oppgave_id))
        return len(nummer)

    def _utfoer(self, kind: Oppgavetype) -> int:
        utfoert = 0
        while utfoert < PAKKE and self._utfoer_en(kind):
            utfoert += 1
        return utfoert

    def _utfoer_en(self, kind: Oppgavetype) -> int:
        with self._sessions.begin() as session:
            utboks = UtboksService(session, self._clock)
            oppgaver = utboks.neste(kind, 1)
            for oppgave in oppgaver:
                self._proev(session, utboks, oppgave)
            return sum(oppgave.utfoert is not None for oppgave in oppgaver)

    def _proev(self, session: Session, utboks: UtboksService, oppgave: Utboks) -> None:
        try:
            with session.begin_nested():
                self._behandlere[oppgave.type](session, oppgave.nyttelast)
            utboks.ferdig(oppgave)
        except Exception as feil:
            logg.exception("oppgave_feilet", oppgave=oppgave.id, type=oppgave.type)
            oppgave.forsoek += 1
            oppgave.feil = str(feil)
