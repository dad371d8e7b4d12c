"""Sessions that send each other events, on a clock that jumps to the next delayed event when all is quiet."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from conformance.dialect import Definition, Invoke
from conformance.messages import PROCESSOR, Message
from conformance.python_model import PythonModel
from saksbehandling.workflow_engine.interpreter import Configuration, Moved, Run

MAX_TASKS = 2000


class Platform:
    def __init__(self) -> None:
        self.numbers = count(1)
        self.sessions: dict[str, Session] = {}
        self._ready: deque[Callable[[], None]] = deque()
        self._later: list[tuple[float, int, Session, str | None, Callable[[], None]]] = []
        self._now = 0.0

    def start(self, definition: Definition, **given: Any) -> Session:
        session = Session(self, definition, **given)
        self.sessions[session.id] = session
        self._ready.append(session.start)
        return session

    def soon(self, task: Callable[[], None]) -> None:
        self._ready.append(task)

    def later(self, seconds: float, session: Session, sendid: str | None, task: Callable[[], None]) -> None:
        heapq.heappush(self._later, (self._now + seconds, next(self.numbers), session, sendid, task))

    def cancel(self, session: Session, sendid: str) -> None:
        """A session takes back what it sent itself, and nobody else's."""
        self._later = [each for each in self._later if (each[2], each[3]) != (session, sendid)]
        heapq.heapify(self._later)

    def run(self) -> None:
        """Until nothing is ready and no event is on its way. Raises when that takes suspiciously long."""
        for _ in range(MAX_TASKS):
            if self._ready:
                self._ready.popleft()()
            elif self._later:
                self._now, _, session, _, task = heapq.heappop(self._later)
                if not session.over:
                    task()
            else:
                return
        raise AssertionError("the sessions never come to rest")


class Session:
    """The loop around the interpreter that appendix D calls mainEventLoop, for one document."""

    def __init__(
        self,
        platform: Platform,
        definition: Definition,
        parent: Session | None = None,
        invokeid: str | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self.platform = platform
        self.definition = definition
        self.parent = parent
        self.invokeid = invokeid
        self.given = given or {}
        self.id = f"sesjon{next(platform.numbers)}"
        self.children: dict[str, tuple[Invoke, Session]] = {}
        self.over = False
        self.model = PythonModel(self)
        self.configuration = Configuration(frozenset())

    @property
    def address(self) -> str:
        return f"#_scxml_{self.id}"

    def start(self) -> None:
        if self.over:
            return
        run = self._run()
        self.model.begin(run)
        self._went(run.begin())

    def receive(self, event: Message) -> None:
        if not self.over:
            self._went(self._run().take(event))

    def stop(self) -> None:
        """Cancelled by the session that invoked this one: what it says on its way out is heard by nobody."""
        if not self.over:
            self.parent = None
            self._run().stop()
            self.over = True

    def invoke(self, invoke: Invoke, name: str, definition: Definition, given: Mapping[str, Any]) -> None:
        self.children[name] = (invoke, self.platform.start(definition, parent=self, invokeid=name, given=given))

    def cancel_invokes(self, state: str) -> None:
        for name, (invoke, child) in list(self.children.items()):
            if invoke.state == state:
                del self.children[name]
                child.stop()

    def send(self, target: str | None, message: Message) -> bool:
        """Deliver an event that is due now; False when nobody is there to take it."""
        receiver = self._receiver(target)
        if receiver is None or receiver.over:
            return False
        given = self.invokeid if target == "#_parent" else None
        filled = replace(message, origin=self.address, origintype=PROCESSOR, invokeid=given)
        self.platform.soon(lambda: receiver.receive(filled))
        return True

    def _receiver(self, target: str | None) -> Session | None:
        if target is None:
            return self
        if target == "#_parent":
            return self.parent
        if target.startswith("#_scxml_"):
            return self.platform.sessions.get(target.removeprefix("#_scxml_"))
        return self.children[target[2:]][1] if target[2:] in self.children else None

    def _run(self) -> Run:
        return Run(self.definition.chart, self.configuration, self.model)

    def _went(self, moved: Moved) -> None:
        self.configuration = moved.configuration
        if not moved.finished:
            return
        self.over = True
        if self.parent is not None:
            parent, name = self.parent, self.invokeid
            ended = Message(f"done.invoke.{name}", self.model.result(self._run()), invokeid=name)
            self.platform.soon(lambda: parent.receive(ended))
