"""The workflow engine with a million cases, and what a case and a definition cost."""

from __future__ import annotations

import datetime as dt
import sqlite3
import statistics

import sqlalchemy as sa
from maaling import CPU, WALL, print_note, print_ratio, timed
from saving import CHART, databases
from sqlalchemy.orm import Session

from saksbehandling.assembly import shipped_workflows
from saksbehandling.clock import FixedClock, SystemClock
from saksbehandling.workflow_engine import deadlines
from saksbehandling.workflow_engine.chart import SYSTEM
from saksbehandling.workflow_engine.definition import read_definition
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.overdue import LIMIT
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET, WorkflowService
from saksbehandling.workflow_engine.verifier import verify

CASES = 1_000_000
DUE = 1_000
BATCH = 20_000
TRIES = 7
NUMBERS = 4 * 8  # id, version of the definition, version of the row, parent
DAYS = {"due": -1, "soon": 10, "later": 30, "by_hand": 70, "last": 90}
NOW = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)
_SERIES = "WITH RECURSIVE nummer(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM nummer WHERE n < :cases)"


def measure(registry: Registry) -> None:
    """`registry`: with guards that always hold."""
    measure_definitions()
    measure_state(registry)
    with databases("FULL") as engine:
        fill(engine("million"))
        with Session(engine("million")) as session:
            measure_due(session)
            measure_permissions(session, registry)
            measure_batch(session, registry)
        measure_batch_by_hand(engine("million"))


def measure_definitions() -> None:
    times = [timed(shipped_workflows) for _ in range(TRIES)]
    print_ratio("startup_all_definitions_s", statistics.median(times), "<=1")
    charts = shipped_workflows().charts()
    largest = max(charts, key=lambda chart: len(chart.states))
    print_note(f"the largest of {len(charts)} definitions: {largest.id}, {len(largest.states) - 1} states")
    print_ratio(
        "verify_largest_ms", statistics.median(timed(lambda: verify(largest)) for _ in range(TRIES)) * 1e3, "<=100"
    )


def measure_state(registry: Registry) -> None:
    """The bytes of the columns that are a case's state, before and after a thousand postponements."""
    roles = {*registry.chart(CHART).roller, SYSTEM}
    columns = (Flyt.definisjon, Flyt.aktive, Flyt.historikkverdier, Flyt.data)
    size = sum(sa.func.coalesce(sa.func.length(sa.cast(column, sa.Text)), 0) for column in columns)
    with databases("OFF") as engine, Session(engine("state")) as session:
        service = WorkflowService(session, registry, SystemClock())
        case = service.start(CHART, None, SYSTEMET)
        postponed = ["sett_paa_saksliste", "behandling.utsatt"]
        sizes = []
        for happenings in (["fullfoer_saksframlegg", "godkjenn", *postponed], postponed * 999):
            for happening in happenings:
                service.fire(case, happening, None, SYSTEMET, roles)
            sizes.append(session.scalars(sa.select(size).where(Flyt.id == case.id)).one() + NUMBERS)
    print_ratio("state_bytes", sizes[-1], "<=300")
    print_ratio("state_bytes_growth_over_1000_postponements", sizes[1] - sizes[0], "<=0")


