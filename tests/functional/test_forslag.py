"""Proposals on the registration page: corrected with a trail, put by pointing at the text, in each other's way."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moetesak
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.services import forslag_i, merknader_i


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(app: TestApp, tj: Tjenester, session: Session) -> Moetesak:
    moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj))
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    session.commit()
    logg_inn(app, "berit")
    return moetesak


def foering(app: TestApp, moetesak: Moetesak, **valg: str) -> TestResponse:
    return app.get(f"/moetesaker/{moetesak.id}/registrer", valg)


def foer(side: TestResponse, **felter: Any) -> TestResponse:
    return send(side, "/forslag", **{"stiller": "Ap1 Ap1sen (Ap)", "tekst": "Nytt.", "type": "tillegg", **felter})


def noekkel(moetesak: Moetesak, nummer: int) -> str:
    return f"s{raad.segmenter(moetesak)[nummer - 1].id}"


def test_a_correction_keeps_what_stood_before(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    foer(foering(app, moetesak), tekst="Kaia får lys.")
    session.rollback()
    (ett,) = forslag_i(session, moetesak)
    rettes = foering(app, moetesak, skjema="rett", forslag=str(ett.id))
    send(rettes, "/forslag/rett", tekst="Kaia får ladepunkt.", stiller="Ap1 Ap1sen; H1 H1sen", paa_vegne_av="SV")
    side = foering(app, moetesak)
    historikk = side.html.select_one(".historikk").get_text(" ")
    assert "Kaia får lys." in historikk
    assert "Berit" in historikk
    assert "Kaia får ladepunkt." in side.html.select_one("#forslag-1").text
    session.rollback()
    session.refresh(ett)
    assert [rad.navn for rad in ett.stillere] == ["Ap1 Ap1sen", "H1 H1sen"]
    assert [rad.parti.kode for rad in ett.paa_vegne_av] == ["SV"]


def test_a_refused_correction_keeps_what_was_typed(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    foer(foering(app, moetesak))
    session.rollback()
    (ett,) = forslag_i(session, moetesak)
    rettes = foering(app, moetesak, skjema="rett", forslag=str(ett.id))
    svar = send(rettes, "/forslag/rett", status=400, stiller="Ingen Kjent", tekst="Helt ny tekst.")
    assert "Helt ny tekst." in svar.html.select_one("#felt-rett-tekst").text
    assert svar.html.select_one("#rett[open]")


def test_what_has_been_voted_on_is_not_corrected(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    side = foer(foering(app, moetesak)).follow()
    session.rollback()
    (ett,) = forslag_i(session, moetesak)
    rettes = foering(app, moetesak, skjema="rett", forslag=str(ett.id))
    send(side, "/voteringer", objekt=[f"f{ett.id}"], form="for_mot", resultat="enstemmig")
    send(rettes, "/forslag/rett", status=409, tekst="For sent.")
    assert foering(app, moetesak, skjema="rett", forslag=str(ett.id)).html.select_one("#rett") is None


def test_pointing_at_a_paragraph_opens_the_form_with_its_words(app: TestApp, moetesak: Moetesak) -> None:
    lenke = foering(app, moetesak).html.select("#avsnitt-3 [data-pek]")
    assert [ett["data-pek"] for ett in lenke] == ["endring", "strykning", "tillegg"]
    side = app.get(lenke[0]["href"])
    assert side.html.select_one("#felt-forslag-tekst").text.strip() == "Arbeidet lyses ut før sommeren."
    assert side.html.select_one("#felt-forslag-maal [selected]")["value"] == noekkel(moetesak, 3)


def test_striking_selected_words_is_a_change_without_them(app: TestApp, moetesak: Moetesak) -> None:
    side = foering(app, moetesak, skjema="forslag", type="strykning", maal=noekkel(moetesak, 3), ord="før sommeren")
    assert side.html.select_one("#felt-forslag-tekst").text.strip() == "Arbeidet lyses ut."
    foer(side, type="endring", maal=noekkel(moetesak, 3), tekst="Arbeidet lyses ut.")
    assert "før sommeren" in foering(app, moetesak).html.select_one("#forslag-1 del").text


def test_collisions_are_told_before_the_ballot(app: TestApp, moetesak: Moetesak) -> None:
    tredje = noekkel(moetesak, 3)
    side = foer(foering(app, moetesak), type="endring", maal=tredje, tekst="Arbeidet lyses ut.").follow()
    side = foer(side, type="strykning", maal=tredje, tekst="").follow()
    assert "Forslag 1 endrer avsnitt 3, som forslag 2 vil stryke." in side.html.select_one(".kollisjoner").text


def test_a_party_may_leave_a_remark(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    side = foering(app, moetesak)
    side = send(side, "/merknader", stiller="SV1 SV1sen", tekst="Merk.", parti=["Ap", "H"]).follow()
    side = send(side, "/merknader/utmelding", parti="Ap").follow()
    session.rollback()
    assert [rad.parti.kode for rad in merknader_i(session, moetesak)[0].tilslutninger] == ["H"]
    assert "gikk ut av merknaden" in side.text
