"""The meeting live over the web: each screen, who sees and does what, and nothing lost or counted twice."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest
import sqlalchemy as sa
from pyramid.session import JSONSerializer
from sqlalchemy.orm import Session
from webob.cookies import SignedSerializer
from webtest import TestApp, TestResponse

from factories import raad
from factories.direkte import Salen, salen
from factories.nett import send
from saksbehandling.clock import FixedClock
from saksbehandling.direkte.models import ElektroniskStemme, Talerpost
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.models import Bruker
from saksbehandling.moete.models import Habilitetsutfall
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype
from saksbehandling.votering.models import Votering


@pytest.fixture
def sal(app: TestApp, session: Session, klokke: FixedClock) -> Salen:
    """Kommunestyret with two items, the first up. Accounts: berit (secretary), ap1 (leads), h1, sv1, and vara."""
    sal = salen(session, klokke, saker=2)
    tj, organ_id = sal.tj, sal.moete.utvalg_id
    konto(tj, "berit", Rolle.SEKRETARIAT)
    for nr, brukernavn in ((0, "ap1"), (4, "h1"), (7, "sv1")):
        roller = (Rolle.REPRESENTANT, Rolle.MOETELEDER) if nr == 0 else (Rolle.REPRESENTANT,)
        sal.medlemmer[nr].person.bruker_id = konto(tj, brukernavn, *roller, utvalg_id=organ_id)
    vara = raad.medlem(tj, sal.moete.utvalg, "Ap", vara=True)
    vara.person.bruker_id = konto(tj, "vara", Rolle.VARA, utvalg_id=organ_id)
    session.commit()
    return sal


def konto(tj: Tjenester, brukernavn: str, *roller: Rolle, utvalg_id: int | None = None) -> int:
    """An account without a password, which takes long to make: `Folk.som` gives it a session instead."""
    ny = tj.brukere.opprett(brukernavn, brukernavn.title(), None)
    for rolle in roller:
        tj.brukere.gi_rolle(ny, rolle, utvalg_id)
    tj.session.flush()
    return ny.id


class Folk:
    """A browser for each person, all on the same site."""

    def __init__(self, app: TestApp, sal: Salen) -> None:
        self._app = app
        self._sal = sal
        self.rot = f"/direkte/{sal.moete.id}"
        self.moeteside = f"/moeter/{sal.moete.id}"
        self._kontoer = {rad.brukernavn: rad.id for rad in sal.tj.session.scalars(sa.select(Bruker))}
        sal.tj.session.rollback()

    def ferdigbehandle(self) -> None:
        """Both items are postponed."""
        moeter, (foerste, andre) = self._sal.tj.moeter, self._sal.moete.saksliste.saker
        moeter.hendelse(andre, "aapne", raad.SEKRETAER, dato=raad.MOETE)
        for moetesak in (foerste, andre):
            moeter.utsett(moetesak, raad.SEKRETAER, None)
        self._sal.tj.session.commit()

    def godkjenn_protokollen(self) -> None:
        tj = self._sal.tj
        tj.moetegodkjenning.godkjenn(tj.moeteprotokoller.legg_fram(self._sal.moete, raad.SEKRETAER), raad.SEKRETAER)
        self._sal.tj.session.commit()

    def som(self, brukernavn: str) -> TestApp:
        nettleser = TestApp(self._app.app)
        secret = self._app.app.registry["settings"].secret
        signer = SignedSerializer(secret, "pyramid.session.", "sha512", serializer=JSONSerializer())
        bruker = {"bruker_id": self._kontoer[brukernavn], "_csrft_": "merke"}
        nettleser.set_cookie("saksbehandling", signer.dumps((time.time(), time.time(), bruker)).decode())
        return nettleser


@pytest.fixture
def folk(app: TestApp, sal: Salen) -> Folk:
    return Folk(app, sal)


def aapne(folk: Folk, leder: TestApp) -> TestResponse:
    return send(leder.get(f"{folk.rot}/leder"), "/led/aapne_votering").follow()


def stem(folk: Folk, nettleser: TestApp, stemme: str) -> TestResponse:
    return send(nettleser.get(folk.rot), "/delta/stem", stemme=stemme).follow()


def tekst(svar: TestResponse) -> str:
    return " ".join(svar.html.get_text(" ").split())


class TestHeleMoetet:
    def test_the_chair_leads_members_speak_and_vote_and_the_hall_shows_it(
        self, app: TestApp, folk: Folk, sal: Salen, session: Session
    ) -> None:
        leder, h1 = folk.som("ap1"), folk.som("h1")
        send(h1.get(folk.rot), "/delta/be_om_ordet")
        send(leder.get(f"{folk.rot}/leder"), "/led/gi_ordet")
        assert "H1 H1sen" in tekst(app.get(f"{folk.rot}/sal"))
        send(leder.get(f"{folk.rot}/leder"), "/led/tegn", person="SV1 SV1sen (SV)", type="replikk")
        assert "SV1 SV1sen (SV) Replikk" in tekst(app.get(folk.rot))
        aapne(folk, leder)
        assert "Sundvik kommune bygger ny kai" in app.get(f"{folk.rot}/sal").text
        assert "Du har stemt mot" in tekst(stem(folk, h1, "mot"))
        assert "1 av 9 har stemt" in tekst(app.get(f"{folk.rot}/sal"))
        for plass in sal.medlemmer:
            if plass is not sal.medlemmer[4]:
                navn = f"{plass.person.navn} ({plass.parti.kode})"
                send(leder.get(f"{folk.rot}/leder"), "/led/foer_stemme", person=navn, stemme="for")
        send(leder.get(f"{folk.rot}/leder"), "/led/lukk_votering")
        salen_naa = app.get(f"{folk.rot}/sal")
        assert "8 for 1 mot" in tekst(salen_naa)
        assert len(salen_naa.html.select("circle[data-stemme=mot][data-parti=H]")) == 1
        send(leder.get(f"{folk.rot}/leder"), "/led/klubb")
        assert "Ferdigbehandlet" in tekst(app.get(folk.rot))
        send(leder.get(f"{folk.rot}/leder"), "/led/ta_opp", nr=-1)
        assert "Sak nummer 2" in tekst(app.get(f"{folk.rot}/sal"))
        session.rollback()
        assert session.scalars(sa.select(Votering.stemmer_mot)).all() == [1]

    def test_members_choose_among_several_alternatives(
        self, app: TestApp, folk: Folk, sal: Salen, session: Session
    ) -> None:
        for parti in ("H", "SV"):
            stiller = [raad.stiller(sal.tj, sal.moete.utvalg, parti)]
            ny_tekst = parse_notation(f"Kaia flyttes, mener {parti}.")
            sal.tj.forslag.fremsett(sal.moetesak, Forslagstype.ALTERNATIVT, ny_tekst, stiller)
        session.commit()
        leder, h1 = folk.som("ap1"), folk.som("h1")
        skjermen = leder.get(f"{folk.rot}/leder")
        assert "3 alternativer utelukker hverandre" in tekst(skjermen)
        send(skjermen, "/led/aapne_votering", nr=-1)
        assert "Alternativ 3" in tekst(app.get(f"{folk.rot}/sal"))
        knapper = [knapp.text for knapp in h1.get(folk.rot).html.select(".stemmeknapp")]
        assert knapper == ["Alternativ 1", "Alternativ 2", "Alternativ 3"]
        assert "Du har stemt alternativ 2" in tekst(stem(folk, h1, "1"))
        assert "Alternativ 2" not in tekst(app.get(f"{folk.rot}/sal")).split("har stemt")[1]
        for nr, plass in enumerate(sal.medlemmer):
            if nr != 4:
                navn = f"{plass.person.navn} ({plass.parti.kode})"
                send(leder.get(f"{folk.rot}/leder"), "/led/foer_stemme", person=navn, stemme="1" if nr < 7 else "2")
        send(leder.get(f"{folk.rot}/leder"), "/led/lukk_votering")
        assert "0 alternativ 1 7 alternativ 2 2 alternativ 3" in tekst(app.get(f"{folk.rot}/sal"))
        session.rollback()
        assert session.scalars(sa.select(Votering.vinner)).all() == [1]

    def test_a_meeting_is_not_adjourned_while_items_wait(self, folk: Folk, app: TestApp) -> None:
        svar = send(folk.som("ap1").get(f"{folk.rot}/leder"), "/led/avslutt", status=422)
        assert "PS 1/19 er under behandling" in tekst(svar)
        assert "PS 2/19 er ikke tatt opp" in tekst(svar)
        assert "Møtet er satt" in tekst(app.get(folk.moeteside))

    @pytest.mark.parametrize("hvem", ["berit", "ap1"])
    def test_whoever_leads_it_adjourns_it_and_takes_it_up_again(self, folk: Folk, app: TestApp, hvem: str) -> None:
        """The chair's screen and the page of the meeting tell and do the same."""
        folk.ferdigbehandle()
        leder = folk.som(hvem)
        send(leder.get(f"{folk.rot}/leder"), "/led/avslutt")
        assert "Møtet er hevet" in tekst(app.get(folk.rot))
        assert "Hevet" in tekst(app.get(folk.moeteside))
        send(leder.get(f"{folk.rot}/leder"), "/led/start")
        assert "Møtet er satt" in tekst(app.get(folk.moeteside))
        sekretaer = folk.som("berit")
        send(sekretaer.get(folk.moeteside), "/gang")
        assert "Møtet er hevet" in tekst(app.get(folk.rot))

    def test_a_meeting_whose_protocol_is_approved_is_over(self, folk: Folk, app: TestApp) -> None:
        folk.ferdigbehandle()
        folk.godkjenn_protokollen()
        leder = folk.som("ap1")
        assert "Møtet er satt" in tekst(app.get(folk.moeteside))
        send(leder.get(f"{folk.rot}/leder"), "/led/avslutt")
        assert "Avholdt" in tekst(app.get(folk.moeteside))
        side = leder.get(f"{folk.rot}/leder")
        assert "protokollen er godkjent" in tekst(side)
        assert "/led/start" not in side.text
        sekretaer = folk.som("berit")
        assert "/frammoete" not in sekretaer.get(folk.moeteside).text
        svar = send(sekretaer.get(f"{folk.moeteside}/frammoete"), "/frammoete", status=422)
        assert "frammøtet ligger fast" in tekst(svar)

    def test_a_meeting_that_is_not_set_has_a_page(self, app: TestApp, session: Session, klokke: FixedClock) -> None:
        tj = raad.tjenester(session, klokke)
        moete = raad.moete(tj, raad.komite(session))
        session.commit()
        assert "Møtet er ikke satt" in app.get(f"/direkte/{moete.id}").text
        assert "ikke satt ennå" in app.get(f"/direkte/{moete.id}/sal").text


