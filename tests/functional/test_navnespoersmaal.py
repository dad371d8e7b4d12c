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
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Stemme
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


def test_between_several_alternatives_each_of_a_split_party_is_asked_for(
    app: TestApp, moetesak: Moetesak, session: Session, tj: Tjenester
) -> None:
    for parti in ("H", "SV"):
        tekst = parse_notation(f"Kaia flyttes, mener {parti}.")
        tj.forslag.fremsett(moetesak, Forslagstype.ALTERNATIVT, tekst, [raad.stiller(tj, moetesak.utvalg, parti)])
    session.commit()
    side = app.get(f"/moetesaker/{moetesak.id}/alternativer")
    form = nett.skjema(side, "/alternativer")
    for felt, tall in zip(form.fields["votering-alternativ"][-2:], ("1Ap, 3H", "2SV"), strict=True):
        form[f"votering-stemmer-{felt._value}"] = tall
    hele = next(ett for ett in form.fields["votering-alternativ"] if "+" in ett._value)
    form[f"votering-stemmer-{hele._value}"] = "3Ap"
    spurt = form.submit(status=303).follow()
    (partiet,) = spurt.html.select(".navnespoersmaal fieldset")
    assert partiet.legend.text == "Ap: 3 for alternativ 1, 1 for alternativ 2"
    valg = [[ett["value"] for ett in nedtrekk.select("option")[1:]] for nedtrekk in partiet.select("select")]
    svar = send(spurt, "/voteringer/navn", status=422, svar=[ett[0] for ett in valg])
    assert "Fra Ap stemte 3 for alternativ 1, 1 for alternativ 2." in nett.meldinger(svar)
    assert len(svar.html.select(".navnespoersmaal option[selected]")) == 4
    send(svar, "/voteringer/navn", svar=[valg[0][1], *(ett[0] for ett in valg[1:])])
    session.rollback()
    (votering,) = voteringer_i(session, moetesak)
    hvem = ", ".join(f"Ap{nr} Ap{nr}sen (Ap)" for nr in (2, 3, 4))
    assert votering.setning.endswith(f"Fra partier som delte seg, stemte {hvem} for innstillingen.")
    assert sorted(rad.side for rad in votering.personstemmer) == [0, 0, 0, 1, 1, 1, 1, 2, 2]
