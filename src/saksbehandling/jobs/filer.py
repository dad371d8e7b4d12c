"""The worker that makes small pictures of files and reads the words in them: a second before minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from saksbehandling.jobs.enkeltvis import Enkeltvis
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.saksmappe.etterarbeid import Etterarbeid
from saksbehandling.saksmappe.models import Dokumentversjon

logg = structlog.get_logger(__name__)
Lag = Callable[[Content, str], bytes]


class Office(Protocol):
    """What makes the PDF that a Word document is shown by. `kind`: «docx» or «odt»."""

    def pdf(self, document: bytes, kind: str) -> bytes: ...

    def close(self) -> None: ...


class Filarbeider(Enkeltvis):
    """`sessions` write, `lesere` only read. `tjeneste`: what works in a session's transaction.

    `tesseract`: its path, `office`: LibreOffice; None where there is none: then the orders to read, and those of
    pictures of Word documents, wait until there is one.
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
        self._lag: Mapping[Oppgavetype, Lag] = {Oppgavetype.LAG_MINIATYR: miniatyr}
        if office is not None:
            self._lag = {**self._lag, Oppgavetype.LAG_MINIATYR_AV_TEKST: partial(_miniatyr_av_tekst, office)}
        if tesseract is not None:
            self._lag = {**self._lag, Oppgavetype.MASKINLES: partial(maskinles, program=tesseract)}
        super().__init__("filer", list(self._lag), sessions, lesere, clock)
        self._store = store
        self._tjeneste = tjeneste
        self._office = office

    def stopp(self) -> None:
        """As others, but LibreOffice is stopped at once: its document is begun anew at the next start."""
        self._stopp.set()
        if self._office is not None:
            self._office.close()
        super().stopp()

    def _utfoer(self, session: Session, oppgave: Utboks) -> bytes:
        """Nothing when the file has nothing to show: trying again would not help."""
        versjon = _versjon(session, oppgave)
        try:
            with self._store.open(versjon.sjekksum) as fil:
                return self._lag[oppgave.type](content_of(fil), versjon.medietype)
        except InvalidFile as feil:
            logg.info("fil_uten_visning", type=oppgave.type, dokumentversjon=versjon.id, feil=str(feil))
            return b""

    def _lagre(self, session: Session, oppgave: Utboks, laget: bytes) -> None:
        arbeid = self._tjeneste(session)
        lagre = arbeid.les if oppgave.type is Oppgavetype.MASKINLES else arbeid.vis
        lagre(_versjon(session, oppgave), laget)


def _miniatyr_av_tekst(office: Office, innhold: Content, medietype: str) -> bytes:
    return miniatyr(office.pdf(innhold[:], SHOWN_AS_PDF[medietype]), PDF)


def _versjon(session: Session, oppgave: Utboks) -> Dokumentversjon:
    return session.get_one(Dokumentversjon, oppgave.nyttelast["dokumentversjon_id"])
