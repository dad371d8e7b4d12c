"""Our own template for docxtpl: python-docx turns each of our markers into Jinja, and everything else stays."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

_MARKER = re.compile(r"\[\[(?:(\w+): *)?([\w.]+)\]\]")
_OF_ITEMS = ("overskrift", "tekst", "er_notat")  # what our engine finds in the item of a loop by itself


class Docxtpl:
    """`template`: a DOCX with our markers. It is read anew for each document, as docxtpl wants it."""

    def __init__(self, template: bytes) -> None:
        document = docx.Document(io.BytesIO(template))
        blocks: list[str] = []
        for paragraph in list(_paragraphs(document)):
            _translate(paragraph, blocks)
        document.core_properties.title = "{{ dokumenttittel }}"
        made = io.BytesIO()
        document.save(made)
        self._template = made.getvalue()

    def render(self, values: Mapping[str, Any]) -> bytes:
        """`values`: as our templates get them, but each rich text as a list of (is it in a list, text)."""
        template = DocxTemplate(io.BytesIO(self._template))
        template.render(values, autoescape=True)
        made = io.BytesIO()
        template.save(made)
        return made.getvalue()


def _paragraphs(document: Any) -> Iterator[Paragraph]:
    yield from document.paragraphs
    yield from (paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs)
    for section in document.sections:
        yield from (*section.header.paragraphs, *section.footer.paragraphs)


def _translate(paragraph: Paragraph, blocks: list[str]) -> None:
    alone = _MARKER.fullmatch(paragraph.text)
    if alone and alone[1] == "tekst":
        _write_rich_text(paragraph, _name(alone[2]))
        return
    for run in paragraph.runs:
        if "[[" in run.text:
            run.text = _MARKER.sub(lambda marker: _jinja(marker[1], marker[2], blocks), run.text)


def _jinja(kind: str | None, path: str, blocks: list[str]) -> str:
    """`blocks`: those that are open here."""
    if path == "slutt":
        return f"{{%p end{blocks.pop()} %}}"
    if kind == "hvis":
        blocks.append("if")
        return f"{{%p if {_name(path)} %}}"
    if kind == "gjenta":
        blocks.append("for")
        return f"{{%p for denne in {_name(path)} %}}"
    return f"{{{{ {_name(path)} }}}}"


def _write_rich_text(paragraph: Paragraph, name: str) -> None:
    before = paragraph.insert_paragraph_before
    before(f"{{%p for i_liste, linje in {name} %}}")
    before("{%p if i_liste %}")
    before("{{ linje }}", style="List Bullet")
    before("{%p else %}")
    before("{{ linje }}", style=paragraph.style)
    before("{%p endif %}")
    paragraph.text = "{%p endfor %}"


def _name(path: str) -> str:
    return f"denne.{path}" if path in _OF_ITEMS else path
