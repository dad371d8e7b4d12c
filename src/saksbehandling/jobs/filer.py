"""The worker that makes small pictures of files and reads the words in them, one file at a time, in nobody's way.

As with PDF (`jobs.pdf`) no transaction writes while it works, and the newest is taken first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.documents.bildebehandling import PDF
from saksbehandling.documents.content import Content, content_of
from saksbehandling.documents.maskinlesing import maskinles
from saksbehandling.documents.miniatyr import SHOWN_AS_PDF, miniatyr
from saksbehandling.errors import InvalidFile
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.jobs.loekke import Loekke
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import UtboksService
from saksbehandling.saksmappe.etterarbeid import Etterarbeid
from saksbehandling.saksmappe.models import Dokumentversjon

logg = structlog.get_logger(__name__)
Lag = Callable[[Content, str], bytes]


class Office(Protocol):
    """What makes the PDF that a Word document is shown by. `kind`: «docx» or «odt»."""

    def pdf(self, document: bytes, kind: str) -> bytes: ...

    def close(self) -> None: ...


class Filarbeider(Loekke):
    """`sessions` write, `lesere` only read. `tjeneste`: what works in a session's transaction.

    `tesseract`: its path, or None: then the orders to read wait until there is one. `office`: None where there is no
    LibreOffice; then Word documents get no picture.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        lesere: sessionmaker[Session],
        clock: SystemClock,
        store: IDocumentStore,
        tjeneste: Callable[[Session], Etterarbeid],
        tesseract: Path | None,
        office: Office | None,
    ) -> None:
        super().__init__("filer")
        self._sessions = sessions
        self._lesere = lesere
        self._clock = clock
        self._store = store
        self._tjeneste = tjeneste
        self._office = office
        self._lag: Mapping[Oppgavetype, Lag] = {Oppgavetype.LAG_MINIATYR: self._miniatyr}
        if tesseract is not None:
            self._lag = {**self._lag, Oppgavetype.MASKINLES: partial(maskinles, program=tesseract)}

    def stopp(self) -> None:
        """As others, but LibreOffice is stopped at once: its document is begun anew at the next start."""
        self._stopp.set()
        if self._office is not None:
            self._office.close()
        super().stopp()

    def _arbeid(self) -> Sequence[Callable[[], int]]:
        return [self._neste]

    def _neste(self) -> int:
        """A small picture, or when none is wanted the words of a file: a second before minutes."""
        return int(any(self._utfoer(slag) for slag in self._lag))

    def _utfoer(self, slag: Oppgavetype) -> bool:
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

    def _miniatyr(self, innhold: Content, medietype: str) -> bytes:
        slag = SHOWN_AS_PDF.get(medietype)
        if slag is None:
            return miniatyr(innhold, medietype)
        if self._office is None:
            raise InvalidFile("LibreOffice er ikke installert.")
        return miniatyr(self._office.pdf(innhold[:], slag), PDF)

    def _proev(self, session: Session, oppgave: Utboks) -> tuple[bytes, str]:
        """What was made, or why it may be worth another try; neither when the file has nothing to show."""
        versjon = session.get_one(Dokumentversjon, oppgave.nyttelast["dokumentversjon_id"])
        try:
            with self._store.open(versjon.sjekksum) as fil:
                return self._lag[oppgave.type](content_of(fil), versjon.medietype), ""
        except InvalidFile as feil:
            logg.info("fil_uten_visning", type=oppgave.type, dokumentversjon=versjon.id, feil=str(feil))
            return b"", ""
        except Exception as feil:  # such as a full disk; the orders behind this one must have their turn
            logg.exception("etterarbeid_feilet", type=oppgave.type, dokumentversjon=versjon.id)
            return b"", repr(feil)

    def _noter(self, session: Session, oppgave_id: int, laget: bytes, feil: str) -> None:
        utboks, oppgave = UtboksService(session, self._clock), session.get_one(Utboks, oppgave_id)
        if feil:
            return utboks.feilet(oppgave, feil)
        if laget:
            versjon = session.get_one(Dokumentversjon, oppgave.nyttelast["dokumentversjon_id"])
            arbeid = self._tjeneste(session)
            {Oppgavetype.LAG_MINIATYR: arbeid.vis, Oppgavetype.MASKINLES: arbeid.les}[oppgave.type](versjon, laget)
        return utboks.ferdig(oppgave)
