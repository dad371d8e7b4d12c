"""The page of a treatment, for everybody who may read it, and its JSON twin."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import logg_inn
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Habilitetsutfall, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata

ADRESSE = "/innsyn/kommunestyret/2019/1"


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def styret(session: Session) -> Utvalg:
    return raad.utvalg(session)


def publiser(tj: Tjenester, moetesak: Moetesak) -> None:
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    tj.session.commit()


def behandlet(tj: Tjenester, styret: Utvalg, **felter: Any) -> Moetesak:
    """Three paragraphs against a deletion of the third (2 of SV), an addition that falls (3 of H), a remark of SV."""
    moetesak = raad.behandling(tj, styret, raad.sak(tj), **felter)
    segmenter = raad.segmenter(moetesak)
    strykning = tj.forslag.fremsett(
        moetesak, Forslagstype.STRYKNING, (), [raad.stiller(tj, styret, "SV")], maal=segmenter[2]
    )
    tillegg = tj.forslag.fremsett(
        moetesak,
        Forslagstype.TILLEGG,
        parse_notation("Kaia males gul."),
        [raad.stiller(tj, styret, "H")],
        paa_vegne_av=[raad.parti(tj.session, "H")],
    )
    merknad = tj.forslag.merk(moetesak, parse_notation("Husk måkene."), raad.stiller(tj, styret, "SV"))
    tj.forslag.slutt_til(merknad, [raad.parti(tj.session, "Ap")])
    tj.moeter.noter(moetesak, parse_notation("Havnesjefen orienterte."))
    for inndata in (
        Voteringsinndata(Voteringsform.FOR_MOT, segmenter[:2], enstemmig=True),
        Voteringsinndata(Voteringsform.ALTERNATIV, segmenter[2:], [strykning], mot_partier={"SV": 2}),
        Voteringsinndata(Voteringsform.FOR_MOT, [tillegg], for_partier={"H": 3}),
    ):
        tj.voteringer.registrer(moetesak, inndata)
    return moetesak


class TestSiden:
    def test_everybody_reads_what_is_published(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = behandlet(tj, styret)
        tj.vedtak.fatt(moetesak, raad.SEKRETAER)
        publiser(tj, moetesak)
        side = app.get(ADRESSE)
        assert side.html.h1.text.split() == ["PS", "1/19", "Ny", "kai", "ved", "fergeleiet"]
        vedtak = side.html.select(".vedtak-avsnitt")
        assert [ett.select_one("summary").text for ett in vedtak] == [
            "Opphav: Innstillingen, avsnitt 1",
            "Opphav: Innstillingen, avsnitt 2",
            "Opphav: Innstillingen, avsnitt 3",
            "Opphav: Merknad 3 (SV)",
        ]
        assert "FLERTALLSMERKNAD - SV, Ap" in vedtak[3].text
        assert "med 2 stemmer (2SV)" in side.html.select_one("#forslag-1").text
        assert "på vegne av H" in side.html.select_one("#forslag-2").text
        assert "med 3 stemmer (3H)" in side.html.select_one("#forslag-2").text
        assert "Havnesjefen orienterte." in side.text
        assert not side.html.select("main form")

    def test_votes_for_are_told_where_attendance_is_known(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        publiser_med_vedtak(tj, behandlet(tj, styret))
        alternativ, falt = (
            app.get(ADRESSE).html.select("#votering-2 tbody tr"),
            app.get(ADRESSE).html.select("#votering-3 tbody tr"),
        )
        assert [tall(rad) for rad in alternativ] == [("Ap", "0", "4"), ("H", "0", "3"), ("SV", "2", "0")]
        assert [tall(rad) for rad in falt] == [("Ap", "4", "0"), ("H", "0", "3"), ("SV", "2", "0")]

    def test_a_ballot_knows_who_was_there_also_when_somebody_has_left_since(
        self, app: TestApp, tj: Tjenester, styret: Utvalg
    ) -> None:
        moetesak = behandlet(tj, styret)
        inne = raad.medlemmer(tj, styret)
        tj.moeter.registrer_oppmoete(moetesak.moete, inne[:-1], kl=dt.time(19))
        publiser_med_vedtak(tj, moetesak)
        partier = {tall(rad)[0]: tall(rad)[1:] for rad in app.get(ADRESSE).html.select("#votering-2 tbody tr")}
        assert partier["SV"] == ("2", "0")
        assert sum(int(antall) for stemmer in partier.values() for antall in stemmer) == len(inne)

    def test_before_the_decision_it_says_how_the_text_stands(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = behandlet(tj, styret)
        nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
        tj.session.commit()
        app.get(ADRESSE, status=303)  # the public is asked to log in
        logg_inn(app, "sara")
        side = app.get(ADRESSE)
        assert "Ikke vedtatt ennå" in side.text
        assert not side.html.select(f"[href='/moetesaker/{moetesak.id}/registrer']")

    def test_who_may_record_is_led_there(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = behandlet(tj, styret)
        nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
        tj.session.commit()
        logg_inn(app, "berit")
        assert app.get(ADRESSE).click("Før behandlingen").request.path == f"/moetesaker/{moetesak.id}/registrer"

    def test_members_read_it_when_the_agenda_is_sent(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = behandlet(tj, styret)
        nett.bruker(tj, "rolf", Rolle.REPRESENTANT, utvalg_id=styret.id)
        tj.session.commit()
        logg_inn(app, "rolf")
        app.get(ADRESSE, status=403)
        tj.session.rollback()
        tj.sakslister.publiser(moetesak.moete)
        tj.session.commit()
        app.get(ADRESSE)

    def test_habilitet_saksordfoerer_and_attendance(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = raad.behandling(tj, styret, raad.sak(tj))
        medlem = raad.medlem(tj, styret, "H")
        tj.habilitet.vurder(moetesak, medlem.person, Habilitetsutfall.INHABIL, parse_notation("Eier tomten."))
        tj.moeter.sett_saksordfoerer(moetesak, raad.medlem(tj, styret, "Ap"))
        tj.voteringer.registrer(
            moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True)
        )
        publiser_med_vedtak(tj, moetesak)
        side = app.get(ADRESSE)
        assert "Habilitet: H1 H1sen, inhabil" in side.text
        assert "Ap1 Ap1sen (Ap)" in side.html.aside.text
        assert [tall(rad) for rad in side.html.select("#votering-1 tbody tr")][1] == ("H", "0", "2")

    def test_a_closed_case_is_not_for_the_public(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        sak = raad.sak(tj, "Oppsigelse av Kari Lie", offentlig_tittel="Personalsak", skjermingshjemmel="offl. § 13")
        moetesak = raad.behandling(tj, styret, sak)
        tj.voteringer.registrer(
            moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True)
        )
        publiser_med_vedtak(tj, moetesak)
        app.get(ADRESSE, status=303)
        svar = app.get(f"{ADRESSE}/2019-08-29.json", expect_errors=True)
        assert "Kari Lie" not in svar.text


class TestAdressen:
    def test_the_number_leads_to_the_latest_and_both_lead_to_each_other(
        self, app: TestApp, tj: Tjenester, styret: Utvalg
    ) -> None:
        sak = raad.sak(tj)
        juni = raad.behandling(tj, styret, sak, dt.date(2019, 6, 13))
        tj.moeter.utsett(juni, raad.SEKRETAER, raad.MOETE)
        publiser(tj, juni)
        august = raad.behandling(tj, styret, sak)
        tj.voteringer.registrer(august, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(august), enstemmig=True))
        tj.session.commit()
        assert "Saken ble utsatt" in app.get(ADRESSE).text  # the public sees only the one that is published
        tj.session.rollback()
        publiser_med_vedtak(tj, august)
        side = app.get(ADRESSE)
        assert "29. august 2019" in side.text
        foer = side.click("Før:")
        assert "kommer opp igjen torsdag 29. august 2019" in foer.text
        assert "29. august" in foer.click("Etter:").html.select_one(".sidehode-om").text

    @pytest.mark.parametrize(
        "adresse",
        [
            "/innsyn/kommunestyret/2019/99",
            "/innsyn/kommunestyret/2018/1",
            "/innsyn/ingenting/2019/1",
            f"{ADRESSE}/2019-08-28",
            f"{ADRESSE}/2019-13-99",
            f"{ADRESSE}/2019-08-28.json",
        ],
    )
    def test_what_does_not_exist(self, app: TestApp, tj: Tjenester, styret: Utvalg, adresse: str) -> None:
        publiser_med_vedtak(tj, behandlet(tj, styret))
        app.get(adresse, status=404)


class TestJson:
    def test_the_same_as_data(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = behandlet(tj, styret)
        tekst = [parse_notation(linje) for linje in ("Kommunen bygger.", *raad.INNSTILLING[1:])]
        tj.vedtak.fatt(moetesak, raad.SEKRETAER, redigert=tekst, begrunnelse="Kortere.")
        publiser(tj, moetesak)
        data = app.get(f"{ADRESSE}/2019-08-29.json").json
        assert data == app.get(f"{ADRESSE}.json").json
        assert (data["saksnummer"], data["moetedato"], data["utfall"]) == ("PS 1/19", "2019-08-29", "behandlet")
        assert [ett["status"] for ett in data["forslag"]] == ["falt", "falt"]
        assert data["voteringer"][1]["mot_partier"] == {"SV": 2}
        assert (data["voteringer"][1]["for"], data["voteringer"][1]["til_stede"]) == (7, 9)
        assert data["merknader"][0]["flertallsmerknad"] is True
        assert data["vedtak"]["redigeringer"][0]["begrunnelse"] == "Kortere."
        app.get(data["protokoll"])

    def test_unknown_counts_are_null(self, app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
        moetesak = raad.behandling(tj, styret, raad.sak(tj), moett=False)
        inndata = Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), mot_partier={"SV": 2})
        tj.voteringer.registrer(moetesak, inndata)
        nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
        tj.session.commit()
        logg_inn(app, "sara")
        (votering,) = app.get(f"{ADRESSE}.json").json["voteringer"]
        assert (votering["for"], votering["til_stede"], votering["mot"]) == (None, None, 2)


def publiser_med_vedtak(tj: Tjenester, moetesak: Moetesak) -> None:
    tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    publiser(tj, moetesak)


def tall(rad: Any) -> tuple[str, ...]:
    """Party, against and for of a row of the figure."""
    celler = [ett.text.strip() for ett in rad.select("th, td")]
    return (celler[0], celler[1], celler[-1])
