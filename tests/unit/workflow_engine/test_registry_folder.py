"""The municipality's own versions of the definitions, in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
import structlog.testing

from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.definition import read_definition
from saksbehandling.workflow_engine.registry import Registry

BODY = """
<sb:hendelse navn="ferdig" nb="Ferdig" nn="Ferdig" en="Done"/>
<state id="a"><sb:tittel nb="A" nn="A" en="A"/><transition event="ferdig" target="slutt" sb:roller="{}"/></state>
<final id="slutt"><sb:tittel nb="Slutt" nn="Slutt" en="End"/></final>
"""

Source = Callable[..., bytes]


@pytest.fixture
def made(source: Source) -> Callable[..., bytes]:
    def make(version: int = 1, roles: str = "sjef skriver") -> bytes:
        return source(BODY.format(roles)).replace(b'versjon="1"', f'versjon="{version}"'.encode())

    return make


@pytest.fixture
def registry(made: Source) -> Registry:
    registry = Registry()
    registry.add_definition(read_definition("proeve.scxml", made()))
    return registry


def put(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)


def test_no_folder_is_no_versions(registry: Registry, tmp_path: Path) -> None:
    registry.load_folder(tmp_path / "arbeidsflyt")
    assert registry.chart("proeve").versjon == 1


def test_a_version_in_the_folder_is_the_newest_and_the_old_one_stays(
    registry: Registry, made: Source, tmp_path: Path
) -> None:
    first = registry.chart("proeve")
    put(tmp_path, "proeve.2.scxml", made(2))
    registry.load_folder(tmp_path)
    assert registry.chart("proeve").versjon == 2
    assert registry.chart("proeve", 1) is first
    found = registry.definition(registry.chart("proeve"))
    assert found is not None
    assert found.content == made(2)


def test_a_version_that_another_process_saved_is_found(registry: Registry, made: Source, tmp_path: Path) -> None:
    folder = tmp_path / "arbeidsflyt"
    registry.load_folder(folder)
    put(folder, "proeve.2.scxml", made(2))
    assert registry.chart("proeve", 2).versjon == 2
    put(folder, "proeve.3.scxml", made(3))
    assert registry.chart("proeve").versjon == 3


def test_two_processes_agree_on_the_newest_also_within_one_tick_of_the_clock(
    source: Source, made: Source, tmp_path: Path
) -> None:
    first, second = Registry(), Registry()
    for each in (first, second):
        each.add_definition(read_definition("proeve.scxml", made()))
        each.load_folder(tmp_path)
    for version in range(2, 9):
        put(tmp_path, f"proeve.{version}.scxml", made(version))
        os.utime(tmp_path, ns=(0, 0))
        assert first.chart("proeve").versjon == version
        assert second.chart("proeve", version).versjon == version


def test_a_bad_file_that_turns_up_later_is_logged_once_and_the_known_ones_go_on(
    registry: Registry, made: Source, tmp_path: Path
) -> None:
    registry.load_folder(tmp_path)
    put(tmp_path, "proeve.2.scxml", b"<scxml")
    with structlog.testing.capture_logs() as logs:
        assert registry.chart("proeve").versjon == 1
        assert registry.chart("proeve").versjon == 1
    assert ["proeve.2.scxml:1" in each["feil"] for each in logs] == [True]
    put(tmp_path, "proeve.2.scxml", made(2))
    assert registry.chart("proeve").versjon == 2


def test_the_same_file_again_is_no_fault(registry: Registry, made: Source, tmp_path: Path) -> None:
    put(tmp_path, "proeve.1.scxml", made())
    registry.load_folder(tmp_path)
    registry.load_folder(tmp_path)
    assert len(registry.charts()) == 1


@pytest.mark.parametrize(
    ("name", "version", "roles", "message"),
    [
        ("proeve.1.scxml", 1, "sjef", "versjon 1 finnes allerede"),
        ("proeve.3.scxml", 3, "ingen", "rollen «ingen» er ikke erklært"),
    ],
)
def test_a_bad_file_takes_nothing_in(
    registry: Registry, made: Source, tmp_path: Path, name: str, version: int, roles: str, message: str
) -> None:
    put(tmp_path, "proeve.2.scxml", made(2))
    put(tmp_path, name, made(version, roles))
    with pytest.raises(SetupError, match=message):
        registry.load_folder(tmp_path)
    assert [chart.versjon for chart in registry.charts()] == [1]


def test_a_trial_checks_the_whole_and_changes_nothing(registry: Registry, made: Source) -> None:
    better = registry.trial(read_definition("proeve.2.scxml", made(2)))
    assert better.chart("proeve").versjon == 2
    assert registry.chart("proeve").versjon == 1
    condition = made(2).replace(b'event="ferdig" target', b'event="ferdig" cond="finnes_ikke" target')
    with pytest.raises(SetupError, match="«finnes_ikke» er ikke registrert"):
        registry.trial(read_definition("proeve.2.scxml", condition))
