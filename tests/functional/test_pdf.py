"""PDF over the web: the page that waits, the file, the journal; who may, and what happens when it goes wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.clock import FixedClock
from saksbehandling.documents.pdf import PdfFailed
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.saksmappe.models import ARKIVFORMAT, Dokument, Dokumentversjon
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Voteringsform
from saksbehandling.votering.services import Voteringsinndata


class Kontor:
    """In LibreOffice's place: a PDF that names the bytes it was made of, or as many failures as it is told."""

    def __init__(self) -> None:
        self.feil = 0
        self.hva: Exception = PdfFailed("LibreOffice stoppet midt i dokumentet (kode 137).")

    def pdf(self, docx: bytes) -> bytes:
        if self.feil:
            self.feil -= 1
            raise self.hva
        return pdf_av(docx)

    def close(self) -> None:
        """Nothing is open."""


def pdf_av(docx: bytes) -> bytes:
    return b"%PDF-1.4 " + hashlib.sha256(docx).hexdigest().encode()


class Verksted:
    """The two workers of a server, on the app's own parts."""

    def __init__(self, app: TestApp, klokke: FixedClock) -> None:
        self.kontor = Kontor()
        self.klokke = klokke
        registry = app.app.registry
        registry["settings"] = replace(registry["settings"], libreoffice="/usr/bin/soffice")
        self._parts = registry["parts"]
        self._parts.clock, self._parts.felles = klokke, registry["felles"]

    def lag_docx(self) -> None:
        self._parts.worker().toem()

    def lag_pdf(self) -> None:
        self.lag_docx()
        self._parts.pdf_worker(self.kontor).toem()

    def vent(self, **tid: float) -> None:
        self.klokke.set(self.klokke.now() + dt.timedelta(**tid))


@pytest.fixture
def verksted(app: TestApp, klokke: FixedClock) -> Verksted:
    return Verksted(app, klokke)


@pytest.fixture
def moete(app: TestApp, tj: Tjenester, session: Session) -> Moete:
    """One case decided in the open and one that is exempt, both approved."""
    styret = raad.utvalg(session)
    moetet = raad.moete(tj, styret)
    hemmelig = raad.sak(tj, "Klage fra Ola Hansen", skjermingshjemmel="offl. § 13", offentlig_tittel="Klagesak")
    saker = [raad.behandling(tj, styret, sak) for sak in (raad.sak(tj), hemmelig)]
    tj.sakslister.publiser(moetet)
    for moetesak in saker:
        tj.voteringer.registrer(
            moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True)
        )
        tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "rolf", Rolle.REPRESENTANT, utvalg_id=styret.id)
    session.commit()
    return moetet


@pytest.fixture
def moetesak(moete: Moete) -> Moetesak:
    return moete.saksliste.saker[0]


def ordene(svar: TestResponse) -> str:
    return " ".join(svar.html.get_text(" ").split())


def godkjenn(tj: Tjenester, *saker: Moetesak) -> None:
    for moetesak in saker:
        tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.session.commit()


def fil(ting: Moete | Moetesak, ending: str = ".pdf", navn: str = "protokoll") -> str:
    return f"/{'moeter' if isinstance(ting, Moete) else 'moetesaker'}/{ting.id}/{navn}{ending}"


def test_the_page_waits_and_the_archive_gets_the_file_also_after_a_crash(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, verksted: Verksted
) -> None:
    godkjenn(tj, moetesak)
    verksted.lag_docx()
    verksted.kontor.feil = 2
    logg_inn(app, "rolf")
    for sekunder in (0, 2, 15):
        assert "PDF lages … Saksprotokoll, PS 1/19 Ny kai" in ordene(side := app.get(fil(moetesak), status=202))
        verksted.vent(seconds=sekunder)
        verksted.lag_pdf()
    assert "Vedtak" in ordene(side.click("PS 1/19 Ny kai", index=0))
    pdf, docx = app.get(fil(moetesak)), app.get(fil(moetesak, ".docx"))
    assert pdf.content_type == "application/pdf"
    assert pdf.headers["Content-Disposition"].endswith('-1-19-2019-08-29.pdf"')
    assert pdf.body == pdf_av(docx.body)
    tj.session.rollback()
    soek = sa.select(Dokumentversjon).join(Dokument).where(Dokument.dokumenttype == "Saksprotokoll")
    original, arkivert = tj.session.scalars(soek.order_by(Dokumentversjon.id)).all()
    assert (arkivert.dokument_id, arkivert.versjonsnummer) == (original.dokument_id, original.versjonsnummer)
    assert (arkivert.variantformat, arkivert.medietype) == (ARKIVFORMAT, "application/pdf")
    assert arkivert.sjekksum == hashlib.sha256(pdf.body).hexdigest()
    logg_inn(app, "berit")
    sak = app.get(f"/saker/{moetesak.saksmappe.saksaar}/{moetesak.saksmappe.sakssekvensnummer}")
    adresser = [ett["href"] for ett in sak.html.select(f"#dokument-{original.dokument_id} .versjoner a")]
    assert adresser == [f"/dokumenter/{original.dokument_id}/1.pdf", f"/dokumenter/{original.dokument_id}/1"]
    assert [app.get(adresse).body for adresse in adresser] == [pdf.body, docx.body]


