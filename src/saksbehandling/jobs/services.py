"""Putting tasks into the outbox, and taking them out again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from saksbehandling.clock import SystemClock
from saksbehandling.jobs.models import Oppgavetype, Utboks

# How long after it was asked for a task is tried again, by how often it has failed. After the last one it stays, with
# its error, until a person looks at it.
VENTETID = tuple(dt.timedelta(seconds=sekunder) for sekunder in (0, 2, 15, 120, 900))
INDEKSLAAS = 0x73616B73


def laas_indeksen(session: Session, *, vent: bool) -> bool:
    """Keep other workers from writing the index until this transaction ends; False when one does and not `vent`.

    Two writers could pass each other: the later one read the older rows. SQLite numbers its tasks in the order of their
    commits, and the index itself passes over what is older than it holds, so that it needs no lock.
    """
    if session.get_bind().dialect.name != "postgresql":
        return True
    if not vent:
        return bool(session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(INDEKSLAAS))))
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(INDEKSLAAS)))
    return True


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

    def neste(self, oppgavetype: Oppgavetype, utenom: Collection[int] = (), *, nyeste: bool = False) -> Utboks | None:
        """The oldest task whose time has come (or with `nyeste` the newest), locked for this transaction.

        Those that another worker holds, and those in `utenom`, are passed over.
        """
        venter = sa.select(Utboks).where(Utboks.type == oppgavetype, self._klar(), Utboks.id.not_in(utenom))
        rekkefoelge = Utboks.id.desc() if nyeste else Utboks.id
        return self._session.scalar(venter.order_by(rekkefoelge).limit(1).with_for_update(skip_locked=True))

    def ikke_i_indeksen(self, vannmerke: int, antall: int) -> Sequence[Utboks]:
        """Index tasks that the index does not hold: those that wait, and those after the number it recorded.

        The second part is what brings an index that was restored or rebuilt up to date.
        """
        mangler = sa.select(Utboks).where(
            Utboks.type == Oppgavetype.INDEKSER, sa.or_(self._klar(), Utboks.id > vannmerke)
        )
        return self._session.scalars(mangler.order_by(Utboks.id).limit(antall)).all()

    def _klar(self) -> sa.ColumnElement[bool]:
        """Not done, and not tried in vain just now."""
        naa = self._clock.now()
        ventet = (
            sa.and_(Utboks.forsoek == forsoek, Utboks.opprettet <= naa - ventetid)
            for forsoek, ventetid in enumerate(VENTETID)
            if forsoek
        )
        return sa.and_(Utboks.utfoert.is_(None), sa.or_(Utboks.forsoek == 0, *ventet))

    def siste_nummer(self) -> int:
        return self._session.scalar(sa.select(sa.func.max(Utboks.id))) or 0

    def antall_som_venter(self) -> int:
        soek = sa.select(sa.func.count(Utboks.id)).where(Utboks.utfoert.is_(None))
        return self._session.scalar(soek) or 0

    def ferdig(self, oppgave: Utboks) -> None:
        oppgave.utfoert = self._clock.now()
        oppgave.feil = None

    def feilet(self, oppgave: Utboks, feil: str) -> None:
        oppgave.forsoek += 1
        oppgave.feil = feil