class TestEndringer:
    def spoer(self, app: TestApp, folk: Folk, etter: int, flate: str = "deltaker", **ventet: int) -> TestResponse:
        return app.get(f"{folk.rot}/endringer", {"etter": etter, "flate": flate}, **ventet)

    def test_nothing_new_and_then_something(self, app: TestApp, folk: Folk, sal: Salen) -> None:
        sekvens = int(app.get(folk.rot).html.find(id="direkte")["data-sekvens"])
        assert self.spoer(app, folk, sekvens).body == b""
        send(folk.som("h1").get(folk.rot), "/delta/be_om_ordet")
        app.app.registry["direktevakt"]._sekvenser.clear()  # as after a tenth of a second
        ny = self.spoer(app, folk, sekvens)
        assert "H1 H1sen" in ny.text
        assert int(ny.html.find(id="direkte")["data-sekvens"]) == sekvens + 1

    def test_what_is_recorded_elsewhere_is_seen_too(self, app: TestApp, folk: Folk, sal: Salen) -> None:
        foer = app.get(folk.rot).html.find(id="direkte")["data-sekvens"]
        sal.tj.session.rollback()
        sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[1:], kl=dt.time(18))
        sal.tj.session.commit()
        midt = app.get(folk.rot).html.find(id="direkte")["data-sekvens"]
        sal.tj.session.rollback()
        sal.tj.moeter.noter(sal.moetesak, parse_notation("Havnesjefen orienterte."))
        sal.tj.session.commit()
        assert int(foer) < int(midt) < int(app.get(folk.rot).html.find(id="direkte")["data-sekvens"])

    def test_an_answer_in_the_background_leaves_the_session_alone(self, folk: Folk) -> None:
        assert "Set-Cookie" not in self.spoer(folk.som("h1"), folk, 0).headers

    def test_only_who_leads_gets_the_chairs_part(self, app: TestApp, folk: Folk) -> None:
        for flate in ("leder", "sekretaer"):
            self.spoer(folk.som("h1"), folk, 0, flate, status=403)
            assert self.spoer(folk.som("berit"), folk, 0, flate).status_int == 200
        self.spoer(app, folk, 0, "annet", status=404)
        app.get("/direkte/999/endringer", status=404)


