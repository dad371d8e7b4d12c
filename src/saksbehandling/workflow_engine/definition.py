"""A whole definition file: its chart, its form, where its deadlines come from, and its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from saksbehandling.workflow_engine.chart import Chart, frozen_map
from saksbehandling.workflow_engine.compiler import Compiler
from saksbehandling.workflow_engine.schema import FORM_RULES, FormSchema, compile_schema
from saksbehandling.workflow_engine.source import RULES, Node, Rule, Rules, read

DEFINITION_RULES: Rules = {**RULES, **FORM_RULES, "sb:frist": Rule(RULES["sb:frist"].required, ("kilde",))}


@dataclass(frozen=True, eq=False)
class Definition:
    """`kilder`: why a deadline is as long as it is, by state and name of the deadline. `fingerprint`: see below.
    `content`: the file itself."""

    chart: Chart
    form: FormSchema
    kilder: Mapping[tuple[str, str], str]
    fingerprint: str
    content: bytes


def read_definition(file: str, content: bytes) -> Definition:
    """The definition in `content`, compiled and checked. `file`: its name in messages. Raises `SetupError`."""
    root = read(file, content, DEFINITION_RULES)
    chart, form, kilder = Compiler(root).chart(), compile_schema(root), frozen_map(_sources(root))
    return Definition(chart, form, kilder, fingerprint(content), content)


def fingerprint(content: bytes) -> str:
    """SHA-256 (hex) of what a definition says: canonical XML without comments and indentation.

    `content` has been read as a definition before, so it is small and has no entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True, remove_comments=True
    )
    root = etree.fromstring(content, parser)
    return hashlib.sha256(etree.tostring(root, method="c14n")).hexdigest()


def _sources(node: Node) -> Iterator[tuple[tuple[str, str], str]]:
    for child in node.children:
        if child.name == "sb:frist" and "kilde" in child.attributes:
            yield (node.attributes["id"], child.attributes["navn"]), child.attributes["kilde"]
        yield from _sources(child)
