"""Members and substitutes of a body: who may change them, what is refused, and that nothing recorded is lost."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Oppmoete
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Utvalg

SIDE = "/utvalg/kommunestyret/medlemmer"
SLUTT = f"{SIDE}/siste-dag"


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def styret(app: TestApp, tj: Tjenester, session: Session) -> Utvalg:
    organ = raad.utvalg(session, vara={"Ap": 2})
    nett.bruker(tj, "siri", Rolle.SEKRETARIAT)
    nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
    session.commit()
    logg_inn(app, "siri")
    return organ


def test_a_substitute_comes_last_in_the_group_and_can_leave_and_stay(
    app: TestApp, styret: Utvalg, tj: Tjenester, klokke: FixedClock
) -> None:
    idag = klokke.today()
    nye = {"fornavn": "Kari", "etternavn": "Nystad", "parti": "ap", "funksjon": "varamedlem", "fra": idag.isoformat()}
    side = send(app.get("/utvalg/kommunestyret").click("Endre medlemmer"), SIDE, **nye).follow()
    rad = _rad(tj, "Nystad")
    assert (rad.vararekkefoelge, rad.fra, rad.gruppe.navn) == (3, idag, _foerste(tj, styret).gruppe.navn)
    assert "Kari Nystad" in side.text
    for dag in (idag, None):
        side = send(side, SLUTT, medlem=str(rad.id), til=dag.isoformat() if dag else "").follow()
        tj.session.rollback()
        assert rad.til == dag
    assert "sitter alt i utvalget" in meldinger(send(side, SIDE, status=409, **nye))


def test_a_full_body_takes_a_member_when_one_has_left(
    app: TestApp, styret: Utvalg, tj: Tjenester, klokke: FixedClock
) -> None:
    idag, medlem = klokke.today(), _foerste(tj, styret)
    medlem.utvalgsperiode.plasser = sum(tj.utvalg.plasser(styret, idag)[1].values())
    tj.session.commit()
    nye = {"fornavn": "Kari", "etternavn": "Nystad", "parti": "Ap", "funksjon": "medlem"}
    i_morgen = (idag + dt.timedelta(days=1)).isoformat()
    full = send(app.get(SIDE), SIDE, status=409, **nye, fra=i_morgen)
    assert "plassene er besatt" in meldinger(full)
    assert full.html.find(id="felt-ny-etternavn")["value"] == "Nystad"
    send(app.get(SIDE), SLUTT, medlem=str(medlem.id), til=idag.isoformat(), status=303)
    side = send(app.get(SIDE), SIDE, **nye, fra=i_morgen).follow()
    assert "plassene er besatt" in meldinger(send(side, SLUTT, medlem=str(medlem.id), til="", status=409))


@pytest.mark.parametrize(
    ("felt", "verdi", "grunn"),
    [
        ("fornavn", "", "Skriv fornavnet"),
        ("etternavn", "x" * 121, "høyst 120"),
        ("parti", "XYZ", "Ukjent parti"),
        ("funksjon", "konge", "fra listen"),
        ("fra", "", "den første dagen"),
        ("fra", "1990-01-01", "utenfor valgperioden"),
    ],
)
def test_what_cannot_be_is_refused(
    app: TestApp, styret: Utvalg, engine: sa.Engine, klokke: FixedClock, felt: str, verdi: str, grunn: str
) -> None:
    foer = innhold(engine)
    gyldig = {"fornavn": "Kari", "etternavn": "Ny", "parti": "Ap", "funksjon": "medlem", "fra": str(klokke.today())}
    assert grunn in meldinger(send(app.get(SIDE), SIDE, status=400, **{**gyldig, felt: verdi}))
    assert innhold(engine) == foer


def test_nobody_leaves_before_a_meeting_in_which_they_are_recorded(
    app: TestApp, styret: Utvalg, tj: Tjenester, engine: sa.Engine
) -> None:
    medlem = _foerste(tj, styret)
    moete = raad.moete(tj, styret)
    tj.session.add(Oppmoete(moete=moete, medlemskap=medlem))
    tj.session.commit()
    foer = innhold(engine)
    svar = _slutt(app, medlem, moete.dato - dt.timedelta(days=1))
    assert "er ført i møtet" in meldinger(svar)
    assert innhold(engine) == foer


def test_they_are_for_the_secretariat_and_administrators(app: TestApp, styret: Utvalg, engine: sa.Engine) -> None:
    logg_inn(app, "sara")
    foer = innhold(engine)
    token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
    app.get(SIDE, status=403)
    for adresse in (SIDE, SLUTT):
        app.post(adresse, {"csrf_token": token}, status=403)
    assert innhold(engine) == foer


def _slutt(app: TestApp, medlem: Medlemskap, dag: dt.date) -> TestResponse:
    return send(app.get(SIDE), SLUTT, medlem=str(medlem.id), til=dag.isoformat(), status=400)


def _rad(tj: Tjenester, etternavn: str) -> Medlemskap:
    return tj.session.scalars(sa.select(Medlemskap).where(Medlemskap.person.has(etternavn=etternavn))).one()


def _foerste(tj: Tjenester, utvalg: Utvalg) -> Medlemskap:
    rader = tj.utvalg.medlemmer(utvalg, tj.felles.clock.today())
    return next(rad for rad in rader if rad.funksjon is Funksjon.MEDLEM and rad.parti.kode == "Ap")
