"""The names of a split party are asked for when the tally is in, and make the record of a roll call."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moetesak
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.services import voteringer_i


@pytest.fixture
def moetesak(app: TestApp, tj: Tjenester, session: Session, klokke: FixedClock) -> Moetesak:
    """Under the act of 2018."""
    dag = dt.date(2020, 3, 5)
    klokke.set(dt.datetime(2020, 3, 5, 17, tzinfo=dt.UTC))
    moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj), dag)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "per", Rolle.REPRESENTANT)
    session.commit()
    logg_inn(app, "berit")
    return moetesak


def test_the_secretary_is_asked_and_the_names_stand_in_the_minutes(
    app: TestApp, moetesak: Moetesak, session: Session
) -> None:
    registrer = f"/moetesaker/{moetesak.id}/registrer"
    side = send(app.get(registrer), "/voteringer", resultat="mot", mindretall="1Ap, 2SV").follow()
    sporsmaal = side.html.select_one(".navnespoersmaal")
    assert "Ap: kryss av 1 av 4" in sporsmaal.text
    assert "SV" not in sporsmaal.text
    ap = [felt["value"] for felt in sporsmaal.select("[name=navn-person]")]
    svar = send(side, "/voteringer/navn", status=422, person=ap[:2])
    assert "1 fra Ap stemte med mindretallet, men 2 er krysset av" in nett.meldinger(svar)
    assert len(svar.html.select("[name=navn-person][checked]")) == 2
    side = send(app.get(registrer), "/voteringer/navn", person=ap[:1]).follow()
    assert not side.html.select(".navnespoersmaal")
    session.rollback()
    (votering,) = voteringer_i(session, moetesak)
    assert votering.setning.endswith("stemte disse med mindretallet: Ap1 Ap1sen (Ap).")
    assert sum(rad.stemme is Stemme.MOT for rad in votering.personstemmer) == 3
    assert len(votering.personstemmer) == 9


def test_only_who_records_the_treatment_may(app: TestApp, moetesak: Moetesak, session: Session) -> None:
    side = send(
        app.get(f"/moetesaker/{moetesak.id}/registrer"), "/voteringer", mindretall="1Ap", resultat="mot"
    ).follow()
    felter = nett.skjema(side, "/voteringer/navn").submit_fields()
    logg_inn(app, "per")
    assert app.post(f"/moetesaker/{moetesak.id}/voteringer/navn", felter, expect_errors=True).status_int in (400, 403)
    session.rollback()
    assert voteringer_i(session, moetesak)[0].personstemmer == []
