"""The worker that makes PDF: slow, one document at a time, and in nobody's way.

The newest order is taken first, since somebody waits for it. While LibreOffice works no transaction writes. In
PostgreSQL the task's row stays locked meanwhile, so that workers on several machines take different ones; should two
make the same in SQLite, the second finds it made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.errors import SaksbehandlingError
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.jobs.loekke import Loekke
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import UtboksService
from saksbehandling.saksmappe.models_pdf import Pdfutgave
from saksbehandling.saksmappe.pdf import PdfService

logg = structlog.get_logger(__name__)


class Office(Protocol):
    """What makes the PDF."""

    def pdf(self, docx: bytes) -> bytes: ...

    def close(self) -> None: ...


class Pdfarbeider(Loekke):
    """`sessions` write, `lesere` only read. `tjeneste`: the service that works in a session's transaction."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        lesere: sessionmaker[Session],
        clock: SystemClock,
        store: IDocumentStore,
        office: Office,
        tjeneste: Callable[[Session], PdfService],
    ) -> None:
        super().__init__("pdf")
        self._sessions = sessions
        self._lesere = lesere
        self._clock = clock
        self._store = store
        self._office = office
        self._tjeneste = tjeneste

    def stopp(self) -> None:
        """Stop at once: a document under way is begun anew at the next start."""
        self._stopp.set()
        self._office.close()
        super().stopp()

    def _arbeid(self) -> Sequence[Callable[[], int]]:
        return [self._neste]

    def _neste(self) -> int:
        with self._lesere() as session:
            oppgave = UtboksService(session, self._clock).neste(Oppgavetype.LAG_PDF, nyeste=True)
            if oppgave is None:
                return 0
            oppgave_id, nyttelast = oppgave.id, oppgave.nyttelast
            laget, feil = self._lag(session, nyttelast)
        if feil and self._stopp.is_set():
            return 0
        with self._sessions.begin() as session:
            self._noter(session, oppgave_id, laget, feil)
        return 1

    def _lag(self, session: Session, nyttelast: Mapping[str, Any]) -> tuple[bytes, str]:
        """The PDF, or why there is none."""
        try:
            utgave = session.get_one(Pdfutgave, nyttelast["pdfutgave_id"])
            return (b"" if utgave.sjekksum else self._office.pdf(self._store.get(utgave.kilde))), ""
        except SaksbehandlingError as feil:
            logg.warning("pdf_feilet", pdfutgave=nyttelast["pdfutgave_id"], feil=str(feil))
            return b"", str(feil)
        except Exception as feil:  # such as a full disk; the orders behind this one must have their turn
            logg.exception("pdf_feilet", pdfutgave=nyttelast["pdfutgave_id"])
            return b"", repr(feil)

    def _noter(self, session: Session, oppgave_id: int, laget: bytes, feil: str) -> None:
        utboks, oppgave = UtboksService(session, self._clock), session.get_one(Utboks, oppgave_id)
        if feil:
            return utboks.feilet(oppgave, feil)
        if laget:
            utgave = session.get_one(Pdfutgave, oppgave.nyttelast["pdfutgave_id"], with_for_update=True)
            self._tjeneste(session).lagret(utgave, self._store.put(laget), len(laget))
        return utboks.ferdig(oppgave)
