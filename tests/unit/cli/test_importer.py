"""`importer`: reading without saving, saving once, all files or none, and clear words about what is no protocol."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories.kommando import Kommandolinje, Svar
from saksbehandling import db
from saksbehandling.config import Settings

PROTOKOLL = """Saksprotokoll

Utvalg: {utvalg}

Møtedato: 24.02.2021 Sak: {sak}

Tittel: Saksprotokoll - Plan for badehuset

Resultat: Behandlet **Arkivsak:** {arkivsak}

Vedtak:

Sundvik kommune åpner badehuset for alle.

Behandling:

Kari Nes (Ap), forslag:

Sundvik kommune åpner badehuset for alle.

Votering

Forslag fra Nes ble enstemmig vedtatt.
"""


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    return Kommandolinje(settings, monkeypatch, capsys)


def protokoll(mappe: Path, navn: str = "en.txt", arkivsak: str = "21/345", sak: str = "33/21") -> str:
    fil = mappe / navn
    fil.write_text(PROTOKOLL.format(utvalg="Kommunestyret", sak=sak, arkivsak=arkivsak), encoding="utf-8")
    return str(fil)


def antall_rader(session: Session) -> int:
    tabeller = db.Base.metadata.sorted_tables
    return sum(session.scalar(sa.select(sa.func.count()).select_from(tabell)) or 0 for tabell in tabeller)


def avvist(svar: Svar, *sagt: str) -> None:
    assert svar.kode == 1
    assert svar.ut == ""
    assert svar.feil.startswith("saksbehandling: ")
    assert "Traceback" not in svar.feil
    for del_ in sagt:
        assert del_ in svar.feil


def test_a_file_becomes_a_case_once(saksbehandling: Kommandolinje, tmp_path: Path, session: Session) -> None:
    fil = protokoll(tmp_path)
    foerste = saksbehandling("importer", fil)
    assert (foerste.kode, "lagret som sak 21/345. 1 behandlinger, 1 forslag, 1 voteringer." in foerste.ut) == (0, True)
    rader = antall_rader(session)
    session.rollback()
    andre = saksbehandling("importer", fil)
    assert "importert før som sak 21/345, ingenting er endret" in andre.ut
    assert antall_rader(session) == rader


def test_a_dry_run_saves_nothing(saksbehandling: Kommandolinje, tmp_path: Path, session: Session) -> None:
    svar = saksbehandling("importer", "--torr", protokoll(tmp_path))
    assert (svar.kode, "lest, ikke lagret" in svar.ut) == (0, True)
    assert antall_rader(session) == 0


def test_json_tells_what_was_understood_and_vis_the_same(saksbehandling: Kommandolinje, tmp_path: Path) -> None:
    fil = protokoll(tmp_path)
    toert = json.loads(saksbehandling("importer", "--torr", "--json", fil).ut)
    lagret = json.loads(saksbehandling("importer", "--json", fil).ut)
    vist = json.loads(saksbehandling("vis", "21/345", "--json").ut)
    assert toert == lagret
    assert {**vist, "advarsler": []} == {**lagret, "advarsler": []}
    assert [ett["utvalg"] for ett in vist["behandlinger"]] == ["Kommunestyret"]


def test_several_files_are_a_list(saksbehandling: Kommandolinje, tmp_path: Path) -> None:
    filer = [protokoll(tmp_path), protokoll(tmp_path, "to.txt", "21/346", "34/21")]
    svar = json.loads(saksbehandling("importer", "--torr", "--json", *filer).ut)
    assert [en["arkivsak"] for en in svar] == ["21/345", "21/346"]


@pytest.mark.parametrize(
    ("innhold", "sagt"),
    [(b"Kjaere dagbok, i dag regnet det.\n", "ikke"), (b"", ""), (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "")],
    ids=["annen tekst", "tom", "bilde"],
)
def test_a_file_that_is_no_protocol_changes_nothing(
    saksbehandling: Kommandolinje, tmp_path: Path, session: Session, innhold: bytes, sagt: str
) -> None:
    fil = tmp_path / "dagbok.txt"
    fil.write_bytes(innhold)
    avvist(saksbehandling("importer", str(fil)), "dagbok.txt", sagt)
    assert antall_rader(session) == 0


def test_a_file_that_is_not_there_is_named(saksbehandling: Kommandolinje, tmp_path: Path) -> None:
    avvist(saksbehandling("importer", str(tmp_path / "borte.txt")), "borte.txt")


def test_one_bad_file_keeps_the_good_ones_out(saksbehandling: Kommandolinje, tmp_path: Path, session: Session) -> None:
    annen_kilde = protokoll(tmp_path, "ny.txt", sak="35/21")
    avvist(saksbehandling("importer", protokoll(tmp_path), annen_kilde), "21/345 finnes allerede")
    assert antall_rader(session) == 0


def test_what_is_doubtful_is_told_with_its_line(saksbehandling: Kommandolinje, tmp_path: Path) -> None:
    fil = protokoll(tmp_path)
    tekst = Path(fil).read_text(encoding="utf-8").replace("Forslag fra Nes", "Forslag fra Ukjentsen")
    Path(fil).write_text(tekst, encoding="utf-8")
    svar = saksbehandling("importer", "--torr", fil)
    assert svar.kode == 0
    assert "  en.txt:" in svar.feil
