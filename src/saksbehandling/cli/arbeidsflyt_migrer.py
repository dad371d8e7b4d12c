"""`saksbehandling arbeidsflyt migrer`."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.assembly import Parts
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.moete.models import Moetesak
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.workflow_engine.migration import MigrationService, report
from saksbehandling.workflow_engine.migration_map import StateMap, read_map
from saksbehandling.workflow_engine.models import Flyt

AKTOER = "Administrator på kommandolinjen"


def add_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "migrer",
        help="flytt sakene til en annen versjon",
        description="Flytt alle åpne saker fra én versjon av en arbeidsflyt til en annen, alle eller ingen. Kartet er "
        'en JSON-fil fra gammel tilstand til ny, som {"utredning": "forberedelse"}. Prøv med --torr først.',
    )
    parser.add_argument(
        "--fra", metavar="ID:VERSJON", required=True, help="versjonen sakene står i, som politisk_sak:1"
    )
    parser.add_argument("--til", metavar="ID:VERSJON", required=True, help="versjonen de skal til, som politisk_sak:2")
    parser.add_argument("--kart", metavar="FIL", type=Path, required=True, help="kartet over tilstandene (JSON)")
    parser.add_argument("--torr", action="store_true", help="bare vis hva som ville skje")
    parser.set_defaults(run=migrer)


def migrer(parts: Parts, arguments: argparse.Namespace) -> None:
    """Raises `Refusal` with every reason; then nothing has been changed."""
    definisjon, fra = _version(arguments.fra, "--fra")
    other, til = _version(arguments.til, "--til")
    if definisjon != other:
        raise InvalidInput(f"«{definisjon}» og «{other}» er to arbeidsflyter. Saker kan bare skifte versjon.")
    states = _map(arguments.kart)
    with parts.reading() if arguments.torr else parts.session() as session:
        service = MigrationService(session, parts.felles.registry, parts.clock)
        if arguments.torr:
            plan = service.plan(definisjon, fra, til, states)
        else:
            plan = service.migrate(definisjon, fra, til, states, AKTOER)
        if plan.grunner:
            raise Refusal(plan.grunner)
        print("\n".join(report(plan, lambda flyt_id: _name(session, flyt_id))))
    print("Ingenting er endret." if arguments.torr else "Sakene er flyttet.")


def _version(text: str, option: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?P<id>[A-Za-z_][\w.-]*):(?P<versjon>[0-9]{1,6})", text)
    if not found:
        raise InvalidInput(f"{option} {text} kan ikke leses. Skriv arbeidsflyten og versjonen, som politisk_sak:1.")
    return found["id"], int(found["versjon"])


def _map(path: Path) -> StateMap:
    try:
        return read_map(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Kartet {path} kan ikke leses ({error}). Oppgi en JSON-fil i UTF-8.") from error


def _name(session: Session, flyt_id: int) -> str:
    """The number of the case; of a treatment or a sub-case, that of the case that it belongs to."""
    flyt: Flyt | None = session.get_one(Flyt, flyt_id)
    prefix = ""
    while flyt is not None:
        sak = session.scalar(sa.select(Saksmappe).where(Saksmappe.flyt_id == flyt.id))
        if sak is None:
            sak = session.scalar(sa.select(Saksmappe).join(Moetesak).where(Moetesak.flyt_id == flyt.id))
        if sak is not None:
            return f"{prefix}{sak.saksnummer}"
        flyt, prefix = flyt.forelder, f"delsak {flyt_id} av "
    return f"saksgang {flyt_id}"
