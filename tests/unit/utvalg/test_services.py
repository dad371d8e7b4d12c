"""Finding bodies, parties and people as they are written, and who sits where when."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.errors import InvalidInput, NotFound
from saksbehandling.utvalg.models import Funksjon, Utvalgstype
from saksbehandling.utvalg.services import UtvalgService

I_PERIODEN = dt.date(2019, 8, 29)


@pytest.fixture
def tjeneste(session: Session) -> UtvalgService:
    return UtvalgService(session)


@pytest.mark.parametrize("skrevet", ["Eldrerådet", "ELDRERÅDET", " eldrerådet ", "Rådet for eldre", "eldrerådet"])
def test_a_body_is_found_as_people_write_it(session: Session, tjeneste: UtvalgService, skrevet: str) -> None:
    organ = raad.utvalg(session, "Eldrerådet", Utvalgstype.RAAD, navnevarianter=["Rådet for eldre"])
    assert tjeneste.finn(skrevet) is organ


def test_an_unknown_body_is_named(tjeneste: UtvalgService) -> None:
    with pytest.raises(NotFound, match="«Havnestyret»"):
        tjeneste.finn("Havnestyret")


def test_members_come_by_party_then_substitutes_in_their_order(session: Session, tjeneste: UtvalgService) -> None:
    organ = raad.utvalg(session, seter={"H": 2, "Ap": 1}, vara={"Ap": 2})
    raad.parti(session, "Ap").rekkefoelge = 1
    raad.parti(session, "H").rekkefoelge = 2
    rader = tjeneste.medlemmer(organ, I_PERIODEN)
    assert [rad.person.fornavn for rad in rader] == ["Ap1", "H1", "H2", "Ap2", "Ap3"]
    assert [rad.funksjon is Funksjon.VARAMEDLEM for rad in rader] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("fra", "til", "dato", "sitter"),
    [
        (None, None, I_PERIODEN, True),
        (dt.date(2019, 8, 29), dt.date(2019, 8, 29), I_PERIODEN, True),
        (dt.date(2019, 8, 30), None, I_PERIODEN, False),
        (None, dt.date(2019, 8, 28), I_PERIODEN, False),
        (None, None, dt.date(2030, 1, 1), False),
    ],
)
def test_a_seat_holds_from_and_to_its_dates(
    session: Session, tjeneste: UtvalgService, fra: dt.date | None, til: dt.date | None, dato: dt.date, sitter: bool
) -> None:
    organ = raad.utvalg(session, seter={"Ap": 1})
    medlemskap = tjeneste.medlemmer(organ, I_PERIODEN)[0]
    medlemskap.fra, medlemskap.til = fra, til
    session.flush()
    assert bool(tjeneste.medlemmer(organ, dato)) is sitter


def test_seats_are_the_bodys_and_each_partys_members(session: Session, tjeneste: UtvalgService) -> None:
    organ = raad.utvalg(session, vara={"Ap": 3})
    assert tjeneste.plasser(organ, I_PERIODEN) == (9, {"Ap": 4, "H": 3, "SV": 2})
    assert tjeneste.plasser(organ, dt.date(1999, 1, 1)) == (None, {})


def test_a_party_is_found_in_any_case_and_an_unknown_one_told_with_those_that_are(
    session: Session, tjeneste: UtvalgService
) -> None:
    ap = raad.parti(session, "Ap")
    assert tjeneste.parti(" AP ") is ap
    with pytest.raises(InvalidInput, match=r"«Xp».*Kjente partier: Ap") as feil:
        tjeneste.parti("Xp")
    assert feil.value.felt == "parti"


def test_people_are_found_by_name_and_by_other_spellings(session: Session, tjeneste: UtvalgService) -> None:
    person = tjeneste.medlemmer(raad.utvalg(session, seter={"Ap": 1}), I_PERIODEN)[0].person
    person.navnevarianter = ["Ap Einsen"]
    session.flush()
    assert tjeneste.finn_person("Ap1 Ap1sen") is person
    assert tjeneste.finn_person("Ap Einsen") is person
    assert tjeneste.finn_person("Ap2 Ap2sen") is None


def test_an_id_that_leads_to_nobody_is_refused(session: Session, tjeneste: UtvalgService) -> None:
    medlemskap = tjeneste.medlemmer(raad.utvalg(session, seter={"Ap": 1}), I_PERIODEN)[0]
    assert tjeneste.person(medlemskap.person_id) is medlemskap.person
    assert tjeneste.medlemskap(medlemskap.id) is medlemskap
    with pytest.raises(InvalidInput, match="Personen finnes ikke"):
        tjeneste.person(10_000)
    with pytest.raises(InvalidInput, match="Medlemmet finnes ikke"):
        tjeneste.medlemskap(10_000)
