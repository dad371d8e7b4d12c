"""What the clock does in cases: fires the deadlines that are due, each once, as the system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from saksbehandling.clock import OSLO
from saksbehandling.errors import Conflict, Reason, Refusal, SetupError
from saksbehandling.workflow_engine import deadlines
from saksbehandling.workflow_engine.chart import SYSTEM
from saksbehandling.workflow_engine.deadlines import Due, Firing
from saksbehandling.workflow_engine.expressions import Guard, Reasons
from saksbehandling.workflow_engine.models import Flyt, Friststatus
from saksbehandling.workflow_engine.moves import SYSTEMET, Call, Mover
from saksbehandling.workflow_engine.recall import Step, as_key

logg = structlog.get_logger(__name__)

_SYSTEM = frozenset({SYSTEM})


LIMIT = 2_000  # deadlines in one transaction: its commit, which waits for the disk, is shared by them all
ALONE = 250  # those of them that are fired one by one, which takes so long that other writers would give up waiting


def fire_due(mover: Mover, now: dt.datetime, limit: int = LIMIT) -> list[Firing]:
    """Fire the deadlines that are due at `now`, each once, as the system. Cases that others are busy with wait.

    A deadline that its case refuses is over too, and keeps the reasons. Those that ask no guard and touch nothing
    but their own case are written together, the others after them one by one, as many as may be; call again for the
    rest, until there are none.
    """
    mover.session.flush()
    due = deadlines.claim(mover.session, now, limit)
    together = [each for alike in _alike(due) for each in _fire_alike(mover, alike, now)]
    written = {each.id for each in together}
    alone = [each for each in due if each.id not in written][:ALONE]
    one_by_one = (_fire_deadline(mover, each, now) for each in alone)
    return [Firing(each) for each in together] + [each for each in one_by_one if each is not None]


def _alike(due: list[Due]) -> Collection[list[Due]]:
    """The first deadline of each case, together with those that find their cases in the same situation."""
    first_of_each = {each.case.id: each for each in reversed(due)}.values()
    alike: dict[object, list[Due]] = {}
    for each in reversed(first_of_each):
        case = each.case
        standing = case.definisjon, case.versjon, case.aktive, as_key(case.historikkverdier)
        alike.setdefault((standing, each.hendelse, each.navn), []).append(each)
    return alike.values()


def _fire_alike(mover: Mover, due: list[Due], now: dt.datetime) -> list[Due]:
    """Write them together, if that can be done in any order; else none of them."""
    step = _plain_step(mover, due[0])
    if step is None:
        return []
    mover.write([each.case for each in due], step, _deadline_call(due[0], None, now))
    deadlines.settle(mover.session, [each.id for each in due], Friststatus.FYRT)
    mover.session.expire_all()
    return due


def _plain_step(mover: Mover, due: Due) -> Step | None:
    try:
        chart = mover.registry.chart(due.case.definisjon, due.case.versjon)
        step = mover.registry.recall.fire(chart, due.case, due.hendelse, _ask_nothing, _SYSTEM)
    except (_AsksGuardError, SetupError):
        return None
    return step if isinstance(step, Step) and not step.effects else None


def _fire_deadline(mover: Mover, due: Due, now: dt.datetime) -> Firing | None:
    """None when something has settled it meanwhile."""
    if not deadlines.still_waits(mover.session, due):
        return None
    deadlines.settle(mover.session, [due.id], Friststatus.FYRT)
    reasons = _try_deadline(mover, due, now)
    if reasons:
        deadlines.settle(mover.session, [due.id], Friststatus.AVVIST, "\n".join(each.text for each in reasons))
    mover.session.expire_all()
    return Firing(due, reasons)


def _try_deadline(mover: Mover, due: Due, now: dt.datetime) -> Reasons:
    """Why it cannot happen; empty when it has. A fault in one case must not keep all the others waiting."""
    try:
        with mover.whole(True):
            flyt = mover.session.get_one(Flyt, due.case.id, populate_existing=True)
            mover.step(flyt, _deadline_call(due, mover.subject(flyt), now))
    except Refusal as refusal:
        return tuple(refusal.reasons)
    except (Conflict, DBAPIError):
        raise
    except Exception:
        logg.exception("frist_feilet", flyt=due.case.id, frist=due.navn)
        return (Reason("En feil i systemet hindret hendelsen. Meld fra til administratoren."),)
    return ()


class _AsksGuardError(Exception):
    """A guard has a say, and its case is not at hand."""


def _ask_nothing(_guard: Guard) -> Reasons:
    raise _AsksGuardError


def _deadline_call(due: Due, subject: Any, now: dt.datetime) -> Call:
    day = now.astimezone(OSLO).date()
    return Call(due.hendelse, subject, SYSTEMET, _SYSTEM, day, data={"frist": due.navn})
