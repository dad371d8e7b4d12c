"""What many screens ask for over and over, answered from memory: has the meeting changed, and how does it look now.

Each process asks the database for the number of the last change at most ten times a second, however many ask it; and
reads the whole meeting once for each new number. Nothing here needs to survive: after a restart it is read again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from saksbehandling.direkte.bilde import Moetebilde

FERSK_SEKUNDER = 0.1


class Direktevakt:
    """`les_sekvens`, `les_bilde`: read from the database, given the id of a meeting; None where it is not held live."""

    def __init__(
        self,
        les_sekvens: Callable[[int], int | None],
        les_bilde: Callable[[int], Moetebilde | None],
        naa: Callable[[], float] = time.monotonic,
    ) -> None:
        self._les_sekvens = les_sekvens
        self._les_bilde = les_bilde
        self._naa = naa
        self._sekvenser: dict[int, tuple[int, float]] = {}
        self._bilder: dict[int, Moetebilde] = {}
        self._leser = threading.Lock()
        self._tegner = threading.Lock()

    def sekvens(self, moete_id: int) -> int | None:
        """The number of the last change, a tenth of a second old at most; others do not wait while one thread reads."""
        kjent = self._sekvenser.get(moete_id)
        if kjent is not None and self._naa() - kjent[1] < FERSK_SEKUNDER:
            return kjent[0]
        if not self._leser.acquire(blocking=kjent is None):
            return kjent[0] if kjent else None
        try:
            return self._les(moete_id)
        finally:
            self._leser.release()

    def bilde(self, moete_id: int, minst: int) -> Moetebilde | None:
        """The meeting as it was at change number `minst` or later."""
        kjent = self._bilder.get(moete_id)
        if kjent is not None and kjent.sekvens >= minst:
            return kjent
        with self._tegner:
            kjent = self._bilder.get(moete_id)
            if kjent is None or kjent.sekvens < minst:
                kjent = self._les_bilde(moete_id)
                if kjent is not None:
                    self._bilder[moete_id] = kjent
            return kjent

    def _les(self, moete_id: int) -> int | None:
        lest = self._naa()
        sekvens = self._les_sekvens(moete_id)
        if sekvens is not None:
            self._sekvenser[moete_id] = (sekvens, lest)
        return sekvens