def fill(engine: sa.Engine) -> None:
    """A million cases, each with a deadline. That of every thousandth is due; then those of twenty thousand cases that
    lie side by side, as those do that were begun on the same day; and then twice those of every 49th."""
    flyt = (
        "INSERT INTO flyt (id, definisjon, versjon, aktive, data, radversjon) "
        f"{_SERIES} SELECT n, :chart, 1, 'til_uttalelse', '{{}}', 2 FROM nummer"
    )
    frist = (
        "INSERT INTO frist (flyt_id, tilstand, navn, hendelse, forfaller, status) "
        f"{_SERIES} SELECT n, 'til_uttalelse', 'uttalelsesfrist', 'frist.uttalelse', "
        "CASE WHEN n % :each = 0 THEN :due WHEN n <= :batch THEN :soon "
        "WHEN n % 49 = 1 THEN :later WHEN n % 49 = 2 THEN :by_hand ELSE :last END, "
        "'venter' FROM nummer"
    )
    stamps = {name: (NOW + dt.timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.%f") for name, days in DAYS.items()}
    with engine.begin() as connection:
        connection.execute(sa.text(flyt), {"cases": CASES, "chart": CHART})
        connection.execute(sa.text(frist), {"cases": CASES, "each": CASES // DUE, "batch": BATCH, **stamps})


def measure_due(session: Session) -> None:
    def find() -> None:
        found = len(deadlines.claim(session, NOW, DUE + 1))
        if found != DUE:
            raise RuntimeError(f"{found} deadlines are due.")

    find()
    print_ratio("due_1000_of_1000000_ms", statistics.median(timed(find) for _ in range(TRIES)) * 1e3, "<=50")


def measure_permissions(session: Session, registry: Registry) -> None:
    """The definition gives a permission to one more role; a stored case answers otherwise, and which rows changed?"""
    before = _changes(session)
    old, new = (_publishers(session, each) for each in (registry, _with_wider_permission(registry)))
    if new - old != {"leder"}:
        raise RuntimeError("The permission did not change.")
    print_ratio("permission_change_rows", _changes(session) - before, "<=0")


def _publishers(session: Session, registry: Registry) -> frozenset[str]:
    service = WorkflowService(session, registry, SystemClock())
    return service.permissions(session.get_one(Flyt, 1))["publiser"]


def _with_wider_permission(registry: Registry) -> Registry:
    definition = registry.definition(registry.chart(CHART))
    content = definition.content if definition else b""
    closed, wider = (f'<sb:tillatelse navn="publiser" roller="{roles}"/>'.encode() for roles in ("", "leder"))
    changed = Registry()
    changed.add_definition(read_definition(f"{CHART}.scxml", content.replace(closed, wider, 1)))
    return changed


def _changes(session: Session) -> int:
    return session.scalars(sa.text("SELECT total_changes()")).one()


def measure_batch(session: Session, registry: Registry) -> None:
    """What a worker does when the deadlines of twenty thousand cases are due, with a commit for each portion."""
    for label, days in (("", 15), ("_scattered", 60)):
        now = NOW + dt.timedelta(days=days)
        service = WorkflowService(session, registry, FixedClock(now), subjects=lambda _flyt: None)
        fired, begun, by_the_wall = 0, CPU(), WALL()
        while found := len(service.fire_due(now)):
            fired += found
            session.commit()
        print_ratio(f"batch_transitions_per_second{label}", fired / (CPU() - begun), ">=20000")
        print_note(f"{fired} of them; {fired / (WALL() - by_the_wall):.0f} a second by the wall, on a shared machine")


def measure_batch_by_hand(engine: sa.Engine) -> None:
    """What SQLite itself takes for as many scattered cases, in portions of the same size."""
    pooled = engine.raw_connection()
    connection, now = pooled.driver_connection, (NOW + dt.timedelta(days=80)).strftime("%Y-%m-%d %H:%M:%S.%f")
    fired, begun, by_the_wall = 0, CPU(), WALL()
    while found := _fire_by_hand(connection, now):
        fired += found
    print_ratio("batch_by_hand_per_second_scattered", fired / (CPU() - begun))
    print_note(f"{fired} of them; {fired / (WALL() - by_the_wall):.0f} a second by the wall")
    pooled.close()


def _fire_by_hand(connection: sqlite3.Connection, now: str) -> int:
    due = (
        "SELECT frist.id, flyt.id, flyt.aktive, flyt.radversjon FROM frist JOIN flyt ON flyt.id = frist.flyt_id WHERE "
        f"frist.status = 'venter' AND frist.forfaller <= ? ORDER BY frist.forfaller, frist.id LIMIT {LIMIT}"
    )
    move = "UPDATE flyt SET aktive = ?, historikkverdier = NULL, radversjon = ? WHERE id = ? AND radversjon = ?"
    remember = (
        "INSERT INTO flythistorikk (flyt_id, sekvens, tidspunkt, dato, hendelse, fra, til, aktoer, data) "
        "VALUES (?, ?, ?, '2024-05-20', 'frist.uttalelse', ?, ?, 'Systemet', '{\"frist\": \"uttalelsesfrist\"}')"
    )
    connection.execute("BEGIN IMMEDIATE")
    rows = connection.execute(due, (now,)).fetchall()
    connection.executemany(move, [(state, seen + 1, case, seen) for _, case, state, seen in rows])
    connection.executemany(remember, [(case, seen + 1, now, state, state) for _, case, state, seen in rows])
    numbers = ", ".join(str(deadline) for deadline, *_ in rows)
    connection.execute(f"UPDATE frist SET status = 'fyrt' WHERE id IN ({numbers})")
    connection.execute("COMMIT")
    return len(rows)
