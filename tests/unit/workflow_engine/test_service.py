from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling import db
from saksbehandling.clock import OSLO, FixedClock
from saksbehandling.errors import Conflict, NotFound, Refusal, SetupError
from saksbehandling.workflow_engine import deadlines
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.moves import Call, Mover, Stored
from saksbehandling.workflow_engine.recall import Step
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET, Actor, WorkflowService

MakeChart = Callable[..., Chart]
KARI = Actor("Kari Nordlie", 7)
NOW = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)

PARENT = """
<sb:hendelse navn="send" nb="Send ut" nn="Send ut" en="Send"/>
<sb:hendelse navn="samle" nb="Samle" nn="Samle" en="Collect"/>
<sb:hendelse navn="stopp" nb="Stopp" nn="Stopp" en="Stop"/>
<sb:hendelse navn="barn.ferdig" nb="Svar" nn="Svar" en="Answer"/>
<sb:hendelse navn="frist.svar" nb="Svarfrist" nn="Svarfrist" en="Time to answer"/>
<sb:forvalter tillatelser="skrive"/>
<sb:tillatelse navn="skrive" roller=""/>
<state id="aapen"><transition event="stopp" target="stoppet" sb:roller="sjef" sb:noedutgang="true"/>
  <state id="a"><sb:tittel nb="Klar" nn="Klar" en="Ready"/>
    <sb:tillatelse navn="skrive" roller="skriver"/>
    <transition event="send" target="b" sb:roller="skriver" sb:hjemmel="lov § 3"/></state>
  <state id="b"><sb:tittel nb="Ute" nn="Ute" en="Out"/>
    <sb:frist navn="svarfrist" dager="14" hendelse="frist.svar"/>
    <invoke type="urn:saksbehandling:1" src="barn"/>
    <transition event="barn.ferdig"/>
    <transition event="frist.svar" cond="kan_purre"/>
    <transition event="samle" target="slutt" cond="nok and rolig" sb:roller="skriver"/></state>
</state>
<final id="slutt"><sb:tittel nb="Slutt" nn="Slutt" en="End"/></final>
<final id="stoppet"><sb:tittel nb="Stoppet" nn="Stoppa" en="Stopped"/></final>
"""
CHILD = """
<sb:hendelse navn="ferdig" nb="Ferdig" nn="Ferdig" en="Done"/>
<state id="aa"><sb:tittel nb="Hos rådet" nn="Hos rådet" en="At the council"/>
  <transition event="ferdig" target="ferdig" sb:roller="skriver">
    <send target="#_parent" event="barn.ferdig"/></transition>
</state>
<final id="ferdig"><sb:tittel nb="Ferdig" nn="Ferdig" en="Done"/></final>
"""


@dataclass
class Thing:
    """What the guards look at."""

    mangler: set[str] = field(default_factory=set)


@pytest.fixture
def registry(make_chart: MakeChart) -> Registry:
    registry = Registry()
    registry.add(make_chart(PARENT, name="mor"))
    registry.add(make_chart(CHILD, name="barn"))
    for name in ("nok", "rolig", "kan_purre"):
        registry.add_guard(name, lambda thing, name=name: f"{name} mangler." if name in thing.mangler else None)
    registry.check()
    return registry


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def thing() -> Thing:
    return Thing()


@pytest.fixture
def service(session: Session, registry: Registry, thing: Thing) -> WorkflowService:
    return WorkflowService(session, registry, FixedClock(NOW), subjects=lambda _flyt: thing)


@pytest.fixture
def flyt(service: WorkflowService, thing: Thing) -> Flyt:
    return service.start("mor", thing, KARI, data={"kilde": "brev"})


def out(service: WorkflowService, flyt: Flyt, thing: Thing) -> Flyt:
    service.fire(flyt, "send", thing, KARI, {"skriver"})
    return flyt


def test_a_start_is_a_row_and_its_first_history(service: WorkflowService, flyt: Flyt) -> None:
    (row,) = service.history(flyt)
    assert (flyt.definisjon, flyt.versjon, flyt.aktive, flyt.radversjon) == ("mor", 1, "a", 1)
    assert flyt.data == {"kilde": "brev"}
    assert (row.sekvens, row.hendelse, row.fra, row.til) == (1, "start", "", "a")


