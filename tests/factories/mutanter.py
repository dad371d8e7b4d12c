"""Faults sown in a definition, one at a time and systematically: what somebody may do wrong who edits it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from saksbehandling.workflow_engine.source import SB, SCXML

Element = etree._Element
Change = Callable[[Element], None]


@dataclass(frozen=True)
class Mutant:
    """A definition with one fault. `slag`: the kind of fault. `hvor`: the element before, for the report."""

    slag: str
    hvor: str
    innhold: bytes


def mutanter(innhold: bytes) -> Iterator[Mutant]:
    """Every fault of every kind, in the order of the document."""
    root = etree.fromstring(innhold)
    for place, element in enumerate(root.iter(etree.Element)):
        for slag, change in _changes(root, element):
            damaged = copy.deepcopy(root)
            change(next(each for number, each in enumerate(damaged.iter(etree.Element)) if number == place))
            where = f"{element.sourceline}: {etree.tostring(element, with_tail=False).decode().split('>')[0][:160]}>"
            yield Mutant(slag, where, etree.tostring(damaged))


def _changes(root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    name = etree.QName(element)
    prefix = "sb:" if name.namespace == SB else ""
    kinds: dict[str, Callable[[Element, Element], Iterator[tuple[str, Change]]]] = {
        "scxml": _start,
        "state": _state,
        "parallel": _state,
        "final": _final,
        "transition": _transition,
        "invoke": _invoke,
        "send": _send,
        "sb:rolle": lambda _root, _element: iter([("rolleerklæring fjernet", _drop)]),
        "sb:hendelse": lambda _root, _element: iter([("hendelsens tittel fjernet", _drop)]),
        "sb:tillatelse": _permission,
        "sb:frist": _deadline,
    }
    yield from kinds.get(prefix + name.localname, lambda _root, _element: iter(()))(root, element)


def _start(root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    if "initial" in element.attrib:
        yield "start flyttet", _set("initial", _others(root, element.get("initial", ""))[0])


def _state(root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    yield "tilstand fjernet", _drop
    if element.get(_sb("venter")):
        yield "venting fjernet", _set(_sb("venter"), None)
    if element.find(f"{{{SB}}}tittel") is not None:
        yield "tilstandens tittel fjernet", lambda each: _drop(each.find(f"{{{SB}}}tittel"))


def _final(_root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    yield "slutt fjernet", _drop
    yield "alle veier til en slutt fjernet", _drop_ways_to
    yield "slutt gjort om til tilstand", _rename("state")


def _transition(root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    events, target, cond = element.get("event", ""), element.get("target"), element.get("cond")
    yield ("fristens overgang fjernet" if "frist." in events else "overgang fjernet"), _drop
    if target:
        yield "mål fjernet", _set("target", None)
        yield "mål feilstavet", _set("target", f"{target}x")
        first, last = _others(root, target)
        yield "mål flyttet", _set("target", first)
        yield "mål flyttet", _set("target", last)
    if events:
        yield "hendelse feilstavet", _set("event", f"{events}x")
    if cond:
        yield "vilkår fjernet", _set("cond", None)
        yield "vilkår feilstavet", _set("cond", cond.replace("_", "", 1) if "_" in cond else f"{cond}x")
    if element.get(_sb("noedutgang")):
        yield "nødutgang gjort vanlig", _set(_sb("noedutgang"), None)
    roles = element.get(_sb("roller"), "").split()
    if roles:
        yield "alle roller fjernet", _set(_sb("roller"), None)
        yield "rolle feilstavet", _set(_sb("roller"), " ".join([*roles[:-1], f"{roles[-1]}x"]))
    yield from _without_each(_sb("roller"), roles, "én rolle fjernet")


def _invoke(_root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    yield "delsak fjernet", _drop
    yield "delsak feilstavet", _set("src", f"{element.get('src')}x")


def _send(_root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    yield "melding fjernet", _drop
    yield "melding feilstavet", _set("event", f"{element.get('event')}x")


def _permission(_root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    yield "tillatelse fjernet", _drop
    yield "tillatelse feilstavet", _set("navn", f"{element.get('navn')}x")
    roles = element.get("roller", "").split()
    yield from _without_each("roller", roles, "rolle fjernet fra tillatelse")


def _deadline(_root: Element, element: Element) -> Iterator[tuple[str, Change]]:
    yield "frist fjernet", _drop
    yield "fristens hendelse feilstavet", _set("hendelse", f"{element.get('hendelse')}x")
    yield "fristens lengde endret", _set("dager", str(int(element.get("dager", "0")) // 2))


def _without_each(attribute: str, roles: list[str], slag: str) -> Iterator[tuple[str, Change]]:
    if len(roles) > 1 or attribute == "roller":
        for role in roles:
            yield slag, _set(attribute, " ".join(each for each in roles if each != role))


def _others(root: Element, target: str) -> tuple[str, str]:
    """Two other states to go to: the next one in the document and, from the end, the last."""
    names = [each.get("id", "") for each in root.iter(*(f"{{{SCXML}}}{kind}" for kind in ("state", "final")))]
    rest = [name for name in names if name not in target.split()]
    after = [name for name in names[names.index(target.split()[0]) + 1 :] if name in rest]
    return (after or rest)[0], rest[-1]


def _sb(name: str) -> str:
    return f"{{{SB}}}{name}"


def _set(attribute: str, value: str | None) -> Change:
    def change(element: Element) -> None:
        if value is None:
            del element.attrib[attribute]
        else:
            element.set(attribute, value)

    return change


def _rename(name: str) -> Change:
    def change(element: Element) -> None:
        element.tag = f"{{{SCXML}}}{name}"

    return change


def _drop(element: Element | None) -> None:
    parent = element.getparent() if element is not None else None
    if element is not None and parent is not None:
        parent.remove(element)


def _drop_ways_to(final: Element) -> None:
    ways = final.getroottree().getroot().iter(f"{{{SCXML}}}transition")
    for way in [way for way in ways if way.get("target") == final.get("id")]:
        _drop(way)
