"""The secretary records a treatment: the whole way, what is refused and how, and two secretaries at once."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagstype
from saksbehandling.votering.services import forslag_i, merknader_i, voteringer_i

VANLIG = {"form": "for_mot", "resultat": "mot"}


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(app: TestApp, tj: Tjenester, session: Session) -> Moetesak:
    """Kommunestyret (Ap 4, H 3, SV 2), all present, over a text of three paragraphs; the secretary is logged in."""
    organ = raad.utvalg(session, vara={"Ap": 2})
    moetesak = raad.behandling(tj, organ, raad.sak(tj))
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    session.commit()
    logg_inn(app, "berit")
    return moetesak


@pytest.fixture
def side(app: TestApp, moetesak: Moetesak) -> TestResponse:
    return app.get(f"/moetesaker/{moetesak.id}/registrer")


def paa_nytt(session: Session) -> Session:
    """See what the app has written since."""
    session.rollback()
    return session


def etter(svar: TestResponse) -> TestResponse:
    return svar.follow()


def avsnitt(moetesak: Moetesak, *numre: int) -> list[str]:
    return [f"s{rad.id}" for rad in raad.segmenter(moetesak) if rad.nummer in numre]


def forslag(side: TestResponse, **felter: Any) -> TestResponse:
    felter = {"type": "tillegg", "stiller": "Ap1 Ap1sen (Ap)", "tekst": "Kaia får ladepunkt for ferger.", **felter}
    return send(side, "/forslag", **felter)


class TestHeleVeien:
    def test_from_the_first_proposal_to_the_published_protocol(
        self, app: TestApp, side: TestResponse, moetesak: Moetesak, session: Session
    ) -> None:
        side = etter(forslag(side, paa_vegne_av="Ap, SV"))
        side = etter(
            send(side, "/merknader", stiller="SV1 SV1sen", tekst="Vi minner om vedtaket i fjor.", parti=["Ap"])
        )
        side = etter(send(side, "/notater", tekst="Havnesjefen orienterte."))
        side = etter(send(side, "/voteringer", hurtig="ja"))
        assert "enstemmig vedtatt" in side.html.select_one(".meldinger").text
        side = etter(send(side, "/voteringer", **VANLIG, mindretall="2H"))
        assert len(side.html.select(".foering-ut .vedtak-avsnitt")) == 5  # three paragraphs, an addition, a remark
        side = etter(send(side, "/vedtak"))
        side = etter(send(side, "/protokoll/godkjenn"))
        svar = send(side, "/protokoll/publiser")
        assert etter(svar).status_int == 303  # the registration page leads on to the treatment
        app.reset()
        offentlig = app.get("/innsyn/kommunestyret/2019/1/2019-08-29")
        tekst = offentlig.html.select_one(".vedtak").text
        assert "Kaia får ladepunkt" in tekst
        assert "FLERTALLSMERKNAD - SV, Ap" in tekst
        fil = app.get(f"/moetesaker/{moetesak.id}/protokoll.docx")
        linjer = [rad.text for rad in Document(io.BytesIO(fil.body)).paragraphs]
        assert "Kaia får ladepunkt for ferger." in linjer
        session.rollback()
        assert moetesak.saksmappe.flyt is not None
        assert moetesak.saksmappe.flyt.aktive == "oppfoelging"

    def test_the_next_ballot_is_proposed(self, side: TestResponse, moetesak: Moetesak) -> None:
        (tredje,) = avsnitt(moetesak, 3)
        side = etter(forslag(side, type="strykning", maal=tredje, tekst=""))
        valgt = {ett["value"] for ett in side.html.select("[name=votering-objekt][checked]")}
        assert valgt == set(avsnitt(moetesak, 1, 2))
        side = etter(send(side, "/voteringer", hurtig="ja"))
        assert side.html.select_one("[name=votering-form][checked]")["value"] == "alternativ"
        assert [ett["value"] for ett in side.html.select("[name=votering-objekt][checked]")] == [tredje]
        side = etter(send(side, "/voteringer", form="alternativ", resultat="mot", mindretall="2SV"))
        assert "ble innstillingen vedtatt mot 2 stemmer (2SV)" in side.text

    def test_a_deletion_without_words_names_the_paragraph(
        self, side: TestResponse, moetesak: Moetesak, session: Session
    ) -> None:
        forslag(side, type="strykning", maal=avsnitt(moetesak, 3)[0], tekst="")
        tekst = etter(send(etter_side(side), "/notater", tekst="x")).text
        assert "Arbeidet lyses ut" in tekst
        assert forslag_i(paa_nytt(session), moetesak)[0].blokker


def etter_side(side: TestResponse) -> TestResponse:
    return side.test_app.get(side.request.path)


class TestFoering:
    def test_several_movers_and_the_whole_body(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(forslag(side, stiller="Ap1 Ap1sen; h2 H2SEN (h)"))
        forslag(side, stiller="kommunestyret samlet")
        felles, samlet = forslag_i(paa_nytt(session), moetesak)
        assert [rad.navn for rad in felles.stillere] == ["Ap1 Ap1sen", "H2 H2sen"]
        assert [(rad.navn, rad.parti) for rad in samlet.stillere] == [("Kommunestyret samlet", None)]

    def test_the_minutes_call_a_proposal_what_the_secretary_says(
        self, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(forslag(side, betegnelse="felles  uttalelse"))
        side = etter(forslag(side))
        foerste, andre = forslag_i(paa_nytt(session), moetesak)
        assert (foerste.betegnelse, andre.betegnelse) == ("felles uttalelse", "tilleggsforslag")
        retting = side.test_app.get(f"{side.request.path}?skjema=rett&forslag={foerste.id}")
        assert retting.html.select_one("[name=rett-betegnelse]")["value"] == "felles uttalelse"
        send(retting, "/forslag/rett", betegnelse="")
        assert paa_nytt(session).get(type(foerste), foerste.id).betegnelse == "tilleggsforslag"
        svar = forslag(etter_side(side), betegnelse="x" * 121, status=400)
        assert "høyst 120 tegn" in meldinger(svar)

    def test_parties_join_in_the_order_they_were_ticked(
        self, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(
            send(side, "/merknader", stiller="SV1 SV1sen", tekst="Merk.", parti=["Ap", "H"], rekkefoelge="H,Ap")
        )
        (merknad,) = merknader_i(paa_nytt(session), moetesak)
        assert [rad.parti.kode for rad in merknad.tilslutninger] == ["H", "Ap"]

    def test_all_may_join_later(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(send(side, "/merknader", stiller="SV1 SV1sen", tekst="Merk."))
        send(side, "/merknader/tilslutning", alle="ja")
        assert {rad.parti.kode for rad in merknader_i(paa_nytt(session), moetesak)[0].tilslutninger} == {"Ap", "H"}

    def test_a_withdrawn_proposal_cannot_be_voted_on(self, side: TestResponse, moetesak: Moetesak) -> None:
        side = etter(forslag(side))
        side = etter(send(side, "/forslag/trekk"))
        assert "Trukket" in side.html.select_one("#forslag-1").text
        assert len(side.html.select("[name=votering-objekt]")) == 3

    def test_the_last_ballot_can_be_taken_back(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        etter(send(side, "/voteringer/angre"))
        assert voteringer_i(paa_nytt(session), moetesak) == []

    def test_who_is_not_impartial_does_not_vote(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(send(side, "/habilitet", person="H1 H1sen (H)", utfall="inhabil", tekst="Eier tomten. Fratrådte."))
        assert "8 av 9" in side.html.select_one(".moetestripe").text
        etter(send(side, "/voteringer", hurtig="ja"))
        assert voteringer_i(paa_nytt(session), moetesak)[0].til_stede == 8

    def test_saksordfoerer_can_be_set_and_taken_away(
        self, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(send(side, "/saksordfoerer", person="Ap2 Ap2sen (Ap)"))
        session.rollback()
        assert moetesak.saksordfoerer is not None
        assert moetesak.saksordfoerer.navn == "Ap2 Ap2sen"
        send(side, "/saksordfoerer", person="")
        session.rollback()
        assert moetesak.saksordfoerer is None

    def test_a_fallen_proposal(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(forslag(side))
        (ett,) = forslag_i(paa_nytt(session), moetesak)
        side = etter(send(side, "/voteringer", form="for_mot", objekt=[f"f{ett.id}"], resultat="for", mindretall="2SV"))
        assert "fikk 2 stemmer (2SV) og falt" in side.text

    def test_a_tie_is_settled_by_the_presiding_member(
        self, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        send(side, "/voteringer", **VANLIG, mindretall="4Ap", til_stede="8", moeteleder="for")
        (votering,) = voteringer_i(paa_nytt(session), moetesak)
        assert votering.vinner == 0
        assert "møtelederens stemme avgjorde" in votering.setning

    def test_agreement_without_a_ballot(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        send(side, "/voteringer", form="enighet")
        assert "enighet" in voteringer_i(paa_nytt(session), moetesak)[0].setning


class TestVedtaket:
    def test_an_edit_is_kept_with_its_reason(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        tekst = side.html.select_one("#felt-vedtak-tekst").text.replace("ny kai", "en ny kai")
        send(side, "/vedtak", tekst=tekst, begrunnelse="Et ord var falt ut.")
        vedtak = vedtak_i(paa_nytt(session), moetesak)
        assert vedtak is not None
        (redigering,) = vedtak.redigeringer
        assert (redigering.redigert_av, redigering.begrunnelse) == ("Berit", "Et ord var falt ut.")
        offentlig = side.test_app.get("/innsyn/kommunestyret/2019/1")
        assert "Et ord var falt ut." in offentlig.text

    def test_untouched_text_is_no_edit(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        send(side, "/vedtak")
        vedtak = vedtak_i(paa_nytt(session), moetesak)
        assert vedtak is not None
        assert vedtak.redigeringer == []

    def test_the_order_can_be_chosen(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(forslag(side, tekst="Først ført."))
        side = etter(forslag(side, tekst="Sist ført."))
        for _ in range(3):
            side = etter(send(side, "/voteringer", hurtig="ja"))
        foerste, andre = forslag_i(paa_nytt(session), moetesak)
        send(side, "/vedtak", **{f"plass-f{foerste.id}": "5", f"plass-f{andre.id}": "4"})
        vedtak = vedtak_i(paa_nytt(session), moetesak)
        assert vedtak is not None
        assert [rad.forslag_id for rad in vedtak.avsnitt][3:] == [andre.id, foerste.id]

    def test_open_proposals_lapse_when_that_is_confirmed(
        self, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(send(etter(forslag(side)), "/voteringer", hurtig="ja"))
        send(side, "/vedtak", lukk="ja")
        assert forslag_i(paa_nytt(session), moetesak)[0].utfall == "bortfalt"

    def test_postponed_to_a_day(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(forslag(side))
        side = etter(send(side, "/utsett", til="2019-09-26"))
        session.rollback()
        assert (moetesak.utfall, str(moetesak.utsatt_til)) == ("utsatt", "2019-09-26")
        assert forslag_i(paa_nytt(session), moetesak)[0].utfall == "bortfalt"

    def test_postponed_by_a_ballot(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        side = etter(forslag(side, type="utsettelse", tekst="Saken utsettes."))
        side = etter(send(side, "/voteringer", hurtig="ja"))
        send(side, "/vedtak", utsatt_til="26.09.2019")
        session.rollback()
        assert (moetesak.utfall, moetesak.resultat, str(moetesak.utsatt_til)) == (
            "utsatt",
            "Saken utsatt",
            "2019-09-26",
        )

    def test_the_words_of_a_postponement_can_be_edited_with_a_reason(
        self, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(forslag(side, type="utsettelse", tekst="Saken utsettes i påvente av svar."))
        side = etter(send(side, "/voteringer", hurtig="ja"))
        send(side, "/vedtak", tekst="Saken utsettes.", begrunnelse="Svaret kom i møtet.")
        vedtak = vedtak_i(paa_nytt(session), moetesak)
        assert [rad.begrunnelse for rad in vedtak.redigeringer] == ["Svaret kom i møtet."]
        assert (moetesak.resultat, moetesak.utfall) == ("Saken utsatt", "utsatt")

    @pytest.mark.parametrize(("resultat", "lagret"), [("", None), ("Annet forslag vedtatt", "Annet forslag vedtatt")])
    def test_the_code_of_the_minutes_is_what_was_typed(
        self, side: TestResponse, session: Session, moetesak: Moetesak, resultat: str, lagret: str | None
    ) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        send(side, "/vedtak", resultat=resultat)
        paa_nytt(session)
        assert moetesak.resultat == lagret

    def test_sent_back_with_what_is_to_be_done(self, side: TestResponse, session: Session, moetesak: Moetesak) -> None:
        send(side, "/send-tilbake", mandat="Utred en flytebrygge.")
        session.rollback()
        assert moetesak.utfall == "tilbakesendt"
        assert len(moetesak.notater) == 1


# What is typed where -> the status, and words of the reason.
UMULIG: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "more votes than members present": (
        "/voteringer",
        {**VANLIG, "til_stede": "5", "mindretall": "3Ap, 3H"},
        422,
        "6 stemmer er ført, men bare 5",
    ),
    "more present than the attendance": (
        "/voteringer",
        {**VANLIG, "til_stede": "10", "mindretall": "1H"},
        422,
        "frammøtet viser 9",
    ),
    "a party over its seats": ("/voteringer", {**VANLIG, "mindretall": "3SV"}, 422, "SV har 2 til stede"),
    "an unknown party": ("/voteringer", {**VANLIG, "mindretall": "2Xp"}, 400, "Kan ikke lese «2Xp»"),
    "no quorum": (
        "/voteringer",
        {"form": "for_mot", "resultat": "enstemmig", "til_stede": "4"},
        422,
        "ikke vedtaksført",
    ),
    "nothing to vote on": ("/voteringer", {"objekt": [], "hurtig": "ja"}, 400, "Velg hva det voteres over"),
    "an alternative without another": (
        "/voteringer",
        {"form": "alternativ", "resultat": "enstemmig"},
        400,
        "kolonnen «Mot»",
    ),
    "neither unanimous nor a minority": ("/voteringer", {**VANLIG, "mindretall": ""}, 400, "Skriv mindretallet"),
    "a tie that nobody settles": (
        "/voteringer",
        {**VANLIG, "til_stede": "8", "mindretall": "4Ap"},
        422,
        "stemmelikhet",
    ),
    "not a number": (
        "/voteringer",
        {**VANLIG, "til_stede": "mange", "mindretall": "1H"},
        400,
        "«mange» er ikke et tall",
    ),
    "a foreign paragraph": ("/voteringer", {**VANLIG, "objekt": ["s9999"], "mindretall": "1H"}, 400, "ikke hører til"),
    "an unknown person": (
        "/forslag",
        {"stiller": "Ola Ukjent (Ap)", "tekst": "Noe."},
        400,
        "«Ola Ukjent (Ap)» er ikke medlem",
    ),
    "a name almost right": (
        "/forslag",
        {"stiller": "Ap1 Ap1son (Ap)", "tekst": "Noe."},
        400,
        "Mente du Ap1 Ap1sen (Ap)?",
    ),
    "nobody": ("/forslag", {"stiller": "", "tekst": "Noe."}, 400, "Velg hvem som fremmer"),
    "no text": ("/forslag", {"stiller": "Ap1 Ap1sen", "tekst": ""}, 400, "Skriv teksten"),
    "a deletion of nothing": (
        "/forslag",
        {"type": "strykning", "stiller": "Ap1 Ap1sen", "tekst": ""},
        400,
        "Velg avsnittet",
    ),
    "on behalf of nobody known": (
        "/forslag",
        {"stiller": "Ap1 Ap1sen", "tekst": "Noe.", "paa_vegne_av": "Ap, Xp"},
        400,
        "Ukjent parti: «Xp»",
    ),
    "a control character": ("/forslag", {"stiller": "Ap1 Ap1sen", "tekst": "Noe\x07."}, 400, "usynlig styretegn"),
    "an empty note": ("/notater", {"tekst": "  "}, 400, "Skriv teksten"),
    "habilitet without an outcome": (
        "/habilitet",
        {"person": "H1 H1sen", "tekst": "Vurdert."},
        400,
        "habil eller inhabil",
    ),
    "an unknown saksordfører": ("/saksordfoerer", {"person": "Ingen Her"}, 400, "er ikke medlem"),
    "a decision with everything undecided": ("/vedtak", {}, 422, "Avsnitt 1, 2, 3 er ikke avgjort"),
    "postponed to yesterday": ("/utsett", {"til": "2019-08-28"}, 400, "kan ikke utsettes til 28.08.2019"),
    "postponed to no day at all": ("/utsett", {"til": "31.02.2019"}, 400, "ikke en dato"),
    "sent back without a word": ("/send-tilbake", {"mandat": ""}, 400, "Skriv hva som skal gjøres"),
}


class TestUmulig:
    def test_it_is_refused_with_the_reason_and_nothing_is_saved(self, side: TestResponse, engine: sa.Engine) -> None:
        foer = innhold(engine)
        for hva, (adresse, felter, status, grunn) in UMULIG.items():
            svar = send(side, adresse, status=status, **felter)
            assert grunn in meldinger(svar), hva
            assert innhold(engine) == foer, hva

    def test_what_was_typed_stands_in_the_form(self, side: TestResponse) -> None:
        svar = forslag(side, stiller="Ola Ukjent", tekst="Kaia males\n\n- gul\n- grønn", status=400)
        assert svar.html.select_one("#felt-forslag-stiller")["value"] == "Ola Ukjent"
        assert svar.html.select_one("#felt-forslag-stiller")["aria-invalid"] == "true"
        assert "- grønn" in svar.html.select_one("#felt-forslag-tekst").text
        assert svar.html.select_one("#forslag").has_attr("open")

    def test_every_reason_is_told(self, side: TestResponse) -> None:
        svar = send(side, "/voteringer", **VANLIG, mindretall="3SV, 5H", status=422)
        assert "SV har 2 til stede" in meldinger(svar)
        assert "H har 3 til stede" in meldinger(svar)

    def test_a_fallen_paragraph_cannot_be_amended(
        self, side: TestResponse, moetesak: Moetesak, engine: sa.Engine
    ) -> None:
        (tredje,) = avsnitt(moetesak, 3)
        side = etter(send(side, "/voteringer", form="for_mot", objekt=[tredje], resultat="for", mindretall="2SV"))
        foer = innhold(engine)
        svar = forslag(side, type="endring", maal=tredje, tekst="Arbeidet lyses ut i høst.", status=422)
        assert "Avsnitt 3 er falt og kan ikke endres" in meldinger(svar)
        assert innhold(engine) == foer

    def test_what_is_decided_is_not_decided_again(self, side: TestResponse, moetesak: Moetesak) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        svar = send(side, "/voteringer", objekt=avsnitt(moetesak, 1), hurtig="ja", status=422)
        assert "Avsnitt 1 er vedtatt i votering 1" in meldinger(svar)

    def test_an_edit_needs_a_reason(self, side: TestResponse, engine: sa.Engine) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        foer = innhold(engine)
        svar = send(side, "/vedtak", tekst="Noe helt annet.", status=400)
        assert "Skriv hvorfor" in meldinger(svar)
        assert innhold(engine) == foer

    def test_a_proposal_that_was_voted_on_is_not_withdrawn(
        self, app: TestApp, side: TestResponse, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(forslag(side))
        (ett,) = forslag_i(paa_nytt(session), moetesak)
        trekk = nett.skjema(side, "/forslag/trekk").submit_fields()
        side = etter(send(side, "/voteringer", objekt=[f"f{ett.id}"], hurtig="ja"))
        felter = [(navn, verdi) for navn, verdi in trekk if navn != "radversjon"]
        svar = app.post(f"/moetesaker/{moetesak.id}/forslag/trekk", felter, status=422)
        assert "votert over og kan ikke trekkes" in meldinger(svar)

    def test_nothing_is_undone_that_was_not_done(self, app: TestApp, side: TestResponse, moetesak: Moetesak) -> None:
        felter = [("csrf_token", nett.skjema(side, "/notater")["csrf_token"].value)]
        assert "ingen votering" in meldinger(
            app.post(f"/moetesaker/{moetesak.id}/voteringer/angre", felter, status=422)
        )

    def test_a_body_that_is_not_quorate_decides_nothing(
        self, side: TestResponse, engine: sa.Engine, session: Session, moetesak: Moetesak
    ) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        session.rollback()
        for rad in moetesak.moete.oppmoete[:5]:
            rad.til = moetesak.moete.starttid
        session.commit()
        foer = innhold(engine)
        svar = send(side, "/vedtak", status=422)
        assert "ikke vedtaksført: 4 av minst 5" in meldinger(svar)
        assert innhold(engine) == foer

    def test_a_stranger_to_the_page_is_told_so(self, app: TestApp, side: TestResponse, moetesak: Moetesak) -> None:
        token = nett.skjema(side, "/notater")["csrf_token"].value
        felter = [("csrf_token", token), ("radversjon", "en"), ("notat-tekst", "x")]
        assert "Hent siden på nytt" in app.post(f"/moetesaker/{moetesak.id}/notater", felter, status=400).text


class TestToSekretaerer:
    def test_the_second_meets_a_conflict_and_loses_nothing(
        self, app: TestApp, side: TestResponse, moetesak: Moetesak, session: Session, engine: sa.Engine
    ) -> None:
        min_side = app.get(f"/moetesaker/{moetesak.id}/registrer")
        forslag(side, tekst="Den andres forslag.")
        foer = innhold(engine)
        svar = send(min_side, "/merknader", stiller="SV1 SV1sen", tekst="Min lange merknad.", parti=["H"], status=409)
        assert "Noen andre kom først" in meldinger(svar)
        assert "Forslag 1, tilleggsforslag fra Ap1 Ap1sen (Ap)" in meldinger(svar)
        assert svar.html.select_one("#felt-merknad-tekst").text.strip() == "Min lange merknad."
        assert svar.html.select_one("[name=merknad-parti][value=H]").has_attr("checked")
        assert "Den andres forslag." in svar.text
        assert innhold(engine) == foer
        nett.skjema(svar, "/merknader").submit(status=303)
        assert [rad.navn for rad in merknader_i(paa_nytt(session), moetesak)] == ["SV1 SV1sen"]
        assert len(forslag_i(paa_nytt(session), moetesak)) == 1

    def test_a_ballot_that_was_taken_back_is_told(self, app: TestApp, side: TestResponse, moetesak: Moetesak) -> None:
        side = etter(send(side, "/voteringer", hurtig="ja"))
        min_side = app.get(f"/moetesaker/{moetesak.id}/registrer")
        send(side, "/voteringer/angre")
        svar = send(min_side, "/vedtak", status=409)
        assert "En votering er tatt tilbake" in meldinger(svar)


class TestAdgang:
    STIER = (
        "aapne", "forslag", "forslag/trekk", "voteringer", "voteringer/angre", "merknader", "merknader/tilslutning",
        "notater", "habilitet", "saksordfoerer", "vedtak", "utsett", "send-tilbake", "trekk", "protokoll/godkjenn",
        "protokoll/publiser",
    )  # fmt: skip

    def test_nothing_is_written_by_looking(self, app: TestApp, moetesak: Moetesak) -> None:
        for sti in self.STIER:
            app.get(f"/moetesaker/{moetesak.id}/{sti}", status=404)

    def test_the_token_is_needed(self, app: TestApp, moetesak: Moetesak, engine: sa.Engine) -> None:
        moetesak_id, foer = moetesak.id, innhold(engine)
        for sti in self.STIER:
            svar = app.post(f"/moetesaker/{moetesak_id}/{sti}", {}, expect_errors=True)
            assert svar.status_int in (400, 403), sti
        assert innhold(engine) == foer

    def test_only_the_secretary_records(
        self, app: TestApp, moetesak: Moetesak, tj: Tjenester, session: Session, engine: sa.Engine
    ) -> None:
        moetesak_id = moetesak.id
        nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
        session.commit()
        logg_inn(app, "sara")
        token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
        foer = innhold(engine)
        for sti in self.STIER:
            felter = {"csrf_token": token, "send_tilbake-mandat": "Utred mer."}
            svar = app.post(f"/moetesaker/{moetesak_id}/{sti}", felter, expect_errors=True)
            # What the workflow decides by role is refused with its reason; the rest is not hers to do at all.
            assert svar.status_int in (403, 422), sti
        assert innhold(engine) == foer
        app.get(f"/moetesaker/{moetesak_id}/registrer", status=403)

    def test_the_public_is_asked_to_log_in(self, app: TestApp, moetesak: Moetesak) -> None:
        app.reset()
        assert "/logg-inn" in app.get(f"/moetesaker/{moetesak.id}/registrer", status=303).location

    def test_the_secretary_of_a_raad_records_only_there(
        self, app: TestApp, moetesak: Moetesak, tj: Tjenester, session: Session
    ) -> None:
        eldre = raad.raad(session)
        til_uttalelse = raad.sak(tj, "Om benker", godkjent=False)
        tj.saker.hendelse(til_uttalelse, "send_til_uttalelse", raad.SEKRETAER, dato=raad.MOETE)
        hos_oss = raad.behandling(tj, eldre, til_uttalelse)
        nett.bruker(tj, "rita", Rolle.RAADSSEKRETAER, utvalg_id=eldre.id)
        session.commit()
        logg_inn(app, "rita")
        side = app.get(f"/moetesaker/{hos_oss.id}/registrer")
        side = etter(forslag(side, tekst="Rådet ber om flere benker."))
        side = etter(send(side, "/voteringer", hurtig="ja"))
        assert "UTTALELSE" in side.html.select_one(".foering-ut").text
        app.get(f"/moetesaker/{moetesak.id}/registrer", status=403)

    def test_no_such_treatment(self, app: TestApp, moetesak: Moetesak) -> None:
        assert "finnes ikke" in app.get("/moetesaker/999/registrer", status=404).text


class TestStemmetall:
    @pytest.mark.parametrize(
        ("tekst", "gyldig", "svar"),
        [
            ("2SV", True, "2 i mindretallet, 7 i flertallet, 9 til stede."),
            ("3sv", False, "SV har 2 til stede"),
            ("2Xp", False, "Kan ikke lese"),
            ("4Ap, 3H", True, "større enn flertallet"),
        ],
    )
    def test_a_tally_is_checked_while_it_is_typed(
        self, app: TestApp, moetesak: Moetesak, tekst: str, gyldig: bool, svar: str
    ) -> None:
        funnet = app.get(f"/moetesaker/{moetesak.id}/stemmetall", {"tekst": tekst}).json
        assert funnet["gyldig"] is gyldig
        assert svar in funnet["tekst"]


def test_attendance_is_taken_on_the_way(app: TestApp, tj: Tjenester, session: Session) -> None:
    organ = raad.utvalg(session)
    moetesak = raad.behandling(tj, organ, raad.sak(tj), aapnet=False, moett=False)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    session.commit()
    logg_inn(app, "berit")
    side = app.get(f"/moetesaker/{moetesak.id}/registrer")
    assert "Frammøtet er ikke ført" in side.text
    side = etter(send(side, "/frammoete"))
    assert "9 av 9" in side.html.select_one(".moetestripe").text
    side = etter(send(side, "/aapne"))
    assert side.html.select_one("#forslag") is not None
    assert len(paa_nytt(session).scalars(sa.select(Moete)).one().oppmoete) == 9


def test_what_lapsed_when_the_case_was_postponed_is_shown_when_it_comes_up_again(
    app: TestApp, moetesak: Moetesak, tj: Tjenester
) -> None:
    stiller = [raad.stiller(tj, moetesak.utvalg, "SV")]
    tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, parse_notation("Kaia får benker."), stiller)
    tj.vedtak.avslutt_forslag(moetesak)
    tj.moeter.utsett(moetesak, raad.SEKRETAER, None)
    neste = raad.behandling(tj, moetesak.utvalg, moetesak.saksmappe, dt.date(2019, 9, 12))
    tj.session.commit()
    side = app.get(f"/moetesaker/{neste.id}/registrer")
    assert "1 forslag bortfalt da saken ble utsatt 29.08.2019" in " ".join(side.html.get_text(" ").split())
    assert "Kaia får benker." in side.text
