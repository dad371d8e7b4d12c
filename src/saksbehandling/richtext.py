"""Rich text as a typed block tree, and the light notation that people type it in.

A text that a body votes on is kept exactly as it was written. It is stored as a tree of blocks
(`to_json`), never as HTML or WordprocessingML, and shown by whoever renders it.

The notation is what an extracted protocol and a textarea share: blank lines between paragraphs,
``- `` bullets, ``1. `` (or ``- 1. ``) numbered items, ``# `` headings, ``*italic*``, ``**bold**`` and ``***both***``,
tab-separated table rows. A list keeps the number that it starts with, so that no written number is ever changed.
A backslash keeps an asterisk, or the mark that a line begins with, from being read as notation.

`parse_notation` and `to_notation` are each other's inverse for what the notation can say. Links, nested lists,
tabs inside a paragraph, tables of one column and pictures are beyond it: there the words stay and the look goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

Json = dict[str, Any]

_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKS = re.compile(
    r"\*\*\*(?=\S)(?P<both>.+?)(?<=\S)\*\*\*|\*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*|\*(?=[^\s*])(?P<italic>[^*]+?)(?<=[^\s*])\*"
)
_NUMBER = r"(?:0|[1-9]\d{0,3})"
_NUMBERED = re.compile(rf"^(?:- )?(?P<number>{_NUMBER})[.)] (?P<text>.*)$")
_BULLET = re.compile(r"^[-•] (?P<text>.*)$")
_HEADING = re.compile(r"^(?P<marks>#{1,6}) (?P<text>.*)$")
_LINE_MARK = rf"(?:#{{1,6}} |[-•] |{_NUMBER}[.)] )"
_LIKE_LINE_MARK = re.compile(rf"^\\*{_LINE_MARK}")
_ESCAPED_LINE_MARK = re.compile(rf"^\\(?=\\*{_LINE_MARK})")
_ASTERISK = re.compile(r"(\\*)\*")
_BACKSLASHES_AFTER_WORDS = re.compile(r"(?<!\\)\\+(?=\s*$)")
_BACKSLASHES_AT_END = re.compile(r"(?<!\\)\\+$")
_BEFORE_ASTERISK = re.compile(r"(\\+)\*")
_HIDDEN_ASTERISK = "\x00"  # no text may hold it, see check_text


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
    """A list; each item is a sequence of blocks, so that lists nest. `start`: the first number of an ordered one."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of runs. `header`: the first row is a heading row."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    header: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the document store, named by its SHA-256; `width` and `height` in pixels.

    `kind`: «png» or «jpeg». `alt`: what it shows, for those who cannot see it (one line, never empty in a saved text).
    """

    sha256: str
    kind: str
    width: int
    height: int
    alt: str


Block = Paragraph | Heading | List | Table | Picture
Blocks = tuple[Block, ...]


def check_text(text: str) -> str:
    """Return `text` unchanged, or raise `IllegalCharacter` naming the place."""
    found = _ILLEGAL_IN_XML.search(text)
    if found:
        raise IllegalCharacter(text, found.start())
    return text


def without_illegal(text: str) -> str:
    """`text` without what no XML document may hold. For text that no one typed, where naming the place helps nobody."""
    return _ILLEGAL_IN_XML.sub("", text)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours of the same look as one; nothing when there are only spaces."""
    looks = groupby(runs, key=lambda run: replace(run, text=""))
    whole = (replace(look, text="".join(run.text for run in same)) for look, same in looks)
    found = tuple(run for run in whole if run.text)
    return found if any(run.text.strip() for run in found) else ()


def paragraph(text: str) -> Paragraph:
    """One paragraph from one line of notation. Raises `IllegalCharacter`."""
    return Paragraph(_content(check_text(text)))


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


def pictures(blocks: Iterable[Block]) -> tuple[Picture, ...]:
    """The pictures, in reading order, also those in lists."""
    return tuple(_pictures(blocks))


