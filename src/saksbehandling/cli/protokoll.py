"""`saksbehandling protokoll`: the saksprotokoll of a treatment as DOCX."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from saksbehandling.assembly import Parts
from saksbehandling.errors import InvalidInput
from saksbehandling.tjenester import Tjenester


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "protokoll", help="lag en saksprotokoll", description="Skriv saksprotokollen fra en behandling som DOCX."
    )
    parser.add_argument("--utvalg", required=True, metavar="UTVALG", help="navnet på utvalget, som Bystyret")
    parser.add_argument("--sak", required=True, metavar="NUMMER", help="saksnummeret i utvalget, som 87/19")
    parser.add_argument("--dato", required=True, type=_dato, metavar="DATO", help="møtedatoen, som 2019-08-29")
    parser.add_argument("-o", "--ut", required=True, type=Path, metavar="FIL", help="filen som skal skrives")
    parser.set_defaults(run=protokoll)


def protokoll(parts: Parts, arguments: argparse.Namespace) -> None:
    with parts.reading() as session:
        tjenester = Tjenester(parts.felles, session)
        moetesak = tjenester.moeter.finn_moetesak(arguments.utvalg, arguments.sak, arguments.dato)
        innhold = tjenester.protokollfiler.docx(moetesak)
    try:
        arguments.ut.write_bytes(innhold)
    except OSError as feil:
        raise InvalidInput(f"Kan ikke skrive {arguments.ut}: {feil.strerror}.") from feil
    print(f"Skrev {arguments.ut} ({len(innhold)} byte).")


def _dato(tekst: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(tekst, form).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
    raise ValueError(tekst)  # argparse says it in words
