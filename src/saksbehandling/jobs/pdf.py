"""The worker that makes PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.jobs.enkeltvis import Enkeltvis
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.saksmappe.models_pdf import Pdfutgave
from saksbehandling.saksmappe.pdf import PdfService


class Office(Protocol):
    """What makes the PDF."""

    def pdf(self, docx: bytes) -> bytes: ...

    def close(self) -> None: ...


class Pdfarbeider(Enkeltvis):
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
        super().__init__("pdf", [Oppgavetype.LAG_PDF], sessions, lesere, clock)
        self._store = store
        self._office = office
        self._tjeneste = tjeneste

    def stopp(self) -> None:
        """Stop at once: a document under way is begun anew at the next start."""
        self._stopp.set()
        self._office.close()
        super().stopp()

    def _utfoer(self, session: Session, oppgave: Utboks) -> bytes:
        utgave = session.get_one(Pdfutgave, oppgave.nyttelast["pdfutgave_id"])
        return b"" if utgave.sjekksum else self._office.pdf(self._store.get(utgave.kilde))

    def _lagre(self, session: Session, oppgave: Utboks, laget: bytes) -> None:
        utgave = session.get_one(Pdfutgave, oppgave.nyttelast["pdfutgave_id"], with_for_update=True)
        self._tjeneste(session).lagret(utgave, self._store.put(laget), len(laget))
