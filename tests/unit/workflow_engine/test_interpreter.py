from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksbehandling.errors import Reason, SetupError
from saksbehandling.workflow_engine import interpreter
from saksbehandling.workflow_engine.chart import SYSTEM, Cancel, Chart, Kind, SendDelayed, SendParent
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.expressions import Guard, Reasons
from saksbehandling.workflow_engine.interpreter import (
    CancelDeadlines,
    Configuration,
    Event,
    Impossible,
    Moved,
    Refused,
    SetDeadline,
)

MakeChart = Callable[..., Chart]


class Walk:
    """A case in memory that tests lead through a chart. `failing`: guards that do not hold."""

    def __init__(self, chart: Chart, failing: set[str] | None = None) -> None:
        self.chart = chart
        self.failing = failing or set()
        self.last: interpreter.Outcome = interpreter.start(chart, self._guard)
        self.configuration = self.last.configuration

    def _guard(self, guard: Guard) -> Reasons:
        return (Reason(f"{guard.name} feiler"),) if guard.name in self.failing else ()

    def fire(self, event: str, *roles: str) -> Walk:
        self.last = interpreter.fire(self.chart, self.configuration, Event(event), self._guard, roles or (SYSTEM,))
        if isinstance(self.last, Moved):
            self.configuration = self.last.configuration
        return self

    @property
    def at(self) -> str:
        return " ".join(self.chart.leaves(self.configuration.active))

    @property
    def said(self) -> list[str]:
        """The events sent to the parent by the last event, used by tests to see what was executed and when."""
        assert isinstance(self.last, Moved)
        return [effect.event for effect in self.last.effects if isinstance(effect, SendParent)]


def wrap(body: str) -> bytes:
    return (
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" '
        f'name="proeve" sb:versjon="1">{body}</scxml>'
    ).encode()


def say(*words: str) -> str:
    return "".join(f'<send target="#_parent" event="{word}"/>' for word in words)


def test_it_enters_the_default_states_from_the_outside_in(make_chart: MakeChart) -> None:
    walk = Walk(
        make_chart(f"""
        <state id="a"><onentry>{say("a")}</onentry>
          <initial><transition target="a2">{say("start")}</transition></initial>
          <state id="a1"/><state id="a2"><onentry>{say("a2")}</onentry></state></state>""")
    )
    assert walk.at == "a2"
    assert walk.configuration.active == {"a", "a2"}
    assert walk.said == ["a", "start", "a2"]


def test_exit_action_entry_come_in_that_order(make_chart: MakeChart) -> None:
    chart = make_chart(f"""
        <state id="a"><onexit>{say("ut-a")}</onexit>
          <state id="a1"><onexit>{say("ut-a1")}</onexit>
            <transition event="e" target="b1">{say("paa-vei")}</transition></state></state>
        <state id="b"><onentry>{say("inn-b")}</onentry><state id="b1"><onentry>{say("inn-b1")}</onentry></state></state>
        """)
    assert Walk(chart).fire("e").said == ["ut-a1", "ut-a", "paa-vei", "inn-b", "inn-b1"]


def test_the_inner_transition_wins_over_the_outer_and_the_first_over_the_next(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="s"><transition event="e" target="ytre"/>
          <state id="i"><transition event="e" cond="nei" target="tom"/>
            <transition event="e" target="foerste"/><transition event="e" target="andre"/></state></state>
        <state id="tom"/><state id="foerste"/><state id="andre"/><state id="ytre"/>""")
    assert Walk(chart, {"nei"}).fire("e").at == "foerste"


def test_the_outer_is_taken_when_the_inner_is_not_allowed(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="s"><transition event="e" target="ytre"/>
          <state id="i"><transition event="e" cond="nei" target="indre"/></state></state>
        <state id="indre"/><state id="ytre"/>""")
    assert Walk(chart, {"nei"}).fire("e").at == "ytre"


def test_internal_and_external_and_targetless_transitions(make_chart: MakeChart) -> None:
    chart = make_chart(f"""
        <state id="s"><onentry>{say("inn")}</onentry><onexit>{say("ut")}</onexit>
          <transition event="indre" type="internal" target="s2"/>
          <transition event="ytre" target="s2"/>
          <transition event="her">{say("her")}</transition>
          <state id="s1"/><state id="s2"/></state>""")
    assert (Walk(chart).fire("indre").at, Walk(chart).fire("indre").said) == ("s2", [])
    assert (Walk(chart).fire("ytre").at, Walk(chart).fire("ytre").said) == ("s2", ["ut", "inn"])
    assert (Walk(chart).fire("her").at, Walk(chart).fire("her").said) == ("s1", ["her"])


