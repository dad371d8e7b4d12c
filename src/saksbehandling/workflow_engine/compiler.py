"""Compiles a definition (SCXML 1.0 and `urn:saksbehandling:1`) to a checked, immutable `Chart`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType

from saksbehandling.workflow_engine import expressions
from saksbehandling.workflow_engine.chart import (
    ROOT,
    SYSTEM,
    Action,
    Cancel,
    Chart,
    Deadline,
    If,
    Kind,
    Raise,
    SendDelayed,
    SendParent,
    State,
    Titler,
    Transition,
    frozen_map,
)
from saksbehandling.workflow_engine.expressions import Expression, In
from saksbehandling.workflow_engine.source import SB, Node, read

MAX_TARGETS = 100

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
_EVENT = re.compile(r"(?=.{1,80}\Z)[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_DELAY = re.compile(r"([0-9]{1,9})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_STATES = ("state", "parallel", "final", "history")


def compile_chart(file: str, content: bytes) -> Chart:
    """The chart of the definition in `content`. `file` is the name in error messages. Raises `SetupError`."""
    return Compiler(read(file, content)).chart()


class Compiler:
    """Compiles a checked definition with the product's closed data model. `cond`, `block`, `action` and `subcases` are
    what another data model would do otherwise."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._nodes = _named(root)
        self._roles = frozen_map(_titled(root, "sb:rolle"))

    def chart(self) -> Chart:
        root = self._root
        if root.attributes["version"] != "1.0":
            root.fault(f"SCXML-versjon «{root.attributes['version']}» er ukjent", 'Skriv version="1.0"')
        states = {state.id: state for state in self._build(root, ROOT, None, ())}
        return Chart(
            id=root.matching("name", _ID),
            versjon=root.number("sb:versjon", 1),
            file=root.file,
            states=MappingProxyType(states),
            titler=_titles(root.only("sb:tittel")),
            roller=self._roles,
            hendelser=frozen_map(_titled(root, "sb:hendelse")),
            forvaltede=tuple(name for node in root.of("sb:forvalter") for name in node.words("tillatelser")),
        )

    def _build(self, node: Node, name: str, parent: str | None, ancestors: tuple[str, ...]) -> Iterator[State]:
        """The state of `node` and, after it, those within it, in document order."""
        children = node.of(*_STATES)
        inside = [s for c in children for s in self._build(c, c.attributes["id"], name, (name, *ancestors))]
        regular = tuple(child.attributes["id"] for child in children if child.name != "history")
        yield State(
            id=name,
            kind=_kind(node, regular),
            order=node.order,
            line=node.line,
            parent=parent,
            ancestors=ancestors,
            children=regular,
            descendants=frozenset(state.id for state in inside),
            histories=tuple(child.attributes["id"] for child in children if child.name == "history"),
            initial=self._default_entry(node, name, regular),
            deep=node.name == "history" and node.choice("type", ("shallow", "deep"), "shallow") == "deep",
            onentry=tuple(action for handler in node.of("onentry") for action in self.block(handler)),
            onexit=tuple(action for handler in node.of("onexit") for action in self.block(handler)),
            transitions=self._transitions(node, name),
            titler=_titles(node.only("sb:tittel")),
            tillatelser=self._permissions(node),
            frister=tuple(_deadline(each) for each in node.of("sb:frist")),
            delsaker=self.subcases(node),
            venter=node.flag("sb:venter"),
            stasjon=_station(node),
            merke=node.attributes.get("sb:merke"),
            hjemmel=node.attributes.get("sb:hjemmel"),
        )
        yield from inside

    def _transitions(self, node: Node, source: str) -> tuple[Transition, ...]:
        """Those that events can take. The one in <history> is its default entry."""
        if node.name == "history":
            return ()
        return tuple(self._transition(each, source) for each in node.of("transition"))

    def _transition(self, node: Node, source: str) -> Transition:
        events = tuple(_descriptor(node, word) for word in node.words("event"))
        transition = Transition(
            source=source,
            order=node.order,
            line=node.line,
            events=events,
            cond=self.cond(node) if "cond" in node.attributes else None,
            targets=self._targets(node),
            internal=node.choice("type", ("external", "internal"), "external") == "internal",
            actions=self.block(node),
            roller=self._role_names(node, "sb:roller") or frozenset({SYSTEM}),
            noedutgang=node.flag("sb:noedutgang"),
            hjemmel=node.attributes.get("sb:hjemmel"),
        )
        if not events and not (transition.targets and transition.targets != (source,)):
            node.fault("overgangen har verken hendelse eller et annet mål", "Legg til event eller target")
        return transition

    def _default_entry(self, node: Node, name: str, children: tuple[str, ...]) -> Transition | None:
        """What is entered when `node` is entered and nothing within it is the target."""
        if node.name == "history":
            return self._bare_transition(node, name, node.parent)
        inner = node.only("initial")
        if node.name == "parallel" or not (children or inner or "initial" in node.attributes):
            return None
        if inner is not None:
            if "initial" in node.attributes:
                inner.fault("tilstanden har både attributtet initial og elementet <initial>", "Behold ett av dem")
            return self._bare_transition(inner, name, node)
        targets = self._targets(node, "initial") or children[:1]
        self._need_inside(node, node, targets)
        return Transition(source=name, order=node.order, line=node.line, targets=targets)

    def _bare_transition(self, holder: Node, name: str, within: Node | None) -> Transition:
        """The transition of <initial> or <history>: a target in `within`, no event, no condition."""
        node = holder.only("transition")
        if node is None:
            holder.fault(f"<{holder.name}> mangler <transition>", "Legg til en overgang med target")
        if "event" in node.attributes or "cond" in node.attributes or not node.words("target"):
            node.fault(f"overgangen i <{holder.name}> skal bare ha target", "Fjern event og cond, og oppgi target")
        targets = self._targets(node)
        self._need_inside(node, within, targets)
        return Transition(source=name, order=node.order, line=node.line, targets=targets, actions=self.block(node))

    def _targets(self, node: Node, attribute: str = "target") -> tuple[str, ...]:
        targets = node.words(attribute)
        if attribute in node.attributes and not targets:
            node.fault(f"{attribute} er tomt", "Oppgi en tilstand, eller fjern attributtet")
        if len(targets) > MAX_TARGETS:
            node.fault(f"{attribute} har {len(targets)} mål", f"En overgang kan ha høyst {MAX_TARGETS}")
        for target in targets:
            if target not in self._nodes:
                node.fault(
                    f"{attribute} viser til «{target[:80]}», som ikke finnes", f"Velg blant: {', '.join(self._nodes)}"
                )
        for one, other in combinations(targets, 2):
            if not self._can_be_together(one, other):
                node.fault(f"«{one}» og «{other}» kan ikke være aktive samtidig", "Behold ett mål")
        return targets

    def _can_be_together(self, one: str, other: str) -> bool:
        """Whether the innermost state that holds both is a parallel, and neither holds the other."""
        paths = [_path(self._nodes[name]) for name in (one, other)]
        shared = [a for a, b in zip(*paths, strict=False) if a is b]
        return len(shared) < min(map(len, paths)) and shared[-1].name == "parallel"

    def _need_inside(self, place: Node, within: Node | None, targets: tuple[str, ...]) -> None:
        for target in targets:
            if not any(outer is within for outer in _path(self._nodes[target])[:-1]):
                place.fault(f"«{target}» ligger ikke i tilstanden den er startsted for", "Velg en tilstand i den")

    def cond(self, node: Node) -> Expression:
        text = node.attributes["cond"]
        try:
            expression = expressions.parse(text)
        except expressions.ExpressionFault as error:
            node.fault(f"vilkåret «{text[:60]}» kan ikke leses: {error}", "Rett cond")
        for part in expressions.walk(expression):
            if isinstance(part, In) and part.state not in self._nodes:
                node.fault(f"vilkåret spør etter tilstanden «{part.state}», som ikke finnes", "Rett id-en i In(…)")
        return expression

    def block(self, handler: Node) -> tuple[Action, ...]:
        """The content of a transition or a handler, in the order of the document."""
        return tuple(self.action(node) for node in handler.of("raise", "send", "cancel", "if"))

    def action(self, node: Node) -> Action:
        match node.name:
            case "raise":
                return Raise(node.matching("event", _EVENT), node.line)
            case "send":
                return _send(node)
            case "cancel":
                return Cancel(node.matching("sendid", _ID), node.line)
            case _:
                return self._if(node)

    def _if(self, node: Node) -> If:
        branches: list[tuple[Expression | None, list[Action]]] = [(self.cond(node), [])]
        for child in node.children:
            if child.name not in ("elseif", "else"):
                branches[-1][1].append(self.action(child))
                continue
            if branches[-1][0] is None:
                child.fault(f"<{child.name}> står etter <else>", "Sett <else> sist")
            branches.append((self.cond(child) if child.name == "elseif" else None, []))
        return If(tuple((cond, tuple(actions)) for cond, actions in branches), node.line)

    def subcases(self, node: Node) -> tuple[str, ...]:
        """The definitions whose sub-cases may start in the state."""
        return tuple(_subcase(each) for each in node.of("invoke"))

    def _permissions(self, node: Node) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for each in node.of("sb:tillatelse"):
            name = each.matching("navn", _ID)
            if name in found:
                each.fault(f"tillatelsen «{name}» er gitt to ganger i samme tilstand", "Slå dem sammen")
            found[name] = self._role_names(each, "roller")
        return MappingProxyType(found)

    def _role_names(self, node: Node, attribute: str) -> frozenset[str]:
        for role in node.words(attribute):
            if role != SYSTEM and role not in self._roles:
                node.fault(f"rollen «{role}» er ikke erklært", f'Rett navnet, eller legg til <sb:rolle navn="{role}">')
        return frozenset(node.words(attribute))


