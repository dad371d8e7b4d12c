"""Protocols edited by hand over the web: never written over, compared in words, asked about; and who may."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import sqlalchemy as sa
from webtest import TestApp, TestResponse, Upload

from factories import nett, raad
from factories.docx import endret, with_parts
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.protokoll.lesing import moeteprotokoll_i, protokoll_i
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester

REDIGER = "/protokoll/redigering"


@pytest.fixture
def moetesak(app: TestApp, avgjort: Moetesak) -> Moetesak:
    logg_inn(app, "berit")
    return avgjort


def side(ting: Moetesak | Moete, ending: str = REDIGER) -> str:
    return f"/{'moeter' if isinstance(ting, Moete) else 'moetesaker'}/{ting.id}{ending}"


def gjoer(vist: TestResponse, handling: str, *, status: int = 303, **felter: Any) -> TestResponse:
    """Send the form that does this."""
    skjemaer = [ett for ett in vist.forms.values() if "handling" in ett.fields and ett["handling"].value == handling]
    for navn, verdi in felter.items():
        skjemaer[0][navn] = verdi
    svar = skjemaer[0].submit(expect_errors=True)
    assert svar.status_int == status, f"{svar.status}: {meldinger(svar)}"
    return svar


def last_opp(vist: TestResponse, fil: bytes, begrunnelse: str = "Skrevet om.", *, status: int = 303) -> TestResponse:
    felter = {"fil": Upload("protokoll.docx", fil), "redigert-begrunnelse": begrunnelse}
    return gjoer(vist, "last_opp", status=status, **felter)


def ordene(svar: TestResponse) -> str:
    return " ".join(svar.html.select_one("main").get_text(" ").split())


def lag_filene(app: TestApp, tj: Tjenester) -> None:
    """What the worker does after an approval."""
    app.app.registry["parts"].worker().toem()
    tj.session.rollback()


def test_an_edited_protocol_is_the_protocol_until_somebody_says_otherwise(
    app: TestApp, moetesak: Moetesak, tj: Tjenester
) -> None:
    laget = app.get(side(moetesak, "/protokoll.docx")).body
    redigert = endret(laget, "Havnesjefen orienterte.", "Havnesjefen orienterte kort.")
    vist = last_opp(app.get(side(moetesak)), redigert).follow()
    assert vist.html.select_one("#forskjell ~ .forskjell ins").text.strip() == "kort"
    assert app.get(side(moetesak, "/protokoll.docx")).body == redigert
    assert app.get(side(moetesak, f"{REDIGER}/0.docx")).body == laget
    assert app.get(side(moetesak, f"{REDIGER}/1.docx")).body == redigert
    assert "redigert for hånd" in app.get(f"/innsyn/kommunestyret/2019/{moetesak.nummer.sekvens}").text
    vist = gjoer(app.get(side(moetesak)), "lag_paa_nytt").follow()
    assert app.get(side(moetesak, "/protokoll.docx")).body == laget
    assert "Tidligere utgaver" in vist.text
    gjoer(vist, "ta_fram")
    assert app.get(side(moetesak, "/protokoll.docx")).body == redigert


def test_when_the_data_move_on_the_difference_is_shown_and_somebody_is_asked(
    app: TestApp, moetesak: Moetesak, tj: Tjenester
) -> None:
    redigert = endret(app.get(side(moetesak, "/protokoll.docx")).body, "orienterte.", "orienterte kort.")
    tj.moeter.noter(moetesak, parse_notation("Møtet ble lukket."))
    tj.session.commit()
    vist = last_opp(app.get(side(moetesak)), redigert).follow()  # made before the note, and so it says itself
    assert vist.html.select_one("#siden ~ .forskjell ins").text == "Møtet ble lukket."
    behandlingen = f"/innsyn/kommunestyret/2019/{moetesak.nummer.sekvens}"
    assert "Opplysningene er endret siden." in app.get(behandlingen).text
    registrer = app.get(side(moetesak, "/registrer"))
    assert "redigert for hånd, og opplysningene er endret" in meldinger(send(registrer, "/godkjenn", status=422))
    assert app.get(side(moetesak, "/protokoll.docx")).body == redigert
    gjoer(vist, "behold")
    assert "Opplysningene er endret siden." not in app.get(behandlingen).text
    assert not app.get(side(moetesak)).html.select("#siden")
    send(app.get(side(moetesak, "/registrer")), "/protokoll/godkjenn")
    lag_filene(app, tj)
    assert app.get(side(moetesak, "/protokoll.docx")).body == redigert


def test_what_is_approved_can_be_added_to_and_not_rewritten(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    laget = app.get(side(moetesak, "/protokoll.docx")).body
    redigert = endret(laget, "orienterte.", "orienterte kort.")
    last_opp(app.get(side(moetesak)), redigert)
    send(app.get(side(moetesak, "/registrer")), "/protokoll/godkjenn")
    lag_filene(app, tj)
    vist = app.get(side(moetesak))
    assert not vist.html.select("#siden")  # an approval changes no words that were minuted
    avslag = last_opp(vist, laget, "Angret.", status=422)
    assert "«Havnesjefen orienterte kort.»" in meldinger(avslag)
    assert avslag.html.select_one("#felt-redigert-begrunnelse")["value"] == "Angret."
    assert "«Havnesjefen orienterte kort.»" in meldinger(gjoer(vist, "lag_paa_nytt", status=422))
    pent = endret(redigert, '<w:pgSz w:w="11906"', '<w:pgSz w:w="11907"')
    last_opp(vist, pent, "Andre marger.")
    assert app.get(side(moetesak, "/protokoll.docx")).body == pent
    tj.session.rollback()
    dokument = protokoll_i(tj.session, moetesak).dokumentversjon.dokument
    assert [(rad.versjonsnummer, rad.opprettet_av) for rad in dokument.versjoner] == [(1, "Berit"), (2, "Berit")]
    tj.protokoller.rett(moetesak, "Rettelse 1", parse_notation("Rettet ord."), "Skrivefeil.", raad.SEKRETAER)
    tj.session.commit()
    lag_filene(app, tj)
    assert protokoll_i(tj.session, moetesak).dokumentversjon is None  # nobody has said what happens to the edited one
    assert app.get(side(moetesak, "/protokoll.docx")).body == pent
    assert "Rettet ord." in ordene(app.get(side(moetesak)))
    gjoer(app.get(side(moetesak)), "behold")
    tj.session.rollback()
    assert protokoll_i(tj.session, moetesak).dokumentversjon is not None


def test_the_protocol_of_a_meeting_too_and_whoever_reads_it_gets_the_edited_one(
    app: TestApp, moetesak: Moetesak, tj: Tjenester
) -> None:
    moete = moetesak.moete
    redigert = endret(app.get(side(moete, "/protokoll.docx")).body, "orienterte.", "orienterte kort.")
    last_opp(app.get(side(moete)), redigert)
    send(app.get(side(moete, "/protokoll")), "/protokoll/legg-fram")
    send(app.get(side(moete, "/protokoll")), "/protokoll/underskriv", funksjon="Møtesekretær")
    for sti in ("godkjenn", "publiser"):
        send(app.get(side(moete, "/protokoll")), f"/protokoll/{sti}")
    lag_filene(app, tj)
    (arkivert,) = tj.moetearkiv.lesbare(moete, raad.SEKRETAER)
    assert arkivert.versjoner[-1].sjekksum == hashlib.sha256(redigert).hexdigest()
    (underskrift,) = moeteprotokoll_i(tj.session, moete).underskrifter
    assert underskrift.sjekksum == hashlib.sha256(redigert).hexdigest()
    assert not app.get(side(moete)).html.select("#siden")
    send(app.get(side(moete, "/protokoll")), "/rettelser", tekst="Det var 5.", begrunnelse="Talt feil.", sak="")
    assert "Det var 5." in app.get(side(moete)).html.select_one("#siden ~ .forskjell").text
    lag_filene(app, tj)
    assert len(tj.moetearkiv.lesbare(moete, raad.SEKRETAER)) == 1  # nobody has said whether the edited one stays
    app.reset()
    assert app.get(side(moete, "/protokoll.docx")).body == redigert
    tj.session.rollback()
    moetesak.saksmappe.skjermingshjemmel, moetesak.saksmappe.offentlig_tittel = "offl. § 13", "Sak"
    tj.session.commit()
    assert app.get(side(moete, "/protokoll.docx")).body[:2] == b"PK"
    assert app.get(side(moete, "/protokoll.docx")).body != redigert  # made anew without what is exempt now
    assert "redigert for hånd" not in app.get(side(moete, "/protokoll")).text


def test_what_is_no_edited_protocol_of_this_case_is_refused(
    app: TestApp, moetesak: Moetesak, tj: Tjenester, engine: sa.Engine
) -> None:
    laget = app.get(side(moetesak, "/protokoll.docx")).body
    moetets = app.get(side(moetesak.moete, "/protokoll.docx")).body
    makro = with_parts(laget, {"word/vbaProject.bin": b"x"})
    vist, foer = app.get(side(moetesak)), innhold(engine)
    for fil, begrunnelse, status, tekst in (
        (moetets, "Feil fil.", 415, "annen protokoll"),
        (makro, "Makro.", 415, "makro"),
        (b"hei", "Tekst.", 415, "protokoll.docx"),
        (laget, " ", 400, "Skriv hva som er redigert"),
    ):
        assert tekst in meldinger(last_opp(vist, fil, begrunnelse, status=status))
    assert {**innhold(engine), "karantenefil": []} == foer
    last_opp(vist, laget)
    assert "Noen andre" in meldinger(last_opp(vist, laget, status=409))


def test_without_its_data_it_is_held_against_what_is_known_now(app: TestApp, moetesak: Moetesak) -> None:
    laget = app.get(side(moetesak, "/protokoll.docx")).body
    last_opp(app.get(side(moetesak)), with_parts(laget, {"customXml/item1.xml": None}))
    assert not app.get(side(moetesak)).html.select("#siden")


def test_who_may_not_cannot(app: TestApp, moetesak: Moetesak, engine: sa.Engine) -> None:
    last_opp(app.get(side(moetesak)), app.get(side(moetesak, "/protokoll.docx")).body)
    foer, moete = innhold(engine), moetesak.moete
    for hvem in ("rolf", "olav"):
        logg_inn(app, hvem)
        token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
        for ting in (moetesak, moete):
            app.get(side(ting), status=403)
            app.get(side(ting, f"{REDIGER}/1.docx"), status=403)
            app.post(side(ting), {"csrf_token": token, "handling": "lag_paa_nytt", "sett": "1"}, status=403)
    assert innhold(engine) == foer


def test_an_address_or_a_form_that_no_page_makes_is_refused(app: TestApp, moetesak: Moetesak) -> None:
    vist = app.get(side(moetesak))
    token = nett.skjema(vist, REDIGER)["csrf_token"].value
    app.get(side(moetesak, f"{REDIGER}/7.docx"), status=404)
    for felter, status in (
        ({"handling": "x"}, 400),
        ({"handling": "behold", "sett": "x"}, 400),
        ({"handling": "behold", "sett": ""}, 404),
        ({"handling": "ta_fram", "sett": ""}, 400),
        ({"handling": "last_opp", "sett": ""}, 400),
    ):
        app.post(side(moetesak), {"csrf_token": token, **felter}, status=status)
