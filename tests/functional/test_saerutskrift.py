"""The decision sent to those whom it concerns: letters in the journal, seen by those who work with the case alone."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from docx import Document
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.moete.models import Moetesak
from saksbehandling.saksmappe.models import Journalposttype
from saksbehandling.saksmappe.pdf import Pdfstand
from saksbehandling.tjenester import Tjenester

KARI, BY = "Kari Lie\nKaia 1\n9999 By", "By AS"


@pytest.fixture
def moetesak(avgjort: Moetesak) -> Moetesak:
    return avgjort


def godkjenn(tj: Tjenester, moetesak: Moetesak) -> None:
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    moetesak.saksmappe.publisert = moetesak.publisert
    tj.session.commit()


def skjema(moetesak: Moetesak) -> str:
    return f"/moetesaker/{moetesak.id}/saerutskrift"


def brevet(svar: TestResponse) -> str:
    return "\n".join(avsnitt.text for avsnitt in Document(io.BytesIO(svar.body)).paragraphs)


def test_each_gets_a_letter_that_is_entered_in_the_journal(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    godkjenn(tj, moetesak)
    logg_inn(app, "berit")
    side = app.get(f"/innsyn/kommunestyret/2019/{moetesak.nummer.sekvens}").click("Send særutskrift til parter")
    felter = {"mottakere": f"{KARI}\n\n{BY}", "klage": "ja", "hjemmel": "offl. § 13"}
    forhaandsvist = send(side, "/saerutskrift", status=200, handling="forhaandsvis", **felter)
    assert "Kari Lie\nKaia 1\n9999 By\n29. august 2019" in brevet(forhaandsvist)
    tj.session.rollback()
    antall = len(moetesak.saksmappe.journalposter)
    saken = send(side, "/saerutskrift", **felter).follow()
    assert "2 brev er lagt i journalen" in saken.text
    tj.session.rollback()
    poster = moetesak.saksmappe.journalposter[antall:]
    assert {post.journalposttype for post in poster} == {Journalposttype.UTGAAENDE}
    assert [post.skjermingshjemmel for post in poster] == ["offl. § 13"] * 2
    assert "Lie" not in " ".join(f"{post.tittel}{post.offentlig_tittel}" for post in poster)
    filer = [app.get(f"/dokumenter/{post.dokumenter[0].id}/1") for post in poster]
    brev = [brevet(fil) for fil in filer]
    assert {tj.pdf.stand(fil.body) for fil in filer} == {Pdfstand.LAGES}
    assert [tekst.split("\n")[0] for tekst in brev] == ["Kari Lie", "By AS"]
    assert all("Du kan klage på vedtaket" in tekst and "offl. § 13" in tekst for tekst in brev)
    app.reset()
    app.get(f"/dokumenter/{poster[0].dokumenter[0].id}/1", status=404)
    offentlig = app.get(f"/saker/{moetesak.saksmappe.saksaar}/{moetesak.saksmappe.sakssekvensnummer}")
    assert "Særutskrift av" not in offentlig.text


def test_what_was_typed_is_kept_when_it_is_refused_and_nothing_is_entered_twice(
    app: TestApp, moetesak: Moetesak, tj: Tjenester, engine: sa.Engine
) -> None:
    godkjenn(tj, moetesak)
    logg_inn(app, "berit")
    side, foer = app.get(skjema(moetesak)), innhold(engine)
    svar = send(side, "/saerutskrift", status=400, mottakere="x" * 101, klage="ja")
    assert svar.html.select_one("#felt-brev-mottakere").text.strip() == "x" * 101
    assert svar.html.select_one("#felt-brev-klage").has_attr("checked")
    assert innhold(engine) == foer
    send(side, "/saerutskrift", mottakere=KARI)
    foer = innhold(engine)
    assert "journalført i saken siden" in meldinger(send(side, "/saerutskrift", status=409, mottakere=KARI))
    assert innhold(engine) == foer


def test_nothing_is_sent_before_the_protocol_is_approved_nor_by_others(
    app: TestApp, moetesak: Moetesak, tj: Tjenester, engine: sa.Engine
) -> None:
    logg_inn(app, "berit")
    assert "ikke godkjent ennå" in app.get(skjema(moetesak), status=422).text
    godkjenn(tj, moetesak)
    moetesak.saksmappe.saksstatus = type(moetesak.saksmappe.saksstatus).AVSLUTTET
    tj.session.commit()
    assert "er avsluttet" in app.get(skjema(moetesak), status=422).text
    logg_inn(app, "rolf")
    foer, token = innhold(engine), nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
    assert "Send særutskrift" not in app.get(f"/innsyn/kommunestyret/2019/{moetesak.nummer.sekvens}").text
    app.get(skjema(moetesak), status=403)
    app.post(skjema(moetesak), {"csrf_token": token, "brev-mottakere": KARI}, status=403)
    assert innhold(engine) == foer
