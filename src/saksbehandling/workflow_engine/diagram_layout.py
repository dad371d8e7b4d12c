"""Places the boxes of a diagram: in layers by the way that a case goes, downwards, or across where that fits.

Within a compound state, a state comes after those that lead to it; ways back do not count. Where none of them holds
others, the layers are columns, as many beside each other as there is room for; otherwise they stand under each other,
the first of each layer on one axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from saksbehandling.workflow_engine.chart import Chart, Kind
from saksbehandling.workflow_engine.diagram_boxes import Box

ACROSS, DOWN = 6, 5  # steps between neighbours

Layers = list[list[Box]]


def place(chart: Chart, root: Box, width: int) -> None:
    """Give every box its size and its place in the drawing, no wider than `width` steps if it can be helped."""
    _arrange(chart, root, width)
    _shift(root, 0, 0)


def _arrange(chart: Chart, box: Box, width: int) -> None:
    room = width - 2 * box.inner[0]
    for child in box.children:
        if child.children:
            _arrange(chart, child, room)
    if not box.children:
        return
    layers = _layers(chart, box)
    parallel = box.state.kind is Kind.PARALLEL
    if parallel or len(layers) == 1:
        layers = [[child] for child in box.children]
    small = not any(child.children for child in box.children)
    if small or (parallel and len(_lines_of(layers, room)) == 1):
        box.enclose(*_sideways(box, _lines_of(layers, room)))
    else:
        box.enclose(*_downwards(box, [part for layer in layers for part in _folded(layer, room)]))


def _lines_of(layers: Layers, room: int) -> list[Layers]:
    """The layers as columns, in as few lines as `room` allows, with about as many in each."""
    widest = max(child.width for layer in layers for child in layer) + ACROSS
    lines = ceil(len(layers) / max(1, (room + ACROSS) // widest))
    columns = ceil(len(layers) / lines)
    return [layers[at : at + columns] for at in range(0, len(layers), columns)]


def _sideways(box: Box, lines: list[Layers]) -> tuple[int, int]:
    left, y = box.inner
    top, widest = y, 0
    for line in lines:
        x, tallest = left, 0
        for layer in line:
            tallest = max(tallest, _pile(layer, x, y))
            x += max(child.width for child in layer) + ACROSS
        widest = max(widest, x - ACROSS - left)
        y += tallest + DOWN
    return widest, y - DOWN - top


def _pile(layer: Sequence[Box], x: int, y: int) -> int:
    """Set the boxes under each other from (x, y); how high that is."""
    top = y
    for child in layer:
        child.x, child.y = x, y
        y += child.height + DOWN
    return y - DOWN - top


def _folded(layer: Sequence[Box], room: int) -> Layers:
    """The layer in as many as it takes for none to be wider than `room`."""
    parts: Layers = []
    left = 0
    for child in layer:
        if not parts or child.width + ACROSS > left:
            parts.append([])
            left = room
        parts[-1].append(child)
        left -= child.width + ACROSS
    return parts


def _downwards(box: Box, layers: Layers) -> tuple[int, int]:
    left, top = box.inner
    axis = max(layer[0].width for layer in layers) // 2
    y, widest = top, 0
    for layer in layers:
        x = left + axis - layer[0].width // 2
        for child in layer:
            child.x, child.y = x, y
            x += child.width + ACROSS
        widest = max(widest, x - ACROSS - left)
        y += max(child.height for child in layer) + DOWN
    return widest, y - DOWN - top


def _shift(box: Box, x: int, y: int) -> None:
    """From places within the box around to places within the drawing."""
    box.x += x
    box.y += y
    for child in box.children:
        _shift(child, box.x, box.y)


def _layers(chart: Chart, box: Box) -> Layers:
    """The children by the longest way that leads to each of them, in the order of the definition within a layer."""
    onward = _without_ways_back(box.children, _edges(chart, box))
    depth = {child.id: 0 for child in box.children}
    for _ in box.children:
        for source, targets in onward.items():
            for target in targets:
                depth[target] = max(depth[target], depth[source] + 1)
    used = sorted(set(depth.values()))
    return [[child for child in box.children if depth[child.id] == level] for level in used]


def _edges(chart: Chart, box: Box) -> Mapping[str, list[str]]:
    """Which children of `box` a transition leads between, also from and to what is within them."""
    home = {name: child.id for child in box.children for name in (child.id, *child.state.descendants)}
    edges: dict[str, list[str]] = {child.id: [] for child in box.children}
    for source, target in _moves(chart):
        here, there = home.get(source), home.get(target)
        if here is not None and there is not None and here != there and there not in edges[here]:
            edges[here].append(there)
    return edges


def _moves(chart: Chart) -> Iterator[tuple[str, str]]:
    """Source and target of every way, a state that its history stands for included."""
    for way in chart.transitions:
        yield from ((way.source, target) for target in way.targets)
    for state in chart.states.values():
        if state.kind is Kind.HISTORY and state.initial:
            yield from ((state.id, target) for target in state.initial.targets)


def _without_ways_back(children: Sequence[Box], edges: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """The edges that do not lead to a state which the way to their source has passed."""
    kept: dict[str, list[str]] = {child.id: [] for child in children}
    done: set[str] = set()

    def visit(name: str, passed: frozenset[str]) -> None:
        done.add(name)
        order = {child.id: place for place, child in enumerate(children)}
        for target in sorted(edges[name], key=order.__getitem__):
            if target not in passed:
                kept[name].append(target)
                if target not in done:
                    visit(target, passed | {target})

    for child in children:
        if child.id not in done:
            visit(child.id, frozenset({child.id}))
    return kept
