"""The documents that can be fetched from the pages of a treatment, a meeting and a case; and who may."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from docx import Document
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import logg_inn
from factories.protokoll import BOKMAAL
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.ordlyd import DOKUMENTORD
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata


@pytest.fixture
def organ(app: TestApp, tj: Tjenester, session: Session):
    organ = raad.utvalg(session)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "rolf", Rolle.REPRESENTANT, utvalg_id=organ.id)
    session.commit()
    return organ


def ord_(fil: bytes) -> str:
    dokument = Document(io.BytesIO(fil))
    celler = [celle.text for tabell in dokument.tables for rad in tabell.rows for celle in rad.cells]
    return "\n".join([rad.text for rad in dokument.paragraphs] + celler)


def side(moetesak: Moetesak) -> str:
    nummer, dato = moetesak.nummer, moetesak.moete.dato
    return f"/innsyn/{moetesak.utvalg.kode}/{nummer.aar}/{nummer.sekvens}/{dato:%Y-%m-%d}"


def dokument(moetesak: Moetesak, slag: str) -> str:
    return f"/moetesaker/{moetesak.id}/dokumenter/{slag}.docx"


def test_a_decision_is_sent_and_followed_up(app: TestApp, tj: Tjenester, organ) -> None:
    moetesak = raad.behandling(tj, organ, raad.sak(tj))
    tj.sakslister.publiser(moetesak.moete)
    raad.vedta(tj, moetesak)
    tj.session.commit()
    logg_inn(app, "rolf")
    for slag in ("saerutskrift", "melding_om_vedtak"):
        assert "ikke ferdig ennå" in app.get(dokument(moetesak, slag), status=403).text
    assert not app.get(side(moetesak)).html.select(f'a[href="{dokument(moetesak, "saerutskrift")}"]')
    logg_inn(app, "berit")
    assert "Særutskrift (DOCX) Utkast" in " ".join(app.get(side(moetesak)).html.get_text(" ").split())
    tekst = ord_(app.get(dokument(moetesak, "saerutskrift")).body)
    assert "Sundvik kommune bygger ny kai ved fergeleiet." in tekst
    assert "PS 1/19" in tekst
    tj.session.rollback()
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.session.commit()
    logg_inn(app, "rolf")
    svar = app.get(side(moetesak)).click("Melding om vedtak .DOCX")
    assert "Det sendes for å bli iverksatt" in ord_(svar.body)
    assert "melding-om-vedtak-kommunestyret-1-19-2019-08-29.docx" in svar.headers["Content-Disposition"]
    for slag in ("utsatt_sak", "finnes_ikke"):
        assert "melding om vedtak" in app.get(dokument(moetesak, slag), status=404).text


def test_a_body_that_writes_nynorsk_gets_nothing_in_bokmaal(app: TestApp, tj: Tjenester, organ) -> None:
    organ.malform = "nn"
    moetesak = raad.behandling(tj, organ, raad.sak(tj))
    tj.sakslister.publiser(moetesak.moete)
    stillere = [raad.stiller(tj, organ, "SV"), raad.stiller(tj, organ, "H")]
    tillegg = tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, parse_notation("Kaia får lading."), stillere)
    merknad = tj.forslag.merk(moetesak, parse_notation("Lys er viktig."), stillere[0])
    tj.forslag.slutt_til(merknad, [tj.utvalg.parti("Ap")])
    tj.session.flush()
    inndata = Voteringsinndata(Voteringsform.FOR_MOT, [tillegg], stemmer_mot=2, mot_partier={"H": 2})
    tj.voteringer.registrer(moetesak, inndata)
    raad.vedta(tj, moetesak)
    tj.session.commit()
    logg_inn(app, "berit")
    tekst = ord_(app.get(f"/moetesaker/{moetesak.id}/protokoll.docx").body)
    for nynorsk in (
        "felles tilleggsframlegg:",
        "Ap slutta seg til merknaden frå SV.",
        "Fellesframlegget frå SV1sen og H1sen vart vedteke mot 2 røyster (2H).",
        "Innstillinga vart samrøystes vedteken.",
        "Behandla",
    ):
        assert nynorsk in tekst
    assert BOKMAAL.findall(tekst) == []


def test_a_postponed_case_tells_when_it_comes_back_and_what_lapsed(app: TestApp, tj: Tjenester, organ) -> None:
    moetesak = raad.behandling(tj, organ, raad.sak(tj))
    tj.moeter.utsett(moetesak, raad.SEKRETAER, dt.date(2019, 9, 26))
    tj.session.commit()
    logg_inn(app, "berit")
    tekst = ord_(app.get(dokument(moetesak, "utsatt_sak")).body)
    assert "Saken kommer opp igjen torsdag 26. september 2019." in tekst
    assert "Det er ikke bestemt" not in tekst
    assert app.get(dokument(moetesak, "saerutskrift"), status=404)
    app.reset()
    assert app.get(dokument(moetesak, "utsatt_sak"), status="*").status_int in (303, 403)


def test_a_councils_statement_goes_out_and_stands_word_for_word_in_the_saksframlegg(
    app: TestApp, tj: Tjenester, organ
) -> None:
    sak = raad.sak(tj, godkjent=False)
    tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER, dato=raad.MOETE)
    raadet = raad.raad(tj.session)
    moetesak = raad.behandling(tj, raadet, sak)
    tj.sakslister.publiser(moetesak.moete)
    ordene = "Eldrerådet vil ha benker i ly for vinden."
    stiller = raad.stiller(tj, raadet, "Ap")
    forslag = tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, parse_notation(ordene), [stiller])
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, [forslag], enstemmig=True))
    tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    tj.session.commit()
    uttalelse = ord_(app.get(dokument(moetesak, "uttalelse")).body)
    assert "Uttalelse fra Eldrerådet" in uttalelse
    assert ordene in uttalelse
    logg_inn(app, "berit")
    adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
    framlegg = ord_(app.get(adresse).click("Saksframlegg \\(DOCX\\)").body)
    assert "Eldrerådet, sak PS 1/19" in framlegg
    assert ordene in framlegg


def test_the_agenda_names_exempt_cases_by_what_everybody_may_know(app: TestApp, tj: Tjenester, organ) -> None:
    raad.behandling(tj, organ, raad.sak(tj))
    hemmelig = raad.sak(tj, "Klage fra Ola Hansen", skjermingshjemmel="offl. § 13", offentlig_tittel="Klagesak")
    moete = raad.behandling(tj, organ, hemmelig).moete
    tj.session.commit()
    innkalling = f"/moeter/{moete.id}/dokumenter/innkalling.docx"
    assert app.get(innkalling, status="*").status_int in (303, 403)
    assert "Innkalling (DOCX)" not in app.get(f"/moeter/{moete.id}").text
    tj.sakslister.publiser(moete)
    tj.session.commit()
    tekst = ord_(app.get(f"/moeter/{moete.id}").click("Innkalling .DOCX").body)
    assert "torsdag 29. august 2019" in tekst
    assert "Klagesak" in tekst
    assert "offl. § 13" in tekst
    assert "Hansen" not in tekst
    app.get(f"/moeter/{moete.id}/dokumenter/referatliste.docx", status=404)


def test_documents_of_a_closed_case_are_for_those_who_may_see_it(app: TestApp, tj: Tjenester, organ) -> None:
    hemmelig = raad.sak(tj, "Klage fra Ola Hansen", skjermingshjemmel="offl. § 13", offentlig_tittel="Klagesak")
    moetesak = raad.behandling(tj, organ, hemmelig)
    tj.sakslister.publiser(moetesak.moete)
    tj.moeter.noter(moetesak, parse_notation("Om Hansen."))
    raad.vedta(tj, moetesak)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.session.commit()
    adresser = [
        dokument(moetesak, "saerutskrift"),
        f"/saker/{hemmelig.saksaar}/{hemmelig.sakssekvensnummer}/dokumenter/saksframlegg.docx",
    ]
    for adresse in adresser:
        svar = app.get(adresse, status="*")
        assert svar.status_int in (303, 403, 404)
        assert "Hansen" not in svar.text
    logg_inn(app, "berit")
    for adresse in adresser:
        assert "Klage fra Ola Hansen" in ord_(app.get(adresse).body)


def test_a_draft_saksframlegg_is_for_those_who_work_with_the_case(app: TestApp, tj: Tjenester, organ) -> None:
    sak = raad.sak(tj, "Havneplan", godkjent=False)
    nett.bruker(tj, "kari", Rolle.SAKSBEHANDLER)
    tj.session.commit()
    fil = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}/dokumenter/saksframlegg.docx"
    app.get(fil, status=404)
    logg_inn(app, "kari")
    tekst = ord_(app.get(fil).body)
    assert "Dagens kai er fra 1921" in tekst
    assert "Godkjent elektronisk" not in tekst


def test_what_a_meeting_is_only_told_of_stands_in_a_list_by_series(app: TestApp, tj: Tjenester, organ) -> None:
    moete = raad.behandling(tj, organ, raad.sak(tj)).moete
    for prefiks, tittel in (("RS", "Brev om støy"), ("DS", "Skjenking på brygga"), ("OS", "Om havna")):
        raad.behandling(tj, organ, raad.sak(tj, tittel), aapnet=False, prefiks=prefiks)
    tj.sakslister.publiser(moete)
    tj.session.commit()
    tekst = ord_(app.get(f"/moeter/{moete.id}").click("Referatliste .DOCX").body)
    assert [linje for linje in ("Referatsaker", "Delegerte saker", "Orienteringssaker") if linje in tekst] == [
        "Referatsaker",
        "Delegerte saker",
    ]
    assert "Brev om støy" in tekst
    logg_inn(app, "berit")
    delegert = next(ett for ett in moete.saksliste.saker if ett.tittel.startswith("Skjenking")).saksmappe
    adresse = f"/saker/{delegert.saksaar}/{delegert.sakssekvensnummer}"
    vedtak = ord_(app.get(adresse).click("Delegert vedtak .DOCX").body)
    assert "Det er meldt til Kommunestyret som sak DS" in vedtak
    assert "Du kan klage" not in vedtak
    delegert.flyt.definisjon = "skjenkebevilling"  # an enkeltvedtak tells how to appeal
    samlere = tj.dokumenter.om_saken(delegert, delegert.gjeldende_saksframlegg)
    assert samlere["delegert_vedtak"]().klage == DOKUMENTORD["nb"].klage
