"""The worker: what fails is counted and tried again, and stops nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling import db
from saksbehandling.clock import FixedClock
from saksbehandling.errors import Conflict
from saksbehandling.jobs.indeksering import Enhet
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import VENTETID, UtboksService
from saksbehandling.jobs.worker import Arbeider
from saksbehandling.utvalg.models import Parti

Oppgavedata = Mapping[str, Any]


class Indeks:
    """Remembers what it was told. `uleselige`: cases that cannot be read. `feil`: raised instead of writing."""

    def __init__(self) -> None:
        self.merke = 0
        self.saker: list[int] = []
        self.fjernet: list[str] = []
        self.uleselige: set[int] = set()
        self.feil: Exception | None = None

    def vannmerke(self, _session: Session) -> int:
        return self.merke

    def oppdater(
        self, _session: Session, enheter: Sequence[Enhet], fjernet: Sequence[str], vannmerke: int
    ) -> dict[Enhet, str]:
        if self.feil:
            raise self.feil
        self.saker += [sak.id for sak in enheter if sak.id not in self.uleselige]
        self.fjernet += fjernet
        self.merke = vannmerke
        return {sak: "ødelagt" for sak in enheter if sak.id in self.uleselige}


class Verksted:
    """A worker on a real database, and what it did."""

    def __init__(self, engine: sa.Engine, klokke: FixedClock) -> None:
        self.sesjoner = sessionmaker(engine)
        self.klokke = klokke
        self.indeks = Indeks()
        self.laget: list[int] = []
        self.feiler: dict[int, Exception] = {}
        self.frister: Callable[[Session], int] = lambda _session: 0
        self.underveis: Callable[[], object] = lambda: None

    @property
    def arbeider(self) -> Arbeider:
        lesere = sessionmaker(db.reader(self.sesjoner.kw["bind"]))
        behandlere = {Oppgavetype.LAG_PROTOKOLL: self._lag}
        return Arbeider(self.sesjoner, lesere, self.klokke, self.indeks, behandlere, lambda s: self.frister(s))  # type: ignore[arg-type]

    def _lag(self, session: Session, nyttelast: Oppgavedata) -> None:
        nummer = nyttelast["protokoll_id"]
        session.add(Parti(kode=f"spor {nummer}", navn=""))
        session.flush()
        self.underveis()
        if nummer in self.feiler:
            raise self.feiler[nummer]
        self.laget.append(nummer)

    def be_om(self, *numre: int) -> None:
        self._legg_til(Oppgavetype.LAG_PROTOKOLL, [{"protokoll_id": nummer} for nummer in numre])

    def be_om_indeksering(self, *saker: int, fjernet: Sequence[str] = ()) -> None:
        alle = [{"saksmappe_id": sak, "fjernet": list(fjernet)} for sak in saker]
        self._legg_til(Oppgavetype.INDEKSER, alle)

    def _legg_til(self, slag: Oppgavetype, nyttelaster: Sequence[Oppgavedata]) -> None:
        for nyttelast in nyttelaster:
            with self.sesjoner.begin() as session:
                UtboksService(session, self.klokke).legg_til(slag, nyttelast)

    def spor(self) -> list[str]:
        """What the tasks left in the database."""
        with self.sesjoner() as session:
            return list(session.scalars(sa.select(Parti.kode).order_by(Parti.id)))

    def rader(self) -> list[tuple[int, bool, str | None]]:
        """Of each task: attempts, whether it is done, its error."""
        with self.sesjoner() as session:
            alle = session.scalars(sa.select(Utboks).order_by(Utboks.id))
            return [(rad.forsoek, rad.utfoert is not None, rad.feil) for rad in alle]


@pytest.fixture
def verksted(engine: sa.Engine, klokke: FixedClock) -> Verksted:
    return Verksted(engine, klokke)


def test_everything_that_waits_is_done_once(verksted: Verksted) -> None:
    verksted.be_om(1, 2)
    verksted.be_om_indeksering(7, 8, 7, fjernet=["votering:3"])
    assert verksted.arbeider.toem() == 5
    assert verksted.laget == [1, 2]
    assert verksted.indeks.saker == [7, 8]
    assert set(verksted.indeks.fjernet) == {"votering:3"}
    assert verksted.indeks.merke == 5
    assert verksted.arbeider.toem() == 0
    assert verksted.laget == [1, 2]


def test_a_failing_task_is_counted_undone_and_stops_no_other(verksted: Verksted) -> None:
    verksted.feiler = {1: ValueError("malen mangler"), 2: OSError("full disk")}
    verksted.be_om(1, 2, 3)
    verksted.be_om_indeksering(7)
    assert verksted.arbeider.toem() == 2
    assert (verksted.laget, verksted.indeks.saker) == ([3], [7])
    assert verksted.spor() == ["spor 3"]
    assert verksted.rader() == [(1, False, "malen mangler"), (1, False, "full disk"), (0, True, None), (0, True, None)]


def test_a_failing_task_is_tried_again_when_its_time_has_come(verksted: Verksted) -> None:
    verksted.feiler = {1: ValueError("malen mangler")}
    verksted.be_om(1)
    verksted.arbeider.toem()
    verksted.feiler = {}
    assert verksted.arbeider.toem() == 0
    verksted.klokke.set(verksted.klokke.now() + VENTETID[1])
    assert verksted.arbeider.toem() == 1
    assert verksted.rader() == [(1, True, None)]


def test_a_case_that_cannot_be_read_keeps_no_other_out_of_the_index(verksted: Verksted) -> None:
    verksted.indeks.uleselige = {7}
    verksted.be_om_indeksering(7, 8)
    assert verksted.arbeider.toem() == 1
    assert verksted.indeks.saker == [8]
    assert verksted.rader() == [(1, False, "ødelagt"), (0, True, None)]
    verksted.indeks.uleselige = set()
    verksted.klokke.set(verksted.klokke.now() + VENTETID[1])
    assert verksted.arbeider.toem() == 1
    assert verksted.indeks.saker == [8, 7]


@pytest.mark.parametrize("feil", [Conflict("Indeksen skrives av en annen."), RuntimeError("ødelagt indeks")])
def test_an_index_that_cannot_be_written_leaves_its_tasks_waiting(verksted: Verksted, feil: Exception) -> None:
    verksted.indeks.feil = feil
    verksted.be_om(1)
    verksted.be_om_indeksering(7)
    assert verksted.arbeider.toem() == 1
    assert verksted.rader()[1] == (0, False, None)
    verksted.indeks.feil = None
    assert verksted.arbeider.toem() == 1
    assert verksted.indeks.saker == [7]


def test_a_deadline_that_cannot_be_fired_stops_nothing_else(verksted: Verksted) -> None:
    def krasj(_session: Session) -> int:
        raise RuntimeError("fristen peker ingen steder")

    verksted.frister = krasj
    verksted.be_om(1)
    verksted.be_om_indeksering(7)
    assert verksted.arbeider.toem() == 2


def test_more_than_a_batch_is_done_too(verksted: Verksted) -> None:
    with verksted.sesjoner.begin() as session:
        for nummer in range(120):
            UtboksService(session, verksted.klokke).legg_til(
                Oppgavetype.INDEKSER, {"saksmappe_id": nummer, "fjernet": []}
            )
    assert verksted.arbeider.toem() == 120
    assert verksted.indeks.saker == list(range(120))


def test_the_thread_works_until_it_is_stopped(verksted: Verksted) -> None:
    gjort = threading.Event()
    verksted.frister = lambda _session: gjort.set() or 0
    arbeider = verksted.arbeider
    arbeider.start()
    try:
        assert gjort.wait(timeout=20)
    finally:
        arbeider.stopp()
    assert "arbeider" not in {traad.name for traad in threading.enumerate()}
    verksted.be_om(1)
    assert verksted.laget == []


def test_a_stop_in_the_middle_of_a_task_finishes_it_and_leaves_the_rest(verksted: Verksted) -> None:
    midt_i, videre = threading.Event(), threading.Event()
    verksted.underveis = lambda: (midt_i.set(), videre.wait(timeout=20))
    verksted.be_om(1, 2, 3)
    arbeider = verksted.arbeider
    arbeider.start()
    assert midt_i.wait(timeout=20)
    stopper = threading.Thread(target=arbeider.stopp)
    stopper.start()
    assert arbeider._stopp.wait(timeout=20)
    videre.set()
    stopper.join(timeout=20)
    assert [ferdig for _, ferdig, _ in verksted.rader()] == [True, False, False]
    assert verksted.arbeider.toem() == 2
    assert (verksted.laget, verksted.spor()) == ([1, 2, 3], ["spor 1", "spor 2", "spor 3"])
