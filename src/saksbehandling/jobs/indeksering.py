"""Keeps the search index equal to the database: what changed, and everything from the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from saksbehandling.interfaces import ISearchEngine
from saksbehandling.jobs.models import Utboks
from saksbehandling.jobs.services import laas_indeksen
from saksbehandling.search_engine.errors import IndexUnavailable, ServerUnavailable
from saksbehandling.search_engine.model import Document, Put, Remove

logg = structlog.get_logger(__name__)
Fortell = Callable[[int, int], None]


class Enhet(NamedTuple):
    """What is indexed together, as a task names it: («saksmappe_id», 5)."""

    slag: str
    id: int

    @classmethod
    def i(cls, nyttelast: Mapping[str, Any]) -> Enhet:
        """The one that an index task is about."""
        return next(cls(slag, verdi) for slag, verdi in nyttelast.items() if slag.endswith("_id"))


class Kilde(Protocol):
    """Every id there is of a kind, and every index document of one of them as it stands."""

    @property
    def ider(self) -> Callable[[Session], Sequence[int]]: ...
    @property
    def dokumenter(self) -> Callable[[Session, int], list[Document]]: ...


class Indeksering:
    """`kilder`: what is indexed, by the name that tasks have for its id."""

    def __init__(self, motor: ISearchEngine, kilder: Mapping[str, Kilde]) -> None:
        self._motor = motor
        self._kilder = kilder

    def vannmerke(self, session: Session) -> int:
        """The last change that the index holds. An index that is missing or damaged is built anew first."""
        try:
            return self._motor.watermark()
        except ServerUnavailable:
            raise
        except IndexUnavailable as feil:
            logg.warning("indeksen_bygges_paa_nytt", feil=str(feil))
            self.bygg(session, lambda _gjort, _av: None)
            return self._motor.watermark()

    def oppdater(
        self, session: Session, enheter: Sequence[Enhet], fjernet: Sequence[str], vannmerke: int
    ) -> dict[Enhet, str]:
        """Bring these up to date in one commit of the index. Doing it again changes nothing.

        Returns those that could not be read, with why; they stay as they were, and all others are up to date.
        """
        dokumenter, ulest = self._les(session, enheter)
        finnes = {dokument.id for dokument in dokumenter}
        lest = (enhet for enhet in enheter if enhet not in ulest)
        kanskje = (f"sak-offentlig:{enhet.id}" for enhet in lest if enhet.slag == "saksmappe_id")
        borte = {*fjernet, *kanskje} - finnes
        self._motor.apply([*(Put(dokument) for dokument in dokumenter), *map(Remove, sorted(borte))], vannmerke)
        return ulest

    def bygg(self, session: Session, fortell: Fortell) -> int:
        """Build the whole index anew; `fortell(gjort, av)` is called after each case or meeting. Returns how many.

        What is changed while it runs has a higher number in the outbox, and is taken afterwards.
        """
        laas_indeksen(session, vent=True)
        vannmerke = session.scalar(sa.select(sa.func.max(Utboks.id))) or 0
        enheter = [Enhet(slag, nummer) for slag, kilde in self._kilder.items() for nummer in kilde.ider(session)]
        self._motor.rebuild(self._alle(session, enheter, fortell), vannmerke)
        return len(enheter)

    def _les(self, session: Session, enheter: Sequence[Enhet]) -> tuple[list[Document], dict[Enhet, str]]:
        dokumenter: list[Document] = []
        ulest: dict[Enhet, str] = {}
        for enhet in enheter:
            try:
                with session.begin_nested():
                    dokumenter += self._dokumenter(session, enhet)
            except Exception as feil:
                logg.exception("ikke_indeksert", **{enhet.slag: enhet.id})
                ulest[enhet] = str(feil)
        return dokumenter, ulest

    def _alle(self, session: Session, enheter: Sequence[Enhet], fortell: Fortell) -> Iterator[Document]:
        for gjort, enhet in enumerate(enheter, 1):
            yield from self._dokumenter(session, enhet)
            session.expunge_all()
            fortell(gjort, len(enheter))

    def _dokumenter(self, session: Session, enhet: Enhet) -> list[Document]:
        return self._kilder[enhet.slag].dokumenter(session, enhet.id)
