"""What can be edited of a definition, as a form: titles, roles of transitions, permissions by state, deadlines.

`skjema` reads the form from the tree of the file; `utfylling` writes what was posted back into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from saksbehandling.arbeidsflyt.scxml import child, sb, states, transitions
from saksbehandling.workflow_engine.chart import SYSTEM

SPRAAK = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
_MANGLER = {"nb": "", "nn": "", "en": ""}


@dataclass(frozen=True, slots=True)
class Tittelrad:
    """A name in three languages. `navn`: what its fields are called; `id`: what it is the name of."""

    navn: str
    id: str
    titler: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overgangsrad:
    """`roller`: who may. A transition that no person takes is not in the form."""

    navn: str
    tilstand: str
    hendelse: str
    til: str
    roller: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tillatelsesrad:
    """A permission in one state. `egen`: whether the state decides it, or those around it do."""

    navn: str
    tillatelse: str
    tilstand: str
    egen: bool
    roller: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fristrad:
    navn: str
    tilstand: str
    dager: str
    kilde: str


@dataclass(frozen=True, slots=True)
class Skjema:
    """`rollenavn`: what the roles are called in bokmål, in the order of the definition."""

    tittel: Tittelrad
    tilstander: tuple[Tittelrad, ...]
    hendelser: tuple[Tittelrad, ...]
    roller: tuple[Tittelrad, ...]
    overganger: tuple[Overgangsrad, ...]
    tillatelser: Mapping[str, tuple[Tillatelsesrad, ...]]
    frister: tuple[Fristrad, ...]
    rollenavn: Mapping[str, str]


def skjema(tree: etree._ElementTree) -> Skjema:
    """The form with what the tree says now."""
    root = tree.getroot()
    return Skjema(
        _titles("tittel", "", child(root, "tittel")),
        tuple(
            _titles(f"tilstand-{each.get('id')}", each.get("id", ""), child(each, "tittel")) for each in states(tree)
        ),
        tuple(_named(root, "hendelse")),
        tuple(_named(root, "rolle")),
        tuple(_transition(number, way, tree) for number, way in by_people(tree)),
        {name: tuple(_permission(name, each, tree) for each in (root, *states(tree))) for name in managed(root)},
        tuple(_deadline(each, tree) for each in tree.iter(sb("frist"))),
        {each.get("navn", ""): each.get("nb", "") for each in root.findall(sb("rolle"))},
    )


def _titles(navn: str, id: str, element: etree._Element | None) -> Tittelrad:
    return Tittelrad(navn, id, {each: element.get(each, "") for each in SPRAAK} if element is not None else _MANGLER)


def _named(root: etree._Element, kind: str) -> Iterator[Tittelrad]:
    for each in root.findall(sb(kind)):
        yield _titles(f"{kind}-{each.get('navn')}", each.get("navn", ""), each)


def _transition(number: int, way: etree._Element, tree: etree._ElementTree) -> Overgangsrad:
    events = {each.get("navn", ""): each.get("nb", "") for each in tree.getroot().findall(sb("hendelse"))}
    names = [events.get(event, event) for event in way.get("event", "").split()]
    targets = [_name_of(each, tree) for each in way.get("target", "").split()]
    source = way.getparent()
    assert source is not None  # a transition stands in a state
    roles = frozenset(way.get(sb("roller"), "").split()) - {SYSTEM}
    return Overgangsrad(
        f"overgang-{number}", _name_of(source.get("id", ""), tree), " / ".join(names), ", ".join(targets), roles
    )


def _permission(name: str, holder: etree._Element, tree: etree._ElementTree) -> Tillatelsesrad:
    own = own_permission(holder, name)
    roles = frozenset(own.get("roller", "").split()) if own is not None else frozenset()
    where = _name_of(holder.get("id", ""), tree) if "id" in holder.attrib else ""
    return Tillatelsesrad(permission_field(holder, name), name, where, own is not None, roles)


def _deadline(element: etree._Element, tree: etree._ElementTree) -> Fristrad:
    where = _name_of(_holder_id(element), tree)
    return Fristrad(deadline_field(element), where, element.get("dager", ""), element.get("kilde", ""))


def _name_of(state: str, tree: etree._ElementTree) -> str:
    """The title of the state; for one without, those of the states within that have one, else its id."""
    element = next((each for each in tree.iter(etree.Element) if each.get("id") == state), None)
    if element is None:
        return state
    own = child(element, "tittel")
    inner = [own] if own is not None else list(element.iterfind(f"*/{sb('tittel')}"))
    return ", ".join(each.get("nb", "") for each in inner if each is not None) or state


def by_people(tree: etree._ElementTree) -> Iterator[tuple[int, etree._Element]]:
    """With their numbers among all transitions, which name their fields."""
    for number, way in enumerate(transitions(tree)):
        if set(way.get(sb("roller"), "").split()) - {SYSTEM}:
            yield number, way


def managed(root: etree._Element) -> list[str]:
    return [name for each in root.findall(sb("forvalter")) for name in each.get("tillatelser", "").split()]


def own_permission(holder: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in holder.findall(sb("tillatelse")) if each.get("navn") == name), None)


def permission_field(holder: etree._Element, name: str) -> str:
    return f"tillatelse-{name}-{holder.get('id', '')}"


def deadline_field(element: etree._Element) -> str:
    return f"frist-{_holder_id(element)}-{element.get('navn')}"


def _holder_id(element: etree._Element) -> str:
    parent = element.getparent()
    return parent.get("id", "") if parent is not None else ""
