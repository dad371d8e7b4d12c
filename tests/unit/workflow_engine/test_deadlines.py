"""Deadlines and joins where several work at once, or nobody has for a day. On PostgreSQL too, with real processes."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories import flytprosesser
from factories.flytprosesser import leverte_definisjoner, tjeneste
from saksbehandling.clock import OSLO
from saksbehandling.workflow_engine import overdue
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET, WorkflowService

RAAD = 4
TRIALS = int(os.environ.get("SAKSBEHANDLING_TEST_SAMTIDIGE", "24"))
UTE = dt.datetime(2024, 4, 13, tzinfo=OSLO)  # when six weeks from 1 March have passed


@pytest.fixture(scope="module")
def definitions() -> Registry:
    return leverte_definisjoner()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def service(session: Session, definitions: Registry) -> WorkflowService:
    return tjeneste(session, definitions)


def out_for_statements(service: WorkflowService, councils: int = 0) -> tuple[Flyt, list[Flyt]]:
    case = service.start("politisk_sak", None, SYSTEMET)
    service.fire(case, "send_til_uttalelse", None, SYSTEMET, {"saksbehandler"})
    children = [service.start("uttalelse", None, SYSTEMET, forelder=case) for _ in range(councils)]
    for child in children:
        service.fire(child, "aapne", None, SYSTEMET, {"raadssekretaer"})
    return case, children


def events(service: WorkflowService, flyt: Flyt) -> list[str]:
    return [row.hendelse for row in service.history(flyt)]


def test_a_deadline_may_pass_while_a_statement_is_being_written(service: WorkflowService) -> None:
    case, (child,) = out_for_statements(service, 1)
    (firing,) = service.fire_due(UTE)
    assert firing.grunner == ()
    assert (case.aktive, child.aktive) == ("til_uttalelse", "til_behandling")
    service.fire(child, "vedta", None, SYSTEMET, {"raadssekretaer"}, dato=dt.date(2024, 4, 15))
    assert events(service, case)[-2:] == ["frist.uttalelse", "uttalelse.avgitt"]
    assert (case.aktive, child.aktive) == ("til_uttalelse", "behandlet")


def test_a_statement_may_come_after_the_case_has_gone_on(service: WorkflowService) -> None:
    case, (child,) = out_for_statements(service, 1)
    service.fire(case, "fullfoer_saksframlegg", None, SYSTEMET, {"saksbehandler"})
    service.fire(child, "vedta", None, SYSTEMET, {"raadssekretaer"})
    assert (events(service, case)[-1], case.aktive) == ("uttalelse.avgitt", "til_godkjenning")


def test_leaving_the_stage_cancels_and_coming_back_sets_a_new_deadline(
    service: WorkflowService, session: Session
) -> None:
    case, _ = out_for_statements(service)
    for event, role in (("fullfoer_saksframlegg", "leder"), ("send_tilbake", "leder"), ("send_til_uttalelse", "leder")):
        service.fire(case, event, None, SYSTEMET, {role})
    assert session.scalars(sa.select(Frist.status).order_by(Frist.id)).all() == [
        Friststatus.KANSELLERT,
        Friststatus.VENTER,
    ]
    assert len(service.fire_due(UTE)) == 1


@pytest.mark.parametrize("hours", [0, 1, 24, 24 * 9])
def test_after_an_outage_each_deadline_fires_once_on_the_day_that_it_is_noticed(
    service: WorkflowService, session: Session, hours: int
) -> None:
    cases = [out_for_statements(service)[0] for _ in range(5)]
    noticed = UTE + dt.timedelta(hours=hours)
    for _ in range(3):
        service.fire_due(noticed, limit=2)
    assert service.fire_due(noticed) == []
    assert [events(service, case).count("frist.uttalelse") for case in cases] == [1] * 5
    days = sa.select(Flythistorikk.dato).where(Flythistorikk.hendelse == "frist.uttalelse").distinct()
    assert session.scalars(days).all() == [noticed.astimezone(OSLO).date()]


def test_due_deadlines_are_written_together(service: WorkflowService, session: Session) -> None:
    """Each case has its own history; the second deadline of one goes by where the first led."""
    cases = [out_for_statements(service)[0] for _ in range(20)]
    twice = Frist(flyt_id=cases[3].id, tilstand="", navn="igjen", hendelse="frist.uttalelse", forfaller=UTE)
    session.add(twice)
    session.commit()
    fired = service.fire_due(UTE)
    assert sorted(each.frist.case.id for each in fired) == sorted([*(case.id for case in cases), cases[3].id])
    assert [events(service, case).count("frist.uttalelse") for case in cases] == [1, 1, 1, 2, *[1] * 16]
    assert [case.radversjon for case in cases] == [3, 3, 3, 4, *[3] * 16]
    assert set(session.scalars(sa.select(Frist.status))) == {Friststatus.FYRT}
    rows = session.scalars(sa.select(Flythistorikk).where(Flythistorikk.hendelse == "frist.uttalelse")).all()
    assert {(row.aktoer, row.fra, row.til, row.data["frist"] if row.data else "") for row in rows} == {
        (SYSTEMET.navn, "til_uttalelse", "til_uttalelse", name) for name in ("uttalelsesfrist", "igjen")
    }


def test_those_that_take_long_are_shared_among_several_transactions(
    service: WorkflowService, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [out_for_statements(service)[0] for _ in range(4)]
    slow = Frist.flyt_id.in_([case.id for case in cases[:3]])
    session.execute(sa.update(Frist).where(slow).values(hendelse="ukjent"))
    session.commit()
    monkeypatch.setattr(overdue, "ALONE", 2)
    assert [len(service.fire_due(UTE)) for _ in range(3)] == [3, 1, 0]
    assert Counter(session.scalars(sa.select(Frist.status))) == {Friststatus.AVVIST: 3, Friststatus.FYRT: 1}


def test_a_fault_in_one_case_does_not_keep_the_others_waiting(service: WorkflowService, session: Session) -> None:
    """Neither a definition that is gone nor an event that is unknown; and none of them is tried for ever."""
    gone, broken, sound = (out_for_statements(service)[0] for _ in range(3))
    session.execute(sa.update(Flyt).where(Flyt.id == gone.id).values(versjon=99))
    session.execute(sa.update(Frist).where(Frist.flyt_id == broken.id).values(hendelse="ukjent"))
    session.commit()
    reasons = {each.frist.case.id: [reason.text for reason in each.grunner] for each in service.fire_due(UTE)}
    assert reasons[sound.id] == []
    assert reasons[gone.id] == ["En feil i systemet hindret hendelsen. Meld fra til administratoren."]
    assert reasons[broken.id][0].startswith("«ukjent» er ikke mulig nå")
    assert service.fire_due(UTE) == []
    told = session.execute(sa.select(Frist.flyt_id, Frist.grunn).where(Frist.status == Friststatus.AVVIST))
    assert [tuple(row) for row in told] == [(case.id, "\n".join(reasons[case.id])) for case in (gone, broken)]


def together(work: Callable[..., None], *arguments: tuple[Any, ...]) -> None:
    """Run `work` in one process for each of `arguments`, with a barrier that they share as the last argument."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(len(arguments))
    processes = [spawn.Process(target=work, args=(*each, barrier)) for each in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(600)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def url_of(engine: sa.Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_with_several_workers_a_deadline_fires_once(shared_engine: sa.Engine, definitions: Registry) -> None:
    with Session(shared_engine) as setup:
        cases = [out_for_statements(tjeneste(setup, definitions))[0].id for _ in range(30)]
        setup.commit()
    together(flytprosesser.fyr_frister, *[(url_of(shared_engine), UTE + dt.timedelta(days=1), 4)] * 3)
    with Session(shared_engine) as check:
        fired = sa.select(Flythistorikk.flyt_id).where(Flythistorikk.hendelse == "frist.uttalelse")
        assert Counter(check.scalars(fired)) == Counter(cases)
        assert set(check.scalars(sa.select(Frist.status))) == {Friststatus.FYRT}


def test_councils_that_finish_at_the_same_instant_all_count(shared_engine: sa.Engine, definitions: Registry) -> None:
    trials = TRIALS if shared_engine.dialect.name == "postgresql" else 10  # SQLite has one writer at a time
    with Session(shared_engine) as setup:
        groups = [out_for_statements(tjeneste(setup, definitions), RAAD) for _ in range(trials)]
        parents = {case.id: sorted(child.id for child in children) for case, children in groups}
        setup.commit()
    columns = zip(*parents.values(), strict=True)
    together(flytprosesser.avgi_uttalelser, *[(url_of(shared_engine), column) for column in columns])
    with Session(shared_engine) as check:
        lost = [parent for parent, children in parents.items() if told(check, parent) != children]
        assert lost == []
        assert set(check.scalars(sa.select(Flyt.radversjon).where(Flyt.id.in_(parents)))) == {2 + RAAD}


def told(session: Session, parent: int) -> list[int]:
    """The sub-cases that the parent has heard from; its history must be without a gap."""
    rows = session.scalars(
        sa.select(Flythistorikk).where(Flythistorikk.flyt_id == parent).order_by(Flythistorikk.sekvens)
    ).all()
    assert [row.sekvens for row in rows] == list(range(1, len(rows) + 1))
    return sorted(row.data["delsak"] for row in rows if row.hendelse == "uttalelse.avgitt" and row.data)
