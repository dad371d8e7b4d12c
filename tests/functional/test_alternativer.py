"""A ballot between several alternatives by its page: what is proposed, recorded, shown, refused, and who may not."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.services import forslag_i, voteringer_i


@pytest.fixture
def forslagene(tj: Tjenester, moetesak: Moetesak, session: Session) -> list[Forslag]:
    """Two that would take the place of the whole text."""
    for parti in ("H", "SV"):
        tekst = parse_notation(f"Kaia flyttes, mener {parti}.")
        tj.forslag.fremsett(moetesak, Forslagstype.ALTERNATIVT, tekst, [raad.stiller(tj, moetesak.utvalg, parti)])
    session.commit()
    return list(forslag_i(session, moetesak))


@pytest.fixture
def side(app: TestApp, moetesak: Moetesak, forslagene: list[Forslag]) -> TestResponse:
    registrer = app.get(f"/moetesaker/{moetesak.id}/registrer")
    return registrer.click("Voter mellom flere enn to")


def voter(side: TestResponse, *stemmer: str, status: int = 303) -> TestResponse:
    """The tallies of the ticked alternatives, in order."""
    valgt = [ett["value"] for ett in side.html.select("[name=votering-alternativ][checked]")]
    form = nett.skjema(side, "/alternativer")
    for noekkel, tekst in zip(valgt, stemmer, strict=False):
        form[f"votering-stemmer-{noekkel}"] = tekst
    return form.submit(status=status)


def test_a_ballot_that_nobody_wins_and_the_one_between_the_two_that_are_left(
    app: TestApp, side: TestResponse, moetesak: Moetesak, session: Session
) -> None:
    registrer = voter(side, "4Ap", "3H", "2SV").follow()
    assert "fikk ingen flertall" in registrer.html.select_one(".meldinger").text
    assert [rad.text for rad in registrer.html.select(".voteringer .votering-tabell td.tall")] == ["4", "3", "2"]
    send(registrer, "/voteringer", resultat="mot", mindretall="3H, 1SV")
    session.rollback()
    foerste, andre = voteringer_i(session, moetesak)
    assert (foerste.vinner, andre.vinner, len(foerste.alternativstemmer)) == (None, 0, 3)
    assert [(rad.side, rad.parti.kode, rad.antall) for rad in foerste.alternativstemmer] == [
        (0, "Ap", 4),
        (1, "H", 3),
        (2, "SV", 2),
    ]
    send(app.get(f"/moetesaker/{moetesak.id}/registrer"), "/vedtak")
    session.rollback()
    assert [rad.utfall for rad in forslag_i(session, moetesak)] == [Forslagsstatus.FALT, Forslagsstatus.FALT]
    json = app.get("/innsyn/kommunestyret/2019/1.json").json
    assert json["voteringer"][0]["alternativer"][1] == {"side": 1, "stemmer": 3, "partier": {"H": 3}}


def test_one_of_several_wins_and_becomes_the_decision(
    side: TestResponse, moetesak: Moetesak, session: Session, tj: Tjenester
) -> None:
    voter(side, "1Ap", "3Ap, 2H", "1H, 2SV")
    session.rollback()
    (votering,) = voteringer_i(session, moetesak)
    assert votering.vinner == 1
    assert "vedtatt med 5 av 9 stemmer (3Ap, 2H)" in votering.setning
    (avsnitt,) = tj.vedtak.beregn(moetesak).avsnitt
    assert avsnitt.opphav_id == f"f{forslag_i(session, moetesak)[0].id}"


@pytest.mark.parametrize(
    ("stemmer", "status", "sier"),
    [
        (("4Ap", "3H", "1SV"), 422, "1 av 9 til stede mangler stemme"),
        (("5Ap", "3H", "1SV"), 422, "Ap har 4 til stede"),
        (("4Ap", "3X", "2SV"), 400, "Kan ikke lese «3X»"),
    ],
)
def test_what_cannot_have_been_is_refused_with_everything_kept(
    side: TestResponse, moetesak: Moetesak, session: Session, stemmer: tuple[str, ...], status: int, sier: str
) -> None:
    svar = voter(side, *stemmer, status=status)
    assert sier in nett.meldinger(svar)
    assert tuple(felt["value"] for felt in svar.html.select(".alternativer [type=text]") if felt["value"]) == stemmer
    session.rollback()
    assert voteringer_i(session, moetesak) == []


def test_two_are_an_ordinary_ballot_and_none_is_nothing(side: TestResponse) -> None:
    form = nett.skjema(side, "/alternativer")
    valgt = [felt for felt in form.fields["votering-alternativ"] if felt.checked]
    valgt[0].checked = False
    assert "tre alternativer" in form.submit(status=400).text
    for felt in valgt:
        felt.checked = False
    assert "Kryss av for alternativene" in form.submit(status=400).text


def test_only_who_records_the_treatment_may(app: TestApp, side: TestResponse) -> None:
    felter = nett.skjema(side, "/alternativer").submit_fields()
    app.reset()
    logg_inn(app, "per")
    app.get(side.request.path, status=403)
    assert app.post(side.request.path, felter, expect_errors=True).status_int in (400, 403)


def rop_opp(side: TestResponse, *svar: str, status: int = 303) -> TestResponse:
    """The names are called for the ticked alternatives, and answer in order."""
    opprop = nett.skjema(side, "/alternativer").submit("votering-opprop").follow()
    form = nett.skjema(opprop, "/opprop")
    for person, valgt in zip(opprop.html.select(".opprop-person"), svar, strict=True):
        form[person.select_one("input")["name"]] = valgt
    return form.submit(status=status)


def skrevet(session: Session, moetesak: Moetesak) -> tuple[object, ...]:
    """What is recorded of the only ballot, but for the persons."""
    session.rollback()
    (rad,) = voteringer_i(session, moetesak)
    tall = [(ett.side, ett.parti.kode, ett.antall) for ett in rad.alternativstemmer]
    return rad.vinner, rad.til_stede, rad.enstemmig, rad.stemmer_for, rad.stemmer_mot, rad.blanke, rad.setning, tall


def test_names_called_and_parties_typed_give_the_same_record(
    app: TestApp, side: TestResponse, moetesak: Moetesak, session: Session, tj: Tjenester
) -> None:
    voter(side, "1Ap", "3Ap, 2H", "1H, 2SV")
    etter_parti = skrevet(session, moetesak)
    tj.voteringer.angre_siste(moetesak)
    session.commit()
    side = app.get(f"/moetesaker/{moetesak.id}/alternativer")
    meldt = rop_opp(side, *"0111", *"112", *"22").follow()
    assert "vedtatt med 5 av 9 stemmer (3Ap, 2H)" in meldt.html.select_one(".meldinger").text
    assert skrevet(session, moetesak) == etter_parti
    (votering,) = voteringer_i(session, moetesak)
    assert [rad.side for rad in votering.personstemmer].count(1) == 5
    assert {rad.svar for rad in votering.personstemmer} == {0, 1, 2}
    personer = app.get("/innsyn/kommunestyret/2019/1.json").json["voteringer"][0]["personer"]
    assert {"navn": "Ap1 Ap1sen", "stemme": "for", "alternativ": 0} in personer


def test_nobody_may_vote_blank_but_about_an_appointment(
    app: TestApp, side: TestResponse, moetesak: Moetesak, session: Session
) -> None:
    opprop = nett.skjema(side, "/alternativer").submit("votering-opprop").follow()
    assert not opprop.html.select(".opprop-person [value=blank]")
    ansettelse = opprop.click("gjelder en ansettelse")
    assert len(ansettelse.html.select("[name=votering-alternativ]")) == 3
    form = nett.skjema(ansettelse, "/opprop")
    svar = ["blank", *"000", *"111", *"22"]
    for person, valgt in zip(ansettelse.html.select(".opprop-person"), svar, strict=True):
        form[person.select_one("input")["name"]] = valgt
    form.submit(status=303)
    session.rollback()
    (votering,) = voteringer_i(session, moetesak)
    assert (votering.ansettelse, votering.blanke, votering.vinner) == (True, 1, None)


def test_a_missing_answer_is_refused_with_the_alternatives_and_the_others_kept(side: TestResponse) -> None:
    opprop = nett.skjema(side, "/alternativer").submit("votering-opprop").follow()
    form = nett.skjema(opprop, "/opprop")
    form[opprop.html.select(".opprop-person input")[0]["name"]] = "2"
    svar = form.submit(status=400)
    assert "8 mangler stemme" in svar.text
    assert [ett["value"] for ett in svar.html.select(".opprop-person input[checked]")] == ["2"]
    assert len(svar.html.select("[name=votering-alternativ]")) == 3
