"""A compiled definition: immutable tables that the interpreter, the verifier and the pages read. No XML, no database.

States are named by their ids; `ROOT` is the definition itself. `order` is the place in the document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from saksbehandling.workflow_engine.expressions import Expression

ROOT = ""
SYSTEM = "system"  # the role that sub-cases and deadlines act in; no person has it

K = TypeVar("K")
V = TypeVar("V")


def frozen_map(pairs: Iterable[tuple[K, V]] = ()) -> Mapping[K, V]:
    return MappingProxyType(dict(pairs))


class Kind(StrEnum):
    ATOMIC = "atomic"
    COMPOUND = "compound"
    PARALLEL = "parallel"
    FINAL = "final"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Titler:
    """A name in the three languages of the product: bokmål, nynorsk, English."""

    nb: str
    nn: str
    en: str


@dataclass(frozen=True, slots=True)
class Raise:
    """Put an internal event in the queue (`<raise>`, `<send target="#_internal">`)."""

    event: str
    line: int


@dataclass(frozen=True, slots=True)
class SendParent:
    """Send an event to the case that this one is a sub-case of."""

    event: str
    line: int


@dataclass(frozen=True, slots=True)
class SendDelayed:
    """Send an event to the case itself after `seconds`; it outlives the state, until cancelled by `name`."""

    name: str
    event: str
    seconds: int
    line: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """Take back a `SendDelayed`."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class If:
    """`<if>`: the first branch whose condition holds is done; the condition of `<else>` is None."""

    branches: tuple[tuple[Expression | None, tuple[Action, ...]], ...]
    line: int


class Content:
    """Executable content that only the data model of a definition understands. The product's data model has none."""

    __slots__ = ()


Action = Raise | SendParent | SendDelayed | Cancel | If | Content


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """`events`: descriptors, empty for a transition that needs none. `roller`: who may."""

    source: str
    order: int
    line: int
    events: tuple[str, ...] = ()
    cond: Expression | None = None
    targets: tuple[str, ...] = ()
    internal: bool = False
    actions: tuple[Action, ...] = ()
    roller: frozenset[str] = frozenset({SYSTEM})
    noedutgang: bool = False
    hjemmel: str | None = None

    def matches(self, event: str) -> bool:
        return any(matches(descriptor, event) for descriptor in self.events)


def matches(descriptor: str, event: str) -> bool:
    """SCXML 3.12.1: `a.b` matches `a.b` and `a.b.c`, not `a.bc`; `*` matches everything."""
    return descriptor == "*" or event == descriptor or event.startswith(descriptor + ".")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that a state sets when it is entered and takes back when it is left. `dager`: calendar days."""

    navn: str
    dager: int
    hendelse: str
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """`ancestors`: from the parent outwards, ending with `ROOT`. `children`: without the history states among them,
    which are `histories`. `initial`: the default entry of a compound state or of a history state.

    `venter`: the state waits for a sub-case or a deadline, not for a person. `delsaker`: the definitions whose
    sub-cases may start here. `tillatelser`: permission to the roles that have it. `stasjon`: whether it is a station
    of the route (None: no; "alltid"; "besoekt": only once visited). `merke`: a word for the picture, as "utsatt".
    """

    id: str
    kind: Kind
    order: int
    line: int
    parent: str | None
    ancestors: tuple[str, ...]
    children: tuple[str, ...] = ()
    descendants: frozenset[str] = frozenset()
    histories: tuple[str, ...] = ()
    initial: Transition | None = None
    deep: bool = False
    onentry: tuple[Action, ...] = ()
    onexit: tuple[Action, ...] = ()
    transitions: tuple[Transition, ...] = ()
    titler: Titler | None = None
    tillatelser: Mapping[str, frozenset[str]] = field(default_factory=frozen_map)
    frister: tuple[Deadline, ...] = ()
    delsaker: tuple[str, ...] = ()
    venter: bool = False
    stasjon: str | None = None
    merke: str | None = None
    hjemmel: str | None = None


@dataclass(frozen=True, eq=False)
class Chart:
    """A definition. `states` holds `ROOT` too, in document order. `forvaltede`: the permissions it decides."""

    id: str
    versjon: int
    file: str
    states: Mapping[str, State]
    titler: Titler | None
    roller: Mapping[str, Titler]
    hendelser: Mapping[str, Titler]
    forvaltede: tuple[str, ...]

    @cached_property
    def transitions(self) -> tuple[Transition, ...]:
        """In document order, without the initial ones."""
        return tuple(sorted((t for s in self.states.values() for t in s.transitions), key=lambda t: t.order))

    @property
    def actions(self) -> Iterator[Action]:
        """Every action, also those within conditions."""
        for state in self.states.values():
            default = state.initial.actions if state.initial else ()
            yield from _flat((*state.onentry, *state.onexit, *default))
            for transition in state.transitions:
                yield from _flat(transition.actions)

    @property
    def conditions(self) -> Iterator[tuple[Expression, int]]:
        """Every condition with its line."""
        yield from ((t.cond, t.line) for t in self.transitions if t.cond is not None)
        for action in self.actions:
            if isinstance(action, If):
                yield from ((cond, action.line) for cond, _ in action.branches if cond is not None)

    def title(self, state: str) -> str:
        """What the state is called in bokmål; its id where it has no title."""
        titler = self.states[state].titler
        return titler.nb if titler else state

    def is_end(self, state: str) -> bool:
        """Whether the case is over in `state`."""
        return self.states[state].kind is Kind.FINAL and self.states[state].parent == ROOT

    def in_order(self, states: Iterable[str]) -> list[str]:
        return sorted(states, key=lambda state: self.states[state].order)

    def expand(self, leaves: Iterable[str]) -> frozenset[str]:
        """The whole configuration that the atomic states `leaves` stand for."""
        active = set(leaves)
        active.update(ancestor for leaf in tuple(active) for ancestor in self.states[leaf].ancestors)
        return frozenset(active - {ROOT})

    def leaves(self, active: Collection[str]) -> tuple[str, ...]:
        """The active states without active children, in the order of their ids."""
        return tuple(sorted(state for state in active if not self.states[state].children))

    def permissions(self, active: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Each managed permission with the roles that have it in this configuration.

        The innermost state that sets a permission decides. Where parallel branches both set it, a role needs it in
        both, so that a branch can lock what another would open. Set by none: nobody has it.
        """
        return frozen_map((name, self._holders(name, active)) for name in self.forvaltede)

    def _holders(self, name: str, active: Collection[str]) -> frozenset[str]:
        setting = [self.states[state] for state in (*active, ROOT) if name in self.states[state].tillatelser]
        deciding = [s.tillatelser[name] for s in setting if not any(o.id in s.descendants for o in setting)]
        return frozenset.intersection(*deciding) if deciding else frozenset()


def _flat(actions: Iterable[Action]) -> Iterator[Action]:
    for action in actions:
        yield action
        if isinstance(action, If):
            for _, inner in action.branches:
                yield from _flat(inner)
