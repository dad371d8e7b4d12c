"""The markers that a template of a kind can use, found in the kind's example values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saksbehandling import skrivemaate
from saksbehandling.documents.markers import Kind
from saksbehandling.documents.operations import ITEM
from saksbehandling.richtext import Block, plain_text

_LONGEST = 60
_REPEATS = f"[[{Kind.REPEAT}:"


@dataclass(frozen=True, slots=True)
class Usable:
    """A marker as one writes it, and what it shows of the example. `inside`: the lists whose items it belongs to."""

    marker: str
    example: str
    inside: tuple[str, ...] = ()

    @property
    def has_end(self) -> bool:
        """Whether `[[slutt]]` belongs to it."""
        return self.marker.startswith((_REPEATS, f"[[{Kind.WHEN}:"))

    @property
    def list(self) -> str:
        """The outermost list that it repeats or stands within; "" for none."""
        if self.inside:
            return self.inside[0]
        return self.marker.removeprefix(_REPEATS).strip(" ]") if self.marker.startswith(_REPEATS) else ""


def usable(values: Mapping[str, Any], inside: tuple[str, ...] = (), path: str = "") -> Iterator[Usable]:
    """Every marker for these values: fields first, then what repeats, each with the markers of its items."""
    lists: list[tuple[str, Sequence[Any]]] = []
    for name, value in values.items():
        field = f"{path}{name}"
        if isinstance(value, Mapping):
            yield from usable(value, inside, f"{field}.")
        elif _is_list(value):
            lists.append((field, value))
        else:
            yield from (Usable(marker, example, inside) for marker, example in _shown(field, value))
    for field, items in lists:
        yield Usable(_written(Kind.REPEAT, field), f"{len(items)} i eksempelet", inside)
        yield from usable(_filled(items), (*inside, field))


def _shown(field: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, bool):
        yield _written(Kind.WHEN, field), "når det er noe å vise"
    elif isinstance(value, tuple):
        yield _written(Kind.TEXT, field), _short(plain_text(value))
    elif isinstance(value, dt.date):
        yield f"[[{field}]]", skrivemaate.kort_dato(value)
        yield _written(Kind.DATE, field), skrivemaate.dato(value, "nb")
        yield _written(Kind.DAY, field), skrivemaate.lang_dato(value, "nb")
    elif value is not None:
        yield f"[[{field}]]", _short(str(value))


def _filled(items: Sequence[Any]) -> Mapping[str, Any]:
    """One item, each of its fields from the first that has something in it."""
    if not all(isinstance(item, Mapping) for item in items):
        return {ITEM: next(iter(items), "")}
    return {name: _first([item[name] for item in items]) for name in (items or [{}])[0]}


def _first(found: Sequence[Any]) -> Any:
    """None where some items lack what others have fields in: no marker may reach into those."""
    if None in found and any(isinstance(one, Mapping) for one in found):
        return None
    return next(filter(None, found), found[0])


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(one, Block) for one in value)


def _written(kind: Kind, field: str) -> str:
    return f"[[{kind}: {field}]]"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
