"""The saksprotokoll over the web: the document, its approval and its publication."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from docx import Document
from webtest import TestApp

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.tjenester import Tjenester


@pytest.fixture
def moetesak(avgjort: Moetesak) -> Moetesak:
    return avgjort


def fil(moetesak: Moetesak) -> str:
    return f"/moetesaker/{moetesak.id}/protokoll.docx"


def test_the_secretary_gets_the_draft(app: TestApp, moetesak: Moetesak) -> None:
    logg_inn(app, "berit")
    svar = app.get(fil(moetesak))
    assert svar.content_type == DocxRenderer.media_type
    assert svar.headers["Content-Disposition"] == (
        'attachment; filename="saksprotokoll-kommunestyret-1-19-2019-08-29.docx"'
    )
    assert "Arbeidet lyses ut før sommeren." in [rad.text for rad in Document(io.BytesIO(svar.body)).paragraphs]


def test_a_member_gets_it_when_it_is_approved_and_the_public_when_it_is_published(
    app: TestApp, moetesak: Moetesak
) -> None:
    moetesak_id = moetesak.id
    registrer = f"/moetesaker/{moetesak_id}/registrer"
    logg_inn(app, "rolf")
    assert "ikke godkjent ennå" in app.get(fil(moetesak), status=403).text
    logg_inn(app, "berit")
    send(app.get(registrer), "/protokoll/godkjenn")
    godkjent = app.get(fil(moetesak)).body
    logg_inn(app, "rolf")
    assert app.get(fil(moetesak)).body == godkjent
    app.reset()
    app.get(fil(moetesak), status=303)
    logg_inn(app, "berit")
    send(app.get(registrer), "/protokoll/publiser")
    app.reset()
    assert app.get(fil(moetesak)).body == godkjent


def test_nothing_minuted_is_no_document(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    tom = raad.behandling(tj, moetesak.utvalg, raad.sak(tj, "Noe annet"), aapnet=False)
    tj.session.commit()
    logg_inn(app, "berit")
    app.get(fil(tom), status=404)


def test_approved_words_are_frozen(app: TestApp, moetesak: Moetesak, tj: Tjenester, engine: sa.Engine) -> None:
    logg_inn(app, "berit")
    gammel = app.get(f"/moetesaker/{moetesak.id}/registrer")
    side = send(gammel, "/protokoll/godkjenn").follow()
    assert not side.html.select("#notat")
    foer = innhold(engine)
    svar = send(gammel, "/protokoll/godkjenn", status=409)
    assert "Noen andre" in meldinger(svar)
    assert innhold(engine) == foer
    tj.session.rollback()
    protokoll = protokoll_i(tj.session, moetesak)
    assert protokoll is not None
    assert protokoll.godkjent_av == "Berit"


def test_a_member_neither_approves_nor_publishes(app: TestApp, moetesak: Moetesak, engine: sa.Engine) -> None:
    moetesak_id = moetesak.id
    logg_inn(app, "rolf")
    token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
    foer = innhold(engine)
    for sti, status in (("godkjenn", 422), ("publiser", 403)):
        app.post(f"/moetesaker/{moetesak_id}/protokoll/{sti}", {"csrf_token": token}, status=status)
    assert innhold(engine) == foer


def test_a_screened_case_without_a_public_title_is_not_published(
    app: TestApp, moetesak: Moetesak, tj: Tjenester, engine: sa.Engine
) -> None:
    moetesak.skjermingshjemmel = "offl. § 13"
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.session.commit()
    logg_inn(app, "berit")
    foer, moetesak_id = innhold(engine), moetesak.id
    side = app.get(f"/moetesaker/{moetesak_id}/registrer")
    assert "mangler en offentlig tittel" in side.html.select_one(".mangler").text
    token = nett.skjema(side, "/logg-ut")["csrf_token"].value
    svar = app.post(f"/moetesaker/{moetesak_id}/protokoll/publiser", {"csrf_token": token}, status=422)
    assert "mangler en offentlig tittel" in meldinger(svar)
    assert innhold(engine) == foer
