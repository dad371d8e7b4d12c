"""`saksbehandling arbeidsflyt vis`, `sjekk --loep` and `migrer`."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from pathlib import Path

import pytest
import sqlalchemy as sa

from saksbehandling import config, db
from saksbehandling.assembly import Parts
from saksbehandling.cli import main
from saksbehandling.tjenester import Tjenester
from saksbehandling.workflow_engine.definition import read_definition
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET

GOLDEN = Path(__file__).parents[2] / "golden" / "workflows"
SHIPPED = (resources.files("saksbehandling.workflows") / "politisk_sak.scxml").read_bytes()
SECOND = SHIPPED.replace(b'sb:versjon="1"', b'sb:versjon="2"').replace(b'"utredning"', b'"forberedelse"')


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two cases in version 1, 24/1 and 24/2."""
    parts = Parts(lambda: config.load({"data_dir": tmp_path}, {}))
    with parts.session() as session:
        for _ in range(2):
            Tjenester(parts.felles, session).saker.opprett("Ny skole i Vik", SYSTEMET, dato=dt.date(2024, 3, 1))
    parts.close()
    return tmp_path


@pytest.fixture
def _second_version(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on; the cases are in the first."""
    first_only = Registry.load

    def both() -> Registry:
        registry = first_only()
        registry.add_definition(read_definition("politisk_sak.2.scxml", SECOND))
        return registry

    monkeypatch.setattr(Registry, "load", both)


@pytest.fixture
def kart(tmp_path: Path) -> Path:
    path = tmp_path / "kart.json"
    path.write_text(json.dumps({"utredning": "forberedelse"}), encoding="utf-8")
    return path


def standing(data: Path) -> list[tuple[int, str]]:
    engine = db.create_engine(f"sqlite:///{data / 'saksbehandling.db'}")
    with engine.connect() as connection:
        found = [(row.versjon, row.aktive) for row in connection.execute(sa.select(Flyt.versjon, Flyt.aktive))]
    engine.dispose()
    return found


def migrate(data: Path, kart: Path, *more: str) -> int:
    command = ["arbeidsflyt", "migrer", "--fra", "politisk_sak:1", "--til", "politisk_sak:2", "--kart", str(kart)]
    return main([*command, "--data", str(data), *more])


@pytest.mark.usefixtures("_second_version")
def test_a_dry_run_lists_the_cases_and_changes_nothing(
    data: Path, kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert migrate(data, kart, "--torr") == 0
    assert capsys.readouterr().out.splitlines() == [
        "24/1: utredning -> forberedelse",
        "24/2: utredning -> forberedelse",
        "Politisk sak: 2 saker fra versjon 1 til 2. 0 avsluttede saker blir stående i versjon 1.",
        "Ingenting er endret.",
    ]
    assert standing(data) == [(1, "utredning")] * 2


@pytest.mark.usefixtures("_second_version")
def test_cases_are_moved(data: Path, kart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate(data, kart) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Sakene er flyttet."
    assert standing(data) == [(2, "forberedelse")] * 2


@pytest.mark.usefixtures("_second_version")
@pytest.mark.parametrize("more", [(), ("--torr",)])
def test_a_refused_migration_tells_why(
    data: Path, kart: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    kart.write_text('{"oppfoelging": "borte"}', encoding="utf-8")
    assert migrate(data, kart, *more) == 1
    error = capsys.readouterr().err
    assert "Saker står i «utredning» (Utredning), som kartet ikke har." in error
    assert "Kartet sender «oppfoelging» til «borte», som ikke finnes i versjon 2." in error
    assert standing(data) == [(1, "utredning")] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fra", "politisk_sak", "--til", "politisk_sak:2"], "--fra politisk_sak kan ikke leses"),
        (["--fra", "politisk_sak:1", "--til", "uttalelse:2"], "er to arbeidsflyter"),
        (["--fra", "politisk_sak:1", "--til", "politisk_sak:9"], "«politisk_sak» versjon 9 finnes ikke"),
    ],
)
def test_what_cannot_be_understood_is_told(
    tmp_path: Path, kart: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["arbeidsflyt", "migrer", *arguments, "--kart", str(kart), "--data", str(tmp_path)]) == 1
    assert message in capsys.readouterr().err


def test_a_missing_map_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate(tmp_path, tmp_path / "borte.json") == 1
    assert "borte.json kan ikke leses" in capsys.readouterr().err


def test_a_definition_is_told_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arbeidsflyt", "vis", "reguleringsplan"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Reguleringsplan (reguleringsplan versjon 1, reguleringsplan.scxml)"
    assert "  Felt: Plannavn (tekst, må fylles ut)" in lines
    assert "  Fristen på 42 dager: Plan- og bygningsloven § 12-10: minst seks uker." in lines
    assert "Høring og offentlig ettersyn (hoering)" in lines


def test_an_unknown_definition_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arbeidsflyt", "vis", "ukjent"]) == 1
    assert "Arbeidsflyten «ukjent» finnes ikke. Kjente: behandling 1" in capsys.readouterr().err


def test_the_check_plays_runs_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arbeidsflyt", "sjekk", "--loep", str(GOLDEN)]) == 0
    assert "Prøveløp for 10 arbeidsflyter er kjørt." in capsys.readouterr().out
    runs = (GOLDEN / "henvendelse.txt").read_text(encoding="utf-8")
    (tmp_path / "henvendelse.txt").write_text(runs.replace("| besvart |", "| lukket |", 1), encoding="utf-8")
    assert main(["arbeidsflyt", "sjekk", "--loep", str(tmp_path)]) == 1
    assert "saken kommer til «besvart», ikke «lukket»" in capsys.readouterr().err


def test_a_folder_without_runs_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arbeidsflyt", "sjekk", "--loep", str(tmp_path)]) == 1
    assert "har ingen prøveløp" in capsys.readouterr().err