def test_who_may_not_see_the_document_may_not_see_or_order_its_pdf(
    app: TestApp, tj: Tjenester, moete: Moete, verksted: Verksted
) -> None:
    aapen, hemmelig = moete.saksliste.saker
    godkjenn(tj, aapen, hemmelig)
    verksted.lag_pdf()
    tj.session.rollback()
    arkivert = tj.session.scalars(sa.select(Dokumentversjon).where(Dokumentversjon.medietype == "application/pdf"))
    filer = [f"/dokumenter/{ett.dokument_id}/1" for ett in arkivert]
    for hvem in ("", "rolf", "berit"):
        app.reset()
        if hvem:
            logg_inn(app, hvem)
        for uten, med in [(ett, f"{ett}.pdf") for ett in filer] + [
            (fil(ett, ".docx"), fil(ett)) for ett in (aapen, hemmelig)
        ]:
            stand = app.get(uten, expect_errors=True).status_int
            assert app.get(med, expect_errors=True).status_int == stand
            assert hvem or stand != 200
    app.reset()
    token = app.get("/logg-inn").forms[1]["csrf_token"].value
    for ting in (aapen, hemmelig):
        app.post(fil(ting), {"csrf_token": token}, status=403)


def test_the_public_gets_the_screened_protocol_and_the_members_the_whole(
    app: TestApp, tj: Tjenester, moete: Moete, verksted: Verksted
) -> None:
    logg_inn(app, "berit")
    assert "utkast" in ordene(app.get(fil(moete), status=404))
    send(app.get(fil(moete, "")), "/protokoll/legg-fram")
    send(app.get(fil(moete, "")), "/protokoll/godkjenn")
    send(app.get(fil(moete, "")), "/protokoll/publiser")
    verksted.lag_pdf()
    hele = app.get(fil(moete)).body
    assert hele == pdf_av(app.get(fil(moete, ".docx")).body)
    app.reset()
    offentlig = app.get(fil(moete)).body
    assert offentlig == pdf_av(app.get(fil(moete, ".docx")).body)
    assert offentlig != hele
    assert fil(moete) in app.get(fil(moete, "")).text
    tj.session.rollback()
    soek = sa.select(Dokumentversjon).join(Dokument).where(Dokument.dokumenttype == "Møteprotokoll")
    arkivert = tj.session.scalars(soek.order_by(Dokument.id, Dokumentversjon.id)).all()
    assert [ett.til_arkivet for ett in arkivert] == [False, True, False, True]
    assert [ett.sjekksum for ett in arkivert if ett.til_arkivet] == [
        hashlib.sha256(pdf).hexdigest() for pdf in (hele, offentlig)
    ]


def test_a_protocol_read_in_from_years_ago_keeps_nobody_waiting(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, verksted: Verksted
) -> None:
    verksted.vent(days=200)
    godkjenn(tj, moetesak)
    verksted.lag_pdf()
    logg_inn(app, "rolf")
    send(app.get(fil(moetesak), status=404), fil(moetesak))
    verksted.lag_pdf()
    app.get(fil(moetesak), status=200)


def test_another_document_is_made_when_somebody_asks_and_again_when_it_was_given_up(
    app: TestApp, moete: Moete, verksted: Verksted
) -> None:
    innkalling = fil(moete, ".pdf", "dokumenter/innkalling")
    verksted.kontor.feil, verksted.kontor.hva = 1, OSError("disken er full")
    assert not app.get(innkalling, status=404).html.select("main form")  # the public reads, and asks for nothing
    logg_inn(app, "rolf")
    assert "ikke laget ennå" in ordene(side := app.get(innkalling, status=404))
    assert send(side, innkalling).location.endswith(innkalling)
    verksted.lag_pdf()
    verksted.vent(minutes=31)
    send(app.get(innkalling, status=404), innkalling)
    app.get(innkalling, status=202)
    verksted.lag_pdf()
    assert app.get(innkalling).body == pdf_av(app.get(innkalling.replace(".pdf", ".docx")).body)


def test_without_libreoffice_the_page_says_so_and_the_order_stands(
    app: TestApp, tj: Tjenester, moetesak: Moetesak, verksted: Verksted
) -> None:
    registry = app.app.registry
    med = registry["settings"]
    registry["settings"] = replace(med, libreoffice="av")
    godkjenn(tj, moetesak)
    verksted.lag_docx()
    logg_inn(app, "berit")
    side = app.get(fil(moetesak), status=404)
    assert "PDF er ikke tilgjengelig" in ordene(side)
    assert side.html.select(f'a[href="{fil(moetesak, ".docx")}"]')
    registry["settings"] = med
    verksted.lag_pdf()
    app.get(fil(moetesak), status=200)
