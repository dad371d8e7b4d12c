"""`saksbehandling demo`: the guided case in one command, and the whole demo council."""

from __future__ import annotations

import argparse
from dataclasses import replace

import sqlalchemy as sa

from saksbehandling.assembly import Parts
from saksbehandling.config import INI_NAME, SECTION
from saksbehandling.demo import last as demodata
from saksbehandling.demo.ps_87_19 import Demosak
from saksbehandling.demo.raad import opprett_raad
from saksbehandling.errors import Refusal
from saksbehandling.identity.models import Bruker
from saksbehandling.protokoll.filer import filnavn
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg

KOMMUNE = "Nidarvik kommune"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("demo", help="demodata", description="Fyll en tom installasjon med demodata.")
    verbs = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    en_sak = verbs.add_parser(
        "ps-87-19",
        help="før én sak fra saksframlegg til protokoll",
        description="Før sak 19/8286 fra saksframlegg til publisert vedtak og saksprotokoll, steg for steg.",
    )
    en_sak.set_defaults(run=ps_87_19)
    alt = verbs.add_parser(
        "last",
        help="et helt bystyre med saker",
        description="Last inn Nidarvik kommune: bystyre, råd, brukere og noen hundre saker.",
    )
    alt.add_argument("--saker", type=int, default=demodata.ANTALL, metavar="N", help="antall genererte saker")
    alt.set_defaults(run=last)


def ps_87_19(parts: Parts, _arguments: argparse.Namespace) -> None:
    _klargjoer(parts)
    with parts.session() as session:
        tjenester = Tjenester(parts.felles, session)
        raad = opprett_raad(session, tjenester.brukere, demodata.PASSORD)
        print(f"{KOMMUNE}: {len(raad.utvalg)} utvalg, {len(raad.brukere)} brukere.")
        demosak = Demosak(tjenester, raad)
        for steg in demosak.spill():
            print(steg)
        innhold = tjenester.protokollfiler.docx(demosak.moetesak)
        fil = parts.settings.data_dir / filnavn(demosak.moetesak)
    fil.write_bytes(innhold)
    print(f"Saksprotokollen er skrevet: {fil} ({len(innhold)} byte).")
    print(f"Søkeindeksen er oppdatert: {parts.worker().toem()} oppgaver utført.")


def last(parts: Parts, arguments: argparse.Namespace) -> None:
    _klargjoer(parts)
    with parts.session_factory() as session:
        for linje in demodata.last(parts.felles, session, arguments.saker):
            print(linje, flush=True)
    print(f"Etterarbeid: {parts.worker().toem()} oppgaver utført (dokumenter og søkeindeks).")
    print(f"Logg inn som sekretaer, saksbehandler, ordfoerer … med passordet {demodata.PASSORD}")


def _klargjoer(parts: Parts) -> None:
    """An empty installation takes the demo's name, and keeps it in its settings file."""
    _krev_tom(parts)
    innstillinger = parts.settings.data_dir / INI_NAME
    if not innstillinger.exists():
        innstillinger.write_text(f"[{SECTION}]\nkommune = {KOMMUNE}\n", encoding="utf-8")
        parts.settings = replace(parts.settings, kommune=KOMMUNE)


def _krev_tom(parts: Parts) -> None:
    with parts.reading() as session:
        opptatt = any(session.scalar(sa.select(tabell.id).limit(1)) for tabell in (Bruker, Utvalg, Saksmappe))
    if opptatt:
        raise Refusal(["Installasjonen har data fra før. Demodata lastes bare inn i en tom: velg en ny med --data."])
