"""`saksbehandling arbeidsflyt sjekk`; the other verbs are in `tegn`, `arbeidsflyt_vis` and `arbeidsflyt_migrer`."""

from __future__ import annotations

import argparse
from pathlib import Path

from saksbehandling.assembly import Parts
from saksbehandling.cli import arbeidsflyt_migrer, arbeidsflyt_vis, tegn
from saksbehandling.errors import InvalidFile, SetupError
from saksbehandling.workflow_engine.definition import Definition, read_definition
from saksbehandling.workflow_engine.registry import Registry, report
from saksbehandling.workflow_engine.trial_runs import play, read_runs


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("arbeidsflyt", help="se på arbeidsflytene", description="Se på arbeidsflytene.")
    verbs = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    check = verbs.add_parser(
        "sjekk",
        help="sjekk alle definisjonene, eller filer før de tas i bruk",
        description="Sjekk alle definisjonene slik serveren gjør ved start, og list dem. Feil nevnes med fil og linje. "
        "Med FIL sjekkes de filene sammen med definisjonene i bruk, uten at noe tas i bruk.",
    )
    check.add_argument("fil", nargs="*", metavar="FIL", type=Path, help="en definisjon (SCXML) som ikke er i bruk ennå")
    check.add_argument(
        "--loep", metavar="MAPPE", type=Path, help="prøv dem også mot prøveløpene i mappen, ett ID.txt for hver"
    )
    check.set_defaults(run=sjekk)
    arbeidsflyt_vis.add_verb(verbs)
    arbeidsflyt_migrer.add_verb(verbs)
    tegn.add_verb(verbs)


def sjekk(parts: Parts, arguments: argparse.Namespace) -> None:
    registry = parts.workflows.trial(*map(_read, arguments.fil))
    for line in report(registry):
        print(line)
    if arguments.loep is not None:
        _play_all(registry, arguments.loep)
    print("Ingen feil.")


def _read(file: Path) -> Definition:
    try:
        return read_definition(str(file), file.read_bytes())
    except OSError as error:
        raise InvalidFile(f"{file} kan ikke leses: {error.strerror}. Oppgi en definisjon i SCXML.") from error


def _play_all(registry: Registry, folder: Path) -> None:
    """Raises `SetupError` with everything that a definition does otherwise than its runs say."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InvalidFile(f"{folder} har ingen prøveløp. Oppgi en mappe med filer som politisk_sak.txt.")
    findings = [
        str(finding)
        for file in files
        for finding in play(registry.chart(file.stem), read_runs(file.name, file.read_text(encoding="utf-8")))
    ]
    if findings:
        raise SetupError("\n".join(findings))
    print(f"Prøveløp for {len(files)} arbeidsflyter er kjørt.")
