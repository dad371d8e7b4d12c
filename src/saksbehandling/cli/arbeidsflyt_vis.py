"""`saksbehandling arbeidsflyt vis`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from saksbehandling.arbeidsflyt.lesing import ordliste
from saksbehandling.assembly import Parts
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.sentences import by_state


def add_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "vis",
        help="vis en arbeidsflyt i setninger",
        description="Vis hva som kan skje i hver tilstand i en arbeidsflyt, og hvem som kan gjøre hva.",
    )
    parser.add_argument("id", metavar="ID", help="arbeidsflyten, som politisk_sak")
    parser.add_argument("--versjon", metavar="NUMMER", type=int, help="versjonen (ellers den nyeste)")
    parser.set_defaults(run=vis)


def vis(parts: Parts, arguments: argparse.Namespace) -> None:
    registry = parts.workflows
    print("\n".join(_lines(registry, registry.chart(arguments.id, arguments.versjon))))


def _lines(registry: Registry, chart: Chart) -> Iterator[str]:
    yield f"{chart.titler.nb if chart.titler else chart.id} ({chart.id} versjon {chart.versjon}, {chart.file})"
    yield from _fields(registry, chart)
    for said in by_state(chart, ordliste(registry, chart)):
        yield f"\n{said.title} ({said.id})"
        yield from (f"  {sentence}" for sentence in (*said.kan, *said.skjer))
        yield from _sources(registry, chart, said.id)


def _sources(registry: Registry, chart: Chart, state: str) -> Iterator[str]:
    """Where the lengths of the deadlines come from."""
    for name in (state, *chart.states[state].ancestors):
        for frist in chart.states[name].frister:
            kilde = registry.kilde(chart, name, frist.navn)
            if kilde is not None:
                yield f"  Fristen på {frist.dager} dager: {kilde}."


def _fields(registry: Registry, chart: Chart) -> Iterator[str]:
    for felt in registry.form(chart).felter:
        choices = f": {', '.join(title.nb for _, title in felt.valg)}" if felt.valg else ""
        must = ", må fylles ut" if felt.paakrevd else ""
        yield f"  Felt: {felt.titler.nb} ({felt.type.value.replace('_', '/')}{choices}{must})"
