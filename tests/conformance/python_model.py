"""A data model for tests alone: Python expressions, evaluated. The product has nothing like it, and must not have.

The few ECMAScript expressions in the W3C's own files are turned into Python first.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

from conformance.dialect import Block, Element, Foreach, Invoke, compile_definition
from conformance.messages import PROCESSOR, Fields, Message, SystemEvent, fault
from saksbehandling.errors import Reason, SetupError
from saksbehandling.workflow_engine.chart import Content, State
from saksbehandling.workflow_engine.interpreter import ContentFault, DataModel, Event, Run
from saksbehandling.workflow_engine.source import Node

if TYPE_CHECKING:
    from conformance.platform import Session

_SCXML_TYPES = {None, "scxml", "http://www.w3.org/TR/scxml", "http://www.w3.org/TR/scxml/"}
_SYSTEM = {"_event", "_sessionid", "_name", "_ioprocessors"}
_ECMASCRIPT = (
    (r"===", "=="),
    (r"&&", " and "),
    (r"!(?=\w)", "not "),
    (r"typeof ([\w.]+) == 'undefined'", r"\1 is None"),
    (r"\[\]\.concat\((\w+), (\[.*?\])\)", r"\1 + \2"),
    (r"\(function\(str, starts\).*\)\(Var1, Var2\)", "Var1.startswith(Var2)"),
    (r"^var ", ""),
)


class PythonModel(DataModel):
    """Reads the elements that the dialect leaves to it, for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._definition = session.definition
        self._variables: dict[str, Any] = {}
        self._pending: list[State] = []
        self._unloaded = set(session.definition.data)
        self.log: list[tuple[str, Any]] = []
        self._system: dict[str, Any] = {
            "_sessionid": session.id,
            "_name": self._definition.name,
            "_ioprocessors": {PROCESSOR: Fields([("location", session.address)])},
        }

    # What the interpreter asks

    def failures(self, cond: Any, run: Run) -> tuple[Reason, ...]:
        try:
            return () if self._value(cond, run) else (Reason(cond),)
        except ContentFault as failed:
            run.put(failed.event)
            return (Reason(cond),)

    def execute(self, content: Content, run: Run) -> None:
        match content:
            case Block(actions):
                run.block(actions)
            case Foreach(node, actions):
                self._foreach(node, actions, run)
            case Element(node):
                getattr(self, f"_{node.name}")(node, run)

    def receive(self, event: Event, run: Run) -> None:
        self._system["_event"] = SystemEvent(event)
        if event.kind != "external":
            return
        for name, (invoke, child) in list(self._session.children.items()):
            if getattr(event, "invokeid", None) == name:
                run.block(invoke.finalize)
            if invoke.node.attributes.get("autoforward") == "true":
                self._session.platform.soon(lambda child=child: child.receive(event))

    def entered(self, state: State, run: Run) -> None:
        if self._definition.late:
            self._load(state.id, run)
        self._pending.append(state)

    def left(self, state: State, run: Run) -> None:
        self._pending = [each for each in self._pending if each is not state]
        self._session.cancel_invokes(state.id)

    def done(self, final: State, run: Run) -> Any:
        node = self._definition.donedata.get(final.id)
        return self._data(node, run) if node else None

    def rest(self, run: Run) -> None:
        pending, self._pending = self._pending, []
        for state in sorted(pending, key=lambda state: state.order):
            for invoke in self._definition.invokes[state.id]:
                self._start(invoke, run)

    # What the session asks

    def begin(self, run: Run) -> None:
        """Declare the variables, give them their values, and run the document's scripts."""
        self._variables = {node.attributes["id"]: None for nodes in self._definition.data.values() for node in nodes}
        for state in [""] if self._definition.late else list(self._definition.data):
            self._load(state, run)
        for script in self._definition.scripts:
            run.block((Element(script),))

    def result(self, run: Run) -> Any:
        """The data of the final state in which the session ended."""
        ends = (run.chart.states[name] for name in run.active if run.chart.is_end(name))
        return next((self.done(state, run) for state in ends), None)

    def _load(self, state: str, run: Run) -> None:
        if state not in self._unloaded:
            return
        self._unloaded.discard(state)
        for node in self._definition.data[state]:
            name = node.attributes["id"]
            try:
                given = self._session.given if state == "" else {}
                self._variables[name] = given[name] if name in given else self._content(node, run)
            except ContentFault as failed:
                run.put(failed.event)

    # Actions

    def _assign(self, node: Node, run: Run) -> None:
        self._store(node.attributes["location"], self._content(node, run))

    def _log(self, node: Node, run: Run) -> None:
        value = self._value(node.attributes["expr"], run) if node.attributes.get("expr") else None
        self.log.append((node.attributes.get("label", ""), value))

    def _script(self, node: Node, run: Run) -> None:
        scope = self._scope(run)
        try:
            exec(_python((node.content.text or "").strip()), scope)
        except Exception as error:
            raise fault() from error
        self._variables |= {k: v for k, v in scope.items() if not k.startswith("_") and k not in _names(run)}

    def _foreach(self, node: Node, actions: Any, run: Run) -> None:
        array = self._value(node.attributes["array"], run)
        if not isinstance(array, list):
            raise fault()
        for number, item in enumerate(list(array)):
            self._store(node.attributes["item"], item, new=True)
            if "index" in node.attributes:
                self._store(node.attributes["index"], number, new=True)
            run.execute(actions)

    def _cancel(self, node: Node, run: Run) -> None:
        self._session.platform.cancel(self._session, self._attribute(node, "sendid", run))

    def _send(self, node: Node, run: Run) -> None:
        sendid = self._identity(node, run, "")
        try:
            name, target, kind = (self._attribute(node, each, run) for each in ("event", "target", "type"))
            delay = _seconds(self._attribute(node, "delay", run) or "0s")
            message = Message(name or "", self._data(node, run, namelist=True), sendid=sendid)
        except ContentFault as error:
            raise fault(sendid) from error
        if kind not in (PROCESSOR, *_SCXML_TYPES) or (target and not target.startswith("#_")):
            raise fault(sendid)
        if target == "#_internal":
            run.put(Event(message.name, message.data, "internal"))
            return
        if delay:
            self._session.platform.later(delay, self._session, sendid, lambda: self._session.send(target, message))
        elif not self._session.send(target, message):
            raise fault(sendid, "error.communication")

    def _start(self, invoke: Invoke, run: Run) -> None:
        node = invoke.node
        try:
            name = self._identity(node, run, f"{invoke.state}.")
            if self._attribute(node, "type", run) not in _SCXML_TYPES:
                raise fault()
            given = self._data(node, run, namelist=True, content=False)
            document = self._document(node, run)
            self._session.invoke(invoke, name, document, given or {})
        except (ContentFault, SetupError, OSError, etree.XMLSyntaxError, TypeError):
            run.put(fault().event)

    def _document(self, node: Node, run: Run) -> Any:
        src = self._attribute(node, "src", run)
        folder = self._definition.folder
        if src:
            file = folder / src.removeprefix("file:")
            return compile_definition(file.name, file.read_bytes(), folder)
        inner = self._content(node.of("content")[0], run)
        return compile_definition("inni", inner if isinstance(inner, bytes) else etree.tostring(inner), folder)

    # Values

    def _identity(self, node: Node, run: Run, prefix: str) -> str | None:
        """The id that a send or an invoke has or is given. An invoke always has one."""
        if "idlocation" not in node.attributes and (not prefix or "id" in node.attributes):
            return node.attributes.get("id")
        name = f"{prefix}id{next(self._session.platform.numbers)}"
        if "idlocation" in node.attributes:
            self._store(node.attributes["idlocation"], name)
        return name

    def _attribute(self, node: Node, name: str, run: Run) -> Any:
        code = node.attributes.get(f"{name}expr")
        return self._value(code, run) if code is not None else node.attributes.get(name)

    def _data(self, node: Node, run: Run, namelist: bool = False, content: bool = True) -> Any:
        """The data of an event, or what an invoked session is given; None where there is none."""
        for each in node.of("content") if content else ():
            try:
                return self._content(each, run)
            except ContentFault as failed:
                run.put(failed.event)
                return None
        named = node.attributes.get("namelist", "").split() if namelist else []
        pairs = [(name, self._value(name, run)) for name in named]
        return Fields([*pairs, *self._params(node, run)]) or None

    def _params(self, node: Node, run: Run) -> Iterator[tuple[str, Any]]:
        """A parameter that cannot be evaluated is left out, with an error event (SCXML 5.7.1)."""
        for each in node.of("param"):
            code = each.attributes.get("expr", each.attributes.get("location", ""))
            try:
                yield each.attributes["name"], self._value(code, run)
            except ContentFault as failed:
                run.put(failed.event)

    def _content(self, node: Node, run: Run) -> Any:
        """The value of <data>, <assign> or <content>: an expression, a file, an element, a literal or a text."""
        if "expr" in node.attributes:
            return self._value(node.attributes["expr"], run)
        if "src" in node.attributes:
            return _literal((self._definition.folder / node.attributes["src"].removeprefix("file:")).read_text())
        inside = [child for child in node.content if isinstance(child.tag, str)]
        return inside[0] if inside else _literal(node.content.text or "")

    def _store(self, location: str, value: Any, new: bool = False) -> None:
        known = location.isidentifier() if new else location in self._variables
        if not known or location in _SYSTEM:
            raise fault()
        self._variables[location] = value

    def _value(self, code: str, run: Run) -> Any:
        try:
            return eval(_python(code.strip()), self._scope(run))
        except Exception as error:
            raise fault() from error

    def _scope(self, run: Run) -> dict[str, Any]:
        return {**_names(run), **self._variables, **self._system}


def _names(run: Run) -> dict[str, Any]:
    return {"In": run.active.__contains__, "true": True, "false": False, "__builtins__": {"hasattr": hasattr}}


def _python(code: str) -> str:
    for pattern, replacement in _ECMASCRIPT:
        code = re.sub(pattern, replacement, code)
    return code


def _literal(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        return " ".join(text.split())


def _seconds(delay: str) -> float:
    found = re.fullmatch(r"([0-9]*\.?[0-9]+)(ms|s)", delay)
    if not found:
        raise fault()
    return float(found[1]) / (1000 if found[2] == "ms" else 1)