PARALLEL = f"""
<parallel id="p">
  <transition event="done.state.p" target="slutt"/>
  <state id="x"><state id="x1"><transition event="gaa gaa_x" target="x2"/></state>
    <state id="x2"><transition event="fullfoer_x" target="x3"/></state><final id="x3"/></state>
  <state id="y"><onexit>{say("ut-y")}</onexit><transition event="done.state.y">{say("y-ferdig")}</transition>
    <state id="y1"><transition event="gaa" target="y2"/><transition event="bryt" target="b"/></state>
    <final id="y2"/></state>
</parallel>
<state id="b"><transition event="til_x2" target="x2"/><transition event="begge" target="x2 y2"/></state>
<final id="slutt"/>
"""


def test_parallel_branches_move_together_and_join(make_chart: MakeChart) -> None:
    walk = Walk(make_chart(PARALLEL))
    assert walk.at == "x1 y1"
    assert walk.fire("gaa").at == "x2 y2"
    assert walk.said == ["y-ferdig"]
    walk.fire("fullfoer_x")
    assert walk.at == "slutt"
    assert isinstance(walk.last, Moved)
    assert walk.last.finished


def test_one_branch_moves_alone(make_chart: MakeChart) -> None:
    assert Walk(make_chart(PARALLEL)).fire("gaa_x").at == "x2 y1"


def test_leaving_a_parallel_leaves_all_branches_and_entering_enters_all(make_chart: MakeChart) -> None:
    walk = Walk(make_chart(PARALLEL)).fire("bryt")
    assert walk.configuration.active == {"b"}
    assert walk.fire("til_x2").at == "x2 y1"
    assert walk.fire("bryt").fire("begge").at == "x2 y2"


def test_conflicting_branches_the_earlier_wins(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <parallel id="p">
          <state id="x"><transition event="e" target="ut_x"/></state>
          <state id="y"><transition event="e" target="ut_y"/></state>
        </parallel><state id="ut_x"/><state id="ut_y"/>""")
    walk = Walk(chart).fire("e")
    assert walk.at == "ut_x"
    assert isinstance(walk.last, Moved)
    assert [transition.source for transition in walk.last.transitions] == ["x"]


def test_conflict_the_inner_source_preempts_the_outer(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <parallel id="p"><transition event="e" target="ytre"/>
          <state id="x"/>
          <state id="y"><transition event="e" target="indre"/></state>
        </parallel><state id="ytre"/><state id="indre"/>""")
    assert Walk(chart).fire("e").at == "indre"


HISTORY = """
<state id="arbeid">
  <history id="grunn" type="shallow"><transition target="a"/></history>
  <history id="dyp" type="deep"><transition target="a"/></history>
  <transition event="pause" target="pause"/>
  <state id="a"><transition event="videre" target="b2"/></state>
  <state id="b"><state id="b1"/><state id="b2"/></state>
</state>
<state id="pause"><transition event="grunn" target="grunn"/><transition event="dyp" target="dyp"/></state>
"""


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["pause", "grunn"], "a"),
        (["videre", "pause", "grunn"], "b1"),
        (["videre", "pause", "dyp"], "b2"),
        (["videre", "pause", "dyp", "pause", "grunn"], "b1"),
    ],
)
def test_history_restores_what_was_left(make_chart: MakeChart, events: list[str], expected: str) -> None:
    walk = Walk(make_chart(HISTORY))
    for event in events:
        walk.fire(event)
    assert walk.at == expected


def test_history_without_memory_uses_its_default(make_chart: MakeChart) -> None:
    chart = make_chart(HISTORY, initial="pause")
    assert Walk(chart).fire("dyp").at == "a"


