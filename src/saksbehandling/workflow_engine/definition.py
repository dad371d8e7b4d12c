"""A whole definition file: its chart, its form, where its deadlines come from, who saved it, and its fingerprint."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from saksbehandling.workflow_engine.chart import Chart, frozen_map
from saksbehandling.workflow_engine.compiler import Compiler
from saksbehandling.workflow_engine.schema import FORM_RULES, FormSchema, compile_schema
from saksbehandling.workflow_engine.source import RULES, SB, Node, Rule, Rules, read

_ROOT = FORM_RULES["scxml"]
DEFINITION_RULES: Rules = {
    **RULES,
    **FORM_RULES,
    "scxml": Rule(_ROOT.required, _ROOT.optional, (*_ROOT.children, "sb:lagret"), _ROOT.free),
    "sb:frist": Rule(RULES["sb:frist"].required, ("kilde",)),
    "sb:lagret": Rule(("av", "tid"), ("bruker", "gjenoppretter")),
}


@dataclass(frozen=True, slots=True)
class Lagring:
    """Who saved a version, and when (UTC). `gjenoppretter`: the earlier version that it brought back, if it did."""

    av: str
    tid: dt.datetime
    bruker_id: int | None = None
    gjenoppretter: int | None = None


@dataclass(frozen=True, eq=False)
class Definition:
    """`kilder`: why a deadline is as long as it is, by state and name of the deadline. `fingerprint`: see below.
    `content`: the file itself. `lagret`: None for a definition that came with the product."""

    chart: Chart
    form: FormSchema
    kilder: Mapping[tuple[str, str], str]
    fingerprint: str
    content: bytes
    lagret: Lagring | None = None

    @property
    def innhold(self) -> bytes:
        """What it says, apart from its number and who saved it; equal for versions that say the same."""
        root = _bare(self.content)
        root.attrib.pop(f"{{{SB}}}versjon", "")
        for saved in root.findall(f"{{{SB}}}lagret"):
            root.remove(saved)
        return etree.tostring(root, method="c14n")


def read_definition(file: str, content: bytes) -> Definition:
    """The definition in `content`, compiled and checked. `file`: its name in messages. Raises `SetupError`."""
    root = read(file, content, DEFINITION_RULES)
    chart, form, kilder = Compiler(root).chart(), compile_schema(root), frozen_map(_sources(root))
    return Definition(chart, form, kilder, fingerprint(content), content, _saved(root))


def fingerprint(content: bytes) -> str:
    """SHA-256 (hex) of what a definition says: canonical XML without comments and indentation.

    `content` has been read as a definition before, so it is small and has no entities.
    """
    return hashlib.sha256(etree.tostring(_bare(content), method="c14n")).hexdigest()


def _bare(content: bytes) -> etree._Element:
    """The root, without comments and indentation."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True, remove_comments=True
    )
    return etree.fromstring(content, parser)


def _saved(root: Node) -> Lagring | None:
    node = root.only("sb:lagret")
    if node is None:
        return None
    user, restores = (node.number(name, 1) if name in node.attributes else None for name in ("bruker", "gjenoppretter"))
    return Lagring(node.attributes["av"], _instant(node), user, restores)


def _instant(node: Node) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(node.attributes["tid"]).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        node.fault(f'tid="{node.attributes["tid"]}" er ikke et tidspunkt', "Skriv det som 2019-08-29T10:00:00+00:00")


def _sources(node: Node) -> Iterator[tuple[tuple[str, str], str]]:
    for child in node.children:
        if child.name == "sb:frist" and "kilde" in child.attributes:
            yield (node.attributes["id"], child.attributes["navn"]), child.attributes["kilde"]
        yield from _sources(child)
