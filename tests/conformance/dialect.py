"""SCXML as the W3C's tests write it: what the product refuses is compiled here too, to content for a data model.

States, targets, defaults and histories go through the product's compiler unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from saksbehandling.workflow_engine import source
from saksbehandling.workflow_engine.chart import Action, Chart, Content
from saksbehandling.workflow_engine.compiler import Compiler
from saksbehandling.workflow_engine.source import SB, SCXML, Node, Rule

ACTIONS = ("raise", "send", "cancel", "if", "log", "assign", "foreach", "script")
_STATES = ("state", "parallel", "final", "history")
_HANDLERS = ("transition", "onentry", "onexit", "datamodel", "invoke")
_SEND = tuple(name + suffix for name in ("event", "target", "type", "delay") for suffix in ("", "expr"))

RULES: Mapping[str, Rule] = {
    "scxml": Rule(
        ("version", "name", "sb:versjon"), ("initial", "datamodel", "binding"), (*_STATES, "datamodel", "script")
    ),
    "state": Rule(("id",), ("initial",), (*_STATES, *_HANDLERS, "initial")),
    "parallel": Rule(("id",), (), (*_STATES, *_HANDLERS)),
    "final": Rule(("id",), (), ("onentry", "onexit", "donedata")),
    "history": Rule(("id",), ("type",), ("transition",)),
    "initial": Rule((), (), ("transition",)),
    "transition": Rule((), ("event", "cond", "target", "type"), ACTIONS),
    "onentry": Rule((), (), ACTIONS),
    "onexit": Rule((), (), ACTIONS),
    "raise": Rule(("event",)),
    "if": Rule(("cond",), (), (*ACTIONS, "elseif", "else")),
    "elseif": Rule(("cond",)),
    "else": Rule(),
    "foreach": Rule(("array", "item"), ("index",), ACTIONS),
    "log": Rule((), ("label", "expr")),
    "assign": Rule(("location",), ("expr",), free=True),
    "script": Rule((), ("src",), free=True),
    "send": Rule((), (*_SEND, "id", "idlocation", "namelist"), ("param", "content")),
    "cancel": Rule((), ("sendid", "sendidexpr")),
    "param": Rule(("name",), ("expr", "location")),
    "content": Rule((), ("expr",), free=True),
    "datamodel": Rule((), (), ("data",)),
    "data": Rule(("id",), ("expr", "src"), free=True),
    "donedata": Rule((), (), ("param", "content")),
    "invoke": Rule(
        (),
        ("type", "typeexpr", "src", "srcexpr", "id", "idlocation", "namelist", "autoforward"),
        ("param", "content", "finalize"),
    ),
    "finalize": Rule((), (), ACTIONS),
}


@dataclass(frozen=True)
class Block(Content):
    """A handler: a fault in one does not touch the next."""

    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Foreach(Content):
    node: Node
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Element(Content):
    """An action that the data model reads from the element: assign, log, script, send, cancel."""

    node: Node


@dataclass(frozen=True)
class Invoke:
    state: str
    node: Node
    finalize: tuple[Action, ...]


@dataclass(frozen=True)
class Definition:
    """A chart with what belongs to the data model, by state."""

    chart: Chart
    name: str
    folder: Path
    late: bool
    scripts: tuple[Node, ...]
    data: Mapping[str, tuple[Node, ...]]
    donedata: Mapping[str, Node]
    invokes: Mapping[str, tuple[Invoke, ...]]


class OpenCompiler(Compiler):
    """Conditions stay text, and every other action than `raise` and `if` is the data model's."""

    def cond(self, node: Node) -> str:
        return node.attributes["cond"]

    def block(self, handler: Node) -> tuple[Action, ...]:
        return (Block(self._content(handler)),)

    def action(self, node: Node) -> Action:
        match node.name:
            case "raise" | "if":
                return super().action(node)
            case "foreach":
                return Foreach(node, self._content(node))
        return Element(node)

    def subcases(self, node: Node) -> tuple[str, ...]:
        return ()

    def definition(self, name: str, folder: Path) -> Definition:
        states = {"": self._root, **self._nodes}
        return Definition(
            self.chart(),
            name,
            folder,
            self._root.attributes.get("binding") == "late",
            tuple(self._root.of("script")),
            {key: tuple(_grandchildren(node, "datamodel", "data")) for key, node in states.items()},
            {key: found for key, node in states.items() if (found := node.only("donedata"))},
            {key: tuple(self._invoke(key, each) for each in node.of("invoke")) for key, node in states.items()},
        )

    def _content(self, handler: Node) -> tuple[Action, ...]:
        return tuple(self.action(node) for node in handler.of(*ACTIONS))

    def _invoke(self, state: str, node: Node) -> Invoke:
        finalize = node.only("finalize")
        return Invoke(state, node, self.block(finalize) if finalize else ())


def _grandchildren(node: Node, middle: str, name: str) -> Iterator[Node]:
    for holder in node.of(middle):
        yield from holder.of(name)


def compile_definition(file: str, content: bytes, folder: Path) -> Definition:
    """Compile a document that need not have what the product asks for: a name, a version, ids. Raises `SetupError`."""
    root = etree.fromstring(content)
    name = root.get("name", "")
    root.set("name", "proeve")
    root.set("version", "1.0")
    root.set(f"{{{SB}}}versjon", "1")
    anonymous = (e for e in root.iter(*(f"{{{SCXML}}}{tag}" for tag in _STATES)) if e.get("id") is None)
    for number, element in enumerate(list(anonymous)):
        element.set("id", f"uten_id.{number}")
    definition = OpenCompiler(source.read(file, etree.tostring(root), RULES)).definition(name, folder)
    for script in definition.scripts:
        _need(script, folder)
    return definition


def _need(script: Node, folder: Path) -> None:
    """SCXML 5.8: a document whose script cannot be fetched is refused."""
    src = script.attributes.get("src")
    if src is not None and not (folder / src.removeprefix("file:")).is_file():
        script.fault(f"skriptet «{src}» finnes ikke", "Rett src")
