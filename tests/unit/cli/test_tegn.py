"""`saksbehandling arbeidsflyt tegn`."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from saksbehandling.cli import main


def test_a_diagram_is_written_as_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, data = tmp_path / "sak.svg", tmp_path / "data"
    given = ["--data", str(data), "politisk_sak", "-o", str(file), "--spraak", "nn"]
    assert main(["arbeidsflyt", "tegn", *given]) == 0
    text = file.read_text(encoding="utf-8")
    assert "Utgreiing" in text
    assert ".diagram-ramme" in text
    ElementTree.fromstring(text.encode())
    assert capsys.readouterr().out.startswith(f"{file}: politisk_sak versjon ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["finnes_ikke", "-o", "x.svg"], "finnes ikke"),
        (["politisk_sak", "-o", "mangler/mappe/x.svg"], "Velg en annen fil"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["arbeidsflyt", "tegn", "--data", "data", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["data"]