def _states_in(node: Node) -> Iterator[Node]:
    for child in node.of(*_STATES):
        yield child
        yield from _states_in(child)


def _path(node: Node) -> list[Node]:
    """From the root to the state."""
    return [*_path(node.parent), node] if node.parent else [node]


def _named(root: Node) -> dict[str, Node]:
    """The states by id, in document order."""
    nodes: dict[str, Node] = {}
    for node in _states_in(root):
        name = node.matching("id", _ID)
        if name in nodes:
            node.fault(f"id-en «{name}» er brukt før, på linje {nodes[name].line}", "Gi tilstanden en egen id")
        nodes[name] = node
    if not nodes:
        root.fault("definisjonen har ingen tilstander", "Legg til minst én <state> og en <final>")
    return nodes


def _kind(node: Node, children: tuple[str, ...]) -> Kind:
    if node.name in ("parallel", "final", "history"):
        if node.name == "parallel" and not children:
            node.fault("<parallel> har ingen grener", "Legg til tilstander i den, eller gjør den til <state>")
        return Kind(node.name)
    return Kind.COMPOUND if children else Kind.ATOMIC


def _titles(node: Node | None) -> Titler | None:
    return Titler(node.attributes["nb"], node.attributes["nn"], node.attributes["en"]) if node else None


