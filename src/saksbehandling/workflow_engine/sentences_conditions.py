"""Conditions of transitions in words, as the clause that follows «hvis»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from saksbehandling.workflow_engine.chart import Chart, Titler, frozen_map
from saksbehandling.workflow_engine.diagram_words import Names, say, state_name
from saksbehandling.workflow_engine.expressions import And, Expression, Guard, In, Literal, Not, Or

_WORDS: Mapping[str, Titler] = {
    "og": Titler("og", "og", "and"),
    "eller": Titler("eller", "eller", "or"),
    "enten": Titler("enten", "anten", "either"),
    "staar": Titler("saken står i {}", "saka står i {}", "the case is in {}"),
    "staar_ikke": Titler("saken ikke står i {}", "saka ikkje står i {}", "the case is not in {}"),
    "ikke": Titler("det ikke er slik at {}", "det ikkje er slik at {}", "it is not so that {}"),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What sentences say of things that a chart only names.

    `tillatelser`: a verb phrase, «endre saksframlegget». `vilkaar`: a clause, «feltet «{0}» er fylt ut», with the
    arguments of the guard in braces. `felter`: fields of the form and their choices. `names`: titles of definitions.
    """

    tillatelser: Mapping[str, Titler] = field(default_factory=frozen_map)
    vilkaar: Mapping[str, Titler] = field(default_factory=frozen_map)
    felter: Mapping[str, Titler] = field(default_factory=frozen_map)
    names: Names = field(default_factory=frozen_map)


def listed(parts: Sequence[str], word: str, spraak: str) -> str:
    """«a, b og c»; `word`: og or eller."""
    *first, last = parts
    return f"{', '.join(first)} {say(_WORDS[word], spraak)} {last}" if first else last


def quoted(chart: Chart, states: Sequence[str], word: str, spraak: str) -> str:
    return listed([f"«{place_name(chart, state, spraak)}»" for state in states], word, spraak)


def place_name(chart: Chart, state: str, spraak: str) -> str:
    """The title of the state; with that of the one around it, where two are called the same."""
    name = state_name(chart, state, spraak)
    namesakes = [other for other in chart.states if other != state and state_name(chart, other, spraak) == name]
    if not any(other not in chart.states[state].ancestors for other in namesakes):
        return name
    around = next((each for each in chart.states[state].ancestors if chart.states[each].titler), None)
    return name if around is None else f"{name} ({state_name(chart, around, spraak)})"


def bans(condition: Expression | None) -> frozenset[str]:
    """The states in which the condition never holds, since it says so itself."""
    return frozenset(state for part in _parts(condition) if (state := _banned(part)))


def without_bans(condition: Expression | None) -> Expression | None:
    """What is left of the condition for a case that is in none of the states it bans."""
    left = tuple(part for part in _parts(condition) if not _banned(part))
    return And(left) if len(left) > 1 else next(iter(left), None)


def _parts(condition: Expression | None) -> tuple[Expression, ...]:
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, And) else (condition,)


def _banned(part: Expression) -> str | None:
    return part.part.state if isinstance(part, Not) and isinstance(part.part, In) else None


def clause(chart: Chart, condition: Expression, words: Vocabulary, spraak: str) -> str:
    """The condition as a clause without its conjunction."""
    match condition:
        case Guard():
            return _guard(condition, words, spraak)
        case In(state):
            return say(_WORDS["staar"], spraak).format(quoted(chart, [state], "eller", spraak))
        case Not(In(state)):
            return say(_WORDS["staar_ikke"], spraak).format(quoted(chart, [state], "eller", spraak))
        case Not(part):
            return say(_WORDS["ikke"], spraak).format(clause(chart, part, words, spraak))
        case And(parts):
            return _all(chart, parts, words, spraak)
        case Or(parts):
            return _any(chart, parts, words, spraak)


def _all(chart: Chart, parts: Sequence[Expression], words: Vocabulary, spraak: str) -> str:
    """Where the case must not be is said in one."""
    banned = [state for part in parts if (state := _banned(part))]
    clauses = [clause(chart, part, words, spraak) for part in parts if not _banned(part)]
    if banned:
        clauses.append(say(_WORDS["staar_ikke"], spraak).format(quoted(chart, banned, "eller", spraak)))
    return listed(clauses, "og", spraak)


def _any(chart: Chart, parts: Sequence[Expression], words: Vocabulary, spraak: str) -> str:
    """Where it asks for nothing but where the case is, that is said in one too."""
    places = [part.state for part in parts if isinstance(part, In)]
    if len(places) == len(parts):
        return say(_WORDS["staar"], spraak).format(quoted(chart, places, "eller", spraak))
    either = [clause(chart, part, words, spraak) for part in parts]
    return f"{say(_WORDS['enten'], spraak)} {listed(either, 'eller', spraak)}"


def _guard(guard: Guard, words: Vocabulary, spraak: str) -> str:
    title = words.vilkaar.get(guard.name)
    if title is None:
        return f"«{guard}»"
    positional = [_argument(value, words, spraak) for value in guard.args]
    named = {key: _argument(value, words, spraak) for key, value in guard.kwargs}
    return say(title, spraak).format(*positional, **named)


def _argument(value: Literal, words: Vocabulary, spraak: str) -> str:
    title = words.felter.get(value) if isinstance(value, str) else None
    return say(title, spraak) if title else str(value)
