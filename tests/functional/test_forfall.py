"""Absence, substitutes in turn, deputations, and habilitet from the question to the closed papers."""

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
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete.models import Habilitetsutfall, Moete, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg

DAG = dt.date(2019, 9, 26)


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def styret(app: TestApp, tj: Tjenester, session: Session) -> Utvalg:
    """Kommunestyret with a secretary, the member Ap1, the first substitute Ap5, and a case worker."""
    organ = raad.utvalg(session, vara={"Ap": 2})
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "sara", Rolle.SAKSBEHANDLER)
    medlem = raad.medlem(tj, organ, "Ap", dato=DAG)
    medlem.person.bruker_id = nett.bruker(tj, "ap1", Rolle.REPRESENTANT, utvalg_id=organ.id)
    vara = raad.medlem(tj, organ, "Ap", vara=True, dato=DAG)
    vara.person.bruker_id = nett.bruker(tj, "ap5", Rolle.VARA, utvalg_id=organ.id)
    session.commit()
    return organ


@pytest.fixture
def moete(styret: Utvalg, tj: Tjenester, session: Session) -> Moete:
    nytt = tj.moeter.opprett(styret, DAG, starttid=dt.time(17))
    session.commit()
    return nytt


@pytest.fixture
def lukket(moete: Moete, tj: Tjenester, styret: Utvalg) -> Moetesak:
    """An exempt case on the agenda that was sent, with everybody present."""
    sak = raad.sak(tj, "Oppsigelse av Kari Lie", offentlig_tittel="Personalsak", skjermingshjemmel="offl. § 13")
    moetesak = raad.behandling(tj, styret, sak, DAG)
    tj.sakslister.publiser(moetesak.moete)
    tj.session.commit()
    return moetesak


def som(app: TestApp, hvem: str, moete: Moete) -> TestResponse:
    logg_inn(app, hvem)
    return app.get(f"/moeter/{moete.id}/forfall")


def tekst(side: TestResponse) -> str:
    return " ".join(side.html.get_text(" ").split())


