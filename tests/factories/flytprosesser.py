"""What other processes do to workflows in tests of simultaneity. Spawned, so they share nothing but the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling import db
from saksbehandling.clock import FixedClock
from saksbehandling.errors import Conflict
from saksbehandling.workflow_engine.definition import read_definition
from saksbehandling.workflow_engine.expressions import Guard, Reasons
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET, WorkflowService

NAA = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)
VENT = 60  # seconds until a process gives up on the others


class AltIOrden(Registry):
    """Definitions whose guards always hold. Light to import: other processes wait for it."""

    def ask(self, guard: Guard, subject: Any) -> Reasons:
        return ()


def leverte_definisjoner() -> Registry:
    return AltIOrden.load()


def tjeneste(session: Session, registry: Registry) -> WorkflowService:
    return WorkflowService(session, registry, FixedClock(NAA), subjects=lambda _flyt: None)


def start_foerste(url: str, innhold: bytes, barriere: Barrier) -> None:
    """Start a case in the definition `innhold` at the same time as the others."""
    registry = Registry()
    registry.add_definition(read_definition("proeve.scxml", innhold))
    with Session(db.create_engine(url)) as session:
        barriere.wait(VENT)
        tjeneste(session, registry).start("proeve", None, SYSTEMET)
        session.commit()


def avgi_uttalelser(url: str, flyter: Sequence[int], barriere: Barrier) -> None:
    """Give one statement after the other, each at the same instant as the other processes give theirs."""
    registry, engine = leverte_definisjoner(), db.create_engine(url)
    for flyt_id in flyter:
        with Session(db.reader(engine)) as session:
            uttalelse = session.get_one(Flyt, flyt_id)
            assert uttalelse.forelder is not None  # read before the others write, and so out of date afterwards
            barriere.wait(VENT)
            while not _avgi(session, registry, flyt_id):
                session.rollback()


def _avgi(session: Session, registry: Registry, flyt_id: int) -> bool:
    """Whether it was given; SQLite sends the second of two writers back to read again."""
    try:
        uttalelse = session.get_one(Flyt, flyt_id)
        tjeneste(session, registry).fire(uttalelse, "vedta", None, SYSTEMET, {"raadssekretaer"})
        session.commit()
    except Conflict:
        assert session.get_bind().dialect.name == "sqlite"
        return False
    return True


def fyr_frister(url: str, tidspunkt: dt.datetime, porsjon: int, barriere: Barrier) -> None:
    """A worker: fires what is due, a portion at a time, until nothing is left."""
    registry, engine = leverte_definisjoner(), db.create_engine(url)
    igjen = sa.text("SELECT count(*) FROM frist WHERE status = 'venter'")
    barriere.wait(VENT)
    with Session(engine) as session:
        while session.scalar(igjen):
            tjeneste(session, registry).fire_due(tidspunkt, porsjon)
            session.commit()