def _titled(root: Node, name: str) -> Iterator[tuple[str, Titler]]:
    seen: set[str] = set()
    for node in root.of(name):
        key = node.matching("navn", _EVENT)
        if key in seen:
            node.fault(f"«{key}» er erklært to ganger", "Behold den ene")
        seen.add(key)
        yield key, Titler(node.attributes["nb"], node.attributes["nn"], node.attributes["en"])


def _descriptor(node: Node, word: str) -> str:
    if word in ("*", ".*"):
        return "*"
    base = word.removesuffix(".*").removesuffix(".")
    if not _EVENT.fullmatch(base):
        node.fault(
            f"hendelsen «{word[:60]}» er ikke et gyldig navn", "Bruk bokstaver a-z, sifre, understrek og punktum"
        )
    return base


def _send(node: Node) -> Action:
    event = node.matching("event", _EVENT)
    match node.attributes.get("target"), node.attributes.get("delay"):
        case "#_parent", None:
            return SendParent(event, node.line)
        case "#_internal", None:
            return Raise(event, node.line)
        case None, str(delay):
            name = node.matching("id", _ID) if "id" in node.attributes else event
            return SendDelayed(name, event, _seconds(node, delay), node.line)
    node.fault("<send> går ikke til en kjent mottaker", 'Skriv target="#_parent" eller "#_internal", eller bare delay')


def _seconds(node: Node, delay: str) -> int:
    found = _DELAY.fullmatch(delay)
    if not found:
        node.fault(f'delay="{delay[:30]}" kan ikke leses', "Skriv et tall og s, m, h eller d, som 14d")
    return int(found[1]) * _SECONDS[found[2]]


def _deadline(node: Node) -> Deadline:
    return Deadline(node.matching("navn", _ID), node.number("dager", 0), node.matching("hendelse", _EVENT), node.line)


def _subcase(node: Node) -> str:
    if node.attributes["type"] != SB:
        node.fault(f"<invoke> av typen «{node.attributes['type'][:60]}» støttes ikke", f'Skriv type="{SB}"')
    return node.matching("src", _ID)


def _station(node: Node) -> str | None:
    return node.choice("sb:stasjon", ("alltid", "besoekt"), "alltid") if "sb:stasjon" in node.attributes else None
