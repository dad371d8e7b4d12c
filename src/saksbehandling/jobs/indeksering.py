"""Keeps the search index equal to the database: what changed, and everything from the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from saksbehandling.interfaces import ISearchEngine
from saksbehandling.jobs.models import Utboks
from saksbehandling.jobs.services import laas_indeksen
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Document, Put, Remove

logg = structlog.get_logger(__name__)
Fortell = Callable[[int, int], None]


class Indeksering:
    """`dokumenter_for`: every index document of a case as it stands, given a session and the case's id."""

    def __init__(self, motor: ISearchEngine, dokumenter_for: Callable[[Session, int], list[Document]]) -> None:
        self._motor = motor
        self._dokumenter_for = dokumenter_for

    def vannmerke(self, session: Session) -> int:
        """The last change that the index holds. An index that is missing or damaged is built anew first."""
        try:
            return self._motor.watermark()
        except IndexUnavailable as feil:
            logg.warning("indeksen_bygges_paa_nytt", feil=str(feil))
            self.bygg(session, lambda _gjort, _av: None)
            return self._motor.watermark()

    def oppdater(
        self, session: Session, saksmapper: Sequence[int], fjernet: Sequence[str], vannmerke: int
    ) -> dict[int, str]:
        """Bring these cases up to date in one commit of the index. Doing it again changes nothing.

        Returns the cases that could not be read, with why; they stay as they were, and all others are up to date.
        """
        dokumenter, ulest = self._les(session, saksmapper)
        finnes = {dokument.id for dokument in dokumenter}
        borte = {*fjernet, *(f"sak-offentlig:{sak_id}" for sak_id in saksmapper if sak_id not in ulest)} - finnes
        self._motor.apply([*(Put(dokument) for dokument in dokumenter), *map(Remove, sorted(borte))], vannmerke)
        return ulest

    def bygg(self, session: Session, fortell: Fortell) -> int:
        """Build the whole index anew; `fortell(gjort, av)` is called after each case. Returns the number of cases.

        What is changed while it runs has a higher number in the outbox, and is taken afterwards.
        """
        laas_indeksen(session, vent=True)
        vannmerke = session.scalar(sa.select(sa.func.max(Utboks.id))) or 0
        ider = session.scalars(sa.select(Saksmappe.id).order_by(Saksmappe.id)).all()
        self._motor.rebuild(self._alle(session, ider, fortell), vannmerke)
        return len(ider)

    def _les(self, session: Session, saksmapper: Sequence[int]) -> tuple[list[Document], dict[int, str]]:
        dokumenter: list[Document] = []
        ulest: dict[int, str] = {}
        for sak_id in saksmapper:
            try:
                with session.begin_nested():
                    dokumenter += self._dokumenter_for(session, sak_id)
            except Exception as feil:
                logg.exception("sak_ikke_indeksert", saksmappe=sak_id)
                ulest[sak_id] = str(feil)
        return dokumenter, ulest

    def _alle(self, session: Session, ider: Sequence[int], fortell: Fortell) -> Iterator[Document]:
        for gjort, sak_id in enumerate(ider, 1):
            yield from self._dokumenter_for(session, sak_id)
            session.expunge_all()
            fortell(gjort, len(ider))