def segments(blocks: Iterable[Block]) -> tuple[Blocks, ...]:
    """Divide a decision text into segments: a list or table belongs to the paragraph that introduces it.

    The items of a numbered list that no paragraph introduces are the points of the text: each is a segment.
    """
    divided: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, List) and block.ordered and not _introduced(block, divided):
            divided.extend([point] for point in _points(block))
        elif isinstance(block, List | Table) and divided:
            divided[-1].append(block)
        else:
            divided.append([block])
    return tuple(tuple(segment) for segment in divided)


def to_json(blocks: Iterable[Block]) -> list[Json]:
    """The tree as JSON values, for storage."""
    return [_TO_JSON[type(block)](block) for block in blocks]


def from_json(value: Sequence[Json]) -> Blocks:
    """The tree from what `to_json` wrote. Raises `ValueError` on an unknown block type."""
    return tuple(_block_from_json(block) for block in value)


def _pictures(blocks: Iterable[Block]) -> Iterable[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, List):
            for item in block.items:
                yield from _pictures(item)


def _introduced(block: List, divided: Sequence[Sequence[Block]]) -> bool:
    if not divided or not isinstance(divided[-1][0], Paragraph):
        return False
    last = divided[-1][-1]
    goes_on = isinstance(last, List) and last.ordered and last.start + len(last.items) == block.start
    return block.start == 1 or goes_on


def _points(block: List) -> Iterable[List]:
    return (List(True, (item,), number) for number, item in enumerate(block.items, block.start))


def _content(text: str) -> tuple[Run, ...]:
    """What stands on a line after its mark."""
    return _runs(_ESCAPED_LINE_MARK.sub("", text, count=1))


def _runs(text: str) -> tuple[Run, ...]:
    hidden = _BEFORE_ASTERISK.sub(_hide_asterisk, text)
    return tuple(run for run in _divided(hidden) if run.text)


def _divided(text: str) -> Iterable[Run]:
    at = 0
    for found in _MARKS.finditer(text):
        yield Run(_shown(text[at : found.start()]))
        look = found.lastgroup
        yield Run(_shown(found[look or 0]), bold=look in ("bold", "both"), italic=look in ("italic", "both"))
        at = found.end()
    yield Run(_shown(text[at:]))


def _shown(text: str) -> str:
    return text.replace(_HIDDEN_ASTERISK, "*")


