"""`saksbehandling database oppgrader`."""

from __future__ import annotations

import argparse

from saksbehandling.assembly import Parts
from saksbehandling.migrations import run


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("database", help="pass på databasen", description="Pass på databasen.")
    verbs = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    upgrade = verbs.add_parser(
        "oppgrader",
        help="bring databasen opp til denne versjonen",
        description="Bring databasen, tom eller eldre, opp til denne versjonen. Ta en sikkerhetskopi først.",
    )
    upgrade.set_defaults(run=oppgrader)


def oppgrader(parts: Parts, _arguments: argparse.Namespace) -> None:
    if run.is_current(parts.raw_engine):
        print("Databasen er oppdatert fra før.")
        return
    run.upgrade(parts.raw_engine)
    print("Databasen er oppgradert.")
