"""`saksbehandling mal`: a template to begin from, whether an edited one can be used, and what it makes."""

from __future__ import annotations

import argparse
from pathlib import Path

from saksbehandling.assembly import Parts
from saksbehandling.errors import InvalidInput
from saksbehandling.maler.kontroll import proev
from saksbehandling.maler.services import filnavn, levert
from saksbehandling.protokoll.malslag import MALSLAG


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("mal", help="lag, sjekk og prøv maler", description="Maler for dokumentene.")
    verbs = parser.add_subparsers(title="handlinger", metavar="HANDLING", required=True)
    ny_ = _verb(verbs, "ny", "skriv malen som følger med, til å redigere i Word eller LibreOffice")
    ny_.add_argument("slag", choices=sorted(MALSLAG), metavar="SLAG", help=f"dokumentet: {', '.join(sorted(MALSLAG))}")
    ny_.add_argument("-o", "--ut", type=Path, metavar="FIL", help="filen som skal skrives (ellers SLAG.docx)")
    ny_.set_defaults(run=ny)
    sjekk_ = _verb(verbs, "sjekk", "kontroller en redigert mal, uten å ta den i bruk")
    _fil_og_slag(sjekk_)
    sjekk_.set_defaults(run=sjekk)
    vis_ = _verb(verbs, "forhåndsvis", "lag et dokument med oppdiktet innhold av en redigert mal", ["forhaandsvis"])
    _fil_og_slag(vis_)
    vis_.add_argument("-o", "--ut", type=Path, required=True, metavar="DOKUMENT", help="dokumentet som skal skrives")
    vis_.set_defaults(run=forhaandsvis)


def ny(_parts: Parts, arguments: argparse.Namespace) -> None:
    file = arguments.ut or Path(filnavn(arguments.slag, arguments.malform))
    _skriv(file, levert(arguments.slag, arguments.malform))


def sjekk(_parts: Parts, arguments: argparse.Namespace) -> None:
    _proev(arguments)
    print(f"{arguments.fil}: kan brukes som mal for {MALSLAG[arguments.slag].tittel.lower()}.")


def forhaandsvis(_parts: Parts, arguments: argparse.Namespace) -> None:
    _skriv(arguments.ut, _proev(arguments))


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_: str, aliases: list[str] | None = None
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.", aliases=aliases or [])
    parser.add_argument("--malform", choices=("nb", "nn"), default="nb", metavar="MÅLFORM", help="nb eller nn")
    return parser


def _fil_og_slag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fil", type=Path, metavar="FIL", help="den redigerte malen (.docx)")
    parser.add_argument(
        "--slag", choices=sorted(MALSLAG), default="saksprotokoll", metavar="SLAG", help="dokumentet som malen er for"
    )


def _proev(arguments: argparse.Namespace) -> bytes:
    try:
        content = arguments.fil.read_bytes()
    except OSError as error:
        raise InvalidInput(f"Kan ikke lese {arguments.fil}: {error.strerror}.") from error
    return proev(arguments.fil.name, content, MALSLAG[arguments.slag].eksempel(arguments.malform))


def _skriv(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InvalidInput(f"Kan ikke skrive {file}: {error.strerror}. Velg en annen fil med -o.") from error
    print(f"Skrev {file} ({len(content)} byte).")
