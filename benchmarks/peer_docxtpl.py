"""One of our own templates for docxtpl: python-docx turns each of our markers into Jinja, and everything else stays."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

_MARKER = re.compile(r"\[\[(?:(\w+): *)?([\w.]+)\]\]")
_ITEM = "denne"


class Docxtpl:
    """`template`: a DOCX with our markers. It is read anew for each document, as docxtpl wants it.

    `example`: values of its kind, by which one sees what is a field of the item of a loop.
    """

    def __init__(self, template: bytes, example: Mapping[str, Any]) -> None:
        document = docx.Document(io.BytesIO(template))
        names = _Names([("", example)])
        for paragraph in list(_paragraphs(document)):
            _translate(paragraph, names)
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


@dataclass
class _Names:
    """The scopes that are open: the loop's variable and an example of its item; and the blocks that await their end."""

    scopes: list[tuple[str, Any]]
    blocks: list[str] = field(default_factory=list)

    def expression(self, path: str) -> str:
        """How Jinja says the path."""
        first = path.split(".")[0]
        for variable, item in reversed(self.scopes):
            if first == _ITEM and variable:
                return variable + path.removeprefix(_ITEM)
            if isinstance(item, Mapping) and first in item:
                return f"{variable}.{path}" if variable else path
        return path

    def open_loop(self, path: str) -> str:
        said = self.expression(path)
        items = next(
            (item[path] for _, item in reversed(self.scopes) if isinstance(item, Mapping) and path in item), []
        )
        self.scopes.append((f"e{len(self.scopes)}", items[0] if items else {}))
        return f"for {self.scopes[-1][0]} in {said}"


def _paragraphs(document: Any) -> Iterator[Paragraph]:
    """In the order of the text, tables between."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for cell in block._cells for paragraph in cell.paragraphs)
    for section in document.sections:
        yield from (*section.header.paragraphs, *section.footer.paragraphs)


def _translate(paragraph: Paragraph, names: _Names) -> None:
    alone = _MARKER.fullmatch(paragraph.text)
    if alone and alone[1] == "tekst":
        _write_rich_text(paragraph, names.expression(alone[2]))
        return
    for run in paragraph.runs:
        if "[[" in run.text:
            run.text = _MARKER.sub(lambda marker: _jinja(marker[1], marker[2], names, paragraph), run.text)


def _jinja(kind: str | None, path: str, names: _Names, paragraph: Paragraph) -> str:
    if path == "slutt":
        block = names.blocks.pop()
        if block == "for":
            names.scopes.pop()
        return f"{{%p end{block} %}}"
    if kind == "hvis":
        names.blocks.append("if")
        return f"{{%p if {names.expression(path)} %}}"
    if kind == "gjenta":
        names.blocks.append("for")
        return f"{{%p {names.open_loop(path)} %}}"
    if kind == "rad":
        _repeat_row(paragraph, path, names)
        return ""
    return f"{{{{ {names.expression(path)} }}}}"


def _repeat_row(paragraph: Paragraph, path: str, names: _Names) -> None:
    """docxtpl wants the loop to begin and end in rows of their own; the fields of this row are said here."""
    row = paragraph._p.getparent().getparent()
    begin = names.open_loop(path)
    for cell in row.tc_lst:
        for text in cell.iter(f"{{{row.nsmap['w']}}}t"):
            text.text = _MARKER.sub(lambda m: "" if m[1] == "rad" else f"{{{{ {names.expression(m[2])} }}}}", text.text)
    names.scopes.pop()
    for said, place in ((f"{{%tr {begin} %}}", row.addprevious), ("{%tr endfor %}", row.addnext)):
        mark = copy.deepcopy(row)
        texts = list(mark.iter(f"{{{row.nsmap['w']}}}t"))
        for number, text in enumerate(texts):
            text.text = "" if number else said
        place(mark)


def _write_rich_text(paragraph: Paragraph, name: str) -> None:
    before = paragraph.insert_paragraph_before
    before(f"{{%p for i_liste, linje in {name} %}}")
    before("{%p if i_liste %}")
    before("{{ linje }}", style="List Bullet")
    before("{%p else %}")
    before("{{ linje }}", style=paragraph.style)
    before("{%p endif %}")
    paragraph.text = "{%p endfor %}"
