"""Draws a laid-out diagram as SVG. Looks are the style sheet's (`diagram.css`): classes and `data-` attributes only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from saksbehandling.workflow_engine.chart import ROOT, Kind
from saksbehandling.workflow_engine.diagram_boxes import (
    EVENT_LEADING,
    SMALL_LEADING,
    STEP,
    TITLE_LEADING,
    Box,
    Row,
)
from saksbehandling.workflow_engine.diagram_path import Path
from saksbehandling.workflow_engine.diagram_routing import Way

NONE = Markup("")
_ROUND = 7.0  # how far from a corner a line begins to bend


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The line of `row` in `box` to one of its targets, on the grid."""

    box: Box
    row: Row
    course: Way


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """All places. `begins`: the states that a case enters by default. `frame`: left, top, width, height, in steps."""

    root: Box
    lines: Sequence[Line]
    begins: frozenset[str]
    frame: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said of one case: where it is, in which words, and how it came there."""

    active: frozenset[str]
    here: str
    path: Path


def draw(drawing: Drawing, marks: Marks, label: str, name: str) -> Markup:
    """The `<svg>`. `label`: what it is called when read aloud; `name`: its class."""
    shapes = NONE.join(_box(box, marks) for box in drawing.root.walk() if box.id != ROOT)
    starts = NONE.join(_start(box) for box in drawing.root.walk() if box.id in drawing.begins)
    lines = NONE.join(_line(line, marks) for line in _taken_last(drawing.lines, marks))
    left, top, width, height = (value * STEP for value in drawing.frame)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="diagram-bilde {}" role="img" aria-label="{}" '
        'viewBox="{} {} {} {}" width="{}" height="{}">{}{}{}</svg>'
    ).format(name, label, left, top, width, height, width, height, shapes, starts, lines)


def _taken_last(lines: Iterable[Line], marks: Marks) -> list[Line]:
    """In an order in which what the case did lies on top."""
    return sorted(lines, key=lambda line: _times(line.row, marks) > 0)


def _times(row: Row, marks: Marks) -> int:
    return marks.path.taken.get(row.way.order, 0) if row.way else 0


def _box(box: Box, marks: Marks) -> Markup:
    here = box.id in marks.active and not box.children
    visits = marks.path.visits.get(box.id, 0)
    x, y = box.x * STEP, box.y * STEP
    parts = [
        _frames(box),
        _text(x + STEP, y + 2.2 * STEP, box.title, "diagram-tittel", TITLE_LEADING),
        *(_row(box, row, marks) for row in box.rows),
        _passed(x + box.width * STEP - 18, y + 20, visits) if visits and not here and not box.children else NONE,
        _here(x + 2 * STEP, y, marks.here) if here else NONE,
    ]
    return Markup('<g class="diagram-tilstand" data-slag="{}"{}>{}</g>').format(
        box.state.kind.value if not box.children or box.state.kind is Kind.PARALLEL else "compound",
        _facts({"naa": here, "besoekt": bool(visits)}),
        NONE.join(parts),
    )


def _facts(facts: Mapping[str, bool]) -> Markup:
    return NONE.join(Markup(' data-{}="ja"').format(name) for name, holds in facts.items() if holds)


def _frames(box: Box) -> Markup:
    """The outline; a second one within where the case is over; a rule between title and rows."""
    x, y, width, height = (value * STEP for value in (box.x, box.y, box.width, box.height))
    outline = _rect(x, y, width, height, "diagram-ramme")
    inner = _rect(x + 4, y + 4, width - 8, height - 8, "diagram-slutt") if box.state.kind is Kind.FINAL else NONE
    if not box.rows or not box.title or box.children:
        return outline + inner
    rule = y + box.rows[0].y * STEP - 5
    return outline + inner + Markup('<path class="diagram-skille" d="M{} {}H{}"/>').format(x, rule, x + width)


def _rect(x: float, y: float, width: float, height: float, name: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>').format(name, x, y, width, height)


def _row(box: Box, row: Row, marks: Marks) -> Markup:
    x, y = (box.x + 1) * STEP, (box.y + row.y) * STEP + 16
    facts = {"gaatt": _times(row, marks) > 0, "opplysning": row.way is None}
    texts = _text(x, y, row.lines, "diagram-hendelse", EVENT_LEADING)
    under = _text(x, y + len(row.lines) * EVENT_LEADING - 1, row.under, "diagram-hvem", SMALL_LEADING)
    return Markup('<g class="diagram-rad"{}>{}{}</g>').format(_facts(facts), texts, under)


def _text(x: float, y: float, lines: Sequence[str], name: str, leading: float) -> Markup:
    """Lines of text, each ending in a space, so that words do not run together when read aloud or copied."""
    spans = NONE.join(
        Markup('<tspan x="{}" y="{:g}">{} </tspan>').format(x, y + place * leading, line)
        for place, line in enumerate(lines)
    )
    return Markup('<text class="{}">{}</text>').format(name, spans) if lines else NONE


def _passed(x: float, y: float, visits: int) -> Markup:
    """A tick, with how many times where that is more than once."""
    tick = Markup('<path class="diagram-hake" d="M{} {}l4 4 8-9"/>').format(x - 6, y)
    times = Markup('<text class="diagram-ganger" x="{}" y="{}">{}×</text>').format(x - 12, y + 5, visits)
    return tick + (times if visits > 1 else NONE)


def _here(x: float, y: float, words: str) -> Markup:
    width = 10 * STEP
    return Markup(
        '<rect class="diagram-merke" x="{}" y="{}" width="{}" height="20" rx="10"/>'
        '<text class="diagram-her" x="{}" y="{}">{}</text>'
    ).format(x, y - 14, width, x + width / 2, y + 0.5, words)


def _start(box: Box) -> Markup:
    x, y = (box.x + 1) * STEP, box.y * STEP
    return Markup(
        '<g class="diagram-start"><circle cx="{}" cy="{}" r="5"/><path class="diagram-linje" d="M{} {}V{}"/>{}</g>'
    ).format(x, y - 2 * STEP, x, y - 2 * STEP, y - 2, _arrow((x, y - STEP), (x, y)))


def _line(line: Line, marks: Marks) -> Markup:
    """A dashed line ends where it joins another, since dashes on top of dashes make no dashes."""
    way = line.row.way
    facts = {"gaatt": _times(line.row, marks) > 0, "noed": way is not None and way.noedutgang}
    whole = facts["gaatt"] or not facts["noed"]
    points = [(x * STEP, y * STEP) for x, y in (line.course.corners if whole else line.course.alone)]
    joins = not whole and line.course.alone != line.course.corners
    return Markup(
        '<g class="diagram-vei"{}><path class="diagram-linje" d="{}"/>{}<circle cx="{}" cy="{}" r="3"/></g>'
    ).format(_facts(facts), _rounded(points), NONE if joins else _arrow(points[-2], points[-1]), *points[0])


def _rounded(points: Sequence[tuple[int, int]]) -> str:
    """The line through `points`, with round corners; it ends a little before the last, where the arrow is."""
    found = [f"M{points[0][0]} {points[0][1]}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _towards(corner, before, _ROUND), _towards(corner, after, _ROUND)
        found.append(f"L{near[0]:g} {near[1]:g}Q{corner[0]} {corner[1]} {far[0]:g} {far[1]:g}")
    end = _towards(points[-1], points[-2], 3)
    return "".join([*found, f"L{end[0]:g} {end[1]:g}"])


def _towards(point: tuple[int, int], other: tuple[int, int], distance: float) -> tuple[float, float]:
    dx, dy = other[0] - point[0], other[1] - point[1]
    length = abs(dx) + abs(dy)
    part = min(distance, length / 2) / length
    return point[0] + dx * part, point[1] + dy * part


def _arrow(start: tuple[int, int], tip: tuple[int, int]) -> Markup:
    """A head whose tip is at `tip`, pointing away from `start`."""
    x, y = tip
    dx, dy = ((x > start[0]) - (x < start[0])) * 8, ((y > start[1]) - (y < start[1])) * 8
    side = (dy / 2, dx / 2)
    wings = [(x - dx + side[0] * turn, y - dy + side[1] * turn) for turn in (1, -1)]
    (ax, ay), (bx, by) = wings
    return Markup('<path class="diagram-spiss" d="M{} {}L{:g} {:g} {:g} {:g}z"/>').format(x, y, ax, ay, bx, by)
