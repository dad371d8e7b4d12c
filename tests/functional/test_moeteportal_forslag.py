"""A member's own proposals: drafts that nobody else sees, filing, changing and withdrawing them, joining a remark."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import logg_inn, send, skjema
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagsstatus, Voteringsform
from saksbehandling.votering.models_forslag import Forslagsutkast
from saksbehandling.votering.services import Voteringsinndata, forslag_i, merknader_i

HEMMELIG = "Blåskjellfarge på kaia."


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(app: TestApp, tj: Tjenester, session: Session, klokke: FixedClock) -> Moetesak:
    """Kari (SV) and Ola (H) are members, Vera (Ap) a substitute, Berit the secretary; the papers have been sent."""
    organ = raad.utvalg(session, vara={"Ap": 1})
    moetesak = raad.behandling(tj, organ, raad.sak(tj))
    moetesak.saksliste.publisert = klokke.now()
    for navn, plass in (
        ("kari", raad.medlem(tj, organ, "SV")),
        ("ola", raad.medlem(tj, organ, "H")),
        ("vera", raad.medlem(tj, organ, "Ap", vara=True)),
    ):
        rolle = Rolle.VARA if navn == "vera" else Rolle.REPRESENTANT
        plass.person.bruker_id = nett.bruker(tj, navn, rolle, utvalg_id=organ.id)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "arne", Rolle.ADMINISTRATOR)
    session.commit()
    logg_inn(app, "kari")
    return moetesak


def portal(moetesak: Moetesak, hale: str = "/forslag") -> str:
    return f"/moeteportal/saker/{moetesak.id}{hale}"


def skriv(app: TestApp, moetesak: Moetesak, **felter: Any) -> TestResponse:
    """A draft, as far as the page that shows what will be filed."""
    side = app.get(portal(moetesak))
    ett = side.forms[next(nr for nr, rad in side.forms.items() if "forslag-tekst" in rad.fields)]
    for navn, verdi in {"type": "tillegg", "tekst": HEMMELIG, **felter}.items():
        ett[f"forslag-{navn}"] = verdi
    return ett.submit(status=303).follow()


def lever(app: TestApp, moetesak: Moetesak, **felter: Any) -> TestResponse:
    return send(skriv(app, moetesak, **felter), "/send").follow()


def noekler(session: Session, moetesak: Moetesak) -> list[str]:
    """What the proposals are called in forms. Leaves nothing locked."""
    session.rollback()
    funnet = [f"f{rad.id}" for rad in forslag_i(session, moetesak)]
    session.rollback()
    return funnet


def test_a_draft_is_nobody_elses(app: TestApp, moetesak: Moetesak) -> None:
    adresse = skriv(app, moetesak).request.path
    assert HEMMELIG in app.get("/moeteportal").text
    sider = (
        "/moeteportal",
        "/sekretariat",
        "/sok?q=Bl%C3%A5skjellfarge",
        "/sok.json?q=Bl%C3%A5skjellfarge",
        "/innsyn/vedtak.atom",
    )
    egne = (f"/moetesaker/{moetesak.id}/{hale}" for hale in ("registrer", "forslagene", "forslagene.json"))
    alle = [*sider, *egne, adresse, adresse.removesuffix("/kontroll")]
    for hvem in ("ola", "berit", "arne", None):
        app.reset()
        if hvem:
            logg_inn(app, hvem)
        for side in alle:
            svar = app.get(side, expect_errors=True)
            assert HEMMELIG not in svar.text, (hvem, side)
        assert app.get(adresse, expect_errors=True).status_int != 200


def test_what_is_filed_is_everybodys_from_that_moment(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    kontroll = skriv(app, moetesak)
    assert "alle andre lese forslaget" in kontroll.text
    assert HEMMELIG in send(kontroll, "/send").follow().text
    app.reset()
    assert HEMMELIG in app.get(f"/moetesaker/{moetesak.id}/forslagene").text
    (ett,) = app.get(f"/moetesaker/{moetesak.id}/forslagene.json").json["forslag"]
    assert (ett["status"], ett["av"]) == ("innsendt", "SV1 SV1sen (SV)")
    session.rollback()
    assert session.query(Forslagsutkast).count() == 0


def test_the_secretary_takes_it_in_before_it_is_voted_on(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    lever(app, moetesak)
    (objekt,) = noekler(session, moetesak)
    logg_inn(app, "berit")
    side = app.get(f"/moetesaker/{moetesak.id}/registrer")
    assert "Innsendt" in side.html.select_one("#forslag-1").text
    send(side, "/voteringer", status=422, objekt=[objekt], form="for_mot", resultat="enstemmig")
    side = send(side, "/forslag/ta-inn").follow()
    send(side, "/voteringer", objekt=[objekt], form="for_mot", resultat="enstemmig")


def test_the_author_changes_and_withdraws(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    side = lever(app, moetesak)
    (ett,) = (noekkel.removeprefix("f") for noekkel in noekler(session, moetesak))
    endres = app.get(portal(moetesak), {"forslag": ett})
    svar = send(endres, skjema_adresse(endres), tekst="Havblå kai.").follow()
    side = send(svar, "/send").follow()
    assert "Havblå kai." in side.html.select_one("#forslag-1").text
    assert HEMMELIG in side.html.select_one(".historikk").text
    send(side, "/trekk")
    session.rollback()
    assert forslag_i(session, moetesak)[0].utfall is Forslagsstatus.TRUKKET
    session.rollback()
    logg_inn(app, "ola")
    assert app.get(portal(moetesak), {"forslag": ett}, expect_errors=True).status_int == 403


def skjema_adresse(side: TestResponse) -> str:
    return side.html.select_one("[data-autolagre]")["action"]


def foer_votering(tj: Tjenester, moetesak: Moetesak) -> None:
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True))


def aapne_votering(tj: Tjenester, moetesak: Moetesak) -> None:
    """On the members' own devices; nobody has voted yet."""
    tj.sakslister.publiser(moetesak.moete)
    tj.moetegang.sett(moetesak.moete)
    tj.direkte.ta_opp(moetesak.moete, moetesak, raad.SEKRETAER, raad.MOETE)
    noekler = [f"s{rad.id}" for rad in raad.segmenter(moetesak)]
    tj.elektronisk.aapne(moetesak.moete, Voteringsform.FOR_MOT, noekler)


