"""The bodies' settings: who may see and change them, their history, and that a meeting follows its own day's."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg

GYLDIG = {"fra": "2019-09-01", "frist": "14", "nummerserier": "PS Politiske saker", "hjemmel": "Reglement § 4"}


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def styret(app: TestApp, tj: Tjenester, session: Session) -> Utvalg:
    organ = raad.utvalg(session, vara={"Ap": 2})
    nett.bruker(tj, "guri", Rolle.ADMINISTRATOR)
    nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
    session.commit()
    logg_inn(app, "guri")
    return organ


def test_a_new_version_holds_from_its_day(app: TestApp, styret: Utvalg, tj: Tjenester) -> None:
    side = app.get("/utvalg").click("Kommunestyret")
    assert "standardoppsett" in side.text
    assert "Bør kontrolleres mot lovteksten: § 16" in side.text
    side = send(side, "/utvalg/kommunestyret", **GYLDIG, felles="ja").follow()
    assert [rad.th.text.strip() for rad in side.html.select("tbody tr")] == ["01.09.2019", "01.01.1993"]
    assert "Guri" in side.html.select_one("tbody tr").text
    tj.session.expire_all()
    for dag, frist in ((dt.date(2019, 8, 31), 7), (dt.date(2019, 9, 1), 14)):
        assert tj.utvalg.regler(styret, dag).innkallingsfrist == frist


@pytest.mark.parametrize(
    ("felt", "verdi", "grunn"),
    [
        ("fra", "", "fra hvilken dag"),
        ("frist", "91", "fra 0 til 90"),
        ("frist", "", "hvor mange dager"),
        ("nummerserier", "PS", "ikke en nummerserie"),
        ("hjemmel", "", "hvor reglementet sier"),
        ("hjemmel", "x" * 201, "høyst 200"),
    ],
)
def test_what_cannot_be_is_refused(
    app: TestApp, styret: Utvalg, engine: sa.Engine, felt: str, verdi: str, grunn: str
) -> None:
    foer = innhold(engine)
    svar = send(app.get("/utvalg/kommunestyret"), "/utvalg/kommunestyret", status=400, **{**GYLDIG, felt: verdi})
    assert grunn in meldinger(svar)
    assert innhold(engine) == foer


def test_a_body_writes_nynorsk_from_now_on(app: TestApp, styret: Utvalg, session: Session) -> None:
    side = app.get("/utvalg/kommunestyret")
    assert "Velg bokmål eller nynorsk" in meldinger(
        app.post(
            "/utvalg/kommunestyret/malform",
            {"csrf_token": nett.skjema(side, "/malform")["csrf_token"].value, "skriver-malform": "da"},
            status=400,
        )
    )
    assert "Kommunestyret skriver nynorsk" in send(side, "/malform", malform="nn").follow().text
    session.expire_all()
    assert styret.malform == "nn"


def test_they_are_for_the_secretariat_and_administrators(app: TestApp, styret: Utvalg) -> None:
    app.get("/utvalg/ukjent", status=404)
    logg_inn(app, "sara")
    app.get("/utvalg", status=403)
    token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
    app.get("/utvalg/kommunestyret", status=403)
    for sti in ("", "/malform"):
        app.post(f"/utvalg/kommunestyret{sti}", {"csrf_token": token, "skriver-malform": "nn"}, status=403)
    app.reset()
    assert "/logg-inn" in app.get("/utvalg", status=303).location
