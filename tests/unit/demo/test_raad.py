"""The plan stored, with accounts whose roles follow their places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock
from saksbehandling.db import Base
from saksbehandling.demo.besetning import besett
from saksbehandling.demo.raad import Raad, opprett_raad
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.services import BrukerService, identitet_for
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Partitype, Person
from saksbehandling.utvalg.services import UtvalgService

PASSORD = "fjorden er kald"
FOER = dt.date(2019, 8, 29)
NAA = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """One database for the whole module: these tests only read, and filling it takes a second."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def brukere(session: Session) -> BrukerService:
    return BrukerService(session, FixedClock(dt.datetime(2019, 8, 29, 10, tzinfo=dt.UTC)))


@pytest.fixture(scope="module")
def raad(session: Session, brukere: BrukerService) -> Raad:
    return opprett_raad(session, brukere, PASSORD)


def test_it_can_be_stored_in_the_products_own_database(engine: sa.Engine, klokke: FixedClock) -> None:
    with Session(engine) as session:
        opprett_raad(session, BrukerService(session, klokke), PASSORD)
        session.commit()
        assert session.scalar(sa.select(sa.func.count(Medlemskap.id))) == len(besett())


@pytest.mark.parametrize(("dato", "ap"), [(FOER, 28), (NAA, 15)])
def test_the_service_finds_a_council_of_67_then_and_now(session: Session, raad: Raad, dato: dt.date, ap: int) -> None:
    plasser, per_parti = UtvalgService(session).plasser(raad.utvalg["bystyret"], dato)
    assert plasser == 67 == sum(per_parti.values())
    assert per_parti["Ap"] == ap


def test_bodies(raad: Raad) -> None:
    assert raad.utvalg["bystyret"].regelversjoner[-1].behold_nummer_ved_utsettelse
    assert not raad.utvalg["finanskomiteen"].regelversjoner[-1].behold_nummer_ved_utsettelse
    assert raad.utvalg["finanskomiteen"].overordnet_id == raad.utvalg["bystyret"].id
    assert raad.partier["Velferdstinget"].partitype is Partitype.ORGANISASJON
    assert raad.partier["Ap"].partitype is Partitype.PARTI


def test_a_body_is_found_by_another_name(session: Session, raad: Raad) -> None:
    assert UtvalgService(session).finn("kfu") is raad.utvalg["funksjonsevneraadet"]


def test_members_and_substitutes_by_party_and_number(raad: Raad) -> None:
    medlem = raad.medlem("bystyret", "2015–2019", "MDG", 5)
    assert (medlem.parti.kode, medlem.funksjon) == ("MDG", Funksjon.MEDLEM)
    assert raad.vara("bystyret", "2015–2019", "MDG", 2).vararekkefoelge == 2
    with pytest.raises(LookupError, match="MDG har 5 plasser"):
        raad.medlem("bystyret", "2015–2019", "MDG", 6)
    with pytest.raises(LookupError):
        raad.medlem("bystyret", "2015–2019", "MDG", 0)


def test_there_is_an_account_for_every_role(raad: Raad) -> None:
    roller = {tildeling.rolle for bruker in raad.brukere.values() for tildeling in bruker.roller}
    assert roller == set(Rolle)


def test_everybody_can_log_in(raad: Raad, brukere: BrukerService) -> None:
    assert brukere.logg_inn("sekretaer", PASSORD) is raad.brukere["sekretaer"]


def test_the_secretary_of_the_councils_has_the_role_in_each_of_them_alone(raad: Raad) -> None:
    roller = identitet_for(raad.brukere["raadssekretaer"], NAA).roller
    mangfold, bystyret = raad.utvalg["mangfoldsraadet"].id, raad.utvalg["bystyret"].id
    assert (Rolle.RAADSSEKRETAER, mangfold) in roller
    assert len(roller) == 5
    assert bystyret not in {utvalg for _, utvalg in roller}


@pytest.mark.parametrize("dato", [FOER, dt.date(2021, 5, 5), NAA])
@pytest.mark.parametrize(
    ("brukernavn", "rolle"),
    [("ordfoerer", Rolle.MOETELEDER), ("representant", Rolle.REPRESENTANT), ("vara", Rolle.VARA)],
)
def test_elected_people_have_their_role_in_bystyret_in_every_period(
    raad: Raad, brukernavn: str, rolle: Rolle, dato: dt.date
) -> None:
    assert (rolle, raad.utvalg["bystyret"].id) in identitet_for(raad.brukere[brukernavn], dato).roller


def test_the_accounts_of_elected_people_are_those_people(session: Session, raad: Raad) -> None:
    for brukernavn in ("ordfoerer", "representant", "vara"):
        bruker = raad.brukere[brukernavn]
        person = session.scalars(sa.select(Person).where(Person.bruker_id == bruker.id)).one()
        assert person.navn == bruker.navn


def test_names_of_employees_and_elected_people_differ(session: Session, raad: Raad) -> None:
    personer = {person.navn for person in session.scalars(sa.select(Person))}
    ansatte = {
        bruker.navn for navn, bruker in raad.brukere.items() if navn not in ("ordfoerer", "representant", "vara")
    }
    assert len(ansatte) == 7
    assert personer.isdisjoint(ansatte)


@pytest.mark.parametrize("dato", [dt.date(2015, 9, 30), dt.date(2027, 10, 1)])
def test_a_place_gives_no_role_outside_its_period(raad: Raad, dato: dt.date) -> None:
    for brukernavn in ("ordfoerer", "representant", "vara"):
        assert not identitet_for(raad.brukere[brukernavn], dato).roller
