"""Definition files as XML trees: read with their comments, and written in one canonical form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from saksbehandling.workflow_engine.definition import Lagring
from saksbehandling.workflow_engine.source import SB, SCXML

_FIRST = ("version", "name", "id", "navn", "event", "cond", "target", "type", "nb", "nn", "en")
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATES = frozenset(f"{{{SCXML}}}{name}" for name in ("state", "parallel", "final"))


def scxml(name: str) -> str:
    return f"{{{SCXML}}}{name}"


def sb(name: str) -> str:
    return f"{{{SB}}}{name}"


def parse(content: bytes) -> etree._ElementTree:
    """The tree of a file that has been read as a definition before, so it is small and has no entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True, remove_pis=True
    )
    return etree.ElementTree(etree.fromstring(content, parser))


def canonical(tree: etree._ElementTree) -> bytes:
    """The file: one line for each element, two spaces for each level, attributes in a fixed order, comments kept.

    Writing what was read from it gives the same bytes again.
    """
    for element in tree.iter(etree.Element):
        attributes = sorted(element.attrib.items(), key=lambda item: _rank(str(item[0])))
        for name in list(element.attrib):
            del element.attrib[name]
        for name, value in attributes:
            element.set(name, value)
    etree.indent(tree, space="  ")
    text = etree.tostring(tree, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def sign(tree: etree._ElementTree, lagring: Lagring) -> etree._ElementTree:
    """Write who saves it into the tree, in place of whoever saved what it was made from."""
    root = tree.getroot()
    for earlier in root.findall(sb("lagret")):
        root.remove(earlier)
    signed = etree.Element(sb("lagret"), {"av": clean(lagring.av), "tid": lagring.tid.isoformat(timespec="seconds")})
    for name, number in (("bruker", lagring.bruker_id), ("gjenoppretter", lagring.gjenoppretter)):
        if number is not None:
            signed.set(name, str(number))
    root.insert(0, signed)
    return tree


def clean(text: str) -> str:
    """On one line, without what XML cannot hold."""
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def states(tree: etree._ElementTree) -> Iterator[etree._Element]:
    """The states in document order, without histories, which have nothing to edit."""
    return (element for element in tree.iter(etree.Element) if element.tag in _STATES)


def transitions(tree: etree._ElementTree) -> Iterator[etree._Element]:
    """The transitions that people or the system can take, in document order: those of states."""
    found = tree.iter(scxml("transition"))
    return (each for each in found if (parent := each.getparent()) is not None and parent.tag in _STATES)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of our own namespace with that name."""
    return element.find(sb(name))


def _rank(attribute: str) -> tuple[int, str]:
    return (_FIRST.index(attribute) if attribute in _FIRST else len(_FIRST), attribute)