def test_an_event_is_one_version_and_one_history_row(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    day = dt.date(2019, 3, 26)
    service.fire(flyt, "send", thing, KARI, {"skriver"}, dato=day, merknad="på papir", data={"antall": 4})
    row = service.history(flyt)[-1]
    assert (flyt.aktive, flyt.radversjon) == ("b", 2)
    assert (row.sekvens, row.fra, row.til, row.dato, row.tidspunkt) == (2, "a", "b", day, NOW)
    assert (row.aktoer, row.aktoer_id, row.merknad, row.data) == ("Kari Nordlie", 7, "på papir", {"antall": 4})
    assert flyt.besoekte == {"a", "b"}


def test_what_is_refused_by_the_parent_leaves_no_trace_in_the_session(
    service: WorkflowService, flyt: Flyt, thing: Thing
) -> None:
    child = service.start("barn", thing, KARI, forelder=out(service, flyt, thing))
    service._mover._subjects = None  # what the parent's guards look at cannot be found
    with pytest.raises(SetupError):
        service.fire(child, "ferdig", thing, KARI, {"skriver"})
    assert (child.aktive, child.radversjon, len(service.history(child))) == ("aa", 1, 1)


def test_it_survives_being_read_again(service: WorkflowService, session: Session, flyt: Flyt, thing: Thing) -> None:
    flyt_id = out(service, flyt, thing).id
    session.commit()
    session.expunge_all()
    again = service.case(flyt_id)
    service.fire(again, "samle", thing, KARI, ["skriver"])
    session.commit()
    assert session.scalars(sa.select(Flyt.aktive)).all() == ["slutt"]
    assert session.scalars(sa.select(Flythistorikk.tidspunkt)).all() == [NOW] * 3


def test_a_case_by_its_id_is_an_object_of_the_session_like_any_other(
    service: WorkflowService, session: Session, flyt: Flyt, thing: Thing
) -> None:
    child_id = service.start("barn", thing, KARI, forelder=out(service, flyt, thing)).id
    assert service.case(flyt.id) is flyt
    session.commit()
    session.expunge_all()
    child = service.case(child_id)
    assert child not in session.dirty
    assert (child.definisjon, child.versjon, child.aktive, child.radversjon) == ("barn", 1, "aa", 1)
    assert (child.data, child.historikkverdier) == ({}, None)
    assert child.forelder is service.case(child.forelder_id)
    assert session.get_one(Flyt, child_id) is child
    child.versjon = 2
    session.commit()
    assert (child.versjon, child.radversjon) == (2, 2)


def test_a_case_by_its_id_is_to_the_session_what_it_would_have_loaded(
    service: WorkflowService, session: Session, flyt: Flyt
) -> None:
    def seen(case: Flyt) -> dict[str, object]:
        state = sa.inspect(case)
        names = (
            "key",
            "identity_token",
            "modified",
            "expired",
            "committed_state",
            "expired_attributes",
            "load_options",
        )
        values = {name: value for name, value in vars(case).items() if name != "_sa_instance_state"}
        return {**values, **{f"state.{name}": getattr(state, name) for name in names}}

    flyt_id = flyt.id
    session.commit()
    session.expunge_all()
    loaded = seen(session.get_one(Flyt, flyt_id))
    session.expunge_all()
    case = service.case(flyt_id)
    assert seen(case) == loaded
    assert sa.inspect(case).session is session
    session.rollback()
    assert sa.inspect(case).expired_attributes >= {"aktive", "radversjon"}


def test_a_case_by_its_id_is_renewed_when_the_session_no_longer_trusts_it(
    service: WorkflowService, session: Session, flyt: Flyt
) -> None:
    session.execute(sa.update(Flyt).values(aktive="b"), execution_options={"synchronize_session": False})
    session.expire_all()
    assert service.case(flyt.id).aktive == "b"


def test_a_case_by_an_unknown_id_is_not_found(service: WorkflowService) -> None:
    with pytest.raises(NotFound, match="Saksgangen 4711 finnes ikke"):
        service.case(4711)


def test_the_default_date_is_the_local_one(session: Session, registry: Registry, thing: Thing) -> None:
    late = FixedClock(dt.datetime(2024, 6, 30, 22, 30, tzinfo=dt.UTC))
    service = WorkflowService(session, registry, late)
    assert service.history(service.start("mor", thing, KARI))[0].dato == dt.date(2024, 7, 1)


def test_a_refusal_has_every_reason_and_changes_nothing(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    out(service, flyt, thing)
    thing.mangler = {"nok", "rolig"}
    with pytest.raises(Refusal) as caught:
        service.fire(flyt, "samle", thing, KARI, {"sjef"})
    assert [reason.text for reason in caught.value.reasons] == [
        "Rollen din kan ikke gjøre dette. Det kan bare: skriver.",
        "nok mangler.",
        "rolig mangler.",
    ]
    assert (flyt.aktive, flyt.radversjon, len(service.history(flyt))) == ("b", 2, 2)


def test_an_impossible_event_says_where_the_case_stands(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    with pytest.raises(Refusal, match=r"«Samle» er ikke mulig nå: Prøve står i «Klar»\."):
        service.fire(flyt, "samle", thing, KARI, {"skriver"})


def test_choices_tell_what_is_possible_and_why_not(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    out(service, flyt, thing)
    thing.mangler = {"nok"}
    stop, collect = service.choices(flyt, thing, {"skriver"})
    assert (collect.hendelse, collect.tillatt, collect.noedutgang) == ("samle", False, False)
    assert [reason.text for reason in collect.grunner] == ["nok mangler."]
    assert (stop.hendelse, stop.tillatt, stop.noedutgang) == ("stopp", False, True)
    assert service.choices(flyt, thing, {"sjef"})[0].tillatt
    assert (flyt.aktive, flyt.radversjon) == ("b", 2)


def test_a_choice_carries_title_and_legal_basis(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    send = service.choices(flyt, thing, {"skriver"})[1]
    assert (send.titler.nb, send.tillatt, send.grunner, send.hjemmel) == ("Send ut", True, (), "lov § 3")


def test_permissions_follow_the_state(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    assert service.permissions(flyt) == {"skrive": {"skriver"}}
    out(service, flyt, thing)
    assert service.permissions(flyt) == {"skrive": frozenset()}


def test_sub_cases_start_only_where_the_parent_has_them(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    with pytest.raises(Refusal, match="kan ikke startes nå: Prøve står i «Klar»"):
        service.start("barn", thing, KARI, forelder=flyt)
    child = service.start("barn", thing, KARI, forelder=out(service, flyt, thing))
    assert service.subcases(flyt) == [child]
    assert child.forelder is flyt


def test_a_sub_case_tells_its_parent(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    child = service.start("barn", thing, KARI, forelder=out(service, flyt, thing))
    day = dt.date(2024, 2, 29)
    service.fire(child, "ferdig", thing, KARI, {"skriver"}, dato=day, data={"nr": "8/24"})
    row = service.history(flyt)[-1]
    assert (row.hendelse, row.fra, row.til, row.dato) == ("barn.ferdig", "b", "b", day)
    assert row.data == {"nr": "8/24", "delsak": child.id}
    assert (row.aktoer, flyt.radversjon) == ("Kari Nordlie", 3)


def test_a_parent_that_is_over_is_left_alone(service: WorkflowService, flyt: Flyt, thing: Thing) -> None:
    child = service.start("barn", thing, KARI, forelder=out(service, flyt, thing))
    service.fire(flyt, "stopp", thing, KARI, {"sjef"})
    service.fire(child, "ferdig", thing, KARI, {"skriver"})
    assert (child.aktive, service.history(flyt)[-1].hendelse) == ("ferdig", "stopp")


def test_a_parent_that_refuses_keeps_the_sub_case_where_it_was(
    service: WorkflowService, session: Session, flyt: Flyt, thing: Thing
) -> None:
    child = service.start("barn", thing, KARI, forelder=out(service, flyt, thing))
    flyt.aktive = "a"
    session.flush()
    with pytest.raises(Refusal, match="«Svar» er ikke mulig nå"):
        service.fire(child, "ferdig", thing, KARI, {"skriver"})
    assert (child.aktive, child.radversjon, len(service.history(child))) == ("aa", 1, 1)


def test_a_sub_case_needs_a_finder_for_its_parents_subject(session: Session, registry: Registry, thing: Thing) -> None:
    service = WorkflowService(session, registry, FixedClock(NOW))
    parent = out(service, service.start("mor", thing, KARI), thing)
    child = service.start("barn", thing, KARI, forelder=parent)
    with pytest.raises(SetupError, match="subjects"):
        service.fire(child, "ferdig", thing, KARI, {"skriver"})


def test_a_deadline_lasts_to_the_end_of_its_last_day(
    service: WorkflowService, session: Session, flyt: Flyt, thing: Thing
) -> None:
    service.fire(flyt, "send", thing, KARI, {"skriver"}, dato=dt.date(2024, 3, 20))
    frist = session.scalars(sa.select(Frist)).one()
    assert (frist.tilstand, frist.navn, frist.status) == ("b", "svarfrist", Friststatus.VENTER)
    assert frist.forfaller == dt.datetime(2024, 4, 4, tzinfo=OSLO)  # across the change to summer time


def test_a_due_deadline_fires_once(service: WorkflowService, session: Session, flyt: Flyt, thing: Thing) -> None:
    out(service, flyt, thing)
    due = dt.datetime(2024, 3, 16, tzinfo=OSLO)
    assert service.fire_due(due - dt.timedelta(seconds=1)) == []
    (firing,) = service.fire_due(due)
    row = service.history(flyt)[-1]
    assert (row.hendelse, row.dato, row.sekvens) == ("frist.svar", dt.date(2024, 3, 16), flyt.radversjon)
    assert (row.aktoer, row.data) == (SYSTEMET.navn, {"frist": "svarfrist"})
    assert (firing.frist.navn, firing.grunner) == ("svarfrist", ())
    assert session.scalars(sa.select(Frist.status)).all() == [Friststatus.FYRT]
    assert service.fire_due(due) == []


def test_a_refused_deadline_is_reported_and_not_repeated(
    service: WorkflowService, session: Session, flyt: Flyt, thing: Thing
) -> None:
    out(service, flyt, thing)
    thing.mangler = {"kan_purre"}
    (firing,) = service.fire_due(NOW + dt.timedelta(days=30))
    frist = session.scalars(sa.select(Frist)).one()
    assert (frist.status, frist.grunn, flyt.radversjon) == (Friststatus.AVVIST, "kan_purre mangler.", 2)
    assert [reason.text for reason in firing.grunner] == ["kan_purre mangler."]
    assert service.fire_due(NOW + dt.timedelta(days=30)) == []


def test_leaving_the_state_cancels_its_deadline(
    service: WorkflowService, session: Session, flyt: Flyt, thing: Thing
) -> None:
    out(service, flyt, thing)
    service.fire(flyt, "samle", thing, KARI, {"skriver"})
    assert session.scalars(sa.select(Frist.status)).all() == [Friststatus.KANSELLERT]
    assert service.fire_due(NOW + dt.timedelta(days=30)) == []


DELAY = """
<sb:hendelse navn="{event}" nb="N" nn="N" en="N"/><sb:hendelse navn="avlys" nb="A" nn="A" en="A"/>
<state id="a"><sb:tittel nb="A" nn="A" en="A"/><onentry><send event="purr" delay="2h" id="p"/></onentry>
  <transition event="ferdig" target="b" sb:roller="sjef"/></state>
<state id="b"><sb:tittel nb="B" nn="B" en="B"/>
  <transition event="avlys" sb:roller="sjef"><cancel sendid="p"/></transition>
  <transition event="purr" target="slutt"/></state>
<final id="slutt"><sb:tittel nb="S" nn="S" en="S"/></final>
""".replace("{event}", "ferdig")


@pytest.mark.parametrize(("cancel", "expected"), [(False, ["slutt"]), (True, ["b"])])
def test_a_delayed_event_outlives_the_state_until_cancelled(
    session: Session, registry: Registry, make_chart: MakeChart, thing: Thing, cancel: bool, expected: list[str]
) -> None:
    registry.add(make_chart(DELAY, name="utsatt"))
    service = WorkflowService(session, registry, FixedClock(NOW), subjects=lambda _flyt: thing)
    flyt = service.start("utsatt", thing, KARI)
    service.fire(flyt, "ferdig", thing, KARI, {"sjef"})
    if cancel:
        service.fire(flyt, "avlys", thing, KARI, {"sjef"})
    assert service.fire_due(NOW + dt.timedelta(minutes=119)) == []
    service.fire_due(NOW + dt.timedelta(hours=2))
    assert flyt.aktive.split() == expected


REMINDED = """
<sb:hendelse navn="fram" nb="F" nn="F" en="F"/><sb:hendelse navn="ferdig" nb="F" nn="F" en="F"/>
<state id="a"><sb:tittel nb="A" nn="A" en="A"/><onentry><send event="purr" delay="2h" id="p"/></onentry>
  <transition event="fram" target="b" sb:roller="sjef"/><transition event="purr" target="c"/></state>
<state id="b" sb:venter="true"><sb:tittel nb="B" nn="B" en="B"/><transition event="purr" target="d"/></state>
<state id="c"><sb:tittel nb="C" nn="C" en="C"/><transition event="ferdig" target="slutt" sb:roller="sjef"/></state>
<state id="d"><sb:tittel nb="D" nn="D" en="D"/><transition event="ferdig" target="slutt" sb:roller="sjef"/></state>
<final id="slutt"><sb:tittel nb="S" nn="S" en="S"/></final>
"""


@pytest.fixture
def reminded(service: WorkflowService, registry: Registry, make_chart: MakeChart, thing: Thing) -> list[Flyt]:
    """Three cases that wait for a reminder; the second stands elsewhere than the others."""
    registry.add(make_chart(REMINDED, name="purret"))
    cases = [service.start("purret", thing, KARI) for _ in range(3)]
    service.fire(cases[1], "fram", thing, KARI, {"sjef"})
    return cases


def test_deadlines_are_written_together_by_where_their_cases_stand(
    service: WorkflowService, reminded: list[Flyt], monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[list[int]] = []
    write = Mover.write

    def spy(mover: Mover, cases: Sequence[Stored], step: Step, call: Call) -> None:
        written.append([case.id for case in cases])
        write(mover, cases, step, call)

    monkeypatch.setattr(Mover, "write", spy)
    assert len(service.fire_due(NOW + dt.timedelta(hours=2))) == 3
    first, second, third = reminded
    assert written == [[first.id, third.id], [second.id]]
    last = [service.history(case)[-1] for case in reminded]
    assert [(row.fra, row.til, row.sekvens) for row in last] == [("a", "c", 2), ("b", "d", 3), ("a", "c", 2)]
    assert [(case.aktive, case.radversjon) for case in reminded] == [("c", 2), ("d", 3), ("c", 2)]


def test_of_those_that_are_written_together_none_may_have_moved(
    service: WorkflowService, session: Session, reminded: list[Flyt], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here one goes on between the reading and the writing, as it could where rows are not locked."""
    session.commit()
    claim = deadlines.claim

    def outrun(session: Session, now: dt.datetime, limit: int) -> list[deadlines.Due]:
        found = claim(session, now, limit)
        session.execute(sa.update(Flyt).where(Flyt.id == reminded[2].id).values(radversjon=9))
        return found

    monkeypatch.setattr(deadlines, "claim", outrun)
    with pytest.raises(Conflict):
        service.fire_due(NOW + dt.timedelta(hours=2))
    session.rollback()
    assert [case.aktive for case in reminded] == ["a", "b", "a"]
    assert set(session.scalars(sa.select(Frist.status))) == {Friststatus.VENTER}


HISTORY = """
<sb:hendelse navn="pause" nb="P" nn="P" en="P"/><sb:hendelse navn="fram" nb="F" nn="F" en="F"/>
<state id="arbeid"><history id="h"><transition target="a"/></history>
  <transition event="pause" target="hvile" sb:roller="sjef"/>
  <state id="a"><sb:tittel nb="A" nn="A" en="A"/><transition event="fram" target="b" sb:roller="sjef"/></state>
  <state id="b"><sb:tittel nb="B" nn="B" en="B"/><transition event="fram" target="slutt" sb:roller="sjef"/></state>
</state>
<state id="hvile"><sb:tittel nb="H" nn="H" en="H"/><transition event="fram" target="h" sb:roller="sjef"/></state>
<final id="slutt"><sb:tittel nb="S" nn="S" en="S"/></final>
"""


def test_history_states_are_stored(session: Session, registry: Registry, make_chart: MakeChart, thing: Thing) -> None:
    registry.add(make_chart(HISTORY, name="minne"))
    service = WorkflowService(session, registry, FixedClock(NOW))
    flyt = service.start("minne", thing, KARI)
    for event in ("fram", "pause"):
        service.fire(flyt, event, thing, KARI, {"sjef"})
    session.commit()
    assert flyt.historikkverdier == {"h": ["b"]}
    service.fire(flyt, "fram", thing, KARI, {"sjef"})
    assert flyt.aktive == "b"


def test_the_version_that_the_person_saw_is_held_against_the_case(
    service: WorkflowService, flyt: Flyt, thing: Thing
) -> None:
    service.fire(flyt, "send", thing, KARI, {"skriver"}, radversjon=1)
    with pytest.raises(Conflict, match="Noen andre har endret saken"):
        service.fire(flyt, "samle", thing, KARI, {"skriver"}, radversjon=1)
    assert flyt.aktive == "b"


@pytest.mark.parametrize("still_reading", [True, False])
def test_of_two_secretaries_the_second_meets_a_conflict(
    shared_engine: sa.Engine, registry: Registry, still_reading: bool
) -> None:
    """Whether both transactions were open at once, or each worked on what it had read before."""

    def service_in(session: Session) -> WorkflowService:
        return WorkflowService(session, registry, FixedClock(NOW))

    engine = db.reader(shared_engine)
    with Session(engine) as setup:
        flyt_id = service_in(setup).start("mor", Thing(), KARI).id
        setup.commit()
    with Session(engine, expire_on_commit=False) as one, Session(engine, expire_on_commit=False) as other:
        seen = {session: session.get_one(Flyt, flyt_id) for session in (one, other)}
        if not still_reading:
            one.commit()
            other.commit()
        service_in(one).fire(seen[one], "send", Thing(), KARI, {"skriver"})
        one.commit()
        with pytest.raises(Conflict):
            service_in(other).fire(seen[other], "stopp", Thing(), KARI, {"sjef"})
        other.rollback()
    with Session(engine) as check:
        history = service_in(check).history(check.get_one(Flyt, flyt_id))
        assert [row.hendelse for row in history] == ["start", "send"]


def test_two_sub_cases_that_finish_at_once_both_count(shared_engine: sa.Engine, registry: Registry) -> None:
    def service_in(session: Session) -> WorkflowService:
        return WorkflowService(session, registry, FixedClock(NOW), subjects=lambda _flyt: Thing())

    with Session(shared_engine) as setup:
        service = service_in(setup)
        parent = out(service, service.start("mor", Thing(), KARI), Thing())
        children = [service.start("barn", Thing(), KARI, forelder=parent).id for _ in range(2)]
        parent_id = parent.id
        setup.commit()
    both_have_read = threading.Barrier(2, timeout=20)
    failed: list[BaseException] = []

    def finish_once(child_id: int, engine: sa.Engine, wait: Callable[[], object] = lambda: None) -> None:
        with Session(engine) as session:
            child = session.get_one(Flyt, child_id)
            session.get_one(Flyt, parent_id)  # a stale copy in the session must not win
            wait()
            service_in(session).fire(child, "ferdig", Thing(), KARI, {"skriver"})
            session.commit()

    def finish(child_id: int) -> None:
        try:
            try:
                finish_once(child_id, db.reader(shared_engine), both_have_read.wait)
            except Conflict:
                assert shared_engine.dialect.name == "sqlite"  # which sends the second back to read again
                finish_once(child_id, shared_engine)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=finish, args=(child,)) for child in children]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    with Session(shared_engine) as check:
        rows = service_in(check).history(check.get_one(Flyt, parent_id))
        assert sorted(row.data["delsak"] for row in rows if row.hendelse == "barn.ferdig" and row.data) == children
        assert [row.sekvens for row in rows] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "shared_engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)  # SQLite has one writer at a time, and no row locks
def test_a_parent_is_locked_while_a_sub_case_finishes(shared_engine: sa.Engine, registry: Registry) -> None:
    with Session(shared_engine) as setup:
        service = WorkflowService(setup, registry, FixedClock(NOW), subjects=lambda _flyt: Thing())
        parent = out(service, service.start("mor", Thing(), KARI), Thing())
        child = service.start("barn", Thing(), KARI, forelder=parent)
        parent_id = parent.id
        setup.commit()
        service.fire(child, "ferdig", Thing(), KARI, {"skriver"})
        with Session(shared_engine) as other:
            free = sa.select(Flyt.id).where(Flyt.id == parent_id).with_for_update(skip_locked=True)
            assert other.scalars(free).all() == []
            assert WorkflowService(other, registry, FixedClock(NOW)).fire_due(NOW + dt.timedelta(days=90)) == []
        setup.commit()
