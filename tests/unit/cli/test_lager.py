"""`lager kontroller`: what is missing, damaged or belongs to nothing is told, and a stopped check goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

import saksbehandling.modeller
from factories import s3
from factories.kommando import Kommandolinje, fyll
from saksbehandling import db
from saksbehandling.cli import lager
from saksbehandling.config import Settings
from saksbehandling.documents.store import DiskStore

KONTROLLER = ("lager", "kontroller")
# Columns of that length that hold the checksum of something else than a file in the store.
IKKE_FILER = {
    "karantenefil.sjekksum",
    "arbeidsflytversjon.sjekksum",
    "moeteprotokoll.sjekksum",
    "protokollunderskrift.sjekksum",
    "saksmappe.kilde",
}


@pytest.fixture
def saksbehandling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kommandolinje:
    return Kommandolinje(settings, monkeypatch, capsys)


def test_the_check_tells_what_is_wrong_and_changes_nothing(saksbehandling: Kommandolinje, settings: Settings) -> None:
    fyll(settings)
    svar = saksbehandling(*KONTROLLER)
    assert (svar.kode, svar.ut) == (
        0,
        "Lageret er i orden: 4 hele, 0 mangler, 0 skadet, 0 uten rad i databasen.\n",
    )
    filer = sorted(path for path in settings.files_dir.rglob("*") if path.is_file())
    filer[0].write_bytes(b"skadet")
    filer[1].unlink()
    uventet = DiskStore(settings.files_dir).put(b"hvem sin er jeg")
    svar = saksbehandling(*KONTROLLER)
    assert svar.kode == 1
    assert "1 mangler, 1 skadet, 1 uten rad" in svar.feil
    linjer = {linje.split("\t")[1]: linje.split("\t")[::2] for linje in svar.ut.splitlines()}
    assert linjer[filer[0].name][0] == "skadet"
    assert linjer[filer[1].name][0] == "mangler"
    assert "dokumentversjon " in linjer[filer[1].name][1]
    assert linjer[uventet] == ["ingen rad", ""]
    assert filer[0].read_bytes() == b"skadet"


def test_a_stopped_check_goes_on_where_it_was(
    saksbehandling: Kommandolinje, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fyll(settings)

    def stopp(gjort: int, _av: int) -> None:
        if gjort == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as midt_i:
        midt_i.setattr(lager, "_fortell", stopp)
        svar = saksbehandling(*KONTROLLER)
    assert svar.kode == 130
    etter = svar.feil.split()[-1]
    assert len(etter) == 64
    assert "3 hele" in saksbehandling(*KONTROLLER, "--etter", etter).ut


def test_an_installation_with_its_files_in_s3_has_none_on_disk(
    saksbehandling: Kommandolinje, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3.server("arkivet") as adresse:
        monkeypatch.setenv("SAKSBEHANDLING_FILE_STORE", "s3://arkivet/kommunen/")
        monkeypatch.setenv("SAKSBEHANDLING_S3_ENDPOINT", adresse)
        fyll(replace(settings, file_store="s3://arkivet/kommunen/", s3_endpoint=adresse))
        assert "4 hele, 0 mangler" in saksbehandling(*KONTROLLER).ut
    assert not settings.files_dir.exists()


def test_every_column_with_the_checksum_of_a_file_is_looked_at() -> None:
    lange = {
        f"{tabell.name}.{kolonne.name}"
        for tabell in db.Base.metadata.tables.values()
        for kolonne in tabell.columns
        if isinstance(kolonne.type, sa.String) and kolonne.type.length == 64 and not kolonne.info.get("fil")
    }
    assert lange == IKKE_FILER