def _hide_asterisk(found: re.Match[str]) -> str:
    backslashes = len(found[1])
    return "\\" * (backslashes // 2) + (_HIDDEN_ASTERISK if backslashes % 2 else "*")


def _read_blocks(lines: Sequence[str]) -> Iterable[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := _HEADING.match(line):
            yield Heading(len(heading["marks"]), _content(heading["text"]))
            at += 1
        elif _item_text(line) is not None:
            end = _end_of_list(lines, at)
            yield _list(lines[at:end])
            at = end
        elif "\t" in line:
            end = at
            while end < len(lines) and "\t" in lines[end]:
                end += 1
            yield Table(tuple(tuple(_content(cell) for cell in row.split("\t")) for row in lines[at:end]))
            at = end
        else:
            yield Paragraph(_content(line))
            at += 1


def _end_of_list(lines: Sequence[str], at: int) -> int:
    """The first line that does not carry the list on: another kind of item, or another number than the next."""
    expected = _number(lines[at])
    while at < len(lines) and _item_text(lines[at]) is not None and _number(lines[at]) == expected:
        at += 1
        expected = None if expected is None else expected + 1
    return at


def _list(lines: Sequence[str]) -> List:
    start = _number(lines[0])
    items = tuple(_item(line) for line in lines)
    return List(False, items) if start is None else List(True, items, start)


def _number(line: str) -> int | None:
    found = _NUMBERED.match(line)
    return int(found["number"]) if found else None


def _item_text(line: str) -> str | None:
    found = _NUMBERED.match(line) or _BULLET.match(line)
    return found["text"] if found else None


def _item(line: str) -> tuple[Block, ...]:
    return (Paragraph(_content(_item_text(line) or "")),)


def _mark(run: Run) -> str:
    return "*" * (2 * run.bold + run.italic)


def _run_notation(run: Run, text: str) -> str:
    """The marks stand close to the words: spaces at either end stay outside."""
    words, mark = text.strip(), _mark(run)
    if not words or not mark:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"


def _line(runs: Iterable[Run]) -> str:
    """One line, with backslashes only where it would be read as something else."""
    runs = tuple(runs)
    line = "".join(_run_notation(run, run.text) for run in runs)
    if _runs(line) != runs:
        line = _escaped(runs)
    return f"\\{line}" if _LIKE_LINE_MARK.match(line) else line


def _escaped(runs: Sequence[Run]) -> str:
    line = ""
    for run in reversed(runs):
        text = _ASTERISK.sub(lambda found: found[1] * 2 + "\\*", run.text)
        # A backslash that comes to stand before an asterisk of ours would escape it.
        if _mark(run):
            text = _BACKSLASHES_AFTER_WORDS.sub(lambda found: found[0] * 2, text)
        elif line.startswith("*"):
            text = _BACKSLASHES_AT_END.sub(lambda found: found[0] * 2, text)
        line = _run_notation(run, text) + line
    return line


def _block_notation(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return _line(runs)
        case Heading(level, runs):
            return f"{'#' * level} {_line(runs)}"
        case List(ordered, items, start):
            return "\n".join(
                f"{number}. {to_notation(item)}" if ordered else f"- {to_notation(item)}"
                for number, item in enumerate(items, start)
            )
        case Table(rows):
            return "\n".join("\t".join(_line(cell) for cell in row) for row in rows)
        case Picture():
            return _line((Run(_described(block)),))


def _plain_lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            yield _words(runs)
        case List(ordered, items, start):
            for number, item in enumerate(items, start):
                yield f"{f'{number}.' if ordered else '-'} {plain_text(item)}"
        case Table(rows):
            for row in rows:
                yield "\t".join(_words(cell) for cell in row)
        case Picture():
            yield _described(block)


def _described(picture: Picture) -> str:
    return f"[Bilde: {picture.alt}]"


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


def _paragraph_to_json(block: Paragraph) -> Json:
    return {"type": "paragraph", "runs": [_run_to_json(run) for run in block.runs]}


def _heading_to_json(block: Heading) -> Json:
    return {"type": "heading", "level": block.level, "runs": [_run_to_json(run) for run in block.runs]}


def _list_to_json(block: List) -> Json:
    value: Json = {"type": "list", "ordered": block.ordered, "items": [to_json(item) for item in block.items]}
    return value if block.start == 1 else value | {"start": block.start}


def _table_to_json(block: Table) -> Json:
    cells = [[[_run_to_json(run) for run in cell] for cell in row] for row in block.rows]
    return {"type": "table", "header": block.header, "rows": cells}


def _picture_to_json(block: Picture) -> Json:
    return {"type": "picture"} | asdict(block)


_TO_JSON: Mapping[type[Block], Callable[[Any], Json]] = {
    Paragraph: _paragraph_to_json,
    Heading: _heading_to_json,
    List: _list_to_json,
    Table: _table_to_json,
    Picture: _picture_to_json,
}


def _block_from_json(value: Json) -> Block:
    match value["type"]:
        case "paragraph":
            return Paragraph(_runs_from_json(value["runs"]))
        case "heading":
            return Heading(value["level"], _runs_from_json(value["runs"]))
        case "list":
            items = tuple(from_json(item) for item in value["items"])
            return List(value["ordered"], items, value.get("start", 1))
        case "table":
            rows = tuple(tuple(_runs_from_json(cell) for cell in row) for row in value["rows"])
            return Table(rows, value["header"])
        case "picture":
            return Picture(**{name: each for name, each in value.items() if name != "type"})
        case unknown:
            raise ValueError(f"Ukjent blokktype i lagret tekst: {unknown!r}")
