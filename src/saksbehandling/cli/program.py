"""The program: its list of commands, and what becomes of their errors."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import structlog

from saksbehandling import config, logging_setup
from saksbehandling.assembly import Parts
from saksbehandling.cli import arbeidsflyt, database, demo, importer, indeks, lager, mal, protokoll, server, sok, vis
from saksbehandling.cli.parsing import Parser
from saksbehandling.errors import SaksbehandlingError

COMMANDS = (server, database, arbeidsflyt, demo, importer, vis, protokoll, mal, sok, indeks, lager)

log = structlog.get_logger(__name__)


def build_parser() -> Parser:
    parser = Parser(
        prog="saksbehandling", description="Dokument- og saksbehandling for norsk kommunal politikk.", epilog=_EPILOG
    )
    commands = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    for module in COMMANDS:
        module.add_parser(commands)
    return parser


_EPILOG = "Skriv «saksbehandling KOMMANDO --help» for hjelp til en kommando."


def run(argv: Sequence[str]) -> int:
    """Exit code 0, 1 for an error that was told on stderr, 2 for a mistyped command, 130 for Ctrl-C."""
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said why
        return int(stop.code or 0)
    # Until the settings are read; what fails before that must not be printed among a command's own answers.
    logging_setup.configure(config.DEFAULTS["log_level"], config.DEFAULTS["log_format"])
    parts = Parts(lambda: _settings(arguments))
    try:
        arguments.run(parts, arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if getattr(arguments, "feilsoek", False):
            raise
        return _tell(error)
    finally:
        parts.close()
    return 0


def _settings(arguments: argparse.Namespace) -> config.Settings:
    given = {"data_dir": arguments.data} if "data" in arguments else {}
    if getattr(arguments, "port", None) is not None:
        given["port"] = arguments.port
    settings = config.load(given, ini=getattr(arguments, "ini", None))
    logging_setup.configure(settings.log_level, settings.log_format)
    return settings


def _tell(error: Exception) -> int:
    if isinstance(error, SaksbehandlingError):
        print(f"saksbehandling: {error}", file=sys.stderr)
    else:
        log.debug("uventet feil", exc_info=error)
        kind = type(error).__name__
        print(f"saksbehandling: uventet feil ({kind}: {error}). Kjør med --feilsoek for å se hvor.", file=sys.stderr)
    return 1
