"""Uploads that were refused: who is told of them, that nobody gets them, and that they go away."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
import sqlalchemy as sa
from webtest import TestApp, TestResponse, Upload

from saksbehandling.clock import FixedClock
from saksbehandling.documents.store import DiskStore
from saksbehandling.identity.models import Bruker
from saksbehandling.karantene.models import Karantenefil
from saksbehandling.karantene.services import Karantene

from .conftest import NAA, UTKAST, Demo, meldinger

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00 ikke noe dokument"


@pytest.fixture
def avvist(demo: Demo) -> TestResponse:
    """A program that a case officer tried to put into a case."""
    return _last_opp(demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/dokumenter", "faktura.docx", PROGRAM, 415)


def test_who_sent_it_is_told_why_and_finds_it_in_a_list(demo: Demo, avvist: TestResponse) -> None:
    assert "Filen er satt i karantene, og slettes om 30 dager." in meldinger(avvist)
    siden = meldinger(demo.som("saksbehandler").get("/karantene"))
    assert "faktura.docx" in siden
    assert "ikke et dokument som kan tas imot" in siden
    assert hashlib.sha256(PROGRAM).hexdigest() in siden


@pytest.mark.usefixtures("avvist")
def test_the_archivist_sees_who_sent_what_and_others_see_nothing(demo: Demo) -> None:
    with demo.session() as session:
        navn = session.scalars(sa.select(Bruker.navn).where(Bruker.brukernavn == "saksbehandler")).one()
    siden = meldinger(demo.som("arkivar").get("/karantene"))
    assert "faktura.docx" in siden
    assert navn in siden
    for annen in ("sekretaer", "administrator", "representant"):
        assert "faktura.docx" not in demo.som(annen).get("/karantene")
    demo.app.get("/karantene", status=[303, 403])


@pytest.mark.usefixtures("avvist")
def test_the_file_is_apart_from_the_documents(demo: Demo) -> None:
    sjekksum, innstillinger = hashlib.sha256(PROGRAM).hexdigest(), demo.parts.settings
    assert DiskStore(innstillinger.quarantine_dir).get(sjekksum) == PROGRAM
    assert sjekksum not in demo.parts.document_store.names()


def test_a_template_that_is_no_document_is_set_apart_too(demo: Demo) -> None:
    sekretaer = demo.som("sekretaer")
    mal = sekretaer.get("/maler").html.select_one("table a")["href"]
    _last_opp(sekretaer, mal, "mal.docx", PROGRAM + b" mal", 415)
    assert "mal.docx" in sekretaer.get("/karantene")


def test_what_is_too_large_or_empty_is_no_danger(demo: Demo) -> None:
    foer = demo.antall(Karantenefil)
    svar = _last_opp(demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/dokumenter", "tom.txt", b"", 415)
    assert "karantene" not in meldinger(svar)
    assert demo.antall(Karantenefil) == foer


def test_a_file_is_deleted_when_the_last_who_sent_it_has_waited_long_enough(demo: Demo, tmp_path) -> None:
    lager, klokke = DiskStore(tmp_path), FixedClock(NAA)
    with demo.parts.session_factory() as session:
        bruker = session.scalars(sa.select(Bruker)).first()
        karantene = Karantene(session, klokke, lager, dager=30)  # type: ignore[arg-type]
        for _ in range(2):
            fil = Karantenefil(bruker_id=bruker.id, navn=bruker.navn, sted="sak", filnavn="a.docx", grunn="Nei.")
            karantene.sett_inn(fil, PROGRAM)
            klokke.set(klokke.now() + dt.timedelta(days=1))
        sjekksum = hashlib.sha256(PROGRAM).hexdigest()
        klokke.set(klokke.now() + dt.timedelta(days=28))
        assert (karantene.slett_utloepte(), list(lager.names())) == (1, [sjekksum])
        klokke.set(klokke.now() + dt.timedelta(days=1))
        assert (karantene.slett_utloepte(), list(lager.names())) == (1, [])
        session.rollback()


def _last_opp(app: TestApp, adresse: str, navn: str, innhold: bytes, status: int) -> TestResponse:
    skjema = next(skjema for skjema in app.get(adresse).forms.values() if "fil" in skjema.fields)
    fil = Upload(navn, innhold)
    skjema["fil"] = [fil] if adresse.endswith("/dokumenter") else fil  # where several may be chosen
    return skjema.submit(status=status)
