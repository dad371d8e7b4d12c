"""The outbox: a task once a transaction, taken oldest first, tried again later and later."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import VENTETID, UtboksService

INDEKSER, LAG = Oppgavetype.INDEKSER, Oppgavetype.LAG_PROTOKOLL


@pytest.fixture
def utboks(session: Session, klokke: FixedClock) -> UtboksService:
    return UtboksService(session, klokke)


def legg_til(utboks: UtboksService, session: Session, *numre: int, slag: Oppgavetype = LAG) -> list[Utboks]:
    for nummer in numre:
        utboks.legg_til(slag, {"protokoll_id": nummer})
    session.commit()
    return list(session.query(Utboks).order_by(Utboks.id))


def test_the_same_task_twice_in_a_transaction_is_one(utboks: UtboksService, session: Session) -> None:
    session.connection()
    assert len(legg_til(utboks, session, 1, 1, 2)) == 2
    session.connection()
    assert len(legg_til(utboks, session, 1)) == 3


def test_a_task_asked_for_in_a_savepoint_that_was_undone_is_asked_for_again(
    utboks: UtboksService, session: Session
) -> None:
    session.connection()
    delvis = session.begin_nested()
    utboks.legg_til(LAG, {"protokoll_id": 1})
    delvis.rollback()
    assert len(legg_til(utboks, session, 1)) == 1


def test_tasks_come_oldest_first_and_each_kind_by_itself(utboks: UtboksService, session: Session) -> None:
    en, to = legg_til(utboks, session, 1, 2)
    legg_til(utboks, session, 3, slag=INDEKSER)
    assert utboks.neste(LAG) is en
    assert utboks.neste(LAG, [en.id]) is to
    utboks.ferdig(en)
    assert utboks.neste(LAG) is to
    assert utboks.neste(LAG, [to.id]) is None
    assert utboks.antall_som_venter() == 2
    assert utboks.siste_nummer() == 3


def test_a_failed_task_waits_longer_each_time_and_then_for_a_person(
    utboks: UtboksService, session: Session, klokke: FixedClock
) -> None:
    (oppgave,) = legg_til(utboks, session, 1)
    opprettet = klokke.now()
    for ventetid in VENTETID[1:]:
        utboks.feilet(oppgave, "disken er full")
        assert utboks.neste(LAG) is None
        klokke.set(opprettet + ventetid)
        assert utboks.neste(LAG) is oppgave
    utboks.feilet(oppgave, "disken er full")
    klokke.set(opprettet + 100 * VENTETID[-1])
    assert utboks.neste(LAG) is None
    assert (oppgave.forsoek, oppgave.feil, utboks.antall_som_venter()) == (len(VENTETID), "disken er full", 1)


def test_a_task_that_succeeds_at_last_has_no_error(utboks: UtboksService, session: Session) -> None:
    (oppgave,) = legg_til(utboks, session, 1)
    utboks.feilet(oppgave, "disken er full")
    utboks.ferdig(oppgave)
    assert (oppgave.feil, oppgave.utfoert is None) == (None, False)


def test_the_index_lacks_what_waits_and_what_is_newer_than_it_holds(utboks: UtboksService, session: Session) -> None:
    en, to, tre = legg_til(utboks, session, 1, 2, 3, slag=INDEKSER)
    for oppgave in (to, tre):
        utboks.ferdig(oppgave)
    assert utboks.ikke_i_indeksen(vannmerke=3, antall=9) == [en]
    assert utboks.ikke_i_indeksen(vannmerke=2, antall=9) == [en, tre]
    assert utboks.ikke_i_indeksen(vannmerke=0, antall=2) == [en, to]
