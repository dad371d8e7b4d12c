"""The command line as a test drives it, and an installation with one decided case to drive it on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from factories import raad
from saksbehandling.assembly import Parts
from saksbehandling.cli import main
from saksbehandling.config import Settings
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata

TITTEL = "Ny kai ved fergeleiet"
SKJERMET = "Klage fra Petter Hemmeligsen"
PROTOKOLL = ("protokoll", "--utvalg", "Kommunestyret", "--sak", "PS 1/19", "--dato", "2019-08-29")


@dataclass(frozen=True, slots=True)
class Svar:
    """What a command answered: exit code, what it printed, and what it said on stderr."""

    kode: int
    ut: str
    feil: str


class Kommandolinje:
    """`saksbehandling --data MAPPE …` on the test's own database."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._mappe: Path = settings.data_dir
        self._capsys = capsys
        monkeypatch.setenv("SAKSBEHANDLING_DATABASE_URL", settings.database_url)

    def __call__(self, *ord_: str) -> Svar:
        self._capsys.readouterr()
        kode = main(["--data", str(self._mappe), *ord_])
        svar = self._capsys.readouterr()
        return Svar(kode, svar.out, svar.err)


def fyll(settings: Settings) -> None:
    """One decided, published case, and one that is screened; the index holds both."""
    parts = Parts(lambda: settings)
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        styret = raad.utvalg(session)
        for rolle in ("sekretariat", "saksbehandler"):
            bruker = tj.brukere.opprett(rolle, rolle.capitalize(), "torsk og poteter")
            tj.brukere.gi_rolle(bruker, raad.Rolle(rolle))
        apen = raad.sak(tj, TITTEL)
        skjermet = raad.sak(tj, SKJERMET, skjermingshjemmel="offl. § 13", offentlig_tittel="Klage på kaiplass")
        for sak in (apen, skjermet):
            moetesak = raad.behandling(tj, styret, sak)
            forslag = tj.forslag.fremsett(
                moetesak, Forslagstype.TILLEGG, parse_notation("Kaia får ladepunkt."), [raad.stiller(tj, styret, "SV")]
            )
            for objekter in (raad.segmenter(moetesak), [forslag]):
                tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, objekter, enstemmig=True))
            tj.vedtak.fatt(moetesak, raad.SEKRETAER)
            tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
            tj.protokoller.publiser(moetesak, raad.SEKRETAER)
        tj.sakslister.publiser(moetesak.moete)
    parts.worker().toem()
    parts.close()
