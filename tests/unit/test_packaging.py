"""The wheel: it holds everything, and the product runs from it alone, outside the checkout."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Where each folder of the checkout is found in the installed package.
PLACES = {
    "src/saksbehandling": "saksbehandling",
    "workflows": "saksbehandling/workflows",
    "templates": "saksbehandling/templates",
    "search_index": "saksbehandling/search_index",
}
MADE = shutil.ignore_patterns("__pycache__", "*.egg-info", ".made")


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def packages_on_disk() -> set[str]:
    return {
        ".".join([place.replace("/", "."), *init.parent.relative_to(ROOT / folder).parts])
        for folder, place in PLACES.items()
        for init in (ROOT / folder).rglob("__init__.py")
    }


def in_wheel(path: str) -> str:
    for folder, place in PLACES.items():
        if path.startswith(folder + "/"):
            return place + path.removeprefix(folder)
    raise AssertionError(path)


def test_setup_cfg_lists_the_packages_that_there_are() -> None:
    listed = setup_cfg()["options"]["packages"].split()
    assert set(listed) == packages_on_disk()
    assert listed == sorted(listed)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing old in build/ gets in and nothing is left behind."""
    copy, made = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for folder in ("src", "workflows", "templates", "search_index"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=MADE)
    for file in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(made), str(copy))
    (found,) = made.glob("saksbehandling-*.whl")
    return found


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.packaging
def test_every_tracked_file_is_in_the_wheel(wheel: Path, krev: Callable[[str], str]) -> None:
    git = krev("git")
    listing = subprocess.run([git, "ls-files", *PLACES], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tracked = {in_wheel(path) for path in listing.splitlines() if (ROOT / path).exists()}
    assert len(tracked) > 50
    assert tracked - set(zipfile.ZipFile(wheel).namelist()) == set()


@pytest.mark.packaging
def test_the_wheel_carries_the_fetched_look(wheel: Path, krev: Callable[[str], str]) -> None:
    vendor = Path(krev("utseende"))
    fetched = {in_wheel(str(path.relative_to(ROOT))) for path in vendor.rglob("*.css")}
    assert fetched
    assert fetched <= set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel; the libraries are borrowed from ours, behind its own packages.

    A folder that a .pth file names is searched, but its own .pth files are not read: our editable install stays out.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv")
    python = home / "venv" / "bin" / "python"
    pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True
    ).stdout.strip()
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


@pytest.fixture
def environ() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("SAKSBEHANDLING_", "PYTHON"))}


@pytest.mark.packaging
def test_the_product_comes_from_the_wheel(installed: Path, environ: dict[str, str]) -> None:
    program = "import saksbehandling, saksbehandling.templates as t; print(saksbehandling.__file__, t.__file__)"
    python = installed / "venv" / "bin" / "python"
    shown = subprocess.run([python, "-c", program], cwd=installed, env=environ, capture_output=True, text=True)
    assert [path.startswith(str(installed)) for path in shown.stdout.split()] == [True, True], shown.stderr


@pytest.fixture
def address(installed: Path, tmp_path: Path, environ: dict[str, str]) -> Iterator[str]:
    """A server from the wheel, in an empty data directory."""
    log = tmp_path / "stderr"
    command = [installed / "venv" / "bin" / "saksbehandling", "server", "--data", tmp_path / "data", "--port", "0"]
    with log.open("w") as stderr:
        server = subprocess.Popen(command, cwd=installed, env=environ, stdout=subprocess.PIPE, stderr=stderr, text=True)
    with server:
        said = server.stdout.readline()  # type: ignore[union-attr]
        assert "http://" in said, log.read_text()
        yield said.split()[-1]
        server.terminate()


@pytest.mark.packaging
def test_the_installed_product_answers(address: str) -> None:
    with urllib.request.urlopen(address + "helse") as answer:
        assert json.load(answer)["status"] == "ok"
    with urllib.request.urlopen(address) as answer:
        assert "<html" in answer.read().decode()
