"""The route of a case for a picture: its stations in order, when it was where, where it is, what may come next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from saksbehandling.workflow_engine.chart import Chart, State, Titler
from saksbehandling.workflow_engine.interpreter import entered


class HistoryRow(Protocol):
    """What is read of a row of `Flythistorikk`."""

    hendelse: str
    fra: str
    til: str
    dato: dt.date


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay in a state of a station. `ut` and `hendelse_ut` are None while it lasts. `merke`: the state's own word
    for the picture, such as "utsatt"."""

    tilstand: str
    titler: Titler
    merke: str | None
    inn: dt.date
    ut: dt.date | None = None
    hendelse_ut: str | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """`besoek`: the stays, oldest first. `hendelser`: date and name of what happened there without moving the case.
    `naa`: the case is here. `neste`: one step may bring it here."""

    id: str
    titler: Titler
    besoek: tuple[Visit, ...]
    hendelser: tuple[tuple[dt.date, str], ...]
    naa: bool
    neste: bool


def route(chart: Chart, rows: Sequence[HistoryRow]) -> tuple[Station, ...]:
    """The stations of `chart` in document order, for a case with this history (oldest row first).

    Stations marked as shown only when visited are left out until then.
    """
    here = rows[-1].til.split() if rows else []
    ahead = _ahead(chart, here)
    stations = (_station(chart, state, rows, here, ahead) for state in chart.states.values() if state.stasjon)
    return tuple(s for s in stations if s.besoek or chart.states[s.id].stasjon == "alltid")


def _station(chart: Chart, state: State, rows: Sequence[HistoryRow], here: list[str], ahead: frozenset[str]) -> Station:
    within = state.descendants | {state.id}
    naa = not within.isdisjoint(here)
    visits = tuple(_visits(chart, within, rows))
    quiet = tuple(
        (row.dato, row.hendelse) for row in rows if row.fra == row.til and not within.isdisjoint(_ids(row.til))
    )
    return Station(state.id, _name(state), visits, quiet, naa, not naa and not within.isdisjoint(ahead))


def _visits(chart: Chart, within: frozenset[str], rows: Sequence[HistoryRow]) -> Iterable[Visit]:
    for place, row in enumerate(rows):
        for name in sorted(within & (_ids(row.til) - _ids(row.fra)), key=lambda name: chart.states[name].order):
            state = chart.states[name]
            leaving = next((later for later in rows[place + 1 :] if name not in _ids(later.til)), None)
            ut, hendelse = (leaving.dato, leaving.hendelse) if leaving else (None, None)
            yield Visit(name, _name(state), state.merke, row.dato, ut, hendelse)


def _ahead(chart: Chart, here: Iterable[str]) -> frozenset[str]:
    """The states that one step from here, other than an emergency exit, can lead to."""
    active = chart.expand(here)
    ways = (way for name in active for way in chart.states[name].transitions if way.targets and not way.noedutgang)
    return frozenset(name for way in ways for name in entered(chart, way)) - active


def _ids(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _name(state: State) -> Titler:
    return state.titler or Titler(state.id, state.id, state.id)
