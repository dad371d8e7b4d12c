"""What a diagram is made of: a box for each state, with a row for each thing that can happen there.

A transition is a row in the box of its state, and its line begins there; so no line needs a label of its own.
All measures are in steps of the grid (`STEP` units of the drawing), so that lines and boxes fit each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from saksbehandling.workflow_engine.chart import ROOT, Chart, Kind, State, Transition
from saksbehandling.workflow_engine.diagram_text import text_width, wrap
from saksbehandling.workflow_engine.diagram_words import (
    Names,
    deadline_text,
    event_name,
    remarks,
    state_name,
    subcase_text,
    who,
    word,
)

STEP = 12
CARD = 22  # the width of a state without states within
TITLE, EVENT, SMALL = 16, 14, 12.5  # sizes of type
TITLE_LEADING, EVENT_LEADING, SMALL_LEADING = 20, 17, 15
_TEXT = (CARD - 2) * STEP
_SIDE, _ABOVE = 2, 3  # from the frame of a compound state to what it holds


@dataclass(slots=True, eq=False)
class Row:
    """`way`: the transition that begins here; None for what is only said. `y`: from the top of the box."""

    lines: tuple[str, ...]
    under: tuple[str, ...] = ()
    way: Transition | None = None
    y: int = 0

    @property
    def height(self) -> int:
        return ceil((EVENT_LEADING * len(self.lines) + SMALL_LEADING * len(self.under) + 4) / STEP)


@dataclass(slots=True, eq=False)
class Box:
    """A state as drawn. `x`, `y`: its corner, first within the box around it, in the end within the drawing.

    `head`: the size of the part that holds title and rows, which no line may cross.
    """

    state: State
    title: tuple[str, ...]
    rows: list[Row]
    children: list[Box] = field(default_factory=list)
    x: int = 0
    y: int = 0
    width: int = CARD
    height: int = 0
    head: tuple[int, int] = (0, 0)

    @property
    def id(self) -> str:
        return self.state.id

    @property
    def inner(self) -> tuple[int, int]:
        """Where the boxes within begin."""
        return (_SIDE, self.head[1] + _ABOVE) if self.id != ROOT else (0, 0)

    @property
    def title_height(self) -> int:
        return ceil((TITLE_LEADING * len(self.title) + 4) / STEP)

    def enclose(self, width: int, height: int) -> None:
        """Take the size that holds `width` by `height` of other boxes."""
        x, y = self.inner
        self.width = max(width + 2 * x, self.head[0])
        self.height = height + y + (_SIDE if x else 0)

    def walk(self) -> Iterator[Box]:
        yield self
        for child in self.children:
            yield from child.walk()


def boxes(chart: Chart, spraak: str, names: Names) -> Box:
    """The box of the definition itself, which is not drawn, with all others within. Nothing is placed yet."""
    return _Maker(chart, spraak, names).box(chart.states[ROOT])


class _Maker:
    def __init__(self, chart: Chart, spraak: str, names: Names) -> None:
        self._chart = chart
        self._spraak = spraak
        self._names = names

    def box(self, state: State) -> Box:
        box = Box(state, wrap(self._title(state), _TEXT - 2 * STEP, TITLE), list(self._rows(state)))
        box.children = [child for each in self._within(state) for child in self._drawn(each)]
        _stack(box)
        return box

    def _within(self, state: State) -> list[State]:
        return [self._chart.states[name] for name in self._chart.in_order((*state.children, *state.histories))]

    def _drawn(self, state: State) -> Iterator[Box]:
        """The box of the state, or of those within where a box of its own would say nothing."""
        box = self.box(state)
        if box.children and not box.title and not box.rows:
            yield from box.children
        else:
            yield box

    def _title(self, state: State) -> str:
        if state.kind is Kind.HISTORY:
            return word("historie", self._spraak)
        if state.id == ROOT:
            return ""
        if state.titler is None and state.children:
            key = "samtidig" if state.kind is Kind.PARALLEL else "alle"
            return word(key, self._spraak) if state.kind is Kind.PARALLEL or state.transitions or state.frister else ""
        name = state_name(self._chart, state.id, self._spraak) if state.titler else state.id
        return f"{word('samtidig', self._spraak)}: {name}" if state.kind is Kind.PARALLEL else name

    def _rows(self, state: State) -> Iterator[Row]:
        for deadline in state.frister:
            yield Row(wrap(deadline_text(deadline, self._spraak), _TEXT, EVENT))
        for text in subcase_text(state, self._names, self._spraak):
            yield Row(wrap(text, _TEXT, EVENT))
        for way in state.transitions:
            yield self._row(way)
        if state.kind is Kind.HISTORY and state.initial:
            yield Row(wrap(word("foerste", self._spraak), _TEXT, EVENT), way=state.initial)

    def _row(self, way: Transition) -> Row:
        words = [who(self._chart, way, self._spraak), *remarks(way, self._spraak)]
        if not way.targets:
            words.append(word("blir", self._spraak))
        event = event_name(self._chart, way, self._spraak)
        return Row(wrap(event, _TEXT, EVENT), wrap(" · ".join(words), _TEXT, SMALL), way)


def _stack(box: Box) -> None:
    """Set the rows under the title, and with that the size of the head."""
    y = 1 + box.title_height if box.title else 1
    for row in box.rows:
        row.y = y
        y += row.height
    widest = max((text_width(line, TITLE) for line in box.title), default=0)
    narrow = ceil(widest / STEP) + 2 if not box.rows else CARD
    box.head = (narrow if box.children else CARD, y)
    box.height = y + 1