@pytest.mark.parametrize("votering", [foer_votering, aapne_votering])
def test_once_the_ballot_has_begun_it_is_refused_and_the_draft_kept(
    app: TestApp,
    tj: Tjenester,
    session: Session,
    moetesak: Moetesak,
    votering: Callable[[Tjenester, Moetesak], None],
) -> None:
    kontroll = skriv(app, moetesak)
    session.rollback()
    votering(tj, moetesak)
    session.commit()
    svar = send(kontroll, "/send", status=422)
    assert "Voteringen i PS 1/19 er åpnet" in svar.text
    assert HEMMELIG in app.get("/moeteportal").text
    session.rollback()
    assert forslag_i(session, moetesak) == []


def test_a_substitute_writes_when_called_and_files_when_seated_others_never(
    app: TestApp, tj: Tjenester, session: Session, moetesak: Moetesak
) -> None:
    logg_inn(app, "vera")
    assert app.get(portal(moetesak), expect_errors=True).status_int == 403
    moete = moetesak.moete
    forfall = tj.forfall.meld(moete, raad.medlem(tj, moetesak.utvalg, "Ap"), "Syk", "Berit")
    tj.forfall.kall_inn(forfall, moete, "Berit")
    session.commit()
    svar = send(skriv(app, moetesak), "/send", status=422)
    assert "Varamedlemmer deltar når de møter" in svar.text
    logg_inn(app, "berit")
    assert app.get(portal(moetesak), expect_errors=True).status_int == 403
    app.reset()
    assert app.get(portal(moetesak), expect_errors=True).status_int in (303, 403, 404)


def test_what_is_saved_twice_over_a_bad_network_is_one_draft(
    app: TestApp, session: Session, moetesak: Moetesak
) -> None:
    side = app.get(portal(moetesak))
    felter = {"forslag-tekst": "Halv", "forslag-type": "tillegg", "stille": "ja"}
    token = skjema(side, skjema_adresse(side))["csrf_token"].value
    adresse = portal(moetesak, f"/forslag/{uuid.uuid4()}")
    for tekst in ("Halv", "Halvferdig"):
        app.post(adresse, {**felter, "forslag-tekst": tekst, "csrf_token": token}, status=204)
    session.rollback()
    (ett,) = session.query(Forslagsutkast).all()
    assert ett.felter["tekst"] == "Halvferdig"
    session.rollback()
    assert "Halvferdig" in app.get(adresse).html.select_one("#felt-forslag-tekst").text


def test_a_collision_is_told_to_who_files(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    maal = f"s{raad.segmenter(moetesak)[2].id}"
    session.rollback()
    lever(app, moetesak, type="strykning", maal=maal, tekst="")
    svar = skriv(app, moetesak, type="endring", maal=maal, tekst="Arbeidet lyses ut nå.")
    assert "Forslag 2 endrer avsnitt 3, som forslag 1 vil stryke." in svar.html.select_one(".kollisjoner").text
    assert svar.html.select_one(".forslag-tekst ins").text == "nå"


def test_a_member_joins_a_remark_for_the_party_and_leaves_it(
    app: TestApp, tj: Tjenester, session: Session, moetesak: Moetesak
) -> None:
    tj.forslag.merk(moetesak, parse_notation("Husk måkene."), raad.stiller(tj, moetesak.utvalg, "H"))
    session.commit()
    side = send(app.get(f"/moetesaker/{moetesak.id}/forslagene"), "/tilslutning").follow()
    session.rollback()
    (merknad,) = merknader_i(session, moetesak)
    assert [rad.parti.kode for rad in merknad.tilslutninger] == ["SV"]
    session.rollback()
    send(side, "/tilslutning")
    session.rollback()
    session.refresh(merknad)
    assert merknad.tilslutninger == []
