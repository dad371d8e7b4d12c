"""`saksbehandling indeks bygg`: the search index anew from the database."""

from __future__ import annotations

import argparse
import sys

from saksbehandling.assembly import Parts


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("indeks", help="pass på søkeindeksen", description="Pass på søkeindeksen.")
    verbs = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    bygg = verbs.add_parser(
        "bygg",
        help="bygg indeksen på nytt",
        description="Bygg søkeindeksen på nytt fra databasen. Den gamle brukes til den nye er ferdig.",
    )
    bygg.set_defaults(run=bygg_indeks)


def bygg_indeks(parts: Parts, _arguments: argparse.Namespace) -> None:
    with parts.reading() as session:
        antall = parts.indexing.bygg(session, _fortell)
    parts.worker().toem()
    print(f"Søkeindeksen er bygd: {antall} saker og møter.")


def _fortell(gjort: int, av: int) -> None:
    if sys.stderr.isatty() or gjort == av or gjort % 100 == 0:
        slutt = "\n" if gjort == av or not sys.stderr.isatty() else ""
        print(f"\r{gjort} av {av}", end=slutt, file=sys.stderr, flush=True)
