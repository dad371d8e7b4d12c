"""A transition of a political case, saved: ours, python-statemachine, SpiffWorkflow, and SQL written by hand.

All walk the states of workflows/politisk_sak.scxml; the peers' charts are made from it. Each transition is like a
request of its own: read the case, decide, write the state and a history row, commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import peer_spiff
import peer_statemachine
import sqlalchemy as sa
from maaling import CPU, WALL, Clock, median_of, print_machine, print_medians, print_ratio, ratio, take_turns
from saving import CHART, ByHand, ByOrm, Contestant, Databases, Ours, State, Step, databases

from saksbehandling import db
from saksbehandling.workflow_engine import interpreter
from saksbehandling.workflow_engine.chart import SYSTEM, Chart
from saksbehandling.workflow_engine.expressions import Guard, walk
from saksbehandling.workflow_engine.interpreter import Configuration, Event
from saksbehandling.workflow_engine.models import Flythistorikk
from saksbehandling.workflow_engine.registry import Registry

ROUNDS = 25
LONG_ROUNDS = 3
USUAL, OFTEN = 4, 44  # how many times the committee postpones, two events each time


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


def contestants(engine: Databases, registry: Registry, guards: Sequence[str]) -> dict[str, Contestant]:
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


def check_all_go_the_same_way(engine: Databases, racing: Mapping[str, Contestant]) -> None:
    """Raises `RuntimeError` unless a case has the same history with everybody."""
    expected = walked(engine("ours"), racing["ours"])
    for name, contestant in racing.items():
        if walked(engine(name), contestant) != expected:
            raise RuntimeError(f"{name} does not walk as ours does.")


def turn(contestant: Contestant, happenings: Sequence[str], clock: Clock) -> float:
    """The seconds of a transition in one case."""
    case = contestant.start()
    return median_of(lambda happening: contestant.fire(case, happening), happenings, clock)


def compare(label: str, racing: Mapping[str, Contestant], rounds: int, happenings: Sequence[str], clock: Clock) -> None:
    times = take_turns({name: lambda c=c: turn(c, happenings, clock) for name, c in racing.items()}, rounds)
    print_medians(f"workflow {label}, one transition", times)
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
    for synchronous, label, clock in (("FULL", "fsync", WALL), ("OFF", "cpu", CPU)):
        with databases(synchronous) as engine:
            racing = contestants(engine, registry, guards)
            check_all_go_the_same_way(engine, racing)
            compare(label, racing, ROUNDS, life(USUAL), clock)
            if clock is CPU:
                compare(f"{label}_100_events", racing, LONG_ROUNDS, life(OFTEN), clock)


if __name__ == "__main__":
    main()
