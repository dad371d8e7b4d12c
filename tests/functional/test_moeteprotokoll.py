"""The protocol of a whole meeting over the web: frozen, approved, signed, corrected, published; and who sees what."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import sqlalchemy as sa
from docx import Document
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete
from saksbehandling.protokoll.lesing import moeteprotokoll_i, protokoll_i
from saksbehandling.protokoll.moetedata import til_json
from saksbehandling.protokoll.moeteprotokoll import sjekksum
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester


@pytest.fixture
def moete(app: TestApp, tj: Tjenester, session: Session) -> Moete:
    """One case decided in the open and one that is exempt; one member with forfall and a substitute."""
    styret = raad.utvalg(session, vara={"H": 1})
    nytt = raad.moete(tj, styret, moett=False)
    vara, borte = raad.medlem(tj, styret, "H", vara=True), raad.medlem(tj, styret, "H")
    inne = [rad for rad in raad.medlemmer(tj, styret) if rad is not borte]
    tj.moeter.registrer_oppmoete(nytt, [*inne, vara], vara_for={vara.id: borte})
    aapen = raad.behandling(tj, styret, raad.sak(tj))
    hemmelig = raad.sak(tj, "Klage fra Ola Hansen", skjermingshjemmel="offl. § 13", offentlig_tittel="Klagesak")
    tj.sakslister.publiser(nytt)
    for moetesak in (aapen, raad.behandling(tj, styret, hemmelig)):
        tj.moeter.noter(moetesak, parse_notation(f"Notat om {moetesak.tittel}."))
        raad.vedta(tj, moetesak)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "rolf", Rolle.REPRESENTANT, utvalg_id=styret.id)
    nett.bruker(tj, "olav", Rolle.MOETELEDER, utvalg_id=styret.id)
    nett.bruker(tj, "kari", Rolle.SAKSBEHANDLER)
    session.commit()
    return nytt


def side(moete: Moete, ending: str = "") -> str:
    return f"/moeter/{moete.id}/protokoll{ending}"


def ord_(fil: bytes) -> str:
    dokument = Document(io.BytesIO(fil))
    celler = [celle.text for tabell in dokument.tables for rad in tabell.rows for celle in rad.cells]
    return "\n".join([rad.text for rad in dokument.paragraphs] + celler)


def test_absence_is_told_as_it_was_reported_but_never_why(moete: Moete, tj: Tjenester) -> None:
    meldt, taus = [rad for rad in raad.medlemmer(tj, moete.utvalg) if rad.parti.kode == "Ap"][:2]
    moete.status = Moetestatus.INNKALT
    tj.forfall.meld(moete, meldt, "Operasjon i kneet", "Berit")
    linjer = {rad.navn: rad for rad in tj.moeteprotokollutkast.utkast(moete).forfall}
    assert [rad.merknad for rad in linjer.values()] == ["forfall ikke meldt"]  # of H1; the two others are there
    for rad in moete.oppmoete:
        if rad.medlemskap in (meldt, taus):
            tj.session.delete(rad)
    tj.session.flush()
    tj.session.expire(moete)
    linjer = {rad.navn: rad.merknad for rad in tj.moeteprotokollutkast.utkast(moete).forfall}
    assert linjer[meldt.person.navn] == ""
    assert linjer[taus.person.navn] == "forfall ikke meldt"
    assert "kneet" not in str(til_json(tj.moeteprotokollutkast.utkast(moete)))


def test_before_the_meeting_the_draft_tells_who_is_called(tj: Tjenester, session: Session) -> None:
    styret = raad.utvalg(session, vara={"H": 1})
    nytt = raad.moete(tj, styret, moett=False)
    borte = raad.medlem(tj, styret, "H")
    assert tj.moeteprotokollutkast.utkast(nytt).forfall == ()
    tj.forfall.kall_inn(tj.forfall.meld(nytt, borte, "Reise", "Berit"), nytt, "Berit")
    (linje,) = tj.moeteprotokollutkast.utkast(nytt).forfall
    assert (linje.navn, linje.vara, linje.merknad) == ("H1 H1sen", "H4 H4sen", "")


def test_from_draft_to_the_public_protocol(app: TestApp, moete: Moete, tj: Tjenester) -> None:
    adresse, fil = side(moete), side(moete, ".docx")
    aapen, hemmelig = moete.saksliste.saker
    app.get(adresse, status=403)
    logg_inn(app, "rolf")
    app.get(adresse, status=403)
    app.get(fil, status=403)
    logg_inn(app, "berit")
    utkast = app.get(adresse)
    assert "Forfall: H1 H1sen (H), vara H4 H4sen." in " ".join(utkast.html.get_text(" ").split())
    send(utkast, "/protokoll/legg-fram")
    logg_inn(app, "olav")
    send(app.get(adresse), "/protokoll/underskriv", funksjon="Møteleder")
    assert not app.get(adresse).html.select("#felt-underskrift-funksjon")
    logg_inn(app, "berit")
    send(app.get(adresse), "/protokoll/godkjenn", merknad="Sak 2 ble behandlet først.")
    send(app.get(adresse), "/protokoll/publiser")
    tj.session.rollback()
    protokoll = moeteprotokoll_i(tj.session, moete)
    assert protokoll is not None
    assert [rad.sjekksum for rad in protokoll.underskrifter] == [sjekksum(protokoll.data)]
    assert [ett.flyt.aktive for ett in (aapen, hemmelig)] == ["publisert", "publisert"]
    assert protokoll_i(tj.session, aapen).data["godkjenning"]["maate"].endswith("Sak 2 ble behandlet først.")
    app.reset()
    offentlig, dokument = app.get(adresse).text, ord_(app.get(fil).body)
    for tekst in (offentlig, dokument):
        assert "Notat om Ny kai" in tekst
        assert "Klagesak" in tekst
        assert "Hansen" not in tekst
    assert "Møteleder, 29.08.2019" in dokument
    logg_inn(app, "rolf")  # the body's members have been sent its exempt papers
    assert "Notat om Klage fra Ola Hansen" in ord_(app.get(fil).body)
    assert adresse in app.get(f"/moeter/{moete.id}").text


def test_a_treatment_that_is_not_over_keeps_the_protocol_open(
    app: TestApp, moete: Moete, tj: Tjenester, engine: sa.Engine
) -> None:
    raad.behandling(tj, moete.utvalg, raad.sak(tj, "Bru"))
    tj.session.commit()
    logg_inn(app, "berit")
    utkast, foer = app.get(side(moete)), innhold(engine)
    svar = send(utkast, "/protokoll/legg-fram", status=422)
    assert "PS 3/19 er ikke ferdig" in meldinger(svar)
    assert innhold(engine) == foer


def test_what_is_not_approved_can_be_taken_back_and_what_is_signed_cannot(app: TestApp, moete: Moete) -> None:
    logg_inn(app, "berit")
    send(app.get(side(moete)), "/protokoll/legg-fram")
    framme = app.get(side(moete))
    send(framme, "/protokoll/ta-tilbake")
    send(app.get(side(moete)), "/protokoll/legg-fram")
    svar = send(app.get(side(moete)), "/protokoll/underskriv", status=400, funksjon=" ")
    assert "Skriv hva du underskriver som" in meldinger(svar)
    send(svar, "/protokoll/underskriv", funksjon="Møtesekretær")
    assert "med en rettelse" in meldinger(send(framme, "/protokoll/ta-tilbake", status=422))


def test_it_is_approved_in_the_next_meeting_when_that_has_treated_it(app: TestApp, moete: Moete, tj: Tjenester) -> None:
    neste = raad.behandling(tj, moete.utvalg, raad.sak(tj, "Godkjenning av protokoll"), dt.date(2019, 9, 12))
    tj.session.commit()
    logg_inn(app, "berit")
    send(app.get(side(moete)), "/protokoll/legg-fram", i=neste.id)
    svar = send(app.get(side(moete)), "/protokoll/godkjenn", status=422)
    assert "PS 3/19 i møtet 12.09.2019" in meldinger(svar)
    tj.session.rollback()
    raad.vedta(tj, neste)
    tj.session.commit()
    send(app.get(side(moete)), "/protokoll/godkjenn")
    assert "Protokollen ble godkjent i sak PS 3/19 i møtet 12.09.2019." in app.get(side(moete)).text


def test_a_correction_is_appended_and_what_stood_stands(app: TestApp, moete: Moete, tj: Tjenester) -> None:
    aapen, hemmelig = moete.saksliste.saker
    logg_inn(app, "berit")
    for sti in ("legg-fram", "godkjenn", "publiser"):
        send(app.get(side(moete)), f"/protokoll/{sti}")
    tj.session.rollback()
    foer = moeteprotokoll_i(tj.session, moete).data
    vist = app.get(side(moete))
    svar = send(vist, "/protokoll/rettelser", status=400, tekst="Det var 5 stemmer.", begrunnelse="")
    assert svar.html.select_one("#felt-rettelse-tekst").text.strip() == "Det var 5 stemmer."
    send(vist, "/protokoll/rettelser", tekst="Det var 5 stemmer.", begrunnelse="Talt feil.", sak=aapen.id)
    send(vist, "/protokoll/rettelser", tekst="Klageren bor i Lia.", begrunnelse="Skrivefeil.", sak=hemmelig.id)
    tj.session.rollback()
    assert moeteprotokoll_i(tj.session, moete).data == foer
    saksprotokoll = tj.protokollutkast.data(aapen)
    assert [rad.begrunnelse for rad in saksprotokoll.rettelser] == ["Begrunnelse: Talt feil."]
    assert protokoll_i(tj.session, aapen).versjonsnummer == 2
    assert "Det var 5 stemmer." in ord_(tj.protokollfiler.docx(aapen))
    app.reset()
    offentlig = app.get(side(moete)).text + ord_(app.get(side(moete, ".docx")).body)
    assert offentlig.count("Det var 5 stemmer.") == 2
    assert "Klageren bor i Lia" not in offentlig


def test_who_may_not_cannot(app: TestApp, moete: Moete, engine: sa.Engine) -> None:
    logg_inn(app, "berit")
    send(app.get(side(moete)), "/protokoll/legg-fram")
    foer = innhold(engine)
    for hvem in ("rolf", "kari"):
        logg_inn(app, hvem)
        token = nett.skjema(app.get("/moeter"), "/logg-ut")["csrf_token"].value
        stier = ["legg-fram", "ta-tilbake", "godkjenn", "rettelser", "publiser"] + ["underskriv"] * (hvem == "kari")
        for sti in stier:
            app.post(side(moete, f"/{sti}"), {"csrf_token": token}, status=403)
    app.get(side(moete), status=403)
    assert innhold(engine) == foer
