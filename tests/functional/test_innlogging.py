"""Logging in and out, and what the login page tells."""

from __future__ import annotations

from webtest import TestApp

from saksbehandling.demo.kontoer import ANSATTE, RAADSSEKRETAER
from saksbehandling.demo.last import PASSORD
from saksbehandling.identity import demokontoer

from .conftest import Demo


def test_a_demo_offers_its_accounts_and_one_press_logs_in(demo: Demo) -> None:
    side = demo.app.get("/logg-inn")
    assert "Torunn Skrivervoll" in side
    assert PASSORD in side
    skjema = next(s for s in side.forms.values() if "brukernavn" in s.fields and s["brukernavn"].value == "leder")
    assert "Øystein Kvernelid" in skjema.submit(status=303).maybe_follow()


def test_another_installation_offers_no_accounts(app: TestApp) -> None:
    side = app.get("/logg-inn")
    assert "Demokontoer" not in side
    assert PASSORD not in side


def test_the_accounts_that_are_offered_are_those_of_the_demo() -> None:
    assert ANSATTE[demokontoer.KJENNETEGN[0]][0] == demokontoer.KJENNETEGN[1]
    assert {*ANSATTE, RAADSSEKRETAER[0]} <= set(demokontoer.KONTOER)
    assert demokontoer.PASSORD == PASSORD


def test_a_wrong_password_is_told_and_the_name_is_kept(demo: Demo) -> None:
    svar = _forsoek(demo.app, "leder", "feil passord", status=400)
    assert "Feil brukernavn eller passord" in svar
    assert svar.forms[1]["brukernavn"].value == "leder"
    assert svar.forms[1]["passord"].value == ""


def test_guessing_is_stopped_also_for_the_right_password(demo: Demo) -> None:
    for _ in range(5):
        _forsoek(demo.app, "leder", "gjetning", status=400)
    assert "For mange forsøk" in _forsoek(demo.app, "leder", PASSORD, status=429)


def test_one_comes_back_to_where_one_was_going_but_never_to_another_site(demo: Demo) -> None:
    sendt = demo.app.get("/arbeidsflate", status=303).follow()
    skjema = sendt.forms[1]
    skjema["brukernavn"], skjema["passord"] = "saksbehandler", PASSORD
    assert skjema.submit(status=303).location.endswith("/arbeidsflate")
    skjema = TestApp(demo.wsgi).get("/logg-inn?neste=//andre.example/").forms[1]
    skjema["brukernavn"], skjema["passord"] = "saksbehandler", PASSORD
    assert "andre.example" not in skjema.submit(status=303).location


def test_each_has_a_desk_of_their_own(demo: Demo) -> None:
    for hvem in ("saksbehandler", "leder", "representant", "raadssekretaer", "administrator"):
        demo.som(hvem).get("/arbeidsflate", status=200)
    assert "/logg-inn" in demo.app.get("/arbeidsflate", status=303).location


def test_after_logging_out_one_is_nobody(demo: Demo) -> None:
    leder = demo.som("leder")
    ut = next(s for s in leder.get("/").forms.values() if s.action == "/logg-ut")
    assert "Logg inn" in ut.submit(status=303).follow()
    leder.get("/arbeidsflate", status=303)


def test_a_form_without_its_token_is_refused(demo: Demo) -> None:
    svar = demo.app.post("/logg-inn", {"brukernavn": "leder", "passord": PASSORD}, status=400)
    assert "Skjemaet er for gammelt" in svar


def _forsoek(app: TestApp, brukernavn: str, passord: str, status: int) -> object:
    skjema = app.get("/logg-inn").forms[1]
    skjema["brukernavn"], skjema["passord"] = brukernavn, passord
    return skjema.submit(status=status)
