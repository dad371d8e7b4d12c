"""The diagram of a definition: an SVG of our own layout, and a table that says the same.

boxes (diagram_boxes)  ->  places (diagram_layout)  ->  ways (diagram_routing)  ->  SVG (diagram_svg)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from saksbehandling.workflow_engine.chart import ROOT, Chart, Kind, State, Titler, Transition, frozen_map
from saksbehandling.workflow_engine.diagram_boxes import Box, Row, boxes
from saksbehandling.workflow_engine.diagram_layout import place
from saksbehandling.workflow_engine.diagram_path import path_of
from saksbehandling.workflow_engine.diagram_routing import Router, exits
from saksbehandling.workflow_engine.diagram_svg import Drawing, Line, Marks, draw
from saksbehandling.workflow_engine.diagram_words import (
    Names,
    deadline_text,
    event_name,
    remarks,
    say,
    state_name,
    subcase_text,
    who,
    word,
)
from saksbehandling.workflow_engine.route import HistoryRow

WIDE, NARROW = 94, 28  # steps: side by side where there is room; all under each other

_NO_NAMES: Names = frozen_map()
_LABEL = Titler(
    "Diagram av arbeidsflyten «{}». Tabellen sier det samme.",
    "Diagram av arbeidsflyten «{}». Tabellen seier det same.",
    "Diagram of the workflow «{}». The table says the same.",
)


def diagram_svg(
    chart: Chart,
    active: Iterable[str] = (),
    path: Sequence[HistoryRow] = (),
    spraak: str = "nb",
    names: Names = _NO_NAMES,
    width: int = WIDE,
) -> Markup:
    """The definition as `<svg>`; the same for the same input.

    `active`: the states in which a case is now. `path`: its history, oldest row first. `names`: what definitions that
    run as sub-cases are called. `width`: in steps, how wide it may grow before what fits beside goes under.
    """
    marks = Marks(chart.expand(active), word("her", spraak), path_of(chart, path))
    title = say(chart.titler, spraak) if chart.titler else chart.id
    drawing = _laid_out(chart, spraak, width, tuple(sorted(names.items())))
    return draw(drawing, marks, say(_LABEL, spraak).format(title), "diagram-bred" if width == WIDE else "diagram-smal")


def diagram_file(chart: Chart, css: str, spraak: str = "nb", names: Names = _NO_NAMES) -> str:
    """The diagram as a file of its own, which carries its style sheet."""
    opening, rest = diagram_svg(chart, spraak=spraak, names=names).split(">", 1)
    style = Markup("<style>svg {{ color-scheme: light dark; }}\n{}</style>").format(css)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}>{style}{rest}\n'


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table: in `tilstand`, `hendelse` can happen, done by `hvem`, which leads `til` other states.

    `merknad`: conditions and emergency exits, in words. `til` is empty where the case stays.
    """

    tilstand: str
    hendelse: str
    hvem: str
    til: str
    merknad: str = ""


def diagram_table(chart: Chart, spraak: str = "nb", names: Names = _NO_NAMES) -> list[TableRow]:
    """What the diagram shows, row by row in the order of the definition."""
    states = (chart.states[name] for name in chart.in_order(chart.states) if name != ROOT)
    return [row for state in states for row in _table_rows(chart, state, spraak, names)]


def _table_rows(chart: Chart, state: State, spraak: str, names: Names) -> Iterator[TableRow]:
    name = state_name(chart, state.id, spraak)
    said = [deadline_text(each, spraak) for each in state.frister] + subcase_text(state, names, spraak)
    yield from (TableRow(name, text, "", "") for text in said)
    for way in state.transitions:
        targets = ", ".join(state_name(chart, target, spraak) for target in way.targets)
        yield TableRow(
            name,
            event_name(chart, way, spraak),
            who(chart, way, spraak),
            targets,
            ", ".join(remarks(way, spraak)),
        )
    if state.kind is Kind.FINAL:
        yield TableRow(name, "", "", "")


@lru_cache(maxsize=128)
def _laid_out(chart: Chart, spraak: str, width: int, names: tuple[tuple[str, Titler], ...]) -> Drawing:
    """Kept, since charts never change: finding the ways takes a good part of a second for a large one."""
    root = boxes(chart, spraak, dict(names))
    place(chart, root, width)
    lines = _lines(chart, root)
    return Drawing(root, lines, frozenset(_begins(chart)), _frame(root, lines))


def _lines(chart: Chart, root: Box) -> list[Line]:
    """All lines, routed from the shortest, which has the least choice."""
    known = {box.id: box for box in root.walk()}
    wanted = [
        (box, row, target) for box in known.values() for row in box.rows for target in _targets(chart, row, known)
    ]
    router = Router(root)
    return [
        Line(box, row, router.route(exits(box, row.y + 1), target, box.id in target.state.descendants))
        for box, row, target in sorted(wanted, key=lambda each: _distance(*each))
    ]


def _targets(chart: Chart, row: Row, known: Mapping[str, Box]) -> list[Box]:
    return [known[_shown(chart, target, known)] for target in (row.way.targets if row.way else ())]


def _shown(chart: Chart, target: str, known: Collection[str]) -> str:
    """The state, or where one begins in it if it has no box of its own."""
    while target not in known:
        initial = chart.states[target].initial
        target = initial.targets[0] if initial else chart.states[target].children[0]
    return target


def _distance(box: Box, row: Row, target: Box) -> tuple[int, int, int, int]:
    way = abs(box.x - target.x) + abs(box.y + row.y - target.y)
    return way, box.state.order, row.y, target.state.order


def _begins(chart: Chart) -> Iterator[str]:
    """The states that are entered by default, in the definition and in what a transition leads to as a whole."""
    led_to = {ROOT, *(target for way in chart.transitions for target in way.targets)}
    led_to |= {child for state in chart.states.values() if state.kind is Kind.PARALLEL for child in state.children}
    for name in led_to:
        initial = chart.states[name].initial
        if chart.states[name].kind is not Kind.HISTORY and initial:
            yield from (_innermost(chart, initial, target) for target in initial.targets)


def _innermost(chart: Chart, initial: Transition, target: str) -> str:
    """Where the default entry ends: through compound states to the first that has no default of its own."""
    state = chart.states[target]
    if state.kind is Kind.COMPOUND and state.initial and state.initial is not initial:
        return _innermost(chart, state.initial, state.initial.targets[0])
    return target


def _frame(root: Box, lines: Iterable[Line]) -> tuple[int, int, int, int]:
    """Around everything, with a step of air, and room for what stands above the first box."""
    points = [(0, -2), (root.width, root.height), *(corner for line in lines for corner in line.course.corners)]
    left, top = min(x for x, _ in points) - 1, min(y for _, y in points) - 1
    return left, top, max(x for x, _ in points) + 1 - left, max(y for _, y in points) + 1 - top
