"""What sessions send each other, and how a document sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from saksbehandling.workflow_engine.interpreter import ContentFault, Event

PROCESSOR = "http://www.w3.org/TR/scxml/#SCXMLEventProcessor"
_SENDERS_FIELDS = ("sendid", "origin", "origintype", "invokeid")


@dataclass(frozen=True, slots=True)
class Message(Event):
    """An event with the fields that a sender gives it (SCXML 5.10.1)."""

    sendid: str | None = None
    origin: str | None = None
    origintype: str | None = None
    invokeid: str | None = None


class Fields(dict[str, Any]):
    """Data with names, read as `data.name` or `data['name']`; a name that is not there is None.

    `pairs`: every name and value, also where a name came twice.
    """

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.__dict__["pairs"] = tuple(pairs)
        super().__init__(self.pairs)

    def __getattr__(self, name: str) -> Any:
        return self.get(name)


class SystemEvent:
    """What `_event` holds."""

    def __init__(self, event: Event) -> None:
        self.name = event.name
        self.type = event.kind
        self.data = event.data
        self.raw = getattr(event.data, "pairs", event.data)
        for field in _SENDERS_FIELDS:
            setattr(self, field, getattr(event, field, None))

    def __contains__(self, name: str) -> bool:
        return hasattr(self, name)


def fault(sendid: str | None = None, name: str = "error.execution") -> ContentFault:
    return ContentFault(Message(name, None, "platform", sendid=sendid))
