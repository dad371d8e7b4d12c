"""Writes a posted form into the tree of a definition: the other half of `skjema`.

What cannot be used is written as it was typed, so that the form can be shown again, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from lxml import etree

from saksbehandling.arbeidsflyt.scxml import child, clean, sb, states
from saksbehandling.arbeidsflyt.skjema import (
    SPRAAK,
    by_people,
    deadline_field,
    managed,
    own_permission,
    permission_field,
)
from saksbehandling.errors import Reason
from saksbehandling.workflow_engine.chart import SYSTEM

LENGDE = 200


class Post(Protocol):
    """What a posted form answers."""

    def get(self, key: str, default: str = ..., /) -> str: ...
    def getall(self, key: str, /) -> list[str]: ...
    def __contains__(self, key: object, /) -> bool: ...


def fyll(tree: etree._ElementTree, post: Post) -> list[Reason]:
    """Write what was posted into the tree. Returns why it cannot be used, each with the field that it is about."""
    root = tree.getroot()
    reasons = list(_fill_titles(root, child(root, "tittel"), "tittel", post))
    for state in states(tree):
        reasons += _fill_titles(state, child(state, "tittel"), f"tilstand-{state.get('id')}", post)
    for kind in ("hendelse", "rolle"):
        for each in root.findall(sb(kind)):
            reasons += _fill_titles(root, each, f"{kind}-{each.get('navn')}", post)
    for number, way in by_people(tree):
        reasons += _fill_transition(way, f"overgang-{number}", root, post)
    for name in managed(root):
        for holder in (root, *states(tree)):
            _fill_permission(holder, name, root, post)
    for deadline in tree.iter(sb("frist")):
        reasons += _fill_deadline(deadline, post)
    return reasons


def _fill_titles(holder: etree._Element, element: etree._Element | None, navn: str, post: Post) -> Iterator[Reason]:
    """A state may be without a title; then all three are empty."""
    given = {spraak: clean(post.get(f"{navn}-{spraak}", "")) for spraak in SPRAAK if f"{navn}-{spraak}" in post}
    if not given or (element is None and not any(given.values())):
        return
    if element is None:
        element = etree.Element(sb("tittel"))
        holder.insert(0, element)
    before = element.get("nb", "")
    for spraak, text in given.items():
        element.set(spraak, text)
        if not text:
            what = f"«{before}»" if before else "tilstanden"
            yield Reason(f"Tittelen på {what} mangler på {SPRAAK[spraak]}.", felt=f"{navn}-{spraak}")
        elif len(text) > LENGDE:
            yield Reason(f"Tittelen «{text[:40]} …» kan ha høyst {LENGDE} tegn.", felt=f"{navn}-{spraak}")


def _fill_transition(way: etree._Element, navn: str, root: etree._Element, post: Post) -> Iterator[Reason]:
    """The system keeps what it could do before."""
    roles = _ordered(post.getall(navn), root)
    if not roles:
        yield Reason(f"Minst én rolle må kunne «{way.get('event')}».", felt=navn)
        return
    keep = [SYSTEM] if SYSTEM in way.get(sb("roller"), "").split() else []
    _set_roles(way, sb("roller"), [*roles, *keep])


def _fill_permission(holder: etree._Element, name: str, root: etree._Element, post: Post) -> None:
    """The definition itself always decides; a state where its box is ticked."""
    navn = permission_field(holder, name)
    own = own_permission(holder, name)
    if holder is not root and not post.get(f"{navn}-egen"):
        if own is not None:
            holder.remove(own)
        return
    roles = _ordered(post.getall(navn), root)
    if own is None and (holder is not root or roles):
        own = etree.Element(sb("tillatelse"), {"navn": name, "roller": ""})
        _insert_after(holder, own)
    if own is not None:
        _set_roles(own, "roller", roles)


def _fill_deadline(element: etree._Element, post: Post) -> Iterator[Reason]:
    navn = deadline_field(element)
    days = post.get(f"{navn}-dager", element.get("dager", "")).strip()
    element.set("dager", clean(days))
    if not re.fullmatch(r"[0-9]{1,5}", days):
        yield Reason("En frist må være et helt antall dager, som 42.", felt=f"{navn}-dager")
    source = clean(post.get(f"{navn}-kilde", element.get("kilde", "")))
    if len(source) > LENGDE:
        yield Reason(f"Kilden kan ha høyst {LENGDE} tegn.", felt=f"{navn}-kilde")
    if source:
        element.set("kilde", source)
    elif "kilde" in element.attrib:
        del element.attrib["kilde"]


def _insert_after(holder: etree._Element, element: etree._Element) -> None:
    """After the titles, managed permissions and other permissions that stand first in `holder`."""
    before = {sb(name) for name in ("tittel", "rolle", "hendelse", "forvalter", "tillatelse", "felt")}
    places = [place for place, each in enumerate(holder) if each.tag in before]
    holder.insert(places[-1] + 1 if places else 0, element)


def _ordered(roles: Iterable[str], root: etree._Element) -> list[str]:
    """Those that the definition declares, in its order."""
    chosen = set(roles)
    return [each.get("navn", "") for each in root.findall(sb("rolle")) if each.get("navn") in chosen]


def _set_roles(element: etree._Element, attribute: str, roles: list[str]) -> None:
    """The same roles are left in the order in which somebody wrote them."""
    if set(element.get(attribute, "").split()) != set(roles):
        element.set(attribute, " ".join(roles))