class TestForfall:
    def test_a_member_reports_and_the_substitutes_are_called_in_turn(
        self, app: TestApp, moete: Moete, tj: Tjenester
    ) -> None:
        side = send(som(app, "ap1", moete), "/forfall", grunn="Syk").follow()
        assert "Du har meldt forfall" in tekst(side)
        side = som(app, "berit", moete)
        assert "Ap5 Ap5sen, 1. vara" in tekst(side)
        side = send(side, "/forfall/vara", hva="kall").follow()
        assert "Ap5 Ap5sen Innkalt" in tekst(side)
        side = som(app, "ap5", moete)
        assert "Du er innkalt som vara for Ap1 Ap1sen" in tekst(side)
        send(side, "/forfall/vara", nr=1).follow()
        side = som(app, "berit", moete)
        assert "Ap5 Ap5sen kan ikke" in tekst(side)
        assert "Ap6 Ap6sen, 2. vara" in tekst(side)
        side = send(side, "/forfall/vara", nr=1, hva="hopp").follow()
        assert "Ingen flere vara" in tekst(side)

    def test_who_is_expected_is_there_with_one_press(self, app: TestApp, moete: Moete) -> None:
        send(som(app, "ap1", moete), "/forfall", grunn="Syk")
        side = send(som(app, "berit", moete), "/forfall/vara", hva="kall").follow()
        side = send(side, "/forfall/vara", hva="ja").follow()
        assert "Møter" in side.html.select_one("tbody").text
        frammoete = app.get(f"/moeter/{moete.id}/frammoete")
        assert "Alle ventede er her (9)" in frammoete.text
        side = send(frammoete, "/frammoete", alle="ja").follow()
        assert "Ap5 Ap5sen (Ap) møter for Ap1 Ap1sen" in side.text

    def test_a_member_who_comes_after_all(self, app: TestApp, moete: Moete, tj: Tjenester, styret: Utvalg) -> None:
        send(som(app, "ap1", moete), "/forfall", grunn="Syk")
        send(som(app, "berit", moete), "/forfall/vara", hva="kall")
        send(som(app, "ap1", moete), "/forfall").follow()
        assert "Ingen har meldt forfall" in tekst(som(app, "berit", moete))
        assert "Du er innkalt" not in tekst(som(app, "ap5", moete))

    @pytest.mark.parametrize(
        ("felter", "status", "grunn"),
        [
            ({"person": "Ap2 Ap2sen"}, 400, "Skriv hvorfor"),
            ({"person": "Ola Ukjent", "grunn": "Syk"}, 400, "er ikke medlem"),
            ({"grunn": "Syk"}, 400, "Skriv hvem det gjelder"),
            ({"person": "Ap2 Ap2sen", "grunn": "Syk", "fra": "20", "til": "21"}, 400, "ikke et klokkeslett"),
            ({"person": "Ap2 Ap2sen", "grunn": "Syk", "fra": "20.00", "til": "19.00"}, 400, "slutte etter"),
            ({"person": "Ap1 Ap1sen", "grunn": "Syk"}, 422, "har alt meldt forfall"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, app: TestApp, moete: Moete, engine: sa.Engine, felter: dict[str, str], status: int, grunn: str
    ) -> None:
        send(som(app, "ap1", moete), "/forfall", grunn="Reise")
        side = som(app, "berit", moete)
        foer = innhold(engine)
        svar = send(side, "/forfall", nr=1, status=status, **felter)
        assert grunn in meldinger(svar)
        assert innhold(engine) == foer

    def test_the_reason_is_for_the_secretary_and_the_member(self, app: TestApp, moete: Moete, styret: Utvalg) -> None:
        send(som(app, "ap1", moete), "/forfall", grunn="Innlagt på sykehus")
        assert "Innlagt" in som(app, "berit", moete).text
        assert "Innlagt" not in som(app, "ap5", moete).text
        assert "Innlagt" not in app.get(f"/moeter/{moete.id}").text

    def test_others_are_turned_away(self, app: TestApp, moete: Moete, engine: sa.Engine) -> None:
        adresse = f"/moeter/{moete.id}/forfall"
        send(som(app, "ap1", moete), "/forfall", grunn="Syk")
        side = app.get(adresse)
        token = nett.skjema(side, "/forfall")["csrf_token"].value
        foer = innhold(engine)
        # A member calls nobody, and reports nobody else.
        app.post(f"{adresse}/vara", {"csrf_token": token, "vara-hva": "kall", "vara-id": "1"}, status=403)
        app.post(f"/moeter/{moete.id}/deputasjoner", {"csrf_token": token, "deputasjon-hvem": "x"}, status=403)
        logg_inn(app, "sara")
        token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
        app.get(adresse, status=403)
        for sti in ("forfall", "forfall/vara", "habilitet", "deputasjoner"):
            app.post(f"/moeter/{moete.id}/{sti}", {"csrf_token": token}, status=403)
        assert innhold(engine) == foer
        app.reset()
        assert "/logg-inn" in app.get(adresse, status=303).location

    def test_a_deputation(self, app: TestApp, moete: Moete) -> None:
        side = som(app, "berit", moete)
        assert "Skriv hvem" in meldinger(send(side, "/deputasjoner", status=400))
        side = send(side, "/deputasjoner", hvem="Velforeningen", tema="Støy", kl="16.30").follow()
        assert "kl. 16.30 Velforeningen : Støy" in tekst(side).replace("Velforeningen:", "Velforeningen :")


class TestVaraensInnsyn:
    def test_a_substitute_reads_exempt_papers_while_called(
        self, app: TestApp, lukket: Moetesak, tj: Tjenester, klokke: FixedClock
    ) -> None:
        def leser() -> bool:
            tj.session.rollback()
            bruker = tj.brukere.finn("ap5")
            return bruker is not None and kan_lese(tj.brukere.identitet(bruker.id), lukket.saksmappe.lesere)

        assert not leser()
        send(som(app, "ap1", lukket.moete), "/forfall", grunn="Syk")
        send(som(app, "berit", lukket.moete), "/forfall/vara", hva="kall")
        assert leser()
        klokke.set(dt.datetime(2019, 9, 27, 10, tzinfo=dt.UTC))
        assert not leser()
        klokke.set(dt.datetime(2019, 8, 30, 10, tzinfo=dt.UTC))
        assert leser()
        send(som(app, "ap5", lukket.moete), "/forfall/vara", nr=1)
        assert not leser()


class TestHabilitet:
    def test_it_is_raised_by_a_member_and_decided_by_the_body(
        self, app: TestApp, lukket: Moetesak, tj: Tjenester, session: Session
    ) -> None:
        side = som(app, "ap1", lukket.moete)
        assert "Velg hvilken sak" in meldinger(send(side, "/habilitet", status=400, grunn="Søskenbarn"))
        assert "Skriv hva det gjelder" in meldinger(send(side, "/habilitet", status=400, sak=lukket.id))
        send(side, "/habilitet", sak=lukket.id, grunn="Søskenbarn til parten")
        logg_inn(app, "berit")
        registrer = app.get(f"/moetesaker/{lukket.id}/registrer")
        assert "Habilitet (1 å avgjøre)" in tekst(registrer)
        assert "Søskenbarn til parten" in registrer.text
        svar = send(registrer, f"/{lukket.id}/habilitet", person="Ap1 Ap1sen", utfall="inhabil", tekst="Gikk ut.")
        assert "å avgjøre" not in tekst(svar.follow())
        session.rollback()
        assert tj.moeter.frammoete(lukket).til_stede == 8  # type: ignore[union-attr]

    def test_a_substitute_steps_in_for_the_item_alone(self, tj: Tjenester, lukket: Moetesak, styret: Utvalg) -> None:
        medlem = raad.medlem(tj, styret, "Ap", dato=DAG)
        vara = raad.medlem(tj, styret, "Ap", vara=True, dato=DAG)
        ord_ = parse_notation("Ap1 gikk ut.")
        annen = raad.behandling(tj, styret, raad.sak(tj, "En annen sak"), DAG)
        tj.habilitet.vurder(lukket, medlem.person, Habilitetsutfall.INHABIL, ord_, vara)
        assert [tj.moeter.frammoete(ett).til_stede for ett in (lukket, annen)] == [9, 9]  # type: ignore[union-attr]
        berettigede = {ett.person_id for ett in tj.voteringer.stemmeberettigede(lukket)}
        assert vara.person_id in berettigede
        assert medlem.person_id not in berettigede
        assert vara.person_id not in {ett.person_id for ett in tj.voteringer.stemmeberettigede(annen)}
        # Somebody else leaves: the substitute of the item stays.
        inne = [rad.medlemskap for rad in tj.moeter.til_stede(lukket.moete)]
        tj.moeter.registrer_oppmoete(lukket.moete, inne[:-1], kl=dt.time(18))
        assert tj.moeter.frammoete(lukket).til_stede == 8  # type: ignore[union-attr]
        tj.habilitet.vurder(lukket, medlem.person, Habilitetsutfall.HABIL, ord_)
        assert tj.moeter.frammoete(lukket).til_stede == 8  # type: ignore[union-attr]
        assert vara.person_id not in {ett.person_id for ett in tj.voteringer.stemmeberettigede(lukket)}

    def test_the_papers_are_closed_to_whoever_is_inhabil(
        self, app: TestApp, tj: Tjenester, lukket: Moetesak, styret: Utvalg
    ) -> None:
        sak = lukket.saksmappe
        adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
        person = raad.medlem(tj, styret, "Ap", dato=DAG).person
        tj.session.rollback()
        logg_inn(app, "ap1")
        assert "Oppsigelse av Kari Lie" in app.get(adresse).text
        for utfall, ser in ((Habilitetsutfall.INHABIL, False), (Habilitetsutfall.HABIL, True)):
            tj.habilitet.vurder(lukket, person, utfall, parse_notation("Vurdert."))
            tj.session.commit()
            for side in (app.get(adresse), app.get("/saker?ord=oppsigelse"), app.get(f"/moeter/{lukket.moete.id}")):
                assert ("Oppsigelse av Kari Lie" in side.text) <= ser
            assert ("Oppsigelse av Kari Lie" in app.get(adresse).text) == ser
            tj.session.rollback()


class TestStripen:
    def test_one_press_and_a_person_has_gone_or_come(
        self, app: TestApp, lukket: Moetesak, klokke: FixedClock, tj: Tjenester
    ) -> None:
        logg_inn(app, "berit")
        tj.moetegang.sett(lukket.moete)
        tj.session.commit()
        klokke.set(dt.datetime(2019, 9, 26, 16, 40, tzinfo=dt.UTC))
        logg_inn(app, "berit")
        side = app.get(f"/moetesaker/{lukket.id}/registrer")
        knapp = side.html.select("button[name=endring-veksle][aria-pressed=true]")[0]
        side = send(side, "/endring", veksle=knapp["value"]).follow()
        borte = side.html.select("button[name=endring-veksle][aria-pressed=false]")
        assert [ett["value"] for ett in borte] == [knapp["value"]]
        assert "gikk kl. 18.40" in tekst(app.get(f"/moeter/{lukket.moete.id}"))
        side = send(side, "/endring", veksle=knapp["value"]).follow()
        assert not side.html.select("button[name=endring-veksle][aria-pressed=false]")
        send(side, "/endring", veksle="999", status=400)

    def test_one_who_takes_part_from_elsewhere(self, app: TestApp, lukket: Moetesak) -> None:
        logg_inn(app, "berit")
        adresse = f"/moeter/{lukket.moete.id}/frammoete"
        send(app.get(adresse), "/endring", person="Ap2 Ap2sen", retning="gaar", kl="17.30")
        send(app.get(adresse), "/endring", person="Ap2 Ap2sen", retning="kommer_fjern", kl="17.40")
        assert "på fjernmøte" in app.get(adresse).text
