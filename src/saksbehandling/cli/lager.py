"""`saksbehandling lager kontroller`: whether every file that the database names is in the store, whole."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from saksbehandling import db
from saksbehandling.assembly import Parts
from saksbehandling.documents.store_check import Filstand, kontroller
from saksbehandling.errors import InvalidFile

FEIL = (Filstand.MANGLER, Filstand.SKADET)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("lager", help="pass på dokumentlageret", description="Pass på dokumentlageret.")
    verbs = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    verb = verbs.add_parser(
        "kontroller",
        help="se at hver fil er der, og er hel",
        description="Les hver fil databasen nevner, og regn ut sjekksummen. Skriver en linje for hver fil som mangler,"
        " er skadet, eller ikke hører til noe. Ingenting endres. Avslutter med 1 når noe mangler eller er skadet.",
    )
    verb.add_argument("--etter", metavar="SHA256", default="", help="fortsett etter denne filen")
    verb.set_defaults(run=kontroller_lageret)


def kontroller_lageret(parts: Parts, arguments: argparse.Namespace) -> None:
    """Raises `InvalidFile` when something is missing or damaged."""
    with parts.reading() as session:
        steder = db.filer_i(session)
    antall: Counter[Filstand] = Counter()
    siste = arguments.etter
    try:
        for siste, stand in kontroller(parts.document_store, steder, arguments.etter):
            antall[stand] += 1
            if stand is not Filstand.HEL:
                print(f"{stand}\t{siste}\t{', '.join(steder.get(siste, ()))}", flush=True)
            _fortell(antall.total(), len(steder))
    except KeyboardInterrupt:
        print(f"\nStoppet. Fortsett med: saksbehandling lager kontroller --etter {siste}", file=sys.stderr)
        raise
    _oppsummer(antall)


def _oppsummer(antall: Counter[Filstand]) -> None:
    ord_ = ", ".join(f"{antall[stand]} {navn}" for stand, navn in _ORD.items())
    feil = sum(antall[stand] for stand in FEIL)
    if feil:
        raise InvalidFile(f"Lageret er ikke i orden: {ord_}. Hent filene fra sikkerhetskopien; navnet er sjekksummen.")
    print(f"Lageret er i orden: {ord_}.")


_ORD = {
    Filstand.HEL: "hele",
    Filstand.MANGLER: "mangler",
    Filstand.SKADET: "skadet",
    Filstand.UVENTET: "uten rad i databasen",
}


def _fortell(gjort: int, av: int) -> None:
    if sys.stderr.isatty() or gjort % 1000 == 0:
        print(f"\r{gjort} av omtrent {av} filer", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
