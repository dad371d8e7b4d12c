"""Rich text as a typed block tree, and the light notation that people type it in.

A text that a body votes on is kept exactly as it was written. It is stored as a tree of blocks
(`to_json`), never as HTML or WordprocessingML, and shown by whoever renders it.

The notation is what an extracted protocol and a textarea share: blank lines between paragraphs,
``- `` bullets, ``1. `` (or ``- 1. ``) numbered items, ``# `` headings, ``*italic*`` and ``**bold**``,
tab-separated table rows. `parse_notation` and `to_notation` are each other's inverse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKS = re.compile(r"(\*\*(?=\S)(?:.+?)(?<=\S)\*\*|\*(?=[^\s*])(?:[^*]+?)(?<=[^\s*])\*)")
_NUMBERED = re.compile(r"^(?:- )?\d+[.)] (?P<text>.*)$")
_BULLET = re.compile(r"^[-•] (?P<text>.*)$")
_HEADING = re.compile(r"^(?P<marks>#{1,6}) (?P<text>.*)$")


class IllegalCharacter(ValueError):
    """The text holds a control character that no XML document may contain. `position` counts from 0."""

    def __init__(self, text: str, position: int) -> None:
        self.position = position
        super().__init__(
            f"Teksten har et usynlig styretegn (U+{ord(text[position]):04X}) ved tegn {position + 1}"
            f" («{text[max(0, position - 20) : position]}»). Ta det bort og prøv igjen."
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item is a sequence of blocks, so that lists nest."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of runs. `header`: the first row is a heading row."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    header: bool = True


Block = Paragraph | Heading | List | Table
Blocks = tuple[Block, ...]


def check_text(text: str) -> str:
    """Return `text` unchanged, or raise `IllegalCharacter` naming the place."""
    found = _ILLEGAL_IN_XML.search(text)
    if found:
        raise IllegalCharacter(text, found.start())
    return text


def paragraph(text: str) -> Paragraph:
    """One paragraph from one line of notation."""
    return Paragraph(_runs(check_text(text)))


def parse_notation(text: str) -> Blocks:
    """Read the light notation. Raises `IllegalCharacter`."""
    lines = check_text(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_read_blocks(lines))


def to_notation(blocks: Iterable[Block]) -> str:
    """Write the light notation that `parse_notation` reads back to the same tree."""
    return "\n\n".join(_block_notation(block) for block in blocks)


def plain_text(blocks: Iterable[Block]) -> str:
    """The words alone: a line per paragraph, item and row; items keep their number or dash."""
    return "\n".join(line for block in blocks for line in _plain_lines(block))


def segments(blocks: Iterable[Block]) -> tuple[Blocks, ...]:
    """Divide a decision text into segments: a list or table belongs to the paragraph that introduces it."""
    divided: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, List | Table) and divided:
            divided[-1].append(block)
        else:
            divided.append([block])
    return tuple(tuple(segment) for segment in divided)


def to_json(blocks: Iterable[Block]) -> list[Json]:
    """The tree as JSON values, for storage."""
    return [_block_to_json(block) for block in blocks]


def from_json(value: Sequence[Json]) -> Blocks:
    """The tree from what `to_json` wrote. Raises `ValueError` on an unknown block type."""
    return tuple(_block_from_json(block) for block in value)


def _runs(text: str) -> tuple[Run, ...]:
    return tuple(_run(part) for part in _MARKS.split(text) if part)


def _run(part: str) -> Run:
    if len(part) > 4 and part.startswith("**") and part.endswith("**"):
        return Run(part[2:-2], bold=True)
    if len(part) > 2 and part.startswith("*") and part.endswith("*") and not part.startswith("**"):
        return Run(part[1:-1], italic=True)
    return Run(part)


def _read_blocks(lines: Sequence[str]) -> Iterable[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := _HEADING.match(line):
            yield Heading(len(heading["marks"]), _runs(heading["text"]))
            at += 1
        elif _item_text(line) is not None:
            ordered = bool(_NUMBERED.match(line))
            end = _end_of_list(lines, at, ordered)
            yield List(ordered, tuple(_item(item) for item in lines[at:end] if item.strip()))
            at = end
        elif "\t" in line:
            end = at
            while end < len(lines) and "\t" in lines[end]:
                end += 1
            yield Table(tuple(tuple(_runs(cell) for cell in row.split("\t")) for row in lines[at:end]))
            at = end
        else:
            yield Paragraph(_runs(line))
            at += 1


def _end_of_list(lines: Sequence[str], at: int, ordered: bool) -> int:
    while at < len(lines) and _item_text(lines[at]) is not None and bool(_NUMBERED.match(lines[at])) == ordered:
        at += 1
    return at


def _item_text(line: str) -> str | None:
    found = _NUMBERED.match(line) or _BULLET.match(line)
    return found["text"] if found else None


def _item(line: str) -> tuple[Block, ...]:
    return (Paragraph(_runs(_item_text(line) or "")),)


def _run_notation(run: Run) -> str:
    mark = "**" if run.bold else "*" if run.italic else ""
    return f"{mark}{run.text}{mark}"


def _line(runs: Iterable[Run]) -> str:
    return "".join(_run_notation(run) for run in runs)


def _block_notation(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return _line(runs)
        case Heading(level, runs):
            return f"{'#' * level} {_line(runs)}"
        case List(ordered, items):
            return "\n".join(
                f"{number}. {to_notation(item)}" if ordered else f"- {to_notation(item)}"
                for number, item in enumerate(items, 1)
            )
        case Table(rows):
            return "\n".join("\t".join(_line(cell) for cell in row) for row in rows)


def _plain_lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            yield _words(runs)
        case List(ordered, items):
            for number, item in enumerate(items, 1):
                yield f"{f'{number}.' if ordered else '-'} {plain_text(item)}"
        case Table(rows):
            for row in rows:
                yield "\t".join(_words(cell) for cell in row)


def _words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _run_to_json(run: Run) -> Json:
    value: Json = {"text": run.text}
    if run.bold:
        value["bold"] = True
    if run.italic:
        value["italic"] = True
    if run.link:
        value["link"] = run.link
    return value


def _runs_from_json(value: Sequence[Json]) -> tuple[Run, ...]:
    return tuple(Run(**run) for run in value)


def _block_to_json(block: Block) -> Json:
    match block:
        case Paragraph(runs):
            return {"type": "paragraph", "runs": [_run_to_json(run) for run in runs]}
        case Heading(level, runs):
            return {"type": "heading", "level": level, "runs": [_run_to_json(run) for run in runs]}
        case List(ordered, items):
            return {"type": "list", "ordered": ordered, "items": [to_json(item) for item in items]}
        case Table(rows, header):
            cells = [[[_run_to_json(run) for run in cell] for cell in row] for row in rows]
            return {"type": "table", "header": header, "rows": cells}


def _block_from_json(value: Json) -> Block:
    match value["type"]:
        case "paragraph":
            return Paragraph(_runs_from_json(value["runs"]))
        case "heading":
            return Heading(value["level"], _runs_from_json(value["runs"]))
        case "list":
            return List(value["ordered"], tuple(from_json(item) for item in value["items"]))
        case "table":
            rows = tuple(tuple(_runs_from_json(cell) for cell in row) for row in value["rows"])
            return Table(rows, value["header"])
        case unknown:
            raise ValueError(f"Ukjent blokktype i lagret tekst: {unknown!r}")