class TestStemme:
    def test_the_same_form_sent_twice_counts_once_and_late_ones_change_nothing(
        self, folk: Folk, session: Session
    ) -> None:
        aapne(folk, folk.som("ap1"))
        h1 = folk.som("h1")
        gammel = h1.get(folk.rot)
        send(gammel, "/delta/stem", stemme="for")
        send(h1.get(folk.rot), "/delta/stem", stemme="mot")
        send(gammel, "/delta/stem", stemme="for")
        session.rollback()
        (rad,) = session.scalars(sa.select(ElektroniskStemme)).all()
        assert rad.stemme == "mot"

    def test_all_at_once(self, folk: Folk, session: Session) -> None:
        aapne(folk, folk.som("ap1"))
        sider = [(nettleser, nettleser.get(folk.rot)) for nettleser in map(folk.som, ("ap1", "h1", "sv1"))]
        traader = [
            threading.Thread(target=send, args=(side, "/delta/stem"), kwargs={"stemme": "for"})
            for _, side in sider
            if side.forms  # read once, here: not by several threads at once
            for _ in range(3)
        ]
        for traad in traader:
            traad.start()
        for traad in traader:
            traad.join()
        session.rollback()
        assert session.scalar(sa.select(sa.func.count()).select_from(ElektroniskStemme)) == 3

    def test_who_may_not_vote_gets_no_buttons_and_is_refused(self, folk: Folk, sal: Salen) -> None:
        leder = folk.som("ap1")
        h1 = folk.som("h1")
        aapne(folk, leder)
        side = h1.get(folk.rot)
        sal.tj.session.rollback()
        sal.tj.habilitet.vurder(
            sal.moetesak, sal.medlemmer[4].person, Habilitetsutfall.INHABIL, parse_notation("Eier tomten.")
        )
        sal.tj.session.commit()
        assert "inhabil i saken" in send(side, "/delta/stem", stemme="for", status=422).text
        assert not h1.get(folk.rot).html.select(".stemmeknapp")
        assert not folk.som("vara").get(folk.rot).html.select(".stemmeknapp")

    def test_nobody_sees_how_another_has_voted_while_it_is_open(self, app: TestApp, folk: Folk) -> None:
        leder = folk.som("ap1")
        aapne(folk, leder)
        foer = folk.som("sv1").get(folk.rot)
        stem(folk, folk.som("h1"), "mot")
        for nettleser in (app, folk.som("sv1")):
            side = nettleser.get(folk.rot)
            assert "har stemt mot" not in tekst(side)
            assert not side.html.select("[aria-pressed]")
        assert foer.status_int == 200

    def test_a_secret_vote_is_confirmed_but_not_told(self, folk: Folk) -> None:
        leder, h1 = folk.som("ap1"), folk.som("h1")
        send(leder.get(f"{folk.rot}/leder"), "/led/aapne_votering", hemmelig="ja")
        svar = stem(folk, h1, "mot")
        assert "Stemmen din er talt" in tekst(svar)
        assert not svar.html.select(".stemmeknapp")


