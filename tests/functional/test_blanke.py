"""Blank votes: refused with the law in an elected body; allowed about appointments, and by a council's own rules."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import send
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Stemme
from saksbehandling.votering.services import voteringer_i


def voter(app: TestApp, moetesak: Moetesak, status: int = 303, **felter: Any) -> TestResponse:
    felter = {"resultat": "mot", "mindretall": "2SV", "blanke": "1Ap", **felter}
    return send(app.get(f"/moetesaker/{moetesak.id}/registrer"), "/voteringer", status=status, **felter)


def test_an_elected_body_may_not_abstain(app: TestApp, moetesak: Moetesak, session: Session) -> None:
    svar = voter(app, moetesak, 422)
    assert "I Kommunestyret kan blanke stemmer bare gis ved valg og ansettelser" in nett.meldinger(svar)
    assert "kommuneloven 1992 § 40 nr. 2" in nett.meldinger(svar)
    assert svar.html.select_one("#felt-votering-blanke")["value"] == "1Ap"
    session.rollback()
    assert voteringer_i(session, moetesak) == []


def test_about_an_appointment_it_may(app: TestApp, moetesak: Moetesak, session: Session, tj: Tjenester) -> None:
    voter(app, moetesak, ansettelse="ja")
    session.rollback()
    (votering,) = voteringer_i(session, moetesak)
    assert votering.setning.endswith("vedtatt mot 2 stemmer (2SV). 1 stemte blankt (1Ap).")
    assert (votering.stemmer_for, votering.stemmer_mot, votering.blanke) == (6, 2, 1)
    assert {(rad.parti.kode, rad.stemme): rad.antall for rad in votering.partistemmer} == {
        ("SV", Stemme.MOT): 2,
        ("Ap", Stemme.BLANK): 1,
        ("Ap", Stemme.FOR): 3,
        ("H", Stemme.FOR): 3,
    }
    assert tj.vedtak.beregn(moetesak).mangler == ()


def test_a_council_that_is_no_elected_body_may_where_its_rules_say_so(
    app: TestApp, moetesak: Moetesak, session: Session, tj: Tjenester
) -> None:
    sak = raad.sak(tj, godkjent=False)
    tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
    i_raadet = raad.behandling(tj, raad.raad(session), sak)
    stiller = raad.stiller(tj, i_raadet.utvalg, "H")
    tj.forslag.fremsett(i_raadet, Forslagstype.TILLEGG, parse_notation("Kaia får lys."), [stiller])
    session.commit()
    felter = {"resultat": "enstemmig", "mindretall": "", "blanke": "1Ap"}
    assert "blanke stemmer bare" in nett.meldinger(voter(app, i_raadet, 422, **felter))
    i_raadet.utvalg.regelversjoner[0].blanke_tillatt = True
    session.commit()
    voter(app, i_raadet, **felter)
    session.rollback()
    (votering,) = voteringer_i(session, i_raadet)
    assert votering.setning.endswith("1 stemte blankt (1Ap).")
    assert (votering.stemmer_for, votering.enstemmig) == (2, True)
    assert tj.vedtak.beregn(i_raadet).mangler == ()


def test_the_setting_does_not_move_the_law(tj: Tjenester, moetesak: Moetesak) -> None:
    moetesak.utvalg.regelversjoner[0].blanke_tillatt = True
    assert not tj.voteringer.organ(moetesak).blanke_tillatt


@pytest.mark.parametrize(
    ("felter", "sier"), [({"blanke": "1X"}, "Kan ikke lese «1X»"), ({"blanke": "5Ap"}, "Ap har 4 til stede")]
)
def test_what_cannot_have_been_is_told_at_the_field(
    app: TestApp, moetesak: Moetesak, felter: dict[str, str], sier: str
) -> None:
    svar = voter(app, moetesak, 400 if "lese" in sier else 422, ansettelse="ja", **felter)
    assert sier in nett.meldinger(svar)
    assert svar.html.select_one("#felt-votering-blanke")["value"] == felter["blanke"]
