"""The share of sown faults that is caught before a definition comes into use. Run with `-s` to see the table.

A mutant is *caught* by the first of: the compiler, the verifier, the check of guards and sub-cases, and the golden runs
of the definition, when somebody plays them (`trial_runs.play`). It is *equivalent* when it means the same as the
original: the same states, transitions, conditions, deadlines, sub-cases and titles, and in every state the same
permissions, compared field by field after compilation (`meaning`; `sb:venter` is left out, as only the verifier reads
it). Nothing else is left out of the count. What the first three cannot know is what was meant: one role fewer, another
way on, a shorter deadline are sound definitions too, of another case type; that is what the golden runs are for.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from factories.mutanter import Mutant, mutanter
from saksbehandling import vakter
from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.chart import Action, Chart, Kind, Transition
from saksbehandling.workflow_engine.definition import read_definition
from saksbehandling.workflow_engine.interpreter import entered
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.trial_runs import TrialRun, play, read_runs

ROOT = Path(__file__).parents[3]
FILES = {path.stem: path.read_bytes() for path in sorted((ROOT / "workflows").glob("*.scxml"))}
GOLDEN = ROOT / "tests" / "golden" / "workflows"
BY = ("kompilator", "verifikator", "vaktsjekk", "prøveløp")


def runs_of(name: str) -> tuple[TrialRun, ...]:
    path = GOLDEN / f"{name}.txt"
    return read_runs(path.name, path.read_text(encoding="utf-8"))


def registry_without(name: str) -> Registry:
    registry = Registry()
    for other, content in FILES.items():
        if other != name:
            registry.add_definition(read_definition(f"{other}.scxml", content))
    for guard, function in vakter.VAKTER.items():
        registry.add_guard(guard, function)
    return registry


def meaning(chart: Chart) -> Any:
    """Everything that a case, or a person at its page, could notice; not how or where it is written."""
    ways = [
        (
            *(way.source, way.events, str(way.cond), _leads_to(chart, way), way.internal, _written(way.actions)),
            *(way.roller, way.noedutgang, way.hjemmel),
        )
        for way in chart.transitions
    ]
    states = [
        (
            *(state.id, state.kind, state.parent, state.children, state.titler, state.delsaker, state.deep),
            *(state.stasjon, state.merke, state.hjemmel, state.initial and _leads_to(chart, state.initial)),
            tuple((each.navn, each.dager, each.hendelse) for each in state.frister),
            None if state.children else dict(chart.permissions(chart.expand([state.id]))),
        )
        for state in chart.states.values()
    ]
    return ways, states, dict(chart.roller), dict(chart.hendelser), chart.titler


def _leads_to(chart: Chart, way: Transition) -> Any:
    """The states entered; for a history state, which is another each time, the target itself."""
    if any(chart.states[target].kind is Kind.HISTORY for target in way.targets):
        return way.targets
    return entered(chart, way) if way.targets else None


def _written(actions: tuple[Action, ...]) -> str:
    return re.sub(r"line=[0-9]+", "", repr(actions))


@dataclass
class Tally:
    caught: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    equivalent: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def share(self, *by: str) -> float:
        counted = sum(self.kinds.values()) - sum(self.equivalent.values())
        return sum(number for (_, who), number in self.caught.items() if who in by) / counted


def catcher(name: str, mutant: Mutant, base: Registry, runs: tuple[TrialRun, ...]) -> str | None:
    """Who finds the fault first."""
    try:
        definition = read_definition(f"{name}.scxml", mutant.innhold)
    except SetupError:
        return "kompilator"
    registry = copy.copy(base)
    registry._charts, registry._definitions = dict(base._charts), dict(base._definitions)
    try:
        registry.add_definition(definition)
    except SetupError:
        return "verifikator"
    try:
        registry.check()
    except SetupError as error:
        return "vaktsjekk" if "vilkåret" in str(error) or "finnes ikke" in str(error) else "verifikator"
    return "prøveløp" if play(definition.chart, runs) else None


def tally_of(name: str, tally: Tally) -> None:
    base, runs, original = registry_without(name), runs_of(name), meaning(read_definition(name, FILES[name]).chart)
    for mutant in mutanter(FILES[name]):
        tally.kinds[mutant.slag] += 1
        who = catcher(name, mutant, base, runs)
        if who is not None:
            tally.caught[mutant.slag, who] += 1
        elif meaning(read_definition(name, mutant.innhold).chart) == original:
            tally.equivalent[mutant.slag] += 1
        else:
            tally.missed.append(f"{name}.scxml:{mutant.hvor} {mutant.slag}")


@pytest.fixture(scope="module")
def tally() -> Tally:
    tally = Tally()
    for name in FILES:
        tally_of(name, tally)
    return tally


def report(tally: Tally) -> str:
    head = f"{'feil':34}{'antall':>7}{'likeverdige':>12}" + "".join(f"{who:>13}" for who in BY) + f"{'andel':>8}"
    lines = [head]
    for kind, number in tally.kinds.items():
        found = [tally.caught[kind, who] for who in BY]
        counted = number - tally.equivalent[kind]
        share = f"{sum(found) / counted:8.1%}" if counted else "       –"
        lines.append(f"{kind:34}{number:7}{tally.equivalent[kind]:12}" + "".join(f"{n:13}" for n in found) + share)
    total = (
        f"I alt {sum(tally.kinds.values())}: {tally.share(*BY):.1%} funnet, {tally.share(*BY[:3]):.1%} uten prøveløp"
    )
    return "\n".join([*lines, total, *tally.missed])


def test_at_least_95_percent_of_the_sown_faults_are_caught(tally: Tally) -> None:
    print("\n" + report(tally))
    assert tally.share(*BY) >= 0.95
    assert tally.share(*BY[:3]) >= 0.7


@pytest.mark.parametrize("name", FILES)
def test_the_good_ones_raise_no_alarm(name: str) -> None:
    registry = registry_without(name)
    registry.add_definition(read_definition(f"{name}.scxml", FILES[name]))
    registry.check()
    assert play(registry.chart(name), runs_of(name)) == ()
