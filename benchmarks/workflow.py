"""A transition of a political case, saved: ours, SQL by hand, and other engines saved as we save; then the scale.

All walk the states of workflows/politisk_sak.scxml; the peers' charts are made from it. Each transition is like a
request of its own: read the case, decide, write the state and a history row, commit.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import peer_spiff
import peer_statemachine
import scale
import sqlalchemy as sa
from maaling import CPU, WALL, Clock, print_machine, print_medians, print_note, print_ratio, ratio, take_turns, timed
from saving import CHART, ByHand, ByHandInSession, Contestant, Databases, LikeOurs, Ours, databases, postgresql

from saksbehandling import db
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.expressions import Guard, walk
from saksbehandling.workflow_engine.models import Flythistorikk
from saksbehandling.workflow_engine.registry import Registry

ROUNDS = 15
LONG_ROUNDS = 3
USUAL, OFTEN = 4, 44  # how many times the committee postpones, two events each time
POSTGRESQL = os.environ.get("SAKSBEHANDLING_TEST_POSTGRESQL", "")
FLOOR_GOAL = "<=1.5"
PEERS = {"statemachine": ">=5", "spiff": ">=10", "spiff_whole": ">=10"}


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


def against_the_floor(engine: Databases, registry: Registry) -> dict[str, Contestant]:
    """Ours, and the same rows by hand, also in a session; each with a database of its own."""
    ours = Ours(engine("ours"), registry)
    ways = {(happening, before): after for happening, before, after in walked(engine("ours"), ours)}
    by_hand = {
        name: way(engine(name), lambda: ("utredning", "{}"), lambda event, before, data: (ways[event, before], data))
        for name, way in (("floor", ByHand), ("session", ByHandInSession))
    }
    return {"ours": ours, **by_hand}


def against_peers(engine: Databases, registry: Registry, guards: Sequence[str]) -> dict[str, Contestant]:
    chart = registry.chart(CHART)
    machine = peer_statemachine.Machine(chart, guards)
    slim, whole = (peer_spiff.Process(chart, guards, whole) for whole in (False, True))
    peers = {"statemachine": machine, "spiff": slim, "spiff_whole": whole}
    saved = {name: LikeOurs(engine(name), peer.start, peer.step) for name, peer in peers.items()}
    return {"ours": Ours(engine("ours"), registry), **saved}


def walked(engine: sa.Engine, contestant: Contestant) -> list[tuple[str, str, str]]:
    """A rehearsal: what the history says afterwards, as (event, from, to)."""
    case = contestant.start()
    for happening in life(USUAL):
        contestant.fire(case, happening)
    columns = Flythistorikk.hendelse, Flythistorikk.fra, Flythistorikk.til
    query = sa.select(*columns).where(Flythistorikk.flyt_id == case, Flythistorikk.hendelse != "start")
    with db.reader(engine).connect() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(Flythistorikk.sekvens))]


def check_all_go_the_same_way(engine: Databases, racing: Mapping[str, Contestant]) -> None:
    """Raises `RuntimeError` unless a case has the same history with everybody."""
    expected = walked(engine("ours"), racing["ours"])
    for name, contestant in racing.items():
        if walked(engine(name), contestant) != expected:
            raise RuntimeError(f"{name} does not walk as ours does.")


def turn(contestant: Contestant, happenings: Sequence[str], clock: Clock) -> float:
    """The seconds of a transition: the mean in one case, after another that warms up what the last turn left cold."""

    def live(case: int) -> None:
        for happening in happenings:
            contestant.fire(case, happening)

    live(contestant.start())
    case = contestant.start()
    return timed(lambda: live(case), clock) / len(happenings)


def race_the_floor(engine: Databases, registry: Registry, clock: Clock, label: str) -> None:
    racing = against_the_floor(engine, registry)
    check_all_go_the_same_way(engine, racing)
    times = take_turns({name: lambda c=c: turn(c, life(USUAL), clock) for name, c in racing.items()}, ROUNDS)
    print_medians(f"transition, {label or 'SQLite with fsync'}", times)
    suffix = label and f"_{label}"
    print_ratio(f"transition_floor{suffix}", ratio(times, "ours", "floor"), FLOOR_GOAL)
    print_ratio(f"transition_by_hand_in_a_session{suffix}", ratio(times, "ours", "session"))


def race_the_peers(engine: Databases, registry: Registry, guards: Sequence[str]) -> None:
    racing = against_peers(engine, registry, guards)
    check_all_go_the_same_way(engine, racing)
    for label, rounds, postponements in (("", ROUNDS, USUAL), ("_100_events", LONG_ROUNDS, OFTEN)):
        events = life(postponements)
        times = take_turns({name: lambda c=c, e=events: turn(c, e, CPU) for name, c in racing.items()}, rounds)
        print_medians(f"transition, {len(events)} events, saved alike", times)
        for peer, goal in PEERS.items():
            print_ratio(f"{peer}/ours{label}", ratio(times, peer, "ours"), goal)


def main() -> None:
    print_machine("python-statemachine", "SpiffWorkflow", "SQLAlchemy")
    registry = Registry.load()
    guards = guards_in(registry.chart(CHART))
    for name in guards:
        registry.add_guard(name, lambda _subject: None)
    with databases("FULL") as engine:
        race_the_floor(engine, registry, WALL, "")
    with databases("OFF") as engine:
        race_the_floor(engine, registry, CPU, "cpu")
        race_the_peers(engine, registry, guards)
    if POSTGRESQL:
        with postgresql(POSTGRESQL) as engine:
            race_the_floor(engine, registry, WALL, "postgresql")
    else:
        print_note("PostgreSQL is not measured: SAKSBEHANDLING_TEST_POSTGRESQL is not set.")
    scale.measure(registry)


if __name__ == "__main__":
    main()
