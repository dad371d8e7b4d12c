"""`saksbehandling arbeidsflyt sjekk`."""

from __future__ import annotations

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
