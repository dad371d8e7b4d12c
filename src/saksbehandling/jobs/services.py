"""Putting tasks into the outbox, and taking them out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from saksbehandling.clock import SystemClock
from saksbehandling.jobs.models import Oppgavetype, Utboks

FORSOEK = 5


class UtboksService:
    def __init__(self, session: Session, clock: SystemClock) -> None:
        self._session = session
        self._clock = clock
        self._bedt_om: WeakKeyDictionary[SessionTransaction, set[tuple[Oppgavetype, str]]] = WeakKeyDictionary()

    def legg_til(self, oppgavetype: Oppgavetype, nyttelast: Mapping[str, Any]) -> None:
        """Ask for a task in the caller's transaction; the same one asked for twice in it is one task.

        `nyttelast`: ids only; the worker reads the rest when it runs, after the commit.
        """
        bedt_om = self._bedt_om_i_transaksjonen()
        noekkel = (oppgavetype, repr(sorted(nyttelast.items())))
        if noekkel not in bedt_om:
            bedt_om.add(noekkel)
            self._session.add(Utboks(type=oppgavetype, nyttelast=dict(nyttelast), opprettet=self._clock.now()))

    def _bedt_om_i_transaksjonen(self) -> set[tuple[Oppgavetype, str]]:
        """What was asked for in this transaction or savepoint; another one begins with nothing."""
        transaksjon = self._session.get_nested_transaction() or self._session.get_transaction()
        if transaksjon is None:
            return set()
        return self._bedt_om.setdefault(transaksjon, set())

    def neste(self, oppgavetype: Oppgavetype, antall: int) -> Sequence[Utboks]:
        """The oldest tasks that wait, locked for this transaction; those another worker holds are passed over."""
        venter = sa.select(Utboks).where(Utboks.type == oppgavetype, Utboks.utfoert.is_(None), Utboks.forsoek < FORSOEK)
        return self._session.scalars(venter.order_by(Utboks.id).limit(antall).with_for_update(skip_locked=True)).all()

    def ikke_i_indeksen(self, vannmerke: int, antall: int) -> Sequence[Utboks]:
        """Index tasks that the index does not hold: those that wait, and those after the number it recorded.

        The second part is what brings an index that was restored or rebuilt up to date.
        """
        mangler = sa.select(Utboks).where(
            Utboks.type == Oppgavetype.INDEKSER, sa.or_(Utboks.utfoert.is_(None), Utboks.id > vannmerke)
        )
        return self._session.scalars(mangler.order_by(Utboks.id).limit(antall)).all()

    def siste_nummer(self) -> int:
        return self._session.scalar(sa.select(sa.func.max(Utboks.id))) or 0

    def antall_som_venter(self) -> int:
        soek = sa.select(sa.func.count(Utboks.id)).where(Utboks.utfoert.is_(None))
        return self._session.scalar(soek) or 0

    def ferdig(self, oppgave: Utboks) -> None:
        oppgave.utfoert = self._clock.now()
        oppgave.feil = None
