"""A transition of a political case, saved: ours, python-statemachine, SpiffWorkflow, and SQL written by hand.

All walk the states of workflows/politisk_sak.scxml; the peers' charts are made from it. Each transition is like a
request of its own: read the case, decide, write the state and a history row, commit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

import peer_spiff
import peer_statemachine
import sqlalchemy as sa
from maaling import print_machine, print_medians, print_ratio, ratio, take_turns, timed
from sqlalchemy import event

from saksbehandling import db
from saksbehandling.clock import SystemClock
from saksbehandling.workflow_engine import interpreter
from saksbehandling.workflow_engine.chart import SYSTEM, Chart
from saksbehandling.workflow_engine.expressions import Guard, walk
from saksbehandling.workflow_engine.interpreter import Configuration, Event
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import Actor, WorkflowService

ROUNDS = 25
LONG_ROUNDS = 3
USUAL, OFTEN = 4, 44  # how many times the committee postpones, two events each time
CHART = "politisk_sak"
TABLES = [model.__table__ for model in (Flyt, Flythistorikk, Frist)]

State = tuple[str, str]
"""The active states, and what else the engine wants to be stored."""
Step = Callable[[str, str, str], State]
"""Where an event leads from a stored state."""


def life(postponements: int) -> list[str]:
    """What happens in a case from its saksframlegg to the end: 12 events, and 2 for each postponement.

    The round of statements is left out, since it sets a deadline, which the peers have no table for.
    """
    again = ("sett_paa_saksliste", "behandling.utsatt")
    committee = (*again * postponements, "sett_paa_saksliste", "behandling.innstilling")
    council = (*again, "sett_paa_saksliste", "behandling.vedtak")
    return ["fullfoer_saksframlegg", "godkjenn", *committee, *council, "publiser", "avslutt"]


def guards_in(chart: Chart) -> list[str]:
    """The guards that the chart names; here they always hold."""
    return sorted({part.name for cond, _ in chart.conditions for part in walk(cond) if isinstance(part, Guard)})


class Contestant(Protocol):
    def start(self) -> int:
        """A new case; its id."""

    def fire(self, case: int, happening: str) -> None:
        """One transition, committed."""


class Ours:
    """As a view does it: a session, the case by its id, the service, commit."""

    def __init__(self, engine: sa.Engine, registry: Registry) -> None:
        self._sessions = db.session_factory(engine)
        self._registry = registry
        self._actor = Actor("Eirin Berg", 1)
        self._roles = {*registry.chart(CHART).roller, SYSTEM}

    def start(self) -> int:
        with self._sessions.begin() as session:
            flyt = WorkflowService(session, self._registry, SystemClock()).start(CHART, None, self._actor)
            return flyt.id

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            service = WorkflowService(session, self._registry, SystemClock())
            service.fire(session.get_one(Flyt, case), happening, None, self._actor, self._roles)


class ByHand:
    """The same rows by sqlite3 with nothing in between: the floor, and the lightest saving that a peer can have."""

    def __init__(self, engine: sa.Engine, start: Callable[[], State], step: Step) -> None:
        self._pooled = engine.raw_connection()
        self._execute = self._pooled.driver_connection.execute
        self._start = start
        self._step = step
        self._clock = SystemClock()

    def start(self) -> int:
        sql = "INSERT INTO flyt (definisjon, versjon, aktive, data, radversjon) VALUES (?, 1, ?, ?, 1)"
        self._execute("BEGIN IMMEDIATE")
        case = self._execute(sql, (CHART, *self._start())).lastrowid
        self._execute("COMMIT")
        return case

    def fire(self, case: int, happening: str) -> None:
        self._execute("BEGIN IMMEDIATE")
        sql = "SELECT aktive, data, radversjon FROM flyt WHERE id = ?"
        before, data, version = self._execute(sql, (case,)).fetchone()
        after, data = self._step(happening, before, data)
        sql = "UPDATE flyt SET aktive = ?, data = ?, radversjon = ? WHERE id = ? AND radversjon = ?"
        if self._execute(sql, (after, data, version + 1, case, version)).rowcount != 1:
            raise RuntimeError("Somebody else moved the case.")
        sql = (
            "INSERT INTO flythistorikk (flyt_id, sekvens, tidspunkt, dato, hendelse, fra, til, aktoer, aktoer_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 'Eirin Berg', 1)"
        )
        now, today = self._clock.now().isoformat(" "), self._clock.today().isoformat()
        self._execute(sql, (case, version + 1, now, today, happening, before, after))
        self._execute("COMMIT")


class ByOrm:
    """The same rows by a session and the models of the product, as an application of ours around a peer would."""

    def __init__(self, engine: sa.Engine, start: Callable[[], State], step: Step) -> None:
        self._sessions = db.session_factory(engine)
        self._start = start
        self._step = step
        self._clock = SystemClock()

    def start(self) -> int:
        with self._sessions.begin() as session:
            active, data = self._start()
            flyt = Flyt(definisjon=CHART, versjon=1, aktive=active, data=data)
            session.add(flyt)
            session.flush()
            return flyt.id

    def fire(self, case: int, happening: str) -> None:
        with self._sessions.begin() as session:
            flyt = session.get_one(Flyt, case)
            before = flyt.aktive
            flyt.aktive, flyt.data = self._step(happening, before, flyt.data)
            row = Flythistorikk(
                flyt_id=case,
                sekvens=flyt.radversjon + 1,
                tidspunkt=self._clock.now(),
                dato=self._clock.today(),
                hendelse=happening,
                fra=before,
                til=flyt.aktive,
                aktoer="Eirin Berg",
                aktoer_id=1,
            )
            session.add(row)


def contestants(engine: Callable[[str], sa.Engine], registry: Registry, guards: Sequence[str]) -> dict[str, Contestant]:
    """Each with a database of its own."""
    chart = registry.chart(CHART)
    ours = Ours(engine("ours"), registry)
    ways = {(happening, before): after for happening, before, after in walked(engine("ours"), ours)}
    machine = peer_statemachine.Machine(chart, guards)
    slim, whole = (peer_spiff.Process(chart, guards, whole) for whole in (False, True))
    roles = {*chart.roller, SYSTEM}

    def engine_alone(happening: str, before: str, data: str) -> State:
        """Our interpreter without the service around it."""
        configuration = Configuration(chart.expand(before.split()), {}, {})
        moved = interpreter.fire(chart, configuration, Event(happening), lambda guard: registry.ask(guard, None), roles)
        return " ".join(chart.leaves(moved.configuration.active)), data

    begun = ("utredning", "{}")
    peers: dict[str, tuple[Callable[[], State], Step]] = {
        "floor": (lambda: begun, lambda happening, before, data: (ways[happening, before], data)),
        "engine": (lambda: begun, engine_alone),
        "statemachine": (machine.start, machine.step),
        "spiff": (slim.start, slim.step),
        "spiff_whole": (whole.start, whole.step),
    }
    savings = {"sql": ByHand, "orm": ByOrm}
    made = {f"{p}+{s}": saving(engine(f"{p}+{s}"), *peers[p]) for p in peers for s, saving in savings.items()}
    return {"ours": ours, **made}


def walked(engine: sa.Engine, contestant: Contestant) -> list[tuple[str, str, str]]:
    """A rehearsal: what the history says afterwards, as (event, from, to)."""
    case = contestant.start()
    for happening in life(USUAL):
        contestant.fire(case, happening)
    columns = Flythistorikk.hendelse, Flythistorikk.fra, Flythistorikk.til
    query = sa.select(*columns).where(Flythistorikk.flyt_id == case, Flythistorikk.hendelse != "start")
    with db.reader(engine).connect() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(Flythistorikk.sekvens))]


def check_all_go_the_same_way(engine: Callable[[str], sa.Engine], racing: Mapping[str, Contestant]) -> None:
    """Raises `RuntimeError` unless a case has the same history with everybody."""
    expected = walked(engine("ours"), racing["ours"])
    for name, contestant in racing.items():
        if walked(engine(name), contestant) != expected:
            raise RuntimeError(f"{name} does not walk as ours does.")


@contextmanager
def databases(synchronous: str) -> Iterator[Callable[[str], sa.Engine]]:
    """Makes SQLite files by name, with the product's own pragmas but for `synchronous`."""
    made: dict[str, sa.Engine] = {}

    def engine(name: str) -> sa.Engine:
        if name not in made:
            made[name] = db.create_engine(f"sqlite:///{folder}/{name}.db")
            event.listen(made[name], "connect", lambda raw, _record: raw.execute(f"PRAGMA synchronous={synchronous}"))
            db.Base.metadata.create_all(made[name], tables=TABLES)
        return made[name]

    with tempfile.TemporaryDirectory() as folder:
        yield engine
        for each in made.values():
            each.dispose()


