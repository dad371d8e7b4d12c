"""The shipped definitions carry their golden runs: tables of dated events with what then holds.

Played against the definition alone, and through the service on a database, where the worker fires the deadlines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock, at_noon
from saksbehandling.errors import Reason, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.workflow_engine.expressions import Guard, Reasons
from saksbehandling.workflow_engine.models import Flyt, Frist, Friststatus
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import Actor, WorkflowService
from saksbehandling.workflow_engine.trial_runs import START, Step, TrialRun, play, read_runs

KARI = Actor("Kari Nordlie", 7)
TABLES = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.txt"))}
RUNS = {name: read_runs(path.name, path.read_text(encoding="utf-8")) for name, path in TABLES.items()}
WHOLE = [
    pytest.param(name, run, id=f"{name}-{run.steps[0].line}")
    for name, runs in RUNS.items()
    for run in runs
    if run.steps[0].hendelse == START
]


class Given(Registry):
    """Definitions whose guards hold when the step says so."""

    holding: frozenset[str] = frozenset()

    def ask(self, guard: Guard, subject: object) -> Reasons:
        return () if str(guard) in self.holding else (Reason(f"{guard} holder ikke."),)


@pytest.fixture(scope="module")
def definitions() -> Registry:
    return Registry.load()


@pytest.mark.parametrize("name", TABLES)
def test_the_definition_does_what_its_runs_say_and_every_transition_is_tried(definitions: Registry, name: str) -> None:
    assert [str(finding) for finding in play(definitions.chart(name), RUNS[name])] == []


def test_every_definition_has_its_runs(definitions: Registry) -> None:
    assert {chart.id for chart in definitions.charts()} == TABLES.keys()
    assert {name for name, runs in RUNS.items() if runs[0].steps[0].hendelse == START} == TABLES.keys()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.mark.parametrize(("name", "run"), WHOLE)
def test_the_service_carries_a_case_through_the_run(session: Session, name: str, run: TrialRun) -> None:
    registry, clock = Given.load(), FixedClock(at_noon(run.steps[0].dato))
    service = WorkflowService(session, registry, clock, subjects=lambda _flyt: None)
    flyt = service.start(name, None, KARI, dato=run.steps[0].dato)
    for step in run.steps[1:]:
        registry.holding = step.vilkaar
        clock.set(at_noon(step.dato))
        happen(service, flyt, step, clock)
        assert frozenset(flyt.aktive.split()) == step.tilstander
        assert running(session, flyt) == dict(step.frister)
        rights = {permission: who for permission, who in service.permissions(flyt).items() if who}
        assert rights == {name: who for name, who in step.tillatelser.items() if name != "delsaker"}
    assert [(row.dato, row.hendelse) for row in service.history(flyt)] == [
        (step.dato, step.hendelse) for step in run.steps if not step.nektes
    ]


def happen(service: WorkflowService, flyt: Flyt, step: Step, clock: FixedClock) -> None:
    """A deadline is fired by the worker on that day, and was not due the day before; the rest by who may."""
    if step.nektes:
        with pytest.raises(Refusal):
            service.fire(flyt, step.hendelse, None, KARI, list(Rolle), dato=step.dato)
        return
    if not step.hendelse.startswith("frist."):
        service.fire(flyt, step.hendelse, None, KARI, [min(step.roller)], dato=step.dato)
        return
    assert service.fire_due(clock.now() - dt.timedelta(days=1)) == []
    assert [firing.frist.hendelse for firing in service.fire_due(clock.now())] == [step.hendelse]


def running(session: Session, flyt: Flyt) -> dict[str, dt.date]:
    """The last day of each deadline that waits."""
    waiting = sa.select(Frist).where(Frist.flyt_id == flyt.id, Frist.status == Friststatus.VENTER)
    return {frist.navn: (frist.forfaller - dt.timedelta(hours=1)).date() for frist in session.scalars(waiting)}