def test_a_transition_to_the_history_of_what_it_leaves_enters_all_of_it_again(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <parallel id="p"><history id="h" type="deep"><transition target="x"/></history>
          <state id="x"><state id="x1"><transition event="igjen" target="h"/></state></state><state id="y"/>
        </parallel>""")
    walk = Walk(chart).fire("igjen")
    assert walk.configuration.active == {"p", "x", "x1", "y"}
    assert walk.fire("igjen").configuration.active == {"p", "x", "x1", "y"}


def test_history_of_a_parallel_restores_every_branch(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="s"><history id="h" type="deep"><transition target="p"/></history>
          <transition event="pause" target="pause"/>
          <parallel id="p">
            <state id="x"><state id="x1"><transition event="gaa" target="x2"/></state><state id="x2"/></state>
            <state id="y"><state id="y1"/><state id="y2"/></state>
          </parallel></state>
        <state id="pause"><transition event="igjen" target="h"/></state>""")
    assert Walk(chart).fire("gaa").fire("pause").fire("igjen").at == "x2 y1"


def test_internal_events_are_handled_in_order_before_rest(make_chart: MakeChart) -> None:
    chart = make_chart(f"""
        <state id="a"><transition event="e" target="b"><raise event="en"/><raise event="to"/></transition></state>
        <state id="b"><onentry><raise event="tre"/></onentry>
          <transition event="en">{say("en")}</transition><transition event="to">{say("to")}</transition>
          <transition event="tre" target="c">{say("tre")}</transition></state>
        <state id="c"/>""")
    walk = Walk(chart).fire("e")
    assert walk.at == "c"
    assert walk.said == ["en", "to", "tre"]


def test_transitions_without_event_go_before_internal_events(make_chart: MakeChart) -> None:
    chart = make_chart(f"""
        <state id="a"><transition event="e" target="b"><raise event="i"/></transition></state>
        <state id="b"><transition event="i" target="feil"/><transition cond="klar" target="c"/></state>
        <state id="c"><transition event="i">{say("riktig")}</transition></state><state id="feil"/>""")
    assert Walk(chart).fire("e").said == ["riktig"]
    assert Walk(chart, {"klar"}).fire("e").at == "feil"


def test_an_endless_loop_is_stopped(make_chart: MakeChart) -> None:
    with pytest.raises(SetupError, match="stopper aldri"):
        Walk(make_chart('<state id="a"><transition target="b"/></state><state id="b"><transition target="a"/></state>'))


def test_done_state_is_raised_for_compound_states(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="s"><transition event="done.state.s" target="slutt"/>
          <state id="a"><transition event="e" target="f"/></state><final id="f"/></state><final id="slutt"/>""")
    assert Walk(chart).fire("e").at == "slutt"


def test_if_takes_the_first_branch_that_holds(make_chart: MakeChart) -> None:
    chart = make_chart(f"""
        <state id="s"><transition event="e"><if cond="a">{say("a")}<elseif cond="b"/>{say("b")}<else/>{say("c")}</if>
        </transition></state>""")
    assert Walk(chart).fire("e").said == ["a"]
    assert Walk(chart, {"a"}).fire("e").said == ["b"]
    assert Walk(chart, {"a", "b"}).fire("e").said == ["c"]


def test_in_sees_the_other_branch(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <parallel id="p">
          <state id="x"><state id="x1"><transition event="e" target="x2"/></state><state id="x2"/></state>
          <state id="y"><state id="y1"><transition event="f" cond="In('x2')" target="y2"/></state>
            <state id="y2"/></state>
        </parallel>""")
    walk = Walk(chart).fire("f")
    assert isinstance(walk.last, Refused)
    assert walk.fire("e").fire("f").at == "x2 y2"


def test_a_refusal_has_every_reason_once(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="s">
          <transition event="e" cond="a and b" target="t" sb:roller="sjef"/>
          <transition event="e" cond="b and c" target="t" sb:roller="sjef"/></state><state id="t"/>""")
    walk = Walk(chart, {"a", "b", "c"}).fire("e", "skriver")
    assert isinstance(walk.last, Refused)
    assert [reason.text for reason in walk.last.reasons] == [
        "Rollen din kan ikke gjøre dette. Det kan bare: sjef.",
        "a feiler",
        "b feiler",
        "c feiler",
    ]


def test_roles_bind_people_and_the_system_alike(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="s"><transition event="e" target="t" sb:roller="skriver sjef"/><transition event="f" target="t"/>
        </state><state id="t"/>""")
    assert Walk(chart).fire("e", "sjef").at == "t"
    assert isinstance(Walk(chart).fire("e").last, Refused)
    assert isinstance(Walk(chart).fire("f", "sjef").last, Refused)
    assert Walk(chart).fire("f", "sjef", "system").at == "t"