class TestTilgang:
    @pytest.mark.parametrize("brukernavn", ["h1", "vara", None])
    def test_only_the_chair_and_the_secretariat_lead(self, app: TestApp, folk: Folk, brukernavn: str | None) -> None:
        nettleser = folk.som(brukernavn) if brukernavn else app
        nettleser.get(f"{folk.rot}/leder", status=403 if brukernavn else (303, 403))
        assert "Led møtet" not in nettleser.get(folk.rot).text
        assert nettleser.post(f"{folk.rot}/led/klubb", {}, expect_errors=True).status_int in (303, 400, 403)

    def test_who_is_no_member_takes_no_part(self, folk: Folk) -> None:
        berit = folk.som("berit")
        side = berit.get(f"{folk.rot}/leder")
        felter = {"csrf_token": side.forms[1]["csrf_token"].value, "be_om_ordet-type": "innlegg"}
        berit.post(f"{folk.rot}/delta/be_om_ordet", felter, status=403)

    def test_a_post_without_the_token_does_nothing(self, folk: Folk, session: Session) -> None:
        folk.som("h1").post(f"{folk.rot}/delta/be_om_ordet", {"be_om_ordet-type": "innlegg"}, status=400)
        session.rollback()
        assert session.scalars(sa.select(Talerpost)).all() == []

    def test_behind_closed_doors_the_hall_and_the_public_see_nothing(self, app: TestApp, folk: Folk) -> None:
        leder = folk.som("ap1")
        send(leder.get(f"{folk.rot}/leder"), "/led/tegn", person="SV1 SV1sen", type="innlegg")
        send(leder.get(f"{folk.rot}/leder"), "/led/gi_ordet")
        send(leder.get(f"{folk.rot}/leder"), "/led/doerer")
        for nettleser, sti in ((app, ""), (app, "/sal"), (leder, "/sal"), (folk.som("vara"), "")):
            vist = nettleser.get(folk.rot + sti).html.find(id="direkte").text
            assert "Møtet er lukket" in vist
            assert not [ord_ for ord_ in ("Sak nummer 1", "SV1", "PS 1/19") if ord_ in vist]
        assert "Sak nummer 1" in folk.som("h1").get(folk.rot).text

    def test_a_screened_case_is_closed_by_itself(self, app: TestApp, folk: Folk, sal: Salen) -> None:
        sal.tj.session.rollback()
        sal.moetesak.skjermingshjemmel = "offl. § 13"
        sal.tj.moeter.noter(sal.moetesak, parse_notation("Saken er unntatt."))
        sal.tj.session.commit()
        assert "Sak nummer 1" not in app.get(f"{folk.rot}/sal").html.find(id="direkte").text
        assert "Møtet er lukket" in app.get(folk.rot).text

    def test_what_is_typed_stays_when_it_is_refused(self, folk: Folk) -> None:
        leder = folk.som("ap1")
        svar = send(leder.get(f"{folk.rot}/leder"), "/led/taletid", innlegg="mye", replikk="1,5", status=400)
        assert "«mye» er ingen taletid" in svar.text
        assert svar.html.find(id="felt-taletid-replikk")["value"] == "1,5"
        send(leder.get(f"{folk.rot}/leder"), "/led/taletid", innlegg="3", replikk="1,5", replikker="3")
        assert leder.get(f"{folk.rot}/leder").html.find(id="felt-taletid-replikk")["value"] == "1,5"
