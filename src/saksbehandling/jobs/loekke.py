"""What all workers do: round after round in a thread of their own, until they are stopped."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

import structlog

from saksbehandling.errors import SaksbehandlingError

logg = structlog.get_logger(__name__)
PAUSE_SEKUNDER = 0.2
PAUSE_ETTER_FEIL_SEKUNDER = 5.0


class Loekke(ABC):
    """`navn`: of its thread."""

    def __init__(self, navn: str) -> None:
        self._navn = navn
        self._feilet = False
        self._stopp = threading.Event()
        self._traad: threading.Thread | None = None

    @abstractmethod
    def _arbeid(self) -> Sequence[Callable[[], int]]:
        """What is done in a round; each gives the number of tasks that it did."""

    def start(self) -> None:
        self._traad = threading.Thread(target=self._kjoer, name=self._navn, daemon=True)
        self._traad.start()

    def stopp(self) -> None:
        """Let the running task finish, then stop; what is left waits in the outbox for the next start."""
        self._stopp.set()
        if self._traad is not None:
            self._traad.join(timeout=30)

    def toem(self) -> int:
        """Do everything that waits; returns the number of tasks. Raises nothing: a failed task waits for a new try."""
        utfoert = 0
        while antall := self.en_runde():
            utfoert += antall
        return utfoert

    def en_runde(self) -> int:
        """One round; returns how many tasks were done. What fails is logged, and stops nothing else."""
        self._feilet = False
        return sum(self._trygt(ett) for ett in self._arbeid())

    def _kjoer(self) -> None:
        while not self._stopp.is_set():
            if not self.en_runde():
                self._stopp.wait(PAUSE_ETTER_FEIL_SEKUNDER if self._feilet else PAUSE_SEKUNDER)

    def _trygt(self, arbeid: Callable[[], int]) -> int:
        try:
            return arbeid()
        except SaksbehandlingError as feil:  # such as an index that another process writes just now
            logg.warning("arbeid_utsatt", feil=str(feil))
        except Exception:
            logg.exception("arbeider_feilet")
        self._feilet = True
        return 0
