"""The demo council behind WebTest: PS 87/19 published, other cases on their way, and one that is screened.

It is made once, and copied for each test: the files, and the database (on PostgreSQL as a template).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

import saksbehandling
from factories import nett, raad
from saksbehandling import config, db
from saksbehandling.assembly import Parts
from saksbehandling.clock import FixedClock
from saksbehandling.demo.generert import saker
from saksbehandling.demo.gjennomfoering import Gjennomfoering
from saksbehandling.demo.last import PASSORD
from saksbehandling.demo.ps_87_19 import Demosak, Steg
from saksbehandling.demo.raad import opprett_raad
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.migrations import run
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester

POSTGRESQL = bool(os.environ.get("SAKSBEHANDLING_TEST_POSTGRESQL"))
NAA = dt.datetime(2019, 8, 29, 10, 0, tzinfo=dt.UTC)
UTKAST, TIL_UTTALELSE, TIL_GODKJENNING, PAA_SAKSLISTE = "Friluftsplan", "Idrettsplan", "Kulturplan", "Havneplan"
# How far each has come, and by how many weeks it is later than the guided case.
UNDERVEIS = (
    (UTKAST, Steg.OPPRETTET, 1),
    (TIL_UTTALELSE, Steg.TIL_UTTALELSE, 21),
    (TIL_GODKJENNING, Steg.TIL_GODKJENNING, 3),
    (PAA_SAKSLISTE, Steg.PAA_BYSTYRETS_SAKSLISTE, 4),
)


class Demo:
    """The product with the demo's data, and a browser for whoever it is asked for."""

    def __init__(self, wsgi: Any) -> None:
        self.wsgi = wsgi
        self.parts: Parts = wsgi.registry["parts"]
        self.app = TestApp(wsgi)

    def som(self, brukernavn: str) -> TestApp:
        """A new browser, logged in."""
        nettleser = TestApp(self.wsgi)
        skjema = nettleser.get("/logg-inn").forms[1]
        skjema["brukernavn"], skjema["passord"] = brukernavn, PASSORD
        skjema.submit(status=303)
        return nettleser

    def adresse(self, tittel: str) -> str:
        """The page of the case with that title."""
        with self.session() as session:
            sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == tittel)).one()
            return f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"

    def skjermet(self) -> tuple[str, str, str]:
        """The screened case: its page, its own title and its public title."""
        with self.session() as session:
            sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.skjermingshjemmel.is_not(None))).one()
            return f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}", sak.tittel, sak.offentlig_tittel

    def session(self) -> Session:
        """A session that only reads; close it before the app is to write."""
        return Session(db.reader(self.parts.engine))

    def antall(self, modell: type[db.Base]) -> int:
        with self.session() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(modell)) or 0


def meldinger(svar: TestResponse) -> str:
    """The words of a page, on one line."""
    return " ".join(svar.html.get_text(" ").split()) if hasattr(svar, "html") else svar.text


@pytest.fixture(scope="session")
def _demodata(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder, and the URL of the database (a file in the folder, or PostgreSQL)."""
    mappe = tmp_path_factory.mktemp("demodata")
    if POSTGRESQL:
        url = request.getfixturevalue("ny_database")("demo", "")
    else:
        shutil.copy(request.getfixturevalue("_blank_sqlite"), mappe / "saksbehandling.db")
        url = f"sqlite:///{mappe / 'saksbehandling.db'}"
    _fyll(mappe, url)
    return mappe, url


def _fyll(mappe: Path, url: str) -> None:
    parts = Parts(lambda: config.load({"data_dir": mappe, "database_url": url}, {}))
    run.upgrade(parts.raw_engine)
    parts.clock = FixedClock(NAA)  # type: ignore[assignment]
    with parts.session() as session:
        tjenester = Tjenester(parts.felles, session)
        raad = opprett_raad(session, tjenester.brukere, PASSORD)
        list(Demosak(tjenester, raad).spill())
        for tittel, steg, uker in UNDERVEIS:
            list(Demosak(tjenester, raad, tittel=tittel, forskyvning=7 * uker).spill(steg))
        skjermet = next(
            sak for sak in saker(40, dt.date(2018, 9, 1), dt.date(2019, 8, 1)) if sak.skjermingshjemmel is not None
        )
        Gjennomfoering(tjenester, raad).spill(skjermet)
    parts.worker().toem()
    parts.close()


@pytest.fixture
def demo(
    request: pytest.FixtureRequest, _demodata: tuple[Path, str], tmp_path: Path, klokke: FixedClock
) -> Iterator[Demo]:
    mal, mal_url = _demodata
    mappe = tmp_path / "demo"
    shutil.copytree(mal, mappe)
    if POSTGRESQL:
        url = request.getfixturevalue("ny_database")("demokopi", mal_url)
    else:
        url = f"sqlite:///{mappe / 'saksbehandling.db'}"
    klokke.set(NAA)
    innstillinger = config.load(
        {"data_dir": mappe, "database_url": url, "worker_in_process": False, "secret": "hemmelig " * 5}, {}
    )
    wsgi = saksbehandling.main(**asdict(innstillinger))
    wsgi.registry["clock"] = klokke
    wsgi.registry["felles"] = replace(wsgi.registry["felles"], clock=klokke)
    yield Demo(wsgi)
    wsgi.registry["parts"].close()


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(app: TestApp, tj: Tjenester, session: Session) -> Moetesak:
    """An open item of a body of nine, all present; `berit`, who is logged in, records it, and `per` may not."""
    moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj))
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "per", Rolle.REPRESENTANT)
    session.commit()
    nett.logg_inn(app, "berit")
    return moetesak


@pytest.fixture
def avgjort(app: TestApp, tj: Tjenester, session: Session) -> Moetesak:
    """Decided unanimously, the only case of its meeting; the agenda has been sent. `berit` is the secretary, `rolf` a
    member, `olav` the chair.
    """
    styret = raad.utvalg(session)
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    tj.sakslister.publiser(moetesak.moete)
    tj.moeter.noter(moetesak, parse_notation("Havnesjefen orienterte."))
    raad.vedta(tj, moetesak)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    for navn, rolle in (("rolf", Rolle.REPRESENTANT), ("olav", Rolle.MOETELEDER)):
        nett.bruker(tj, navn, rolle, utvalg_id=styret.id)
    session.commit()
    return moetesak
