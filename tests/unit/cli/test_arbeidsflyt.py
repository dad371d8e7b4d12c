"""`saksbehandling arbeidsflyt sjekk`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from saksbehandling.cli import main
from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.registry import Registry


def test_every_definition_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arbeidsflyt", "sjekk", "--data", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "Ingen feil."
    assert len(lines) - 1 == len(Registry.load().charts())


def test_a_fault_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_registry: Registry) -> None:
        raise SetupError("politisk_sak.scxml, linje 7: vilkåret «x» er ikke registrert.")

    monkeypatch.setattr(Registry, "check", fail)
    assert main(["arbeidsflyt", "sjekk", "--data", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert "linje 7" in captured.err
    assert "Ingen feil" not in captured.out


SAK = (resources.files("saksbehandling.workflows") / "politisk_sak.scxml").read_bytes().replace(b'jon="1"', b'jon="2"')
BOMBE = b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("n"))
)
DAARLIGE = {
    "brutt XML": (SAK[: len(SAK) // 2], "filen er ikke gyldig XML"),
    "ukjent vilkår": (SAK.replace(b'cond="', b'cond="finnes_ikke and '), "vilkåret «finnes_ikke» er ikke registrert"),
    "tilstand utenfor": (
        SAK.replace(b"</scxml>", b'<final id="oey"><sb:tittel nb="A" nn="A" en="A"/></final></scxml>'),
        "tilstanden «oey» kan aldri nås",
    ),
    "entitetsbombe": (BOMBE + b"]><scxml name='&m;'/>", "ny.scxml:"),
    "ti megabyte": (SAK + b" " * 10_000_000, "En definisjon kan ha høyst 524288 byte"),
}


def test_a_file_is_checked_before_it_is_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ny.scxml"
    for content, told in ((SAK, ""), *DAARLIGE.values()):
        file.write_bytes(content)
        assert main(["arbeidsflyt", "sjekk", "--data", str(tmp_path / "data"), str(file)]) == bool(told)
        written = capsys.readouterr()
        assert told in written.err
        assert ("politisk_sak versjon 2" in written.out) is not bool(told)
    assert not (tmp_path / "data" / "arbeidsflyt").exists()


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["arbeidsflyt", "sjekk", "--data", str(tmp_path), str(tmp_path / "borte.scxml")]) == 1
    assert "borte.scxml kan ikke leses" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["arbeidsflyt", "sjekk"], ["server", "--port", "0"]], ids=["sjekk", "server"])
def test_a_bad_definition_in_the_data_folder_stops_with_a_clear_message(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "arbeidsflyt").mkdir()
    for what, (content, message) in DAARLIGE.items():
        (tmp_path / "arbeidsflyt" / "ny.scxml").write_bytes(content)
        assert main([*command, "--data", str(tmp_path)]) == 1, what
        told = capsys.readouterr()
        assert message in told.err
        assert "ny.scxml:" in told.err
        assert "Traceback" not in told.err
        assert "Ingen feil" not in told.out
