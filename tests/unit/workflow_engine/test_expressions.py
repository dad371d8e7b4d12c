from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import Reason
from saksbehandling.workflow_engine.expressions import (
    And,
    Expression,
    ExpressionFault,
    Guard,
    In,
    Not,
    Or,
    World,
    failures,
    parse,
    walk,
)


def why(text: str, failing: set[str] = frozenset(), active: set[str] = frozenset()) -> list[str]:
    def guard(call: Guard) -> tuple[Reason, ...]:
        return (Reason(f"{call.name} feiler"),) if call.name in failing else ()

    world = World(guard, active.__contains__, str.upper)
    return [reason.text for reason in failures(parse(text), world)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("klar", Guard("klar")),
        ("klar()", Guard("klar")),
        ("klar( 'a', 3 , nei=false, antall=-2)", Guard("klar", ("a", 3), (("nei", False), ("antall", -2)))),
        ("klar(\"det står 'noe'\")", Guard("klar", ("det står 'noe'",))),
        ("In('utredning')", In("utredning")),
        ("a and b or c", Or((And((Guard("a"), Guard("b"))), Guard("c")))),
        ("a and (b or not c)", And((Guard("a"), Or((Guard("b"), Not(Guard("c"))))))),
        ("not not a", Not(Not(Guard("a")))),
        ("andre and orden", And((Guard("andre"), Guard("orden")))),
    ],
)
def test_it_reads_conditions(text: str, expected: Expression) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "a b",
        "a and",
        "or a",
        "not",
        "(a",
        "a)",
        "a,b",
        "a(b)",
        "a(b())",
        "a(x=y)",
        "a(1,)",
        "a(x=1, 2)",
        "a(x=1, x=2)",
        "a(1.5)",
        "a(1e9)",
        "a(1_000)",
        "a('uten slutt)",
        "a(None)",
        "true",
        "In",
        "In(utredning)",
        "In(3)",
        "In('a', 'b')",
        "a == b",
        "a = 1",
        "a.b",
        "a.__class__",
        "__import__('os').system('ls')",
        "(lambda: 1)()",
        "[x for x in y]",
        "{'a': 1}",
        "a; b",
        "a if b else c",
        "a(*b)",
        "a(**b)",
        "f'{a}'",
        "a(f'{b}')",
        "`a`",
        "a & b",
        "a && b",
        "!a",
        "a\x00b",
        "å",
        "a\N{FULLWIDTH LEFT PARENTHESIS})",
        "a(\u0661)",
        "a" * 501,
        "(" * 21 + "a" + ")" * 21,
        "not " * 21 + "a",
    ],
)
def test_it_refuses_everything_else(text: str) -> None:
    with pytest.raises(ExpressionFault):
        parse(text)


def test_the_fault_names_the_place() -> None:
    with pytest.raises(ExpressionFault, match="tegn 7: ventet navnet på et vilkår, fant «or»"):
        parse("a and or b")
    with pytest.raises(ExpressionFault, match="tegn 3: «&"):
        parse("a & b")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionFault:
        return
    assert parse(str(expression)) == expression


names = st.sampled_from(["a", "b", "c"])
literals = st.one_of(st.booleans(), st.integers(-99, 99), st.text("xyæ ()=,", max_size=5))
guards = st.builds(
    Guard,
    names,
    st.lists(literals, max_size=2).map(tuple),
    st.dictionaries(names, literals, max_size=2).map(lambda given: tuple(given.items())),
)
trees = st.recursive(
    guards | st.builds(In, names),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def truth(expression: Expression, true: set[str], active: set[str]) -> bool:
    match expression:
        case Guard(name):
            return name in true
        case In(state):
            return state in active
        case Not(part):
            return not truth(part, true, active)
        case And(parts):
            return all(truth(part, true, active) for part in parts)
        case Or(parts):
            return any(truth(part, true, active) for part in parts)


@given(trees, st.sets(names), st.sets(names))
def test_there_are_reasons_exactly_when_it_is_false(expression: Expression, true: set[str], active: set[str]) -> None:
    world = World(lambda call: () if call.name in true else (Reason("nei"),), active.__contains__)
    assert (failures(expression, world) == ()) == truth(expression, true, active)


def test_every_failed_part_is_named() -> None:
    assert why("a and b and c", {"a", "c"}) == ["a feiler", "c feiler"]
    assert why("a or b", {"a", "b"}) == ["a feiler", "b feiler"]
    assert why("a or b", {"a"}) == []
    assert why("In('x')") == ["Saken må stå i «X»."]
    assert why("not In('x')", active={"x"}) == ["Dette er ikke mulig mens saken står i «X»."]
    assert why("not a") == ["Det hindres av vilkåret «not a»."]


def test_walk_finds_the_leaves() -> None:
    assert [str(part) for part in walk(parse("a and (not b(1) or In('c'))"))] == ["a", "b(1)", "In('c')"]
