"""Finds ways for the lines of a diagram: along the grid, around every state, with few bends and few crossings.

The lines to one state join on their way and arrive as one; lines to different states may cross, but never run on top
of each other while there is any other way. The search is A*, over points of the grid and directions. A point is one
number, row by row, so that a step is an addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from saksbehandling.workflow_engine.chart import ROOT
from saksbehandling.workflow_engine.diagram_boxes import Box

MARGIN = 8  # steps around the boxes, where lines may run
HERE = 13  # steps from the corner of a box, above which something else than lines is drawn

RIGHT, DOWN, LEFT, UP = range(4)

_BEND, _CROSS, _FRAME, _OVERLAP = 3.0, 4.0, 4.0, 1000.0

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Port:
    """Where a line can begin or end: a place on a frame, the direction of the line there, what choosing it costs."""

    x: int
    y: int
    direction: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """The corners of a line, and of the part of it that no earlier line to the same state runs along."""

    corners: tuple[Corner, ...]
    alone: tuple[Corner, ...]


@dataclass(slots=True)
class _Tree:
    """The lines that lead to one state. `ends`: what arriving at a point in a direction costs.

    `onward`: from each point the next one; `flow`: the direction there. `bounds`: left, top, right, bottom.
    """

    number: int
    ends: Mapping[tuple[int, int], float]
    bounds: tuple[int, int, int, int]
    onward: dict[int, int] = field(default_factory=dict)
    flow: dict[int, int] = field(default_factory=dict)

    def follow(self, point: int) -> Iterator[int]:
        while point in self.onward:
            point = self.onward[point]
            yield point


class Router:
    """Routes lines one after the other; earlier ones are kept clear of."""

    def __init__(self, root: Box) -> None:
        self._columns = root.width + 2 * MARGIN + 1
        self._rows = root.height + 2 * MARGIN + 1
        size = self._columns * self._rows
        self._ahead = (1, self._columns, -1, -self._columns)
        self._blocked = bytearray(size)
        self._price = ([1.0] * size, [1.0] * size)  # of a step to each point, by axis
        self._taken = ([0] * size, [0] * size)  # the number of the tree whose line is there, by axis
        self._trees: dict[str, _Tree] = {}
        self._fence()
        for box in root.walk():
            if box.id != ROOT:
                self._stand(box)

    def route(self, starts: Iterable[Port], target: Box, inside: bool) -> Way:
        """A line from one of `starts` to `target`; `inside`: it comes from within the target."""
        if target.id not in self._trees:
            self._trees[target.id] = self._new_tree(target, inside)
        tree = self._trees[target.id]
        own = self._search(list(starts), tree)
        shared = list(tree.follow(own[-1]))
        self._keep(own, tree)
        return Way(self._corners([*own, *shared]), self._corners([*own, *shared[:1]]))

    def _at(self, x: int, y: int) -> int:
        return (y + MARGIN) * self._columns + x + MARGIN

    def _place(self, point: int) -> Corner:
        y, x = divmod(point, self._columns)
        return x - MARGIN, y - MARGIN

    def _fence(self) -> None:
        """The edge of the grid is closed, so that no step leaves it."""
        last = self._rows - 1
        for x in range(self._columns):
            self._blocked[x] = self._blocked[last * self._columns + x] = 1
        for y in range(self._rows):
            self._blocked[y * self._columns] = self._blocked[(y + 1) * self._columns - 1] = 1

    def _stand(self, box: Box) -> None:
        """A state without others within is closed, and so is the head of one with; its frame may be crossed."""
        for above in (1, 2):
            self._blocked[self._at(box.x + 1, box.y - above)] = 1
        width, height = box.head if box.children else (box.width, box.height + 1)
        first = 1 if box.children else 0
        for y in range(box.y + first, box.y + height):
            start = self._at(box.x + first, y)
            self._blocked[start : start + width + 1 - first] = b"\1" * (width + 1 - first)
        if box.children:
            for x in range(box.x, box.x + box.width + 1):
                self._price[0][self._at(x, box.y)] = self._price[0][self._at(x, box.y + box.height)] = 1 + _FRAME
            for y in range(box.y, box.y + box.height + 1):
                self._price[1][self._at(box.x, y)] = self._price[1][self._at(box.x + box.width, y)] = 1 + _FRAME

    def _new_tree(self, target: Box, inside: bool) -> _Tree:
        ends = {(self._at(port.x, port.y), port.direction): port.cost for port in _ends(target, inside)}
        bounds = (target.x, target.y, target.x + target.width, target.y + target.height)
        return _Tree(len(self._trees) + 1, ends, bounds)

    def _search(self, starts: Sequence[Port], tree: _Tree) -> list[int]:
        """The points from a start to an end, or to where the line joins one that is already there."""
        best: dict[int, float] = {}
        came: dict[int, int] = {}
        queue: list[tuple[float, int, float]] = []
        for port in starts:
            # The first step is given: straight out from the frame.
            state = (self._at(port.x, port.y) + self._ahead[port.direction]) * 4 + port.direction
            best[state] = port.cost
            heappush(queue, (port.cost, state, port.cost))
        while queue:
            _, state, cost = heappop(queue)
            if cost > best[state]:
                continue
            if self._arrived(state, tree):
                return self._trail(came, state)
            for after, price in self._steps(state, tree):
                total = cost + price
                if total < best.get(after, 1e9):
                    best[after] = total
                    came[after] = state
                    heappush(queue, (total + self._distance(after >> 2, tree), after, total))
        raise AssertionError("ingen vei til tilstanden")  # around the boxes it is always open

    def _distance(self, point: int, tree: _Tree) -> int:
        """At least so many steps are left."""
        x, y = self._place(point)
        left, top, right, bottom = tree.bounds
        return max(left - x, 0, x - right) + max(top - y, 0, y - bottom)

    def _arrived(self, state: int, tree: _Tree) -> bool:
        point, direction = state >> 2, state & 3
        flow = tree.flow.get(point)
        return (point, direction) in tree.ends if flow is None else (flow - direction) % 4 != 2

    def _steps(self, state: int, tree: _Tree) -> Iterator[tuple[int, float]]:
        point, direction = state >> 2, state & 3
        for turn in (0, 1, 3):
            heading = (direction + turn) & 3
            after = point + self._ahead[heading]
            end = tree.ends.get((after, heading))
            if end is None and self._blocked[after]:
                continue
            axis = heading & 1
            price = self._price[axis][after] + (end or 0.0)
            if turn:
                price += _BEND + (_OVERLAP if self._others(point, axis, tree) else 0.0)
            if self._others(after, axis, tree):
                price += _OVERLAP
            elif self._others(after, 1 - axis, tree):
                price += _CROSS
            yield after * 4 + heading, price

    def _others(self, point: int, axis: int, tree: _Tree) -> bool:
        return self._taken[axis][point] not in (0, tree.number)

    def _trail(self, came: Mapping[int, int], last: int) -> list[int]:
        points = [last >> 2]
        state = last
        while state in came:
            state = came[state]
            points.append(state >> 2)
        points.append(points[-1] - self._ahead[state & 3])
        return points[::-1]

    def _keep(self, points: Sequence[int], tree: _Tree) -> None:
        direction = 0
        for here, there in pairwise(points):
            direction = self._ahead.index(there - here)
            tree.onward[here] = there
            tree.flow[here] = direction
            for point in (here, there):
                self._taken[direction & 1][point] = self._taken[direction & 1][point] or tree.number
        tree.flow.setdefault(points[-1], direction)
        places = [self._place(point) for point in points]
        left, top, right, bottom = tree.bounds
        tree.bounds = (
            min(left, *(x for x, _ in places)),
            min(top, *(y for _, y in places)),
            max(right, *(x for x, _ in places)),
            max(bottom, *(y for _, y in places)),
        )

    def _corners(self, points: Sequence[int]) -> tuple[Corner, ...]:
        """The first, the last and every point where the line turns."""
        inner = (
            at for before, at, after in zip(points, points[1:], points[2:], strict=False) if at - before != after - at
        )
        return tuple(self._place(point) for point in (points[0], *inner, points[-1]))


def exits(box: Box, y: int) -> tuple[Port, Port]:
    """Where the line of a row can begin, `y` steps down: on either side of the box, or of its head."""
    width = box.head[0] if box.children else box.width
    return Port(box.x + width, box.y + y, RIGHT), Port(box.x, box.y + y, LEFT, 0.5)


def _ends(box: Box, inside: bool) -> Iterator[Port]:
    """Where lines can reach a box: best in the middle above, else beside the title, at worst from below.

    Above to the left stands where the case begins, and that it is here.
    """
    middle = box.x + max(box.width // 2, HERE)
    flip = 2 if inside else 0
    for x in range(box.x + HERE, box.x + box.width):
        yield Port(x, box.y, (DOWN + flip) % 4, min(abs(x - middle) * 0.3, 4.0))
    for x in range(box.x + 2, box.x + box.width - 1):
        yield Port(x, box.y + box.height, (UP + flip) % 4, 6.0)
    for y in (2, 1):
        yield Port(box.x, box.y + y, (RIGHT + flip) % 4, 2.0 + y * 0.1)
        yield Port(box.x + box.width, box.y + y, (LEFT + flip) % 4, 2.0 + y * 0.1)
