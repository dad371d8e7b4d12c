"""What the pages of workflow definitions show, read from the definitions themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from saksbehandling.arbeidsflyt.titler import FORMAAL, TILLATELSER, VILKAAR
from saksbehandling.workflow_engine.chart import ROOT, Chart, Titler
from saksbehandling.workflow_engine.diagram import NARROW, TableRow, diagram_svg, diagram_table
from saksbehandling.workflow_engine.diagram_words import state_name
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.route import HistoryRow
from saksbehandling.workflow_engine.sentences import Said, by_role, by_state
from saksbehandling.workflow_engine.sentences_conditions import Vocabulary


@dataclass(frozen=True, slots=True)
class Flytlinje:
    """A definition in the list. `versjoner`: all that are known, the newest first."""

    id: str
    tittel: str
    formaal: str
    versjoner: tuple[int, ...]
    tilstander: int


@dataclass(frozen=True, slots=True)
class Fristlinje:
    """A deadline: where it runs, for how many days, what happens when it passes, and where the length comes from."""

    tilstand: str
    dager: int
    hendelse: str
    kilde: str


@dataclass(frozen=True, slots=True)
class Hjemmellinje:
    """A legal basis, with the states and events that stand on it."""

    hjemmel: str
    gjelder: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flytbilde:
    """The diagram, drawn for wide and for narrow screens, and the table that says the same."""

    bred: Markup
    smal: Markup
    tabell: Sequence[TableRow]


@dataclass(frozen=True, slots=True)
class Flytside:
    chart: Chart
    tittel: str
    formaal: str
    versjoner: tuple[int, ...]
    bilde: Flytbilde
    tilstander: Sequence[Said]
    roller: Sequence[Said]
    frister: Sequence[Fristlinje]
    hjemler: Sequence[Hjemmellinje]


@dataclass(frozen=True, slots=True)
class Skritt:
    """Something that happened in a case: when, what, and where it went. `til` is empty where it stayed."""

    dato: dt.date
    hendelse: str
    til: str


def liste(registry: Registry) -> list[Flytlinje]:
    """Every definition in its newest version, by title."""
    newest = {chart.id: chart for chart in registry.charts()}
    return sorted((_linje(registry, chart) for chart in newest.values()), key=lambda linje: linje.tittel)


def side(registry: Registry, chart: Chart, utvalg: str = "") -> Flytside:
    """Everything on the page of a definition. `utvalg`: the body whose roles are spoken of; "" for any."""
    words = ordliste(registry, chart)
    return Flytside(
        chart,
        tittel(chart),
        _formaal(chart),
        versjoner(registry, chart),
        bilde(registry, chart),
        by_state(chart, words),
        by_role(chart, words, utvalg=utvalg),
        list(_frister(registry, chart)),
        _hjemler(chart),
    )


def bilde(
    registry: Registry, chart: Chart, aktive: Iterable[str] = (), historikk: Sequence[HistoryRow] = ()
) -> Flytbilde:
    """The diagram of a definition; with `aktive` and `historikk` of a case, where it is and how it came there."""
    active, names = tuple(aktive), _navn(registry)
    return Flytbilde(
        diagram_svg(chart, active, historikk, names=names),
        diagram_svg(chart, active, historikk, names=names, width=NARROW),
        diagram_table(chart, names=names),
    )


def skritt(chart: Chart, rad: HistoryRow) -> Skritt:
    """A row of a case's history in words."""
    name = chart.hendelser.get(rad.hendelse)
    new = [chart.title(state) for state in chart.in_order(set(rad.til.split()) - set(rad.fra.split()))]
    return Skritt(rad.dato, name.nb if name else rad.hendelse, ", ".join(new))


def ordliste(registry: Registry, chart: Chart) -> Vocabulary:
    """The words for what this definition names: permissions, guards, the fields of its form, other definitions."""
    felter = registry.form(chart).felter
    fields = {felt.navn: felt.titler for felt in felter} | dict(valg for felt in felter for valg in felt.valg)
    return Vocabulary(TILLATELSER, VILKAAR, fields, _navn(registry))


def tittel(chart: Chart) -> str:
    return chart.titler.nb if chart.titler else chart.id


def versjoner(registry: Registry, chart: Chart) -> tuple[int, ...]:
    """The known versions of the definition, the newest first."""
    return tuple(sorted((each.versjon for each in registry.charts() if each.id == chart.id), reverse=True))


def _navn(registry: Registry) -> Mapping[str, Titler]:
    return {chart.id: chart.titler for chart in registry.charts() if chart.titler}


def _linje(registry: Registry, chart: Chart) -> Flytlinje:
    leaves = sum(not state.children for state in chart.states.values())
    return Flytlinje(chart.id, tittel(chart), _formaal(chart), versjoner(registry, chart), leaves)


def _formaal(chart: Chart) -> str:
    return FORMAAL[chart.id].nb if chart.id in FORMAAL else ""


def _frister(registry: Registry, chart: Chart) -> Iterable[Fristlinje]:
    for state in chart.states.values():
        for frist in state.frister:
            name = chart.hendelser.get(frist.hendelse)
            kilde = registry.kilde(chart, state.id, frist.navn) or ""
            yield Fristlinje(state_name(chart, state.id, "nb"), frist.dager, name.nb if name else frist.hendelse, kilde)


def _hjemler(chart: Chart) -> list[Hjemmellinje]:
    found: dict[str, list[str]] = {}
    for state in chart.states.values():
        if state.hjemmel and state.id != ROOT:
            found.setdefault(state.hjemmel, []).append(f"«{state_name(chart, state.id, 'nb')}»")
    for way in chart.transitions:
        for event in way.events:
            if way.hjemmel and event in chart.hendelser:
                found.setdefault(way.hjemmel, []).append(f"«{chart.hendelser[event].nb}»")
    return [Hjemmellinje(law, tuple(dict.fromkeys(uses))) for law, uses in sorted(found.items())]
