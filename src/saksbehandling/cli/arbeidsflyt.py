"""`saksbehandling arbeidsflyt sjekk`; `tegn` is in `cli.tegn`."""

from __future__ import annotations

import argparse

from saksbehandling.assembly import Parts
from saksbehandling.cli import tegn
from saksbehandling.workflow_engine.registry import report


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("arbeidsflyt", help="se på arbeidsflytene", description="Se på arbeidsflytene.")
    verbs = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    check = verbs.add_parser(
        "sjekk",
        help="sjekk alle definisjonene",
        description="Sjekk alle definisjonene slik serveren gjør ved start, og list dem. Feil nevnes med fil og linje.",
    )
    check.set_defaults(run=sjekk)
    tegn.add_verb(verbs)


def sjekk(parts: Parts, _arguments: argparse.Namespace) -> None:
    for line in report(parts.workflows):
        print(line)
    print("Ingen feil.")
