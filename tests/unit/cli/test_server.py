"""`saksbehandling server`, as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from saksbehandling import config
from saksbehandling.assembly import Parts
from saksbehandling.cli import main
from saksbehandling.cli.server import _working


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
    address = said.split()[-1]
    with ExitStack() as idle:
        for _ in range(150):  # what the browsers of a council keep open between two questions
            idle.enter_context(socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)))
        with urllib.request.urlopen(address + "helse", timeout=30) as answer:
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


@pytest.mark.parametrize("in_process", [True, False])
def test_the_worker_runs_with_the_server_unless_others_do_its_work(tmp_path: Path, in_process: bool) -> None:
    parts = Parts(partial(config.load, {"data_dir": tmp_path, "worker_in_process": in_process}, {}))
    with _working(parts):
        assert ("arbeider" in {thread.name for thread in threading.enumerate()}) is in_process
    assert "arbeider" not in {thread.name for thread in threading.enumerate()}
