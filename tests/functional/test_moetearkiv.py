"""Approved protocols of meetings in the archive: where they are kept, who sees what of them, and never twice."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import sqlalchemy as sa
from docx import Document
from webtest import TestApp

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.jobs.models import Oppgavetype
from saksbehandling.moete.models import Moete
from saksbehandling.protokoll.lesing import moeteprotokoll_i
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument, Dokumentversjon, Journalpost, Mappetype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg

HEMMELIG = {"skjermingshjemmel": "offl. § 13", "offentlig_tittel": "Klagesak"}
MAPPE, HELE, UTDRAG = "/saker/2019/", "Møteprotokoll - Kommunestyret 29.08.2019", ", offentlig utgave"


@pytest.fixture
def styret(app: TestApp, tj: Tjenester) -> Utvalg:
    organ = raad.utvalg(tj.session)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "kari", Rolle.SAKSBEHANDLER)
    nett.bruker(tj, "rolf", Rolle.REPRESENTANT, utvalg_id=organ.id)
    return organ


def avholdt(tj: Tjenester, organ: Utvalg, *saker: Saksmappe, dato: dt.date = raad.MOETE) -> Moete:
    """A meeting that has decided those cases, with the words «Notat om» each."""
    behandlinger = [raad.behandling(tj, organ, sak, dato) for sak in saker]
    tj.sakslister.publiser(behandlinger[0].moete)
    for moetesak in behandlinger:
        tj.moeter.noter(moetesak, parse_notation(f"Notat om {moetesak.tittel}."))
        raad.vedta(tj, moetesak)
    return behandlinger[0].moete


def godkjenn(tj: Tjenester, moete: Moete) -> None:
    tj.moetegodkjenning.godkjenn(tj.moeteprotokoller.legg_fram(moete, raad.SEKRETAER), raad.SEKRETAER)
    tj.session.commit()


def arkiver(app: TestApp, tj: Tjenester) -> None:
    """What waits for the worker."""
    registry = app.app.registry
    registry["parts"].felles = registry["felles"]
    registry["parts"].worker().toem()
    tj.session.rollback()


def journal(tj: Tjenester) -> list[tuple[int, str, int]]:
    """The number, title and versions of each entry in the cases of meetings."""
    soek = sa.select(Journalpost).join(Saksmappe).where(Saksmappe.mappetype == Mappetype.MOETER)
    poster = tj.session.scalars(soek.order_by(Saksmappe.id, Journalpost.journalpostnummer))
    return [(post.journalpostnummer, post.tittel, len(post.dokumenter[0].versjoner)) for post in poster]


def mappene(tj: Tjenester) -> list[Saksmappe]:
    soek = sa.select(Saksmappe).where(Saksmappe.mappetype == Mappetype.MOETER)
    return list(tj.session.scalars(soek.order_by(Saksmappe.id)))


def fil(tj: Tjenester, tittel: str) -> str:
    dokument = tj.session.scalars(sa.select(Dokument).where(Dokument.tittel == tittel)).one()
    return f"/dokumenter/{dokument.id}/{dokument.versjoner[-1].versjonsnummer}"


def funnet(app: TestApp) -> set[str]:
    """The titles of the documents that this reader finds."""
    return {treff["tittel"] for treff in app.get("/sok.json", {"q": "type:dokument møteprotokoll"}).json["treff"]}


def ordene(docx: bytes) -> str:
    return "\n".join(rad.text for rad in Document(io.BytesIO(docx)).paragraphs)


def test_everybody_gets_what_they_may_see_of_the_kept_protocol(app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
    hemmelig = raad.sak(tj, "Klage fra Ola Hansen", **HEMMELIG)
    moete = avholdt(tj, styret, raad.sak(tj), hemmelig)
    godkjenn(tj, moete)
    arkiver(app, tj)
    (mappe,) = mappene(tj)
    assert (mappe.tittel, mappe.saksaar) == ("Møter i Kommunestyret 2019", 2019)
    assert journal(tj) == [(1, HELE, 1), (2, HELE + UTDRAG, 1)]
    hele, utdrag = fil(tj, HELE), fil(tj, HELE + UTDRAG)
    side, moetets = f"{MAPPE}{mappe.sakssekvensnummer}", f"/moeter/{moete.id}"
    app.get(side, status=404)  # approved, and not published yet
    app.get(utdrag, status=404)
    send_til = {"": (404, 200), "kari": (404, 200), "rolf": (200, 200), "berit": (200, 200)}
    logg_inn(app, "berit")
    send(app.get(f"{moetets}/protokoll"), "/protokoll/publiser")
    arkiver(app, tj)
    for hvem, (ser_hele, ser_utdrag) in send_til.items():
        app.reset()
        if hvem:
            logg_inn(app, hvem)
        assert app.get(hele, expect_errors=True).status_int == ser_hele
        assert "Hansen" not in ordene(app.get(utdrag, status=ser_utdrag).body)
        for adresse in (moetets, f"{moetets}/protokoll"):
            lenker = [ett.text for ett in app.get(adresse).html.select(f'main a[href^="{side}#dokument-"]')]
            assert lenker == [f"{mappe.saksnummer}-{nr}" for nr in ((2, 1) if ser_hele == 200 else (2,))]
        assert funnet(app) == {HELE + UTDRAG, *([HELE] if ser_hele == 200 else ())}
        assert "Hansen" not in app.get(side).text
        assert app.get(side).text.count("Unntatt offentlighet, offl. § 13") == 1
    assert "Notat om Klage fra Ola Hansen." in ordene(app.get(hele).body)
    app.get(f"{side}.json", status=200)
    hemmelig.inhabile = [tj.brukere.finn("rolf").id]  # found later, in another meeting
    tj.saker.merk_endret(hemmelig)
    tj.session.commit()
    arkiver(app, tj)
    logg_inn(app, "rolf")
    app.get(hele, status=404)
    app.get(utdrag, status=200)
    assert funnet(app) == {HELE + UTDRAG}


def test_what_is_screened_afterwards_closes_what_was_public(app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
    sak = raad.sak(tj, "Klage fra Ola Hansen")
    moete = avholdt(tj, styret, sak, raad.sak(tj))
    godkjenn(tj, moete)
    tj.moetegodkjenning.publiser(moeteprotokoll_i(tj.session, moete), raad.SEKRETAER)
    tj.session.commit()
    arkiver(app, tj)
    app.get(fil(tj, HELE), status=200)
    assert funnet(app) == {HELE}
    sak.skjermingshjemmel, sak.offentlig_tittel = "offl. § 13", "Klagesak"
    tj.saker.merk_endret(sak)
    tj.session.commit()
    app.get(fil(tj, HELE), status=404)
    arkiver(app, tj)
    assert funnet(app) == set()


def test_it_is_kept_once_and_anew_when_something_is_added(app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
    hemmelig = raad.sak(tj, "Klage fra Ola Hansen", **HEMMELIG)
    moete = avholdt(tj, styret, raad.sak(tj), hemmelig)
    godkjenn(tj, moete)
    arkiver(app, tj)
    foer = tj.session.scalar(sa.select(sa.func.count(Dokumentversjon.id)))
    tj.utboks.legg_til(Oppgavetype.BESTILL_MOETEPROTOKOLL, {"moete_id": moete.id})
    tj.session.commit()
    arkiver(app, tj)
    assert tj.session.scalar(sa.select(sa.func.count(Dokumentversjon.id))) == foer
    logg_inn(app, "rolf")
    side = f"/moeter/{moete.id}/protokoll"
    send(app.get(side), "/underskriv", funksjon="Møteleder")
    arkiver(app, tj)
    assert journal(tj) == [(1, HELE, 2), (2, HELE + UTDRAG, 2)]
    assert "Møteleder" in ordene(app.get(fil(tj, HELE)).body)
    logg_inn(app, "berit")
    send(app.get(side), "/rettelser", tekst="Bor i Lia.", begrunnelse="Feil.", sak=moete.saksliste.saker[1].id)
    arkiver(app, tj)
    rettet = f"{HELE}, med én rettelse"
    assert journal(tj) == [(1, HELE, 2), (2, HELE + UTDRAG, 2), (3, rettet, 1)]  # the public one has nothing new
    assert "Bor i Lia." in ordene(app.get(fil(tj, rettet)).body)


def test_each_body_and_year_has_a_case_of_its_own(app: TestApp, tj: Tjenester, styret: Utvalg) -> None:
    nynorsk = raad.komite(tj.session, malform="nn")
    for organ, dato in (
        (styret, raad.MOETE),
        (styret, dt.date(2018, 5, 3)),
        (nynorsk, raad.MOETE),
    ):
        godkjenn(tj, avholdt(tj, organ, raad.sak(tj), dato=dato))
    arkiver(app, tj)
    assert [(mappe.tittel, len(mappe.journalposter)) for mappe in mappene(tj)] == [
        ("Møter i Kommunestyret 2019", 1),
        ("Møter i Kommunestyret 2018", 1),
        ("Møte i Havnekomiteen 2019", 1),
    ]
    assert journal(tj)[-1][1] == "Møtebok - Havnekomiteen 29.08.2019"
