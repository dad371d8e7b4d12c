"""Settings: which source wins, and what each mistake says."""

from __future__ import annotations

import stat
from dataclasses import asdict
from pathlib import Path

import pytest

from saksbehandling import config
from saksbehandling.errors import SetupError

DRIFT = Path(__file__).parents[2] / "docs" / "drift.md"


def write_ini(folder: Path, text: str) -> Path:
    path = folder / "saksbehandling.ini"
    path.write_text(f"[saksbehandling]\n{text}\n", encoding="utf-8")
    return path


def test_the_defaults_are_an_embedded_installation(tmp_path: Path) -> None:
    settings = config.load({"data_dir": tmp_path}, {})
    assert settings.database_url == f"sqlite:///{tmp_path}/saksbehandling.db"
    assert (settings.search_engine, settings.port, settings.worker_in_process) == ("whoosh", 8000, True)
    assert settings.base_url == "http://localhost:8000"
    assert settings.embedded
    assert not settings.https


def test_each_later_source_wins(tmp_path: Path) -> None:
    write_ini(tmp_path, "kommune = Fra fil\nport = 1001\nthreads = 3")
    environ = {"SAKSBEHANDLING_KOMMUNE": "Fra miljø", "SAKSBEHANDLING_PORT": "1002"}
    settings = config.load({"data_dir": tmp_path, "port": 1003}, environ)
    assert (settings.threads, settings.kommune, settings.port) == (3, "Fra miljø", 1003)


def test_a_named_ini_file_places_the_data_directory_beside_itself(tmp_path: Path) -> None:
    ini = write_ini(tmp_path, "data_dir = data")
    assert config.load({}, {"SAKSBEHANDLING_INI": str(ini)}).data_dir == tmp_path / "data"
    assert config.load({}, {}, ini).data_dir == tmp_path / "data"


def test_settings_can_be_given_back_as_they_are(tmp_path: Path) -> None:
    settings = config.load({"data_dir": tmp_path, "worker_in_process": False}, {})
    assert config.load(asdict(settings), {}) == settings


def test_a_program_is_found_named_or_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert config.load({"data_dir": tmp_path}, {}).office is None
    program = tmp_path / "soffice"
    program.touch(mode=0o755)
    assert config.load({"data_dir": tmp_path}, {}).office == program
    assert config.load({"data_dir": tmp_path, "libreoffice": program}, {}).office == program
    assert config.load({"data_dir": tmp_path, "libreoffice": "av"}, {}).office is None
    with pytest.raises(SetupError, match="ikke et program"):
        config.load({"data_dir": tmp_path, "libreoffice": tmp_path / "borte"}, {})


def test_a_store_is_the_disk_or_a_bucket(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="s3://"):
        config.load({"data_dir": tmp_path, "file_store": "ftp://arkivet"}, {})


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    first = config.load({"data_dir": tmp_path}, {})
    assert len(first.secret) >= 32
    assert config.load({"data_dir": tmp_path}, {}).secret == first.secret
    assert stat.S_IMODE((tmp_path / "hemmelighet").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["hemmelighet"]


def test_secrets_are_not_printed(tmp_path: Path) -> None:
    settings = config.load(
        {"data_dir": tmp_path, "database_url": "postgresql://anne:passordet@vert/saker", "secret": "h" * 40}, {}
    )
    assert "passordet" not in repr(settings)
    assert "hhh" not in repr(settings)


def test_postgresql_always_goes_through_psycopg(tmp_path: Path) -> None:
    settings = config.load({"data_dir": tmp_path, "database_url": "postgresql://anne:hei@vert/saker"}, {})
    assert settings.database_url == "postgresql+psycopg://anne:hei@vert/saker"
    assert not settings.embedded


def test_an_address_loses_its_final_slash(tmp_path: Path) -> None:
    settings = config.load({"data_dir": tmp_path, "base_url": "https://saker.example/"}, {})
    assert settings.base_url == "https://saker.example"
    assert settings.https


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "åtti", "helt tall fra 0 til 65535"),
        ("PORT", "65536", "helt tall fra 0 til 65535"),
        ("PORT", "-1", "helt tall"),
        ("PORT", " ", "er tom"),
        ("WORKER_IN_PROCESS", "kanskje", "ja eller nei"),
        ("SEARCH_ENGINE", "google", "whoosh, tantivy, opensearch, null"),
        ("OPENSEARCH_SERVERS", "http://en:9200,to", "med komma mellom"),
        ("OPENSEARCH_INDEX", "Nord.våg", "små bokstaver"),
        ("DATABASE_URL", "hemmelig passord", "postgresql://"),
        ("DATABASE_URL", "mysql://vert/saker", "mysql støttes ikke"),
        ("BASE_URL", "saker.example", "ikke en nettadresse"),
        ("SECRET", "kort", "minst 32 tegn"),
        ("PROT", "8000", "ingen slik innstilling"),
    ],
)
def test_a_wrong_variable_is_named_with_what_to_do(tmp_path: Path, name: str, value: str, says: str) -> None:
    with pytest.raises(SetupError, match=f"SAKSBEHANDLING_{name}.*{says}") as caught:
        config.load({"data_dir": tmp_path}, {f"SAKSBEHANDLING_{name}": value})
    assert "hemmelig passord" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[saksbehandling]\nport = x", r"saksbehandling\.ini, \[saksbehandling\] port: «x»"),
        ("[saksbehandling]\nkommune =", "kommune: innstillingen er tom"),
        ("[saksbehandling]\nfarge = blå", "farge: det finnes ingen slik innstilling"),
        ("[annet]\nport = 1", r"mangler delen \[saksbehandling\]"),
        ("port = 1", "ikke en gyldig ini-fil"),
    ],
)
def test_a_wrong_ini_file_is_named_with_the_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "saksbehandling.ini").write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=says):
        config.load({"data_dir": tmp_path}, {})


def test_an_ini_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"borte\.ini kan ikke leses"):
        config.load({}, {}, tmp_path / "borte.ini")


def test_a_data_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(SetupError, match="kan ikke lages"):
        config.load({"data_dir": tmp_path / "fil" / "data"}, {})


def test_an_emptied_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hemmelighet").write_text("")
    with pytest.raises(SetupError, match="for kort"):
        config.load({"data_dir": tmp_path}, {})


def test_every_setting_is_documented_with_its_default() -> None:
    rows = [line.split("|") for line in DRIFT.read_text("utf-8").splitlines() if line.startswith("| `")]
    documented = {row[1].strip(" `"): row[2].strip(" `") for row in rows}
    missing = {name: default for name, default in config.DEFAULTS.items() if documented.get(name) != (default or "–")}
    assert not missing
    assert set(documented) == set(config.DEFAULTS)


@pytest.mark.parametrize(
    "value", ["post.example", "http://post.example", "smtp://", "smtp://vert:0", "smtp://vert:nei"]
)
def test_a_mail_server_that_is_none_is_refused_without_showing_its_password(tmp_path: Path, value: str) -> None:
    with pytest.raises(SetupError, match="smtp://bruker:passord@vert:587"):
        config.load({"data_dir": tmp_path, "smtp": value}, {})


def test_letters_come_from_the_site_unless_told_otherwise(tmp_path: Path) -> None:
    settings = config.load({"data_dir": tmp_path, "smtp": "smtp://post.example", "base_url": "https://sak.example"}, {})
    assert (settings.sends_mail, settings.epost_fra) == (True, "ikke-svar@sak.example")
    assert not config.load({"data_dir": tmp_path}, {}).sends_mail
