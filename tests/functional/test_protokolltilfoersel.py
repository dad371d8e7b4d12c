"""Statements for the minutes: by secretary or member, what the body decides, where they show, and who may not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.innsyn.soekedokumenter import dokumenter_for
from saksbehandling.moete.models import Habilitetsutfall, Moetesak
from saksbehandling.protokoll.data import Punktart
from saksbehandling.richtext import parse_notation, plain_text
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.services_tilfoersel import tilfoersler_i

TEKST = "Vi mener at saken burde vært utsatt."


@pytest.fixture
def kari(tj: Tjenester, moetesak: Moetesak, session: Session) -> str:
    """A member of SV with an account; the papers have been sent."""
    medlem = raad.medlem(tj, moetesak.utvalg, "SV")
    medlem.person.bruker_id = nett.bruker(tj, "kari", Rolle.REPRESENTANT, utvalg_id=moetesak.utvalg.id)
    tj.sakslister.publiser(moetesak.moete)
    session.commit()
    return medlem.person.navn


def foer(app: TestApp, moetesak: Moetesak, status: int = 303, **felter: Any) -> TestResponse:
    felter = {"stiller": "SV1 SV1sen", "tekst": TEKST, **felter}
    return send(app.get(f"/moetesaker/{moetesak.id}/registrer"), "/tilfoersler", status=status, **felter)


def avgjoer(app: TestApp, moetesak: Moetesak, hva: str, status: int = 303) -> TestResponse:
    side = app.get(f"/moetesaker/{moetesak.id}/registrer")
    return send(side, "/tilfoersler/avgjoer", status=status, **{"avgjoer_tilfoersel-status": hva})


def punkter(tj: Tjenester, moetesak: Moetesak) -> list[tuple[str, str]]:
    """The items of the minutes that are of this kind."""
    tj.session.rollback()
    alle = tj.protokollutkast.utkast(moetesak, None).behandling
    return [(ett.overskrift, plain_text(ett.tekst)) for ett in alle if ett.art is Punktart.PROTOKOLLTILFOERSEL]


@pytest.mark.parametrize(
    ("hva", "ventet"),
    [
        ("tatt inn", [("SV1 SV1sen (SV), protokolltilførsel:", TEKST)]),
        ("ikke tatt inn", [("", "SV1 SV1sen (SV) ba om en protokolltilførsel. Den ble ikke tatt inn.")]),
        ("trukket", []),
    ],
)
def test_the_body_decides_what_is_taken_into_the_minutes(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, hva: str, ventet: list[tuple[str, str]]
) -> None:
    assert "Møtet avgjør" in app.get(f"/moetesaker/{moetesak.id}/registrer").text
    foer(app, moetesak)
    assert punkter(tj, moetesak) == []
    avgjoer(app, moetesak, hva)
    assert punkter(tj, moetesak) == ventet
    json = app.get("/innsyn/kommunestyret/2019/1.json").json
    assert json["protokolltilfoersler"] == [{"av": "SV1 SV1sen (SV)", "status": hva, "tekst": TEKST}]
    assert (TEKST in app.get("/innsyn/kommunestyret/2019/1").text) == (hva != "trukket")


def test_where_members_have_a_right_to_it_nobody_is_asked(app: TestApp, tj: Tjenester, moetesak: Moetesak) -> None:
    moetesak.utvalg.regelversjoner[0].tilfoersel_avgjoeres = False
    tj.session.commit()
    assert "tatt inn i protokollen" in foer(app, moetesak).follow().html.select_one(".meldinger").text
    assert len(punkter(tj, moetesak)) == 1
    hele = next(ett for ett in dokumenter_for(tj.session, moetesak.saksmappe_id) if ett.type == "behandling")
    assert TEKST in hele.tekst


def test_it_is_asked_for_after_the_decision_until_the_protocol_is_approved(
    app: TestApp, tj: Tjenester, moetesak: Moetesak
) -> None:
    send(app.get(f"/moetesaker/{moetesak.id}/registrer"), "/voteringer", hurtig="ja")
    send(app.get(f"/moetesaker/{moetesak.id}/registrer"), "/vedtak")
    foer(app, moetesak)
    side = app.get(f"/moetesaker/{moetesak.id}/registrer")
    felter = nett.skjema(side, "/tilfoersler").submit_fields()
    tj.session.rollback()
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.session.commit()
    assert app.post(f"/moetesaker/{moetesak.id}/tilfoersler", felter, expect_errors=True).status_int == 403
    assert "/tilfoersler" not in app.get(f"/moetesaker/{moetesak.id}/registrer", expect_errors=True).text


@pytest.mark.parametrize(
    ("felter", "sier"), [({"tekst": ""}, "Skriv hva"), ({"stiller": "Ingen"}, "Ingen"), ({"tekst": "x" * 2001}, "kort")]
)
def test_what_cannot_be_is_refused_with_everything_kept(
    app: TestApp, moetesak: Moetesak, session: Session, felter: dict[str, str], sier: str
) -> None:
    svar = foer(app, moetesak, 400, **felter)
    assert sier in nett.meldinger(svar)
    assert svar.html.select_one("#felt-tilfoersel-tekst").text.strip() == {"tekst": TEKST, **felter}["tekst"]
    session.rollback()
    assert tilfoersler_i(session, moetesak) == []


def test_a_member_sends_it_and_withdraws_it(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, kari: str, session: Session
) -> None:
    logg_inn(app, "kari")
    liste = f"/moetesaker/{moetesak.id}/forslagene"
    assert "Skriv hva" in send(app.get(liste), "/tilfoersel", status=400, tekst="").text
    svar = send(app.get(liste), "/tilfoersel", tekst=TEKST).follow()
    assert f"Protokolltilførsel fra {kari} (SV)" in svar.text
    assert "Venter på møtets avgjørelse" in svar.text
    send(svar, "/tilfoersel/trekk")
    session.rollback()
    assert [rad.status for rad in tilfoersler_i(session, moetesak)] == ["trukket"]


def test_who_is_inhabil_or_has_no_place_cannot(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, kari: str, session: Session
) -> None:
    logg_inn(app, "kari")
    side = app.get(f"/moetesaker/{moetesak.id}/forslagene")
    person = raad.medlem(tj, moetesak.utvalg, "SV").person
    tj.habilitet.vurder(moetesak, person, Habilitetsutfall.INHABIL, parse_notation("Eier tomten."))
    session.commit()
    adresse = f"/moeteportal/saker/{moetesak.id}/tilfoersel"
    felter = {"csrf_token": side.html.select_one("[name=csrf_token]")["value"], "tilfoersel-tekst": TEKST}
    assert app.post(adresse, felter, expect_errors=True).status_int in (403, 422)
    logg_inn(app, "per")
    felter["csrf_token"] = app.get("/").html.select_one("[name=csrf_token]")["value"]
    assert app.post(adresse, felter, expect_errors=True).status_int == 403
    assert app.post(f"/moetesaker/{moetesak.id}/tilfoersler", felter, expect_errors=True).status_int == 403
    session.rollback()
    assert tilfoersler_i(session, moetesak) == []


def test_nobody_withdraws_what_another_sent(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, kari: str, session: Session
) -> None:
    ola = raad.medlem(tj, moetesak.utvalg, "H")
    ola.person.bruker_id = nett.bruker(tj, "ola", Rolle.REPRESENTANT, utvalg_id=moetesak.utvalg.id)
    session.commit()
    logg_inn(app, "kari")
    send(app.get(f"/moetesaker/{moetesak.id}/forslagene"), "/tilfoersel", tekst=TEKST)
    logg_inn(app, "ola")
    side = app.get(f"/moetesaker/{moetesak.id}/forslagene")
    assert not side.html.select("form[action$='/tilfoersel/trekk']")
    session.rollback()
    felter = {
        "csrf_token": side.html.select_one("[name=csrf_token]")["value"],
        "trekk-tilfoersel": str(tilfoersler_i(session, moetesak)[0].id),
    }
    assert app.post(f"/moeteportal/saker/{moetesak.id}/tilfoersel/trekk", felter, expect_errors=True).status_int == 403