def turn(contestant: Contestant, happenings: Sequence[str]) -> float:
    """The seconds of one case's transitions, without its start."""
    case = contestant.start()
    return timed(lambda: [contestant.fire(case, happening) for happening in happenings])


def compare(label: str, racing: Mapping[str, Contestant], rounds: int, happenings: Sequence[str]) -> None:
    times = take_turns({name: lambda c=c: turn(c, happenings) for name, c in racing.items()}, rounds)
    print_medians(f"workflow {label}, one transition", times, per=len(happenings))
    for saving in ("sql", "orm"):
        print_ratio(f"workflow.{label}.ours/floor+{saving}", ratio(times, "ours", f"floor+{saving}"))
        for peer in ("statemachine", "spiff", "spiff_whole"):
            print_ratio(f"workflow.{label}.{peer}+{saving}/ours", ratio(times, f"{peer}+{saving}", "ours"))
    for peer in ("statemachine", "spiff", "spiff_whole"):
        print_ratio(f"workflow.{label}.{peer}+sql/engine+sql", ratio(times, f"{peer}+sql", "engine+sql"))


def main() -> None:
    print_machine("python-statemachine", "SpiffWorkflow", "SQLAlchemy")
    registry = Registry.load()
    guards = guards_in(registry.chart(CHART))
    for name in guards:
        registry.add_guard(name, lambda _subject: None)
    for synchronous, label in (("FULL", "fsync"), ("OFF", "cpu")):
        with databases(synchronous) as engine:
            racing = contestants(engine, registry, guards)
            check_all_go_the_same_way(engine, racing)
            compare(label, racing, ROUNDS, life(USUAL))
            if synchronous == "OFF":
                compare(f"{label}_100_events", racing, LONG_ROUNDS, life(OFTEN))


if __name__ == "__main__":
    main()
