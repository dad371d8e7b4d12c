"""`saksbehandling vis`: a stored case, for people or as JSON."""

from __future__ import annotations

import argparse
import json

from saksbehandling.assembly import Parts
from saksbehandling.importering.gjenlesing import pakke_av
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.pakke import Behandling, Pakke
from saksbehandling.tjenester import Tjenester


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("vis", help="vis en sak", description="Vis en lagret sak med alle behandlinger.")
    parser.add_argument("saksnummer", metavar="SAKSNUMMER", help="arkivsaken, som 19/8286")
    parser.add_argument("--json", action="store_true", help="som JSON, i samme form som «importer --json»")
    parser.set_defaults(run=vis)


def vis(parts: Parts, arguments: argparse.Namespace) -> None:
    with parts.reading() as session:
        sak = Tjenester(parts.felles, session).saker.finn(arguments.saksnummer)
        pakke = pakke_av(session, sak)
        if arguments.json:
            print(json.dumps(som_golden(pakke), ensure_ascii=False, indent=2))
        else:
            print("\n".join(_linjer(pakke)))


def _linjer(pakke: Pakke) -> list[str]:
    return [f"{pakke.arkivsak} {pakke.tittel}", *(_linje(behandling) for behandling in pakke.behandlinger)]


def _linje(behandling: Behandling) -> str:
    sak = f"{behandling.sak.prefiks or ''} {behandling.sak}".strip()
    resultat = behandling.resultat or "uten resultat"
    return (
        f"  {behandling.moetedato:%d.%m.%Y}  {behandling.utvalg}  {sak}  {resultat}:"
        f" {len(behandling.forslag)} forslag, {len(behandling.voteringer)} voteringer"
    )
