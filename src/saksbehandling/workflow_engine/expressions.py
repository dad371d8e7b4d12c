"""The language of `cond`: named guards with literal arguments, `and`, `or`, `not`, parentheses and `In('state')`.

    cond   = and { "or" and }            guard   = name [ "(" [ arg { "," arg } ] ")" ]
    and    = not { "and" not }           arg     = [ name "=" ] literal
    not    = "not" not | "(" cond ")"    literal = 'text' | "text" | whole number | true | false
           | "In" "(" text ")" | guard

Nothing is ever evaluated as Python. What does not hold is explained: a condition gives reasons, not a truth value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from saksbehandling.errors import Reason

MAX_LENGTH = 500
MAX_DEPTH = 20

Literal = str | int | bool
Reasons = tuple[Reason, ...]


class ExpressionFault(ValueError):
    """A condition that cannot be read; the message says what and where, in Norwegian."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A call of a registered guard."""

    name: str
    args: tuple[Literal, ...] = ()
    kwargs: tuple[tuple[str, Literal], ...] = ()

    def __str__(self) -> str:
        given = [_show(value) for value in self.args] + [f"{key}={_show(value)}" for key, value in self.kwargs]
        return f"{self.name}({', '.join(given)})" if given else self.name


@dataclass(frozen=True, slots=True)
class In:
    """Whether a state is active."""

    state: str

    def __str__(self) -> str:
        return f"In('{self.state}')"


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression

    def __str__(self) -> str:
        return f"not {self.part}"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"({' and '.join(map(str, self.parts))})"


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"({' or '.join(map(str, self.parts))})"


Expression = Guard | In | Not | And | Or
GuardCheck = Callable[[Guard], Reasons]


@dataclass(frozen=True, slots=True)
class World:
    """What a condition is held against. `guard`: why a guard fails. `is_active`, `title`: of a state."""

    guard: GuardCheck
    is_active: Callable[[str], bool]
    title: Callable[[str], str] = str


def parse(text: str) -> Expression:
    """Read a condition. Raises `ExpressionFault`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault(f"vilkåret er på {len(text)} tegn, og kan ha høyst {MAX_LENGTH}")
    return _Parser(text).whole()


def failures(expression: Expression, world: World) -> Reasons:
    """Why `expression` does not hold; empty when it holds. Every failed part of an `and` is named."""
    match expression:
        case Guard():
            return world.guard(expression)
        case In(state):
            return () if world.is_active(state) else (Reason(f"Saken må stå i «{world.title(state)}»."),)
        case Not(In(state)):
            held = world.is_active(state)
            return (Reason(f"Dette er ikke mulig mens saken står i «{world.title(state)}»."),) if held else ()
        case Not(part):
            return () if failures(part, world) else (Reason(f"Det hindres av vilkåret «{expression}»."),)
        case And(parts):
            return tuple(reason for part in parts for reason in failures(part, world))
        case Or(parts):
            alternatives = [failures(part, world) for part in parts]
            return tuple(reason for each in alternatives for reason in each) if all(alternatives) else ()


def walk(expression: Expression) -> Iterator[Guard | In]:
    """The guards and state tests in `expression`, from the left."""
    match expression:
        case Guard() | In():
            yield expression
        case Not(part):
            yield from walk(part)
        case And(parts) | Or(parts):
            for each in parts:
                yield from walk(each)


def _show(value: Literal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}'" if isinstance(value, str) else str(value)


_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<text>'[^'\n]*'|\"[^\"\n]*\")"
    r"|(?P<number>-?[0-9]{1,15}(?![A-Za-z0-9_.]))|(?P<sign>[(),=])|(?P<end>$))",
    re.ASCII,
)
_RESERVED = frozenset({"and", "or", "not", "In", "true", "false"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while True:
        found = _TOKEN.match(text, place)
        if not found:
            rest = text[place:].lstrip()
            raise ExpressionFault(f"tegn {len(text) - len(rest) + 1}: «{rest[:20]}» kan ikke stå i et vilkår")
        kind = found.lastgroup or ""
        yield _Token(kind, found[kind], found.start(kind) + 1)
        if kind == "end":
            return
        place = found.end()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def whole(self) -> Expression:
        expression = self._or()
        if self._token.kind != "end":
            raise self._fault("«and», «or» eller slutten")
        return expression

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, text: str) -> bool:
        if self._token.kind in ("text", "end") or self._token.text != text:
            return False
        self._next += 1
        return True

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise self._fault(f"«{text}»")

    def _fault(self, expected: str) -> ExpressionFault:
        found = f"«{self._token.text}»" if self._token.text else "slutten"
        return ExpressionFault(f"tegn {self._token.place}: ventet {expected}, fant {found}")

    def _or(self) -> Expression:
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _and(self) -> Expression:
        parts = [self._not()]
        while self._take("and"):
            parts.append(self._not())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def _not(self) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionFault(f"tegn {self._token.place}: vilkåret er nøstet dypere enn {MAX_DEPTH} nivåer")
        expression = self._one()
        self._depth -= 1
        return expression

    def _one(self) -> Expression:
        if self._take("not"):
            return Not(self._not())
        if self._take("("):
            inner = self._or()
            self._need(")")
            return inner
        return self._in() if self._take("In") else self._guard()

    def _in(self) -> In:
        self._need("(")
        state = self._literal()
        if not isinstance(state, str):
            raise ExpressionFault("In(…) skal ha id-en til en tilstand i anførselstegn, som In('utredning')")
        self._need(")")
        return In(state)

    def _guard(self) -> Guard:
        name = self._name("navnet på et vilkår")
        args: list[Literal] = []
        kwargs: dict[str, Literal] = {}
        if self._take("(") and not self._take(")"):
            self._argument(args, kwargs)
            while self._take(","):
                self._argument(args, kwargs)
            self._need(")")
        return Guard(name, tuple(args), tuple(kwargs.items()))

    def _argument(self, args: list[Literal], kwargs: dict[str, Literal]) -> None:
        if self._token.kind != "name" or self._token.text in ("true", "false"):
            if kwargs:
                raise self._fault("et navngitt argument (de uten navn står først)")
            args.append(self._literal())
            return
        key = self._name("navnet på et argument")
        if key in kwargs:
            raise ExpressionFault(f"argumentet «{key}» er gitt to ganger")
        self._need("=")
        kwargs[key] = self._literal()

    def _name(self, expected: str) -> str:
        token = self._token
        if token.kind != "name" or token.text in _RESERVED:
            raise self._fault(expected)
        self._next += 1
        return token.text

    def _literal(self) -> Literal:
        token = self._token
        if token.kind == "name" and token.text in ("true", "false"):
            self._next += 1
            return token.text == "true"
        if token.kind not in ("text", "number"):
            raise self._fault("en tekst, et heltall, true eller false")
        self._next += 1
        return token.text[1:-1] if token.kind == "text" else int(token.text)
