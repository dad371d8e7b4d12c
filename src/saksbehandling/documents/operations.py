"""What a compiled template consists of: constant pieces and a handful of operations on the data.

Paths reach into mappings and nothing else: no attribute is read and nothing is called.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, get_args

from saksbehandling import skrivemaate
from saksbehandling.documents.markers import Kind, Marker
from saksbehandling.errors import SetupError
from saksbehandling.richtext import Block, Blocks

ITEM = "denne"  # how a template names the present item of a repeated part

_BLOCKS = frozenset(get_args(Block))

Scopes = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How rich text looks at one place of a template; style ids of that template.

    `paragraph`: the inside of ``w:pPr`` of an ordinary paragraph. `left`: its indentation in twentieths of a point.
    `headings`: the style of rich text's heading levels 1 to 6. `numbering`: the list styles that number by themselves.
    """

    paragraph: str
    left: int
    headings: tuple[str, ...]
    bullet: str
    number: str
    table: str
    link: str
    numbering: frozenset[str] = frozenset()


class Sink(Protocol):
    """Where a document is written."""

    def static(self, piece: Static) -> None: ...
    def value(self, text: str) -> None: ...
    def rich(self, blocks: Blocks, look: Look) -> None: ...
    def end_cell(self) -> None: ...


class Operation(Protocol):
    def write(self, scopes: Scopes, sink: Sink) -> None: ...


Operations = tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Static:
    """A constant piece, as XML and as the plain text that a reader sees of it."""

    xml: str
    text: str

    def write(self, _: Scopes, sink: Sink) -> None:
        sink.static(self)


@dataclass(frozen=True, slots=True)
class Field:
    marker: Marker

    def write(self, scopes: Scopes, sink: Sink) -> None:
        sink.value(field_text(scopes, self.marker))


@dataclass(frozen=True, slots=True)
class Rich:
    marker: Marker
    look: Look

    def write(self, scopes: Scopes, sink: Sink) -> None:
        sink.rich(field_blocks(scopes, self.marker), self.look)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part, or a table row, once for each item of a list."""

    marker: Marker
    body: Operations

    def write(self, scopes: Scopes, sink: Sink) -> None:
        for item in field_items(scopes, self.marker):
            run(self.body, item_scopes(scopes, item), sink)


@dataclass(frozen=True, slots=True)
class When:
    """A part that is left out where the field is empty."""

    marker: Marker
    body: Operations

    def write(self, scopes: Scopes, sink: Sink) -> None:
        if lookup(scopes, self.marker):
            run(self.body, scopes, sink)


@dataclass(frozen=True, slots=True)
class EndCell:
    """The end of a table cell whose last paragraph may have been left out."""

    def write(self, _: Scopes, sink: Sink) -> None:
        sink.end_cell()


def run(operations: Operations, scopes: Scopes, sink: Sink) -> None:
    """Write `operations` to `sink`. The innermost of `scopes` comes first."""
    for operation in operations:
        operation.write(scopes, sink)


def problems(operations: Operations, scopes: Scopes) -> Iterator[str]:
    """What is wrong with the fields of a template, tried on example data, also inside parts that it leaves out."""
    for operation in operations:
        try:
            match operation:
                case Field(marker):
                    field_text(scopes, marker)
                case Rich(marker):
                    field_blocks(scopes, marker)
                case Repeat(marker, body):
                    for item in field_items(scopes, marker):
                        yield from problems(body, item_scopes(scopes, item))
                case When(marker, body):
                    lookup(scopes, marker)
                    yield from problems(body, scopes)
        except SetupError as error:
            yield str(error)


def item_scopes(scopes: Scopes, item: object) -> Scopes:
    """The scopes inside a repeated part: the item's own fields hide those outside."""
    own = {ITEM: item}
    return (item, own, *scopes) if isinstance(item, Mapping) else (own, *scopes)


def field_text(scopes: Scopes, marker: Marker) -> str:
    """The text of an inline field, written as its marker says; nothing for None. Raises `SetupError`."""
    value = lookup(scopes, marker)
    if marker.kind is Kind.FIELD:
        return value if type(value) is str else _plain(value, marker)
    if value is None:
        return ""
    types, write, wants = _WRITTEN[marker.kind]
    if isinstance(value, types) and not isinstance(value, bool):
        return write(value, str(scopes[-1].get("malform", "nb")))
    raise SetupError(f"Feltet i {marker} er ikke {wants} ({marker.place}). Bruk [[{'.'.join(marker.path)}]].")


def _plain(value: object, marker: Marker) -> str:
    """A string as it is, a date as «29.08.2019», a wall time as «18.00», a whole number by its digits."""
    match value:
        case None:
            return ""
        case str():
            return value
        case dt.date():
            return skrivemaate.kort_dato(value)
        case dt.time():
            return value.strftime("%H.%M")
        case int() if not isinstance(value, bool):
            return str(value)
    raise SetupError(
        f"Feltet i {marker} er ikke ren tekst ({marker.place}). Bruk [[tekst: …]], [[gjenta: …]] eller et underfelt."
    )


_Write = Callable[[Any, str], str]
_WRITTEN: Mapping[Kind, tuple[type | tuple[type, ...], _Write, str]] = {
    Kind.DATE: (dt.date, skrivemaate.dato, "en dato"),
    Kind.DAY: (dt.date, skrivemaate.lang_dato, "en dato"),
    Kind.NUMBER: ((int, float, Decimal), skrivemaate.tall, "et tall"),
}


def field_blocks(scopes: Scopes, marker: Marker) -> Blocks:
    """The rich text of a field; none for None. Raises `SetupError`."""
    value = lookup(scopes, marker)
    if value is None:
        return ()
    if isinstance(value, list | tuple) and _BLOCKS.issuperset(map(type, value)):
        return tuple(value)
    raise SetupError(f"Feltet i {marker} er ikke formatert tekst ({marker.place}). Bruk [[{'.'.join(marker.path)}]].")


def field_items(scopes: Scopes, marker: Marker) -> Sequence[object]:
    """The items of a field that is a list. Raises `SetupError`."""
    value = lookup(scopes, marker)
    if isinstance(value, list | tuple) and _BLOCKS.isdisjoint(map(type, value)):
        return value
    raise SetupError(f"Feltet i {marker} er ikke en liste ({marker.place}). Bruk et felt som har flere verdier.")


def lookup(scopes: Scopes, marker: Marker) -> object:
    """What the marker's path leads to. Raises `SetupError` naming the place and the fields that exist there."""
    first = marker.path[0]
    for scope in scopes:
        if first in scope:
            value: object = scope[first]
            break
    else:
        raise _unknown(marker, first, [name for scope in scopes for name in scope])
    for step in marker.path[1:]:
        if not isinstance(value, Mapping) or step not in value:
            raise _unknown(marker, step, list(value) if isinstance(value, Mapping) else [])
        value = value[step]
    return value


def _unknown(marker: Marker, step: str, names: list[str]) -> SetupError:
    near = difflib.get_close_matches(step, names, n=1)
    hint = f"Mente du «{near[0]}»?" if near else f"Felt som finnes her: {', '.join(dict.fromkeys(names)) or 'ingen'}."
    return SetupError(f"Ukjent felt «{step}» i {marker} ({marker.place}). {hint} Rett merket i malen.")
