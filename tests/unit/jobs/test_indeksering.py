"""What the index is told of a case: what it holds now, and what is gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.jobs.indeksering import Enhet, Indeksering
from saksbehandling.jobs.services import laas_indeksen
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.search_engine.errors import IndexUnavailable, ServerUnavailable
from saksbehandling.search_engine.model import Change, Document, Put, Remove
from saksbehandling.search_engine.null_engine import NullEngine


class Motor(NullEngine):
    """Remembers the changes of the last batch, and the documents of the last building."""

    def __init__(self) -> None:
        super().__init__()
        self.endringer: list[Change] = []
        self.bygd: list[Document] = []

    def apply(self, changes, watermark) -> None:  # type: ignore[no-untyped-def]
        self.endringer = list(changes)
        super().apply(self.endringer, watermark)

    def rebuild(self, documents, watermark) -> None:  # type: ignore[no-untyped-def]
        self.bygd = list(documents)
        super().rebuild((), watermark)


def dokumenter_for(_session: Session, sak_id: int) -> list[Document]:
    if sak_id == 13:
        raise ValueError("ødelagt")
    return [Document(f"sak:{sak_id}", "sak", f"Sak {sak_id}")]


def moetet(_session: Session, moete_id: int) -> list[Document]:
    return [Document(f"moete:{moete_id}", "møte", "Bystyret 29. august 2019")]


def alle_saker(session: Session) -> Any:
    return session.scalars(sa.select(Saksmappe.id).order_by(Saksmappe.id)).all()


def ingen(_session: Session) -> Any:
    return []


@dataclass
class Kilde:
    ider: Any
    dokumenter: Any


@pytest.fixture
def motor() -> Motor:
    return Motor()


@pytest.fixture
def indeksering(motor: Motor) -> Indeksering:
    return Indeksering(motor, {"saksmappe_id": Kilde(alle_saker, dokumenter_for), "moete_id": Kilde(ingen, moetet)})


def sak(nummer: int) -> Enhet:
    return Enhet("saksmappe_id", nummer)


def test_a_search_server_that_does_not_answer_is_no_reason_to_build(
    indeksering: Indeksering, motor: Motor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watermark() -> int:
        raise ServerUnavailable("svarer ikke")

    def rebuild(*_: object) -> None:
        pytest.fail("bygget")

    monkeypatch.setattr(motor, "watermark", watermark)
    monkeypatch.setattr(motor, "rebuild", rebuild)
    with pytest.raises(ServerUnavailable):
        indeksering.vannmerke(session)


def test_what_is_there_is_put_and_what_is_gone_removed(
    indeksering: Indeksering, motor: Motor, session: Session
) -> None:
    ulest = indeksering.oppdater(session, [sak(1), sak(2)], ["votering:5", "sak:1"], 9)
    assert ulest == {}
    assert {ett.id for ett in motor.endringer if isinstance(ett, Put)} == {"sak:1", "sak:2"}
    borte = {ett.id for ett in motor.endringer if isinstance(ett, Remove)}
    assert borte == {"votering:5", "sak-offentlig:1", "sak-offentlig:2"}
    assert indeksering.vannmerke(session) == 9


def test_a_case_that_cannot_be_read_stays_as_it_was(indeksering: Indeksering, motor: Motor, session: Session) -> None:
    assert indeksering.oppdater(session, [sak(13), sak(2)], [], 9) == {sak(13): "ødelagt"}
    assert {ett.id for ett in motor.endringer} == {"sak:2", "sak-offentlig:2"}


def test_a_meeting_is_put_beside_a_case_of_the_same_number(
    indeksering: Indeksering, motor: Motor, session: Session
) -> None:
    assert indeksering.oppdater(session, [sak(4), Enhet.i({"fjernet": [], "moete_id": 4})], [], 9) == {}
    assert [ett.id for ett in motor.endringer] == ["sak:4", "moete:4", "sak-offentlig:4"]


def test_building_takes_every_case_and_tells_how_far_it_is(
    indeksering: Indeksering, motor: Motor, session: Session
) -> None:
    felter = {"saksaar": 2019, "tittel": "", "offentlig_tittel": "", "opprettet_dato": dt.date(2019, 1, 2)}
    session.add_all(Saksmappe(sakssekvensnummer=nummer, **felter) for nummer in (1, 2, 3))
    session.commit()
    sagt: list[tuple[int, int]] = []
    assert indeksering.bygg(session, lambda gjort, av: sagt.append((gjort, av))) == 3
    assert [ett.id for ett in motor.bygd] == ["sak:1", "sak:2", "sak:3"]
    assert sagt == [(1, 3), (2, 3), (3, 3)]


def test_an_index_that_is_gone_is_built_anew(
    indeksering: Indeksering, motor: Motor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def borte() -> int:
        monkeypatch.undo()
        raise IndexUnavailable("borte")

    felter = {"saksaar": 2019, "tittel": "", "offentlig_tittel": "", "opprettet_dato": dt.date(2019, 1, 2)}
    session.add(Saksmappe(sakssekvensnummer=1, **felter))
    session.commit()
    monkeypatch.setattr(motor, "watermark", borte)
    assert indeksering.vannmerke(session) == 0
    assert [ett.id for ett in motor.bygd] == ["sak:1"]


@pytest.mark.postgresql
def test_only_one_transaction_at_a_time_writes_the_index(engine: sa.Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("bare PostgreSQL trenger låsen")
    with Session(engine) as en, Session(engine) as to:
        assert laas_indeksen(en, vent=False)
        assert not laas_indeksen(to, vent=False)
        en.rollback()
        assert laas_indeksen(to, vent=True)
