"""`saksbehandling importer`: reads existing protocols into cases."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from saksbehandling.assembly import Parts
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.lesing import les_fil
from saksbehandling.importering.pakke import Advarsel, Pakke
from saksbehandling.tjenester import Tjenester


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "importer",
        help="les eksisterende saksprotokoller",
        description="Les saksprotokoller (tekst) inn som saker. Alt fra filene lagres, eller ingenting.",
    )
    parser.add_argument("filer", metavar="FIL", nargs="+", type=Path, help="tekstfil med en sak og dens protokoller")
    parser.add_argument("--torr", action="store_true", help="bare les og fortell: ingenting lagres")
    parser.add_argument("--json", action="store_true", help="skriv det som ble forstått, som JSON")
    parser.set_defaults(run=importer)


def importer(parts: Parts, arguments: argparse.Namespace) -> None:
    """All files are read before anything is stored, and all are stored in one transaction."""
    lest = [(fil, les_fil(fil)) for fil in arguments.filer]
    if arguments.torr:
        meldinger = [f"{fil}: lest, ikke lagret. {_innhold(pakke)}" for fil, pakke in lest]
        advarsler = [pakke.advarsler for _, pakke in lest]
    else:
        meldinger, advarsler = _lagre(parts, lest)
    if arguments.json:
        skjemaer = [som_golden(pakke) for _, pakke in lest]
        print(json.dumps(skjemaer[0] if len(skjemaer) == 1 else skjemaer, ensure_ascii=False, indent=2))
        return
    for (fil, _), melding, fra_filen in zip(lest, meldinger, advarsler, strict=True):
        print(melding)
        for advarsel in fra_filen:
            print(f"  {fil.name}:{advarsel.linje}: {advarsel.tekst}", file=sys.stderr)


def _lagre(parts: Parts, lest: Sequence[tuple[Path, Pakke]]) -> tuple[list[str], list[tuple[Advarsel, ...]]]:
    meldinger, advarsler = [], []
    with parts.session() as session:
        tjenester = Tjenester(parts.felles, session)
        for fil, pakke in lest:
            resultat = tjenester.importering.importer(pakke, fil.read_bytes())
            nummer = resultat.sak.saksnummer
            hva = f"lagret som sak {nummer}" if resultat.ny else f"importert før som sak {nummer}, ingenting er endret"
            meldinger.append(f"{fil}: {hva}. {_innhold(pakke)}")
            advarsler.append(resultat.advarsler)
    parts.worker().toem()
    return meldinger, advarsler


def _innhold(pakke: Pakke) -> str:
    forslag = sum(len(behandling.forslag) for behandling in pakke.behandlinger)
    voteringer = sum(len(behandling.voteringer) for behandling in pakke.behandlinger)
    return f"{len(pakke.behandlinger)} behandlinger, {forslag} forslag, {voteringer} voteringer."
