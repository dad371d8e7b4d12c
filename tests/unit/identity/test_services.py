"""Accounts: making them, logging in with a limit on guessing, and who somebody is on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.models import Rolletildeling
from saksbehandling.identity.rules import PUBLIKUM
from saksbehandling.identity.services import FORSOEK, SPERRETID, BrukerService, identitet_for

PASSORD = "torsk og poteter"


@pytest.fixture
def brukere(session: Session, klokke: FixedClock) -> BrukerService:
    return BrukerService(session, klokke)


def test_an_account_logs_in_with_its_password_alone(brukere: BrukerService) -> None:
    bruker = brukere.opprett("kari", "Kari Lie", PASSORD)
    assert PASSORD not in (bruker.passordhash or "")
    assert brukere.logg_inn("kari", PASSORD) is bruker
    assert brukere.logg_inn("kari", PASSORD + "!") is None
    assert brukere.logg_inn("ola", PASSORD) is None


@pytest.mark.parametrize(
    ("brukernavn", "passord", "felt"), [("kari", PASSORD, "brukernavn"), ("per", "kort", "passord")]
)
def test_a_taken_name_and_a_short_password_are_refused(
    brukere: BrukerService, brukernavn: str, passord: str, felt: str
) -> None:
    brukere.opprett("kari", "Kari Lie", PASSORD)
    with pytest.raises(InvalidInput) as feil:
        brukere.opprett(brukernavn, "En Annen", passord)
    assert feil.value.felt == felt


def test_an_account_without_password_and_a_closed_one_log_nobody_in(brukere: BrukerService) -> None:
    brukere.opprett("utenfra", "Logger Inn Annensteds", None)
    brukere.opprett("sluttet", "Har Sluttet", PASSORD).aktiv = False
    assert brukere.logg_inn("utenfra", "") is None
    assert brukere.logg_inn("sluttet", PASSORD) is None


def test_guessing_is_stopped_for_a_quarter_of_an_hour(brukere: BrukerService, klokke: FixedClock) -> None:
    bruker = brukere.opprett("kari", "Kari Lie", PASSORD)
    annen = brukere.opprett("per", "Per Vik", PASSORD)
    for _ in range(FORSOEK):
        assert brukere.logg_inn("kari", "feil passord") is None
    with pytest.raises(Refusal, match="For mange forsøk"):
        brukere.logg_inn("kari", PASSORD)
    assert brukere.logg_inn("per", PASSORD) is annen
    klokke.set(klokke.now() + SPERRETID)
    assert brukere.logg_inn("kari", PASSORD) is bruker


def test_roles_hold_from_and_to_their_dates_in_their_body(brukere: BrukerService, session: Session) -> None:
    bruker = brukere.opprett("kari", "Kari Lie", PASSORD)
    brukere.gi_rolle(bruker, Rolle.SEKRETARIAT)
    bruker.roller.append(Rolletildeling(rolle=Rolle.MOETELEDER, til=dt.date(2019, 8, 28)))
    bruker.roller.append(Rolletildeling(rolle=Rolle.VARA, fra=dt.date(2019, 8, 29)))
    session.flush()
    assert brukere.identitet(bruker.id).roller == {(Rolle.SEKRETARIAT, None), (Rolle.VARA, None)}
    assert identitet_for(bruker, dt.date(2019, 8, 28)).rollenavn == {"sekretariat", "moeteleder"}


def test_nobody_and_a_closed_account_are_the_public(brukere: BrukerService, session: Session) -> None:
    bruker = brukere.opprett("kari", "Kari Lie", PASSORD)
    brukere.gi_rolle(bruker, Rolle.SEKRETARIAT)
    bruker.aktiv = False
    session.flush()
    assert [brukere.identitet(hvem) for hvem in (None, 10_000, bruker.id)] == [PUBLIKUM] * 3
