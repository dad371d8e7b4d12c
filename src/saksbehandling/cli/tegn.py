"""`saksbehandling arbeidsflyt tegn`."""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

from saksbehandling.assembly import Parts
from saksbehandling.errors import InvalidInput
from saksbehandling.workflow_engine.diagram import diagram_file

_STYLE = ("web", "static", "diagram.css")


def add_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "tegn",
        help="tegn en arbeidsflyt som SVG",
        description="Tegn en arbeidsflyt som et SVG-bilde, til å åpne i en nettleser eller sette inn i et dokument.",
    )
    parser.add_argument("id", metavar="ID", help="arbeidsflyten, som politisk_sak")
    parser.add_argument("-o", "--ut", metavar="FIL", type=Path, help="filen bildet skrives til (ellers ID.svg)")
    parser.add_argument("--versjon", metavar="NUMMER", type=int, help="versjonen (ellers den nyeste)")
    parser.add_argument("--spraak", metavar="SPRÅK", choices=("nb", "nn", "en"), default="nb", help="nb, nn eller en")
    parser.set_defaults(run=tegn)


def tegn(parts: Parts, arguments: argparse.Namespace) -> None:
    chart = parts.workflows.chart(arguments.id, arguments.versjon)
    names = {each.id: each.titler for each in parts.workflows.charts() if each.titler}
    css = resources.files("saksbehandling.templates").joinpath(*_STYLE).read_text(encoding="utf-8")
    file: Path = arguments.ut or Path(f"{chart.id}.svg")
    try:
        file.write_text(diagram_file(chart, css, arguments.spraak, names), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"Kan ikke skrive {file}: {error.strerror}. Velg en annen fil med -o.") from error
    print(f"{file}: {chart.id} versjon {chart.versjon}")
