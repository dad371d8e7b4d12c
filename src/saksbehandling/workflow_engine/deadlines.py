"""Deadlines that are due, found with their cases in one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.workflow_engine.expressions import Reasons
from saksbehandling.workflow_engine.models import Flyt, Frist, Friststatus
from saksbehandling.workflow_engine.statements import Case


class Due(NamedTuple):
    """A deadline, with its case as it stood when it was found."""

    id: int
    navn: str
    hendelse: str
    case: Case


@dataclass(frozen=True, slots=True)
class Firing:
    """A deadline that fell due. `grunner`: why its case refused it; empty when the case took it."""

    frist: Due
    grunner: Reasons = ()


_DEADLINE = (Frist.id, Frist.navn, Frist.hendelse)
_CASE = (Flyt.id, Flyt.definisjon, Flyt.versjon, Flyt.aktive, Flyt.historikkverdier, Flyt.radversjon, Flyt.forelder_id)


def claim(session: Session, now: dt.datetime, limit: int) -> list[Due]:
    """At most `limit` deadlines that are due at `now`, the longest overdue first, locked with their cases.

    What another transaction is busy with is passed over: it may be settling the deadline just now.
    """
    query = sa.select(*_DEADLINE, *_CASE).join(Flyt, Flyt.id == Frist.flyt_id)
    query = query.where(Frist.status == Friststatus.VENTER, Frist.forfaller <= now)
    query = query.order_by(Frist.forfaller, Frist.id).limit(limit).with_for_update(skip_locked=True)
    rows = session.connection().execute(query).all()
    return [Due(row[0], row[1], row[2], Case._make(row[3:])) for row in rows]


def settle(session: Session, ids: Collection[int], status: Friststatus, grunn: str | None = None) -> None:
    """Note what became of them. Objects of them in the session are not told."""
    # The numbers stand in the statement itself: thousands of parameters cost more than the update.
    which = Frist.id.in_(sa.bindparam("ids", ids, expanding=True, literal_execute=True))
    session.connection().execute(sa.update(Frist).where(which).values(status=status, grunn=grunn))


def still_waits(session: Session, due: Due) -> bool:
    """Whether nothing has settled the deadline since it was claimed, such as an earlier one of the same case."""
    status = session.scalar(sa.select(Frist.status).where(Frist.id == due.id))
    return status is Friststatus.VENTER