def test_an_event_without_transition_is_impossible(make_chart: MakeChart) -> None:
    chart = make_chart('<state id="s"><transition event="e" target="slutt"/></state><final id="slutt"/>')
    assert isinstance(Walk(chart).fire("annet").last, Impossible)
    assert isinstance(Walk(chart).fire("e").fire("e").last, Impossible)


def test_deadlines_are_set_on_entry_and_cancelled_on_exit(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <state id="a"><sb:frist navn="f" dager="3" hendelse="ut"/><transition event="ut" target="b"/></state>
        <state id="b"><onentry><send event="purr" delay="2h" id="p"/></onentry>
          <transition event="purr" target="slutt"><cancel sendid="p"/></transition></state>
        <final id="slutt"/>""")
    walk = Walk(chart)
    assert isinstance(walk.last, Moved)
    (first,) = walk.last.effects
    assert isinstance(first, SetDeadline)
    assert (first.state, first.deadline.navn, first.deadline.dager) == ("a", "f", 3)
    walk.fire("ut")
    assert isinstance(walk.last, Moved)
    cancel, delay = walk.last.effects
    assert cancel == CancelDeadlines("a")
    assert isinstance(delay, SendDelayed)
    walk.fire("purr")
    assert isinstance(walk.last, Moved)
    assert isinstance(walk.last.effects[0], Cancel)
    assert walk.last.effects[1:] == (CancelDeadlines(None),)


def test_nothing_is_changed_in_what_was_given(make_chart: MakeChart) -> None:
    chart = make_chart(HISTORY)
    before = interpreter.start(chart, lambda _guard: (), {"a": 1}).configuration
    outcome = interpreter.fire(chart, before, Event("pause"), lambda _guard: ())
    assert isinstance(outcome, Moved)
    assert before == Configuration(frozenset({"arbeid", "a"}), {}, {"a": 1})
    assert outcome.configuration.data == {"a": 1}


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A random chart: nested and parallel states with histories, transitions from anywhere to anywhere."""
    count = draw(st.integers(2, 9))
    names = [f"s{number}" for number in range(count)]
    parents = [None, *(draw(st.one_of(st.none(), st.sampled_from(names[:n]))) for n in range(1, count))]
    parallel = {name for name in names if name in parents and draw(st.booleans())}
    remembered = {name for name in names if name in parents and draw(st.booleans())}
    targets = [*names, *(f"h_{name}" for name in sorted(remembered))]

    def write(name: str) -> str:
        children = [child for child, parent in zip(names, parents, strict=True) if parent == name]
        ways = draw(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(targets)), max_size=2))
        text = "".join(f'<transition event="{event}" target="{target}"/>' for event, target in ways)
        if name in remembered:
            kind = draw(st.sampled_from(["shallow", "deep"]))
            text += f'<history id="h_{name}" type="{kind}"><transition target="{children[0]}"/></history>'
        tag = "parallel" if name in parallel else "state"
        return f'<{tag} id="{name}">{text}{"".join(map(write, children))}</{tag}>'

    return "".join(write(name) for name, parent in zip(names, parents, strict=True) if parent is None)


def is_legal(chart: Chart, active: frozenset[str]) -> bool:
    """SCXML 3.11: one child of every active compound state (and of the root), all of every active parallel."""
    wanted = {Kind.COMPOUND: lambda state: 1, Kind.PARALLEL: lambda state: len(state.children)}
    return all(
        len(active.intersection(state.children)) == wanted.get(state.kind, lambda state: 0)(state)
        and state.kind is not Kind.HISTORY
        and (state.parent in (None, "") or state.parent in active)
        for state in map(chart.states.__getitem__, (*active, ""))
    )


@settings(max_examples=200, deadline=None)
@given(bodies(), st.lists(st.sampled_from("abc"), max_size=8))
def test_a_random_chart_always_stands_in_a_legal_configuration(body: str, events: list[str]) -> None:
    chart = compile_chart("tilfeldig.scxml", wrap(body))
    walk = Walk(chart)
    for event in ["", *events]:
        walk.fire(event)
        active = walk.configuration.active
        assert is_legal(chart, active)
        assert chart.expand(chart.leaves(active)) == active
        for name, remembered in walk.configuration.history.items():
            assert set(remembered) <= chart.states[chart.states[name].parent or ""].descendants
