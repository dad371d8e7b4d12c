"""A real cluster of OpenSearch nodes on this machine; `make opensearch` fetches what it is made of."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
import urllib3

KLASSESTI = os.environ.get("SAKSBEHANDLING_TEST_OPENSEARCH", "")
NODER = 3
# What a test of it is marked with, also where it is one of several engines.
trenger_klynge = pytest.mark.skipif(not KLASSESTI, reason="Trenger OpenSearch; kjør «make opensearch».")
_KILDE = Path(__file__).with_name("Klynge.java")
_MINNE = ("-Xms512m", "-Xmx1g")


class Klynge:
    """`servere`: the addresses of the nodes."""

    def __init__(self, prosess: subprocess.Popen[str], port: int) -> None:
        assert prosess.stdin
        assert prosess.stdout
        self._inn: IO[str] = prosess.stdin
        self._ut: IO[str] = prosess.stdout
        self.servere = [f"http://127.0.0.1:{port + nummer}" for nummer in range(NODER)]

    def vent_paa(self, ord_: str) -> None:
        """Raises `RuntimeError` if the cluster has ended instead."""
        if not any(linje.strip() == ord_ for linje in self._ut):
            raise RuntimeError("OpenSearch stanset; se hva det skrev.")

    def vent_paa_alle(self) -> None:
        """Until all nodes have found each other."""
        sunn = f"{self.servere[0]}/_cluster/health?wait_for_nodes={NODER}&timeout=60s"
        if urllib3.request("GET", sunn, timeout=70).json()["number_of_nodes"] != NODER:
            raise RuntimeError("Nodene fant ikke hverandre.")

    def stopp(self, nummer: int) -> None:
        """Stop a node, counted from 1."""
        self._inn.write(f"stopp {nummer}\n")
        self._inn.flush()
        self.vent_paa("stoppet")


@contextmanager
def klynge(mappe: Path) -> Iterator[Klynge]:
    """Three nodes with their files in `mappe`, which is empty; they end with the block."""
    port = _ledig()
    sti = Path(KLASSESTI).read_text(encoding="utf-8").strip()
    kommando = ["java", *_MINNE, "-cp", sti, str(_KILDE), str(mappe / "noder"), str(NODER), str(port)]
    with (mappe / "feil.txt").open("w") as feil:
        prosess = subprocess.Popen(kommando, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=feil, text=True)
    try:
        startet = Klynge(prosess, port)
        startet.vent_paa("klar")
        startet.vent_paa_alle()
        yield startet
    finally:
        prosess.kill()
        prosess.wait()
        for fil in (prosess.stdin, prosess.stdout):
            fil.close()  # type: ignore[union-attr]


def _ledig() -> int:
    """A port that is free, and so are most likely those that follow."""
    with socket.socket() as proeve:
        proeve.bind(("127.0.0.1", 0))
        return int(proeve.getsockname()[1])
