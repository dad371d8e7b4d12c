"""Processes that write cases and index them until they are killed.

Run as a program it reads the product's code once, and then for each line on its standard input, `NAME SECONDS`, forks
such a process, kills it so long after it began to write, and answers with a line.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from factories import raad
from saksbehandling import config
from saksbehandling.assembly import Parts
from saksbehandling.config import Settings
from saksbehandling.tjenester import Tjenester

BEGYNT = b"."


class Draper:
    """`lagret`: the cases whose storing was confirmed to a process that was killed after it."""

    def __init__(self, program: subprocess.Popen[str], kvittering: Path) -> None:
        self._program = program
        self._kvittering = kvittering

    def drep(self, navn: str, etter: float) -> None:
        """Start a process whose cases are called so, and kill it `etter` seconds after it began to write."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(f"{navn} {etter}\n")
        self._program.stdin.flush()
        assert self._program.stdout.readline().strip() == navn

    def lagret(self) -> set[int]:
        return set(map(int, self._kvittering.read_text().split()))


@contextmanager
def draper(settings: Settings, kvittering: Path) -> Iterator[Draper]:
    argumenter = [str(settings.data_dir), settings.database_url, str(kvittering)]
    tests = Path(__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-m", "factories.drept", *argumenter],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tests,
    ) as program:
        yield Draper(program, kvittering)
        program.kill()


def _ta_livet_av_en(given: dict[str, object], kvittering: str, navn: str, etter: float) -> None:
    her, der = os.pipe()
    barn = os.fork()
    if barn == 0:
        os.close(her)
        _skriv(given, kvittering, navn, der)
    os.close(der)
    begynt = os.read(her, 1)
    time.sleep(etter)
    os.kill(barn, signal.SIGKILL)
    os.waitpid(barn, 0)
    os.close(her)
    if begynt != BEGYNT:
        sys.exit("Prosessen døde før den fikk begynt.")


def _skriv(given: dict[str, object], kvittering: str, navn: str, klar: int) -> None:
    parts = Parts(lambda: config.load(given, {}))
    bok = os.open(kvittering, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    parts.worker().toem()
    os.write(klar, BEGYNT)
    for nummer in count():
        lagret = _skriv_sak(parts, f"{navn} {nummer}")
        os.write(bok, f"{lagret}\n".encode())
        parts.worker().toem()


def _skriv_sak(parts: Parts, tittel: str) -> int:
    with parts.session() as session:
        sak = raad.sak(Tjenester(parts.felles, session), tittel, godkjent=False)
        session.flush()
        return sak.id


def _les_koden(given: dict[str, object]) -> None:
    """Much of it is read when it is first used."""
    parts = Parts(lambda: config.load(given, {}))
    _skriv_sak(parts, "Først")
    parts.worker().toem()
    parts.close()


def main(mappe: str, url: str, kvittering: str) -> None:
    given: dict[str, object] = {"data_dir": mappe, "database_url": url, "worker_in_process": False}
    _les_koden(given)
    svar = os.dup(1)
    os.dup2(2, 1)  # what is logged is no answer
    for linje in sys.stdin:
        navn, etter = linje.split()
        _ta_livet_av_en(given, kvittering, navn, float(etter))
        os.write(svar, f"{navn}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
