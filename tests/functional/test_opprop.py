"""The roll call: a ballot entered by person, what is refused, and who may not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories.nett import logg_inn
from saksbehandling.moete.models import Moetesak
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.services import voteringer_i


@pytest.fixture
def side(app: TestApp, moetesak: Moetesak) -> TestResponse:
    return app.get(f"/moetesaker/{moetesak.id}/opprop")


def stem(side: TestResponse, mot: str = "", **felter: Any) -> TestResponse:
    """Answer for everybody: against, whose name begins with one of `mot`."""
    form = side.forms[next(nr for nr, ett in side.forms.items() if "opprop" in ett.action)]
    for person in side.html.select(".opprop-person"):
        imot = mot and person.span.text.startswith(tuple(mot.split()))
        form[person.select_one("input")["name"]] = "mot" if imot else "for"
    for navn, verdi in felter.items():
        form[f"votering-{navn}"] = verdi
    return form.submit(expect_errors=True)


def test_the_page_names_who_may_vote_by_party(side: TestResponse) -> None:
    assert [gruppe.legend.text.split()[0] for gruppe in side.html.select("fieldset.opprop-gruppe")] == ["Ap", "H", "SV"]
    assert len(side.html.select(".opprop-person")) == 9
    assert len(side.html.select("[name=votering-objekt][checked]")) == 3


def test_the_votes_of_persons_become_a_ballot(side: TestResponse, session: Session, moetesak: Moetesak) -> None:
    svar = stem(side, "SV Ap1")
    assert "vedtatt mot 3 stemmer (1Ap, 2SV)" in svar.follow().html.select_one(".meldinger").text
    session.rollback()
    (votering,) = voteringer_i(session, moetesak)
    assert (votering.stemmer_for, votering.stemmer_mot, len(votering.personstemmer)) == (6, 3, 9)
    imot = {rad.person.fornavn for rad in votering.personstemmer if rad.stemme is Stemme.MOT}
    assert imot == {"Ap1", "SV1", "SV2"}


def test_a_missing_answer_is_refused_with_the_others_kept(side: TestResponse) -> None:
    form = side.forms[next(nr for nr, ett in side.forms.items() if "opprop" in ett.action)]
    form[side.html.select(".opprop-person input")[0]["name"]] = "mot"
    svar = form.submit(status=400)
    assert "8 mangler stemme" in svar.text
    assert [ett["value"] for ett in svar.html.select(".opprop-person input[checked]")] == ["mot"]


def test_a_second_ballot_over_the_same_is_refused(side: TestResponse, session: Session, moetesak: Moetesak) -> None:
    stem(side)
    svar = stem(side)  # the page has not seen the first
    assert svar.status_int == 409
    assert len(svar.html.select(".opprop-person input[checked]")) == 9


def test_somebody_who_left_has_no_vote(app: TestApp, side: TestResponse, tj: Tjenester, moetesak: Moetesak) -> None:
    inne = [rad.medlemskap for rad in tj.moeter.til_stede(moetesak.moete)]
    tj.moeter.registrer_oppmoete(moetesak.moete, inne[1:])
    tj.session.commit()
    svar = stem(side)
    assert svar.status_int == 303
    tj.session.rollback()
    assert voteringer_i(tj.session, moetesak)[0].til_stede == 8


def test_only_who_records_the_treatment_may(app: TestApp, moetesak: Moetesak) -> None:
    app.reset()
    logg_inn(app, "per")
    app.get(f"/moetesaker/{moetesak.id}/opprop", status=403)
    app.reset()
    assert app.get(f"/moetesaker/{moetesak.id}/opprop", expect_errors=True).status_int in (303, 401, 403)
