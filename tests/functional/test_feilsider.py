"""What people see when something is not there, not theirs, or not possible."""

from __future__ import annotations

import pytest
from webtest import TestApp

from .conftest import UTKAST, Demo


@pytest.mark.parametrize(
    "adresse",
    [
        "/finnes-ikke",
        "/saker/2019/1",
        "/saker/2019/1.json",
        "/saker/19/8286",
        "/saker/2019/99999999999",
        "/innsyn/ukjent",
        "/dokumenter/1/99",
        "/dokumenter/999999999/1",
    ],
)
def test_what_is_not_there_is_a_page_in_the_frame(demo: Demo, adresse: str) -> None:
    svar = demo.app.get(adresse, status=404)
    assert "Siden finnes ikke" in svar
    assert 'role="search"' in svar
    assert "Traceback" not in svar


def test_what_one_may_not_see_looks_like_what_is_not_there(demo: Demo) -> None:
    hemmelig = demo.app.get(demo.adresse(UTKAST), status=404)
    ingenting = demo.app.get("/saker/2019/1", status=404)
    uten_token = [
        [linje for linje in side.text.splitlines() if "csrf_token" not in linje and "/logg-inn?neste" not in linje]
        for side in (hemmelig, ingenting)
    ]
    assert uten_token[0] == uten_token[1]


def test_the_public_is_sent_to_log_in_and_others_are_told(demo: Demo) -> None:
    assert "/logg-inn?neste=%2Fsaker%2Fny" in demo.app.get("/saker/ny", status=303).location
    svar = demo.som("representant").get("/saker/ny", status=403)
    assert "Du har ikke tilgang" in svar


def test_an_error_page_leads_back_to_the_form_but_never_off_the_site(demo: Demo) -> None:
    svar = demo.app.post("/logg-inn", {}, headers={"Referer": "http://localhost:80/logg-inn?neste=/saker"}, status=400)
    assert 'href="/logg-inn?neste=/saker"' in svar
    svar = demo.app.post("/logg-inn", {}, headers={"Referer": "http://andre.example/felle"}, status=400)
    assert "felle" not in svar


@pytest.mark.parametrize("adresse", ["/", "/innsyn", "/sok", "/sok?q=sak", "/saker", "/tilgjengelighet", "/logg-inn"])
def test_an_empty_installation_answers_everywhere(app: TestApp, adresse: str) -> None:
    assert "<h1" in app.get(adresse, status=200)
