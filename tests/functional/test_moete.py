"""Meetings: the calendar, a meeting with its agenda and attendance, the secretary's desk, the representative's desk."""

from __future__ import annotations

import datetime as dt
import re

import icalendar
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata

SEPTEMBER = dt.date(2019, 9, 26)


def titler(side: TestResponse) -> list[str]:
    """The agenda as it stands: number and title of each item."""
    return [
        " ".join(f"{rad.select_one('.saksnavn-nummer').text} {rad.select_one('.saksnavn-tittel').text}".split())
        for rad in side.html.select("tbody tr")
    ]


def ord_i(side: TestResponse) -> str:
    return " ".join(side.html.get_text(" ").split())


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def styret(app: TestApp, tj: Tjenester, session: Session) -> Utvalg:
    """Kommunestyret, and a secretary who is logged in."""
    organ = raad.utvalg(session, vara={"Ap": 3})
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    session.commit()
    logg_inn(app, "berit")
    return organ


@pytest.fixture
def moete(styret: Utvalg, tj: Tjenester, session: Session) -> Moete:
    nytt = tj.moeter.opprett(styret, SEPTEMBER, starttid=dt.time(17), sted="Rådhuset")
    session.commit()
    return nytt


def klar_sak(tj: Tjenester, tittel: str = "Ny kai ved fergeleiet") -> str:
    """A case that has been through the committee. The caller commits."""
    komite = tj.session.scalar(sa.select(Utvalg).where(Utvalg.navn == "Havnekomiteen")) or raad.komite(tj.session)
    sak = raad.sak(tj, tittel)
    innstilt = raad.behandling(tj, komite, sak, dt.date(2019, 5, 9) + dt.timedelta(days=len(tittel)))
    inndata = Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(innstilt), enstemmig=True)
    tj.voteringer.registrer(innstilt, inndata)
    tj.vedtak.fatt(innstilt, raad.SEKRETAER)
    return sak.saksnummer


class TestKalenderen:
    def test_everybody_sees_what_comes_and_what_was(
        self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session
    ) -> None:
        for dag in (dt.date(2019, 6, 13), SEPTEMBER):
            tj.moeter.opprett(styret, dag)
        session.commit()
        app.reset()
        assert "26.09.2019" in app.get("/moeter").text
        assert "13.06.2019" not in app.get("/moeter").text
        assert "13.06.2019" in app.get("/moeter?vis=tidligere").text

    def test_long_lists_page_and_filter(self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session) -> None:
        komite = raad.komite(session)
        for uke in range(30):
            tj.moeter.opprett(styret, SEPTEMBER + dt.timedelta(weeks=uke))
        tj.moeter.opprett(komite, SEPTEMBER)
        session.commit()
        foerste = app.get("/moeter?utvalg=kommunestyret")
        assert len(foerste.html.select("tbody tr")) == 25
        andre = foerste.click("Neste")
        assert len(andre.html.select("tbody tr")) == 5
        assert len(app.get("/moeter?utvalg=havnekomiteen").html.select("tbody tr")) == 1
        assert app.get("/moeter?side=tull&utvalg=tull").status_int == 200

    def test_nobody_but_a_secretary_calls_a_meeting(
        self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session
    ) -> None:
        nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
        session.commit()
        logg_inn(app, "sara")
        assert not app.get("/moeter").html.select("[href='/moeter/ny']")
        app.get("/moeter/ny", status=403)
        app.reset()
        assert "/logg-inn" in app.get("/moeter/ny", status=303).location


