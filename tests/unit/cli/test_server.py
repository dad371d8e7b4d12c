"""`saksbehandling server`, as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from saksbehandling.cli import main


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "saksbehandling.cli", "--data", str(tmp_path), "server", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        yield process
        process.kill()


def test_it_says_where_it_is_answers_and_stops_when_told(server: subprocess.Popen[str]) -> None:
    said = server.stdout.readline()  # type: ignore[union-attr]
    assert said.startswith("Saksbehandling er klar på http://127.0.0.1:")
    with urllib.request.urlopen(said.split()[-1] + "helse") as answer:
        assert json.load(answer)["status"] == "ok"
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0


def test_a_port_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--data", str(tmp_path), "server", "--port", str(port)]) == 1
    assert f"Kan ikke lytte på 127.0.0.1:{port}" in capsys.readouterr().err
