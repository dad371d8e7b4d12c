"""The route of a case, as a line with stations: drawn sideways as SVG where there is room, else as an ordered list.

The list says the same as the drawing. The style sheet shows one of them: the drawing on a wide screen, the list on a
phone, on paper and wherever the style sheet is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import atan2, cos, sin
from typing import NamedTuple

from markupsafe import Markup

from saksbehandling.innsyn.figur_tekst import number, svg_text, wrap
from saksbehandling.skrivemaate import kort_dato

NONE = Markup("")


class Stasjonstilstand(StrEnum):
    """Where the case is, seen from one station."""

    PASSERT = "passert"
    NAA = "naa"
    UTSATT = "utsatt"  # the case is here, and waits
    NESTE = "neste"

    @property
    def reached(self) -> bool:
        return self is not Stasjonstilstand.NESTE

    @property
    def here(self) -> bool:
        return self in (Stasjonstilstand.NAA, Stasjonstilstand.UTSATT)


class Sloeyfe(NamedTuple):
    """A postponement: the day it was decided, and a short sentence (why, or until when)."""

    dato: date
    tekst: str


@dataclass(frozen=True, slots=True)
class Stasjon:
    """One stage of a case. With `grener` it is a group of stages that run side by side and join again.

    `undertittel`: usually body and number, «PS 87/19». `utfall`: one or two words. `lenke`: the page of the treatment.
    """

    tittel: str
    undertittel: str = ""
    datoer: tuple[date, ...] = ()
    utfall: str = ""
    tilstand: Stasjonstilstand = Stasjonstilstand.NESTE
    lenke: str | None = None
    grener: tuple[Stasjon, ...] = ()
    sloeyfer: tuple[Sloeyfe, ...] = ()


def rute_svg(stasjoner: Sequence[Stasjon]) -> Markup:
    """The whole figure: the drawing and the list. Empty markup without stations."""
    if not stasjoner:
        return NONE
    # Too long a route would be drawn too small to read; then the list is shown on every screen.
    size = "lang" if len(stasjoner) > 8 else "middels" if len(stasjoner) > 6 else "kort"
    return Markup('<div class="rute" data-lengde="{}">{}{}</div>').format(size, _drawing(stasjoner), _list(stasjoner))


# --- the drawing -------------------------------------------------------------------------------------------------

_WIDTH = 1280.0
_BRANCHES = 400.0  # the column of a group of branches
_NARROWEST, _WIDEST = 150.0, 260.0  # of any other column
_ROW = 78.0  # between branches
_CURVE = 44.0  # the run of a branch away from the line, and back
_INSET = 11.0  # from the left edge of a column to its station
_RADIUS, _RADIUS_HERE = 10.0, 17.0
_EDGE, _EDGE_HERE = 13.0, 25.0  # where a loop starts: outside the station and its ring
_GAP = 14.0

_TITLE = {True: 18.0, False: 15.0}  # font size by whether the case is here
_BRANCH_TITLE = 14.0
_SMALL = 13.0


class _Column(NamedTuple):
    stasjon: Stasjon
    x: float
    width: float

    @property
    def station_x(self) -> float:
        return self.x + _INSET


class _Label(NamedTuple):
    lines: list[str]
    name: str
    size: float


def _drawing(stasjoner: Sequence[Stasjon]) -> Markup:
    columns = _columns(stasjoner)
    axis = max(_height_above(column) for column in columns)
    height = axis + max(_height_below(column) for column in columns)
    width = columns[-1].x + columns[-1].width
    drawn = [_line(before, after, axis) for before, after in pairwise(columns)]
    drawn += [_group(column, axis) if column.stasjon.grener else _station(column, axis) for column in columns]
    return Markup(
        '<svg class="rute-bilde" role="list" aria-label="Sakens gang" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        "{drawn}</svg>"
    ).format(w=number(width), h=number(height), drawn=NONE.join(drawn))


def _columns(stasjoner: Sequence[Stasjon]) -> list[_Column]:
    groups = sum(bool(stasjon.grener) for stasjon in stasjoner)
    shared = (_WIDTH - groups * _BRANCHES) / max(1, len(stasjoner) - groups)
    plain = min(_WIDEST, max(_NARROWEST, shared))
    columns: list[_Column] = []
    x = 0.0
    for stasjon in stasjoner:
        width = _BRANCHES if stasjon.grener else plain
        columns.append(_Column(stasjon, x, width))
        x += width
    return columns


def _height_above(column: _Column) -> float:
    if column.stasjon.grener:
        return len(column.stasjon.grener) * _ROW / 2 + 34
    top = min((y - 18 for _, y in _loop_labels(column, 0.0)), default=0.0)
    return 30.0 - top


def _height_below(column: _Column) -> float:
    if column.stasjon.grener:
        return len(column.stasjon.grener) * _ROW / 2 + 12
    return _label_top(column.stasjon) + sum(len(label.lines) * _leading(label) for label in _labels(column)) + 12


def _line(before: _Column, after: _Column, axis: float) -> Markup:
    start = before.x + before.width if before.stasjon.grener else before.station_x
    end = after.x if after.stasjon.grener else after.station_x
    reached = after.stasjon.tilstand.reached or any(gren.tilstand.reached for gren in after.stasjon.grener)
    return _path(f"M{number(start)} {number(axis)}H{number(end)}", reached)


def _path(d: str, reached: bool) -> Markup:
    return Markup('<path class="rute-linje" data-naadd="{}" d="{}"/>').format("ja" if reached else "nei", d)


def _station(column: _Column, axis: float) -> Markup:
    stasjon, x = column.stasjon, column.station_x
    top = _label_top(stasjon)
    parts = [_target(x - 20, axis - 26, column.width - 6, 26 + _height_below(column) - 2)]
    parts += [_loop(x, axis, place, stasjon.tilstand) for place in range(len(stasjon.sloeyfer))]
    parts += [
        svg_text(x - _RADIUS, y, label.lines, label.name, _leading(label)) for label, y in _loop_labels(column, axis)
    ]
    parts += [_mark(stasjon.tilstand, x, axis)]
    y = axis + top
    for label in _labels(column):
        parts.append(svg_text(x - _RADIUS, y + label.size, label.lines, label.name, _leading(label)))
        y += len(label.lines) * _leading(label)
    return _item(stasjon, NONE.join(parts))


def _label_top(stasjon: Stasjon) -> float:
    return (_RADIUS_HERE if stasjon.tilstand.here else _RADIUS) + _GAP


def _leading(label: _Label) -> float:
    return round(label.size * 1.35)


def _labels(column: _Column) -> list[_Label]:
    """What stands under a station, in order, broken into lines."""
    stasjon, width = column.stasjon, column.width - 18
    size = _TITLE[stasjon.tilstand.here]
    said = [
        _Label(["Her er saken nå"] if stasjon.tilstand.here else [], "rute-her", _SMALL),
        _Label(wrap(stasjon.tittel, width, size, 4), "rute-tittel", size),
        _Label(wrap(stasjon.undertittel, width, _SMALL, 2), "rute-under", _SMALL),
        _Label(wrap(dates(stasjon.datoer), width, _SMALL, 2), "rute-under", _SMALL),
        _Label(wrap(stasjon.utfall, width, _SMALL, 3), "rute-utfall", _SMALL),
    ]
    return [label for label in said if label.lines]


def _loop_labels(column: _Column, axis: float) -> list[tuple[_Label, float]]:
    """The text above the loops of a station with the baseline of each: the latest nearest to the loop."""
    loops = column.stasjon.sloeyfer
    y = axis - _loop_height(len(loops) - 1) - 14
    placed: list[tuple[_Label, float]] = []
    for loop in reversed(loops):
        why = _Label(wrap(loop.tekst, column.width - 18, _SMALL, 3), "rute-under", _SMALL)
        y -= (len(why.lines) - 1) * _leading(why)
        placed.append((why, y))
        when = _Label([f"Utsatt {kort_dato(loop.dato)}"], "rute-utsatt", _SMALL)
        y -= _leading(when)
        placed.append((when, y))
        y -= _leading(when) + 6
    return placed


def _loop_height(place: int) -> float:
    return 62.0 + 20 * place


def _loop(x: float, axis: float, place: int, tilstand: Stasjonstilstand) -> Markup:
    """The line leaves the station upwards, turns, and comes back with an arrow."""
    edge = _EDGE_HERE if tilstand.here else _EDGE
    side, start = edge * 0.5, axis - edge * 0.87
    # A cubic curve reaches three quarters of the way to its control points.
    rise, reach = (_loop_height(place) - edge * 0.87) / 0.75, 34.0 + 28 * place
    curve = f"M{number(x + side)} {number(start)}c{number(reach - side)} {number(-rise)}"
    back = f" {number(-reach - side)} {number(-rise)} {number(-2 * side)} 0"
    return Markup('<path class="rute-sloeyfe" d="{}"/><path class="rute-sloeyfe" d="{}"/>').format(
        curve + back, _arrow(x - side, start, reach - side, rise)
    )


def _arrow(x: float, y: float, dx: float, dy: float) -> str:
    """The head of an arrow whose tip is at (x, y) and which points along (dx, dy)."""
    angle = atan2(dy, dx)
    wings = [(x - 11 * cos(angle + turn), y - 11 * sin(angle + turn)) for turn in (0.5, -0.5)]
    (ax, ay), (bx, by) = wings
    return f"M{number(ax)} {number(ay)}L{number(x)} {number(y)} {number(bx)} {number(by)}"


def _group(column: _Column, axis: float) -> Markup:
    branches = column.stasjon.grener
    first = axis - (len(branches) - 1) * _ROW / 2
    tracks = NONE.join(_track(column, first + place * _ROW, axis, branch) for place, branch in enumerate(branches))
    lines = len(wrap(branches[0].tittel, _branch_width(column), _BRANCH_TITLE, 2))
    heading = svg_text(column.x + _CURVE + 30, first - 14 - lines * 18, [column.stasjon.tittel], "rute-gruppe", _SMALL)
    stations = NONE.join(_branch(column, first + place * _ROW, branch) for place, branch in enumerate(branches))
    return Markup('<g role="listitem">{}{}<g role="list" aria-label="{}">{}</g></g>').format(
        tracks, heading, column.stasjon.tittel, stations
    )


def _branch_width(column: _Column) -> float:
    return column.width - 2 * _CURVE - 40


def _track(column: _Column, y: float, axis: float, branch: Stasjon) -> Markup:
    out, back = column.x + _CURVE, column.x + column.width - _CURVE
    turn, down, up = f"c{number(_CURVE / 2)} 0 {number(_CURVE / 2)}", number(y - axis), number(axis - y)
    away = f"M{number(column.x)} {number(axis)}{turn} {down} {number(_CURVE)} {down}"
    home = f"M{number(out)} {number(y)}H{number(back)}{turn} {up} {number(_CURVE)} {up}"
    done = branch.tilstand is Stasjonstilstand.PASSERT
    return _path(away, branch.tilstand.reached) + _path(home, done)


def _branch(column: _Column, y: float, branch: Stasjon) -> Markup:
    x, width = column.x + _CURVE + 10, _branch_width(column)
    title = wrap(branch.tittel, width, _BRANCH_TITLE, 2)
    facts = " · ".join(fact for fact in (branch.undertittel, dates(branch.datoer), branch.utfall) if fact)
    parts = [
        _target(x - 14, y - 44, width + 36, 72),
        _mark(branch.tilstand, x, y, 0.7 if branch.tilstand.here else 1),
        svg_text(x + 20, y - 9 - (len(title) - 1) * 18, title, "rute-tittel rute-tittel--gren", 18),
        svg_text(x + 20, y + 19, wrap(facts, width + 12, _SMALL, 1), "rute-under", 17),
    ]
    return _item(branch, NONE.join(parts))


def _target(x: float, y: float, width: float, height: float) -> Markup:
    """The area that can be pressed, and the frame that shows where the keyboard is."""
    return Markup('<rect class="rute-flate" x="{}" y="{}" width="{}" height="{}" rx="4"/>').format(
        *(number(value) for value in (x, y, width, height))
    )


def _item(stasjon: Stasjon, drawn: Markup) -> Markup:
    inside = Markup('<a href="{}">{}</a>').format(stasjon.lenke, drawn) if stasjon.lenke else drawn
    return Markup('<g role="listitem" class="rute-stasjon" data-tilstand="{}">{}</g>').format(stasjon.tilstand, inside)


# --- marks, the same in both --------------------------------------------------------------------------------------

_SAID = {
    Stasjonstilstand.PASSERT: "Passert",
    Stasjonstilstand.NAA: "Her nå",
    Stasjonstilstand.UTSATT: "Utsatt",
    Stasjonstilstand.NESTE: "Kommer",
}
_SIGN = {  # drawn around (0, 0); a shape for each state, so that colour is never alone
    Stasjonstilstand.PASSERT: Markup('<circle r="10"/><path class="rute-tegn" d="M-4.5 .5l3 3 6-6.5"/>'),
    Stasjonstilstand.NAA: Markup(
        '<circle class="rute-ring" r="22"/><circle r="17"/><circle class="rute-prikk" r="6"/>'
    ),
    Stasjonstilstand.UTSATT: Markup(
        '<circle class="rute-ring" r="22"/><circle r="17"/><path class="rute-tegn" d="M-4.5 -6v12M4.5 -6v12"/>'
    ),
    Stasjonstilstand.NESTE: Markup('<circle r="9"/>'),
}


def _mark(tilstand: Stasjonstilstand, x: float, y: float, scale: float = 1) -> Markup:
    return Markup(
        '<g class="rute-merke" data-tilstand="{}" role="img" aria-label="{}"'
        ' transform="translate({} {}) scale({})">{}</g>'
    ).format(tilstand, _SAID[tilstand], number(x), number(y), number(scale), _SIGN[tilstand])


def dates(days: Iterable[date]) -> str:
    """«13.06.2019 og 29.08.2019»"""
    *before, last = [kort_dato(day) for day in days] or [""]
    return f"{', '.join(before)} og {last}" if before else last


# --- the list ----------------------------------------------------------------------------------------------------

_LOOP_SIGN = Markup(
    '<svg class="rute-loekke" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">'
    '<path class="rute-sloeyfe" d="M13 18C22 -2 -2 -2 6 14"/><path class="rute-sloeyfe" d="M1.5 11L6.5 15 9 9"/></svg>'
)


def _list(stasjoner: Iterable[Stasjon], name: str = "rute-liste") -> Markup:
    return Markup('<ol class="{}">{}</ol>').format(name, NONE.join(_list_item(stasjon) for stasjon in stasjoner))


def _list_item(stasjon: Stasjon) -> Markup:
    if stasjon.grener:
        mark, title = NONE, _fact("rute-gruppe", stasjon.tittel)
    else:
        mark, title = _list_mark(stasjon.tilstand), _list_title(stasjon)
    facts = [
        _fact("rute-her", "Her er saken nå" if stasjon.tilstand.here and not stasjon.grener else ""),
        title,
        _fact("rute-under", " · ".join(fact for fact in (stasjon.undertittel, dates(stasjon.datoer)) if fact)),
        _fact("rute-utfall", stasjon.utfall),
        NONE.join(_list_loop(loop) for loop in stasjon.sloeyfer),
        _list(stasjon.grener, "rute-grener") if stasjon.grener else NONE,
    ]
    return Markup('<li class="rute-ledd" data-tilstand="{}">{}<div class="rute-tekst">{}</div></li>').format(
        "gruppe" if stasjon.grener else stasjon.tilstand, mark, NONE.join(facts)
    )


def _list_mark(tilstand: Stasjonstilstand) -> Markup:
    return Markup('<svg class="rute-punkt" viewBox="-24 -24 48 48" width="48" height="48">{}</svg>').format(
        _mark(tilstand, 0, 0)
    )


def _list_title(stasjon: Stasjon) -> Markup:
    if not stasjon.lenke:
        return _fact("rute-tittel", stasjon.tittel)
    return Markup('<a class="rute-tittel" href="{}">{}</a>').format(stasjon.lenke, stasjon.tittel)


def _fact(name: str, text: str) -> Markup:
    return Markup('<span class="{}">{}</span> ').format(name, text) if text else NONE


def _list_loop(loop: Sloeyfe) -> Markup:
    return Markup('<span class="rute-omvei">{}<span><b>Utsatt {}</b> {}</span></span>').format(
        _LOOP_SIGN, kort_dato(loop.dato), loop.tekst
    )