class TestNyttMoete:
    def test_a_meeting_is_called(self, app: TestApp, styret: Utvalg) -> None:
        felter = {"utvalg": "kommunestyret", "dato": "2019-09-26", "starttid": "17.30", "sted": "Rådhuset"}
        side = send(app.get("/moeter/ny"), "/moeter/ny", **felter).follow()
        assert "torsdag 26. september 2019" in side.html.h1.text
        assert "kl. 17.30" in side.text

    @pytest.mark.parametrize(
        ("felter", "grunn"),
        [
            ({"utvalg": "", "dato": "2019-09-26"}, "Velg hvilket utvalg"),
            ({"utvalg": "kommunestyret", "dato": ""}, "Skriv datoen"),
            ({"utvalg": "kommunestyret", "dato": "29.13.2019"}, "ikke en dato"),
            ({"utvalg": "kommunestyret", "dato": "2019-10-01", "starttid": "25.00"}, "ikke et klokkeslett"),
            ({"utvalg": "kommunestyret", "dato": "2019-09-26"}, "har allerede et møte 26.09.2019"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, app: TestApp, moete: Moete, engine: sa.Engine, felter: dict[str, str], grunn: str
    ) -> None:
        foer = innhold(engine)
        svar = send(app.get("/moeter/ny"), "/moeter/ny", status=400, **felter)
        assert grunn in meldinger(svar)
        assert innhold(engine) == foer

    def test_the_secretary_of_a_raad_calls_only_that(self, app: TestApp, styret: Utvalg, tj: Tjenester) -> None:
        eldre = raad.raad(tj.session)
        nett.bruker(tj, "rita", Rolle.RAADSSEKRETAER, utvalg_id=eldre.id)
        tj.session.commit()
        logg_inn(app, "rita")
        side = app.get("/moeter/ny")
        assert [ett.text for ett in side.html.select("#felt-moete-utvalg option")] == ["Velg utvalg", "Eldrerådet"]
        svar = send(side, "/moeter/ny", status=400, utvalg="kommunestyret", dato="2019-10-03")
        assert "Velg hvilket utvalg" in meldinger(svar)


class TestSakslisten:
    def test_a_waiting_case_is_put_on_and_sent(
        self, app: TestApp, moete: Moete, tj: Tjenester, session: Session
    ) -> None:
        nummer = klar_sak(tj)
        session.commit()
        adresse = f"/moeter/{moete.id}"
        side = app.get(adresse)
        assert nummer in side.html.select_one("#venteliste").text
        side = send(side, "/saker", valgt=["2019/1"]).follow()
        assert "PS 1/19" in side.html.select_one("tbody").text
        app.reset()
        assert "ikke sendt ut" in app.get(adresse).text
        logg_inn(app, "berit")
        assert "Sendes senest torsdag 19. september 2019" in ord_i(app.get(adresse))
        side = send(app.get(adresse), "/saksliste").follow()
        app.reset()
        offentlig = app.get(adresse)
        assert "Ny kai ved fergeleiet" in offentlig.html.select_one("tbody").text
        assert not offentlig.html.select("form[method=post]")

    def test_the_waiting_cases_are_searched(self, app: TestApp, moete: Moete, tj: Tjenester, session: Session) -> None:
        klar_sak(tj, "Ny kai")
        klar_sak(tj, "Ny skole på Ås")
        session.commit()
        listen = app.get(f"/moeter/{moete.id}?q=%C3%A5s+SKOLE").html.select("#venteliste label")
        assert [" ".join(ett.text.split()) for ett in listen] == ["Ny skole på Ås 19/2"]
        assert "Ingen saker med «flyplass»" in app.get(f"/moeter/{moete.id}?q=flyplass").text

    def test_several_are_put_on_then_moved(self, app: TestApp, moete: Moete, tj: Tjenester, session: Session) -> None:
        saker = [klar_sak(tj, tittel) for tittel in ("En", "Toer", "Treer")]
        session.commit()
        side = send(app.get(f"/moeter/{moete.id}"), "/saker", valgt=[f"2019/{nr}" for nr in (1, 2, 3)]).follow()
        assert titler(side) == ["PS 1/19 En", "PS 2/19 Toer", "PS 3/19 Treer"]
        gammel, sist = side, side.html.select("button[name=orden-opp]")[2]["value"]
        side = send(side, "/rekkefoelge", opp=sist).follow()
        assert titler(side) == ["PS 1/19 En", "PS 2/19 Treer", "PS 3/19 Toer"]
        ider = [knapp["value"] for knapp in side.html.select("button[name=orden-opp]")]
        assert "Noen andre har endret sakslisten" in meldinger(send(gammel, "/rekkefoelge", status=409, ned=sist))
        send(side, "/rekkefoelge", status=400, opp="999")
        send(side, "/rekkefoelge", status=400, ny="1,x")
        side = send(side, "/rekkefoelge", ny=",".join(reversed(ider))).follow()
        assert titler(side) == ["PS 1/19 Toer", "PS 2/19 Treer", "PS 3/19 En"]
        sendt = send(side, "/saksliste").follow()
        assert not sendt.html.select("[data-orden]")
        assert "ligger rekkefølge og numre fast" in meldinger(send(side, "/rekkefoelge", status=422, ned=sist))
        assert len(saker) == 3

    def test_a_late_summons_says_why(self, app: TestApp, moete: Moete, tj: Tjenester, klokke: FixedClock) -> None:
        klar_sak(tj)
        tj.session.commit()
        klokke.set(dt.datetime(2019, 9, 24, 10, tzinfo=dt.UTC))
        logg_inn(app, "berit")
        side = send(app.get(f"/moeter/{moete.id}"), "/saker", valgt=["2019/1"]).follow()
        svar = send(side, "/saksliste", status=422)
        assert "skulle vært sendt senest 19.09.2019, 7 dager før møtet" in meldinger(svar)
        assert "kommuneloven 1992 § 32" in meldinger(svar)
        side = send(side, "/saksliste", begrunnelse="Fergen sto.").follow()
        assert "sendt etter fristen: Fergen sto." in ord_i(side)

    def test_a_withdrawn_case_keeps_its_number(self, app: TestApp, moete: Moete, tj: Tjenester) -> None:
        klar_sak(tj, "En")
        klar_sak(tj, "Toer")
        tj.session.commit()
        side = send(app.get(f"/moeter/{moete.id}"), "/saker", valgt=["2019/1"]).follow()
        side = send(
            side, "/trekk", sak=side.html.select("#felt-trekk-sak option")[1]["value"], grunn="Ikke klar"
        ).follow()
        side = send(side, "/saker", valgt=["2019/2"]).follow()
        assert titler(side) == ["PS 1/19 En", "PS 2/19 Toer"]
        assert "Trukket" in side.html.select_one("tbody tr").text
        assert titler(send(side, "/saker", valgt=["2019/1"]).follow())[2] == "PS 3/19 En"

    def test_a_case_of_another_series(self, app: TestApp, moete: Moete, tj: Tjenester) -> None:
        klar_sak(tj, "En")
        klar_sak(tj, "Toer")
        tj.session.commit()
        side = send(app.get(f"/moeter/{moete.id}"), "/saker", valgt=["2019/1"]).follow()
        assert titler(send(side, "/saker", valgt=["2019/2"], serie="RS").follow())[1] == "RS 1/19 Toer"

    def test_the_course_of_a_meeting(self, app: TestApp, moete: Moete, tj: Tjenester) -> None:
        for tittel in ("En", "Toer", "Treer"):
            klar_sak(tj, tittel)
        tj.session.commit()
        adresse = f"/moeter/{moete.id}"
        side = send(app.get(adresse), "/saker", valgt=["2019/1"]).follow()
        side = send(side, "/saksliste").follow()
        assert "Frammøtet er ikke ført" in meldinger(send(side, "/gang", status=422))
        side = send(side, "/saker", valgt=["2019/2"]).follow()
        assert "Ettersendt" in side.html.select("tbody tr")[1].text
        send(app.get(f"{adresse}/frammoete"), "/frammoete", alle="ja")
        side = send(app.get(adresse), "/gang").follow()
        assert "Møtet er satt" in side.html.select_one(".sidehode").text
        svar = send(side, "/saker", status=422, valgt=["2019/3"], mot="3", leder="ja")
        assert "3 av 9 til stede er imot" in meldinger(svar)
        assert "Møtelederen er imot" in meldinger(svar)
        assert "kommuneloven 1992 § 34" in meldinger(svar)
        side = send(side, "/saker", valgt=["2019/3"], mot="2").follow()
        assert "Tatt opp i møtet" in side.html.select("tbody tr")[2].text
        assert "PS 1/19 er ikke tatt opp" in meldinger(send(side, "/gang", status=422))
        for nr in range(3):
            side = send(side, "/trekk", sak=side.html.select("#felt-trekk-sak option")[1]["value"]).follow()
            assert "Trukket" in side.html.select("tbody tr")[nr].text
        side = send(side, "/gang").follow()
        assert "Hevet" in side.html.select_one(".sidehode").text
        assert "settes på sakslisten for et senere møte" in ord_i(side)

    def test_a_meeting_is_called_off(self, app: TestApp, moete: Moete) -> None:
        side = send(app.get(f"/moeter/{moete.id}"), "/gang").follow()
        assert "Avlyst" in side.html.select_one(".sidehode").text

    @pytest.mark.parametrize(
        ("felter", "status", "grunn"),
        [
            ({}, 400, "Velg en sak"),
            ({"saksnummer": "19/999"}, 400, "ingen sak med nummer 19/999"),
            ({"saksnummer": "nitten"}, 400, "ikke et saksnummer"),
            ({"saksnummer": "19/1", "nummer": "x"}, 400, "ikke et tall"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self,
        app: TestApp,
        moete: Moete,
        tj: Tjenester,
        engine: sa.Engine,
        felter: dict[str, str],
        status: int,
        grunn: str,
    ) -> None:
        klar_sak(tj)
        tj.session.commit()
        foer = innhold(engine)
        svar = send(app.get(f"/moeter/{moete.id}"), "/saker", status=status, **felter)
        assert grunn in meldinger(svar)
        assert innhold(engine) == foer

    def test_a_number_already_used(self, app: TestApp, moete: Moete, tj: Tjenester, engine: sa.Engine) -> None:
        en, to = klar_sak(tj, "En"), klar_sak(tj, "To og to")
        tj.session.commit()
        side = send(app.get(f"/moeter/{moete.id}"), "/saker", saksnummer=en, nummer="7").follow()
        foer = innhold(engine)
        svar = send(side, "/saker", status=400, saksnummer=to, nummer="7")
        assert "Nummer 7/19 er allerede brukt i Kommunestyret. Velg et annet." in meldinger(svar)
        assert svar.html.select_one("#felt-sak-saksnummer")["value"] == to
        assert innhold(engine) == foer
        assert "står allerede på sakslisten" in meldinger(send(side, "/saker", status=400, saksnummer=en))

    def test_what_protocols_are_kept_in_is_no_case_to_treat(
        self, app: TestApp, moete: Moete, tj: Tjenester, engine: sa.Engine
    ) -> None:
        mappe = tj.saker.opprett_moetemappe("Møter i Kommunestyret 2019", moete.utvalg_id)
        tj.session.commit()
        foer = innhold(engine)
        svar = send(app.get(f"/moeter/{moete.id}"), "/saker", status=400, saksnummer=mappe.saksnummer)
        assert "er møtemappen «Møter i Kommunestyret 2019». Velg saken som skal behandles." in meldinger(svar)
        assert innhold(engine) == foer

    def test_a_case_that_is_not_ready(self, app: TestApp, moete: Moete, tj: Tjenester, engine: sa.Engine) -> None:
        sak = raad.sak(tj, godkjent=False)
        tj.session.commit()
        foer = innhold(engine)
        svar = send(app.get(f"/moeter/{moete.id}"), "/saker", status=422, saksnummer=sak.saksnummer)
        assert "ikke mulig nå" in meldinger(svar)
        assert innhold(engine) == foer

    def test_an_empty_agenda_is_not_sent(self, app: TestApp, moete: Moete) -> None:
        side = app.get(f"/moeter/{moete.id}")
        token = nett.skjema(side, "/saker")["csrf_token"].value
        svar = app.post(f"/moeter/{moete.id}/saksliste", {"csrf_token": token}, status=422)
        assert "Sakslisten er tom" in meldinger(svar)

    def test_a_closed_case_shows_only_its_public_title(
        self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session
    ) -> None:
        sak = raad.sak(tj, "Oppsigelse av Kari Lie", offentlig_tittel="Personalsak", skjermingshjemmel="offl. § 13")
        moetesak = raad.behandling(tj, styret, sak, SEPTEMBER, aapnet=False)
        tj.sakslister.publiser(moetesak.moete)
        session.commit()
        app.reset()
        side = app.get(f"/moeter/{moetesak.moete.id}")
        assert "Personalsak" in side.text
        assert "Kari Lie" not in side.text
        assert not side.html.select("tbody a")

    def test_only_its_secretary_changes_a_meeting(self, app: TestApp, moete: Moete, tj: Tjenester) -> None:
        nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
        tj.session.commit()
        token = nett.skjema(app.get(f"/moeter/{moete.id}"), "/saker")["csrf_token"].value
        logg_inn(app, "sara")
        token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
        for sti in ("saker", "rekkefoelge", "trekk", "saksliste", "gang", "frammoete", "frammoete/endring"):
            app.post(f"/moeter/{moete.id}/{sti}", {"csrf_token": token}, status=403)
        app.get(f"/moeter/{moete.id}/frammoete", status=403)
        app.get("/moeter/999", status=404)


class TestFrammoete:
    def test_all_at_once_then_one_leaves_and_a_substitute_comes(
        self, app: TestApp, moete: Moete, session: Session
    ) -> None:
        adresse = f"/moeter/{moete.id}/frammoete"
        send(app.get(adresse), "/frammoete", alle="ja")
        send(app.get(adresse), "/endring", person="Ap2 Ap2sen (Ap)", retning="gaar", kl="18.40")
        side = send(app.get(adresse), "/endring", person="Ap5 Ap5sen", retning="kommer", kl="1845").follow()
        assert "Ap5 Ap5sen (Ap) møter for Ap2 Ap2sen" in side.text
        assert "gikk kl. 18.40" in " ".join(side.text.split())
        assert "9 av 9" in side.text

    def test_the_list_as_ticked(self, app: TestApp, moete: Moete, tj: Tjenester, styret: Utvalg) -> None:
        faste = raad.medlemmer(tj, styret, SEPTEMBER)
        inne = [str(rad.id) for rad in faste[:6]]
        tj.session.rollback()
        side = send(app.get(f"/moeter/{moete.id}/frammoete"), "/frammoete", nr=1, inne=inne).follow()
        assert "6 av 9" in side.text
        tj.session.rollback()
        assert len(tj.moeter.til_stede(moete)) == 6

    def test_a_substitute_who_is_passed_over_is_told(self, app: TestApp, moete: Moete) -> None:
        adresse = f"/moeter/{moete.id}/frammoete"
        send(app.get(adresse), "/frammoete", alle="ja")
        send(app.get(adresse), "/endring", person="Ap2 Ap2sen", retning="gaar", kl="18.40")
        side = send(app.get(adresse), "/endring", person="Ap6 Ap6sen", retning="kommer", kl="18.45").follow()
        assert "Ap5 Ap5sen (Ap) er valgt som 1. vara" in side.html.select_one(".meldinger").text

    @pytest.mark.parametrize(
        ("felter", "grunn"),
        [
            ({"person": "Ola Ukjent", "retning": "gaar"}, "er ikke medlem"),
            ({"person": "Ap1 Ap1sen", "retning": "kommer"}, "er alt til stede"),
            ({"person": "Ap5 Ap5sen", "retning": "gaar"}, "er ikke til stede"),
            ({"person": "Ap5 Ap5sen", "retning": "kommer"}, "10 til stede er flere enn de 9"),
            ({"person": "Ap1 Ap1sen", "retning": "gaar", "kl": "sent"}, "ikke et klokkeslett"),
            ({"person": "Ap1 Ap1sen", "retning": ""}, "kommer eller går"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, app: TestApp, moete: Moete, engine: sa.Engine, felter: dict[str, str], grunn: str
    ) -> None:
        adresse = f"/moeter/{moete.id}/frammoete"
        send(app.get(adresse), "/frammoete", alle="ja")
        foer = innhold(engine)
        svar = send(app.get(adresse), "/endring", status=400, **felter)
        assert grunn in meldinger(svar)
        assert innhold(engine) == foer

    def test_two_who_take_the_attendance(self, app: TestApp, moete: Moete, engine: sa.Engine) -> None:
        adresse = f"/moeter/{moete.id}/frammoete"
        gammel = app.get(adresse)
        send(app.get(adresse), "/frammoete", alle="ja")
        foer = innhold(engine)
        svar = send(gammel, "/frammoete", nr=1, status=409, inne=[])
        assert "Noen andre har endret frammøtet" in meldinger(svar)
        assert innhold(engine) == foer


class TestSekretariatet:
    def test_it_lists_what_waits(self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session) -> None:
        raad.behandling(tj, styret, raad.sak(tj, "Uten vedtak"))
        utsatt = raad.behandling(tj, styret, raad.sak(tj, "Til godkjenning"))
        tj.moeter.utsett(utsatt, raad.SEKRETAER, SEPTEMBER)
        klar_sak(tj, "Venter på saksliste")
        session.commit()
        side = app.get("/sekretariat")
        lister = {ett["aria-labelledby"]: ett.text for ett in side.html.select("section")}
        assert "Uten vedtak" in lister["liste-vedtak"]
        assert "Til godkjenning" in lister["liste-godkjenne"]
        assert "Ingenting venter" in lister["liste-publisere"]
        assert "Venter på saksliste" in lister["venter"]
        assert "Uten vedtak" not in app.get("/sekretariat?liste=godkjenne").html.select_one("tbody").text

    def test_a_case_that_waits_is_one_step_from_the_agenda(
        self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session
    ) -> None:
        klar_sak(tj, "Venter på saksliste")
        session.commit()
        nytt = app.get("/sekretariat").click("Nytt møte", href="utvalg=")
        assert nytt.html.select_one("[name=moete-utvalg] [selected]").text == styret.navn
        moete = tj.moeter.opprett(styret, SEPTEMBER)
        session.commit()
        side = app.get("/sekretariat").click("Sett på sakslisten")
        assert "Venter på saksliste" in side.html.select_one("#venteliste").text
        moete.status = Moetestatus.AVLYST
        session.commit()
        assert "Sett på sakslisten" not in app.get("/sekretariat").text

    def test_a_raad_sees_its_own(self, app: TestApp, styret: Utvalg, tj: Tjenester, session: Session) -> None:
        raad.behandling(tj, styret, raad.sak(tj, "Kommunestyrets sak"))
        eldre = raad.raad(session)
        nett.bruker(tj, "rita", Rolle.RAADSSEKRETAER, utvalg_id=eldre.id)
        session.commit()
        logg_inn(app, "rita")
        assert "Kommunestyrets sak" not in app.get("/sekretariat").text

    def test_it_is_the_secretarys_alone(self, app: TestApp, styret: Utvalg, tj: Tjenester) -> None:
        nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
        tj.session.commit()
        logg_inn(app, "sara")
        app.get("/sekretariat", status=403)
        app.reset()
        assert "/logg-inn" in app.get("/sekretariat", status=303).location


class TestMoeteportalen:
    @pytest.fixture
    def moetesak(self, styret: Utvalg, tj: Tjenester, session: Session) -> Moetesak:
        """A case on the agenda of today's meeting, and Ap1 logged in, who has moved something in it."""
        moetesak = raad.behandling(tj, styret, raad.sak(tj))
        medlem = raad.medlem(tj, styret, "Ap")
        medlem.person.bruker_id = nett.bruker(tj, "ap1", Rolle.REPRESENTANT, utvalg_id=styret.id)
        tj.forslag.fremsett(
            moetesak, Forslagstype.TILLEGG, parse_notation("Kaia males."), [raad.stiller(tj, styret, "Ap")]
        )
        session.commit()
        return moetesak

    def test_todays_meeting_and_my_proposals(self, app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
        logg_inn(app, "ap1")
        side = app.get("/moeteportal")
        assert "ikke sendt ut" in side.text
        tj.session.rollback()
        tj.sakslister.publiser(moetesak.moete)
        tj.session.commit()
        side = app.get("/moeteportal")
        assert "Møtet i dag" in side.text
        assert "PS 1/19" in side.html.select_one("section ol").text
        assert "Tilleggsforslag" in side.text

    def test_it_is_for_the_elected(self, app: TestApp, moetesak: Moetesak) -> None:
        app.get("/moeteportal", status=403)
        app.reset()
        assert "/logg-inn" in app.get("/moeteportal", status=303).location


class TestICalendar:
    def test_the_meetings_of_a_body_for_a_calendar_program(self, app: TestApp, moete: Moete, tj: Tjenester) -> None:
        annet = tj.moeter.opprett(raad.komite(tj.session), moete.dato)
        avlyst = tj.moeter.opprett(moete.utvalg, moete.dato + dt.timedelta(days=1))
        moete.starttid, moete.sted = dt.time(17), "Rådhuset; møterom 1, 2. etasje"
        avlyst.status = Moetestatus.AVLYST
        numre = [moete.id, avlyst.id, annet.id]
        tj.session.commit()
        lest = [hendelser(app.get("/moeter.ics", valg)) for valg in ({"utvalg": moete.utvalg.kode}, {})]
        assert [str(ett["url"]).rsplit("/", 1)[1] for ett in lest[0]] == [str(nr) for nr in numre[:2]]
        assert len(lest[1]) == 3
        foerste, andre = lest[0]
        assert foerste.decoded("dtstart").isoformat() == f"{moete.dato}T17:00:00+02:00"
        assert str(foerste["location"]) == "Rådhuset; møterom 1, 2. etasje"
        assert (str(andre["status"]), str(andre["summary"])) == ("CANCELLED", f"Avlyst: {moete.utvalg.navn}")
        assert andre.decoded("dtstart") == avlyst.dato

    def test_the_list_leads_to_it(self, app: TestApp, moete: Moete) -> None:
        lenke = app.get("/moeter", {"utvalg": moete.utvalg.kode}).html.find("a", href=re.compile(r"moeter\.ics"))
        assert app.get(lenke["href"]).content_type == "text/calendar"


def hendelser(svar: TestResponse) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(svar.body).walk("VEVENT"))
