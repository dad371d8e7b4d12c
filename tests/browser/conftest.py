"""A real Chromium against a real server: the product on waitress, in a folder of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import saksbehandling
from saksbehandling.assembly import Parts
from saksbehandling.clock import FixedClock
from saksbehandling.config import Settings
from saksbehandling.demo.last import PASSORD as DEMOPASSORD
from saksbehandling.demo.last import last
from saksbehandling.demo.ps_87_19 import Demosak, Steg
from saksbehandling.demo.raad import Raad, opprett_raad
from saksbehandling.tjenester import Tjenester

PASSORD = "bare-til-test"
# A busy machine is no fault of the pages.
TAALMODIGHET_MS = 30_000
expect.set_options(timeout=TAALMODIGHET_MS)
FLAGG = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Nettsted:
    """A running site with the guided case on bystyret's agenda of 29 August 2019. `adresse` has no final slash."""

    adresse: str
    moetesak_id: int
    medlemmer: dict[str, str]
    passord: str = PASSORD


@pytest.fixture(scope="session")
def nettleser(krev: Callable[[str], str]) -> Iterator[Browser]:
    program = krev("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGG))
        yield browser
        browser.close()


@pytest.fixture
def kontekst(nettleser: Browser) -> Iterator[BrowserContext]:
    """A person's own browser window: no cookies from others."""
    with nettleser.new_context(viewport={"width": 1440, "height": 1000}, locale="nb-NO") as context:
        context.set_default_timeout(TAALMODIGHET_MS)
        yield context


@pytest.fixture
def fane(kontekst: BrowserContext) -> Iterator[Page]:
    """A tab. An error in a script of ours, or a breach of the content policy, fails the test."""
    page = kontekst.new_page()
    feil: list[str] = []
    page.on("pageerror", lambda error: feil.append(str(error)))
    page.on("console", lambda line: feil.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    assert feil == []


@pytest.fixture
def nettsted(settings: Settings, klokke: FixedClock) -> Iterator[Nettsted]:
    wsgi = _nettsted(settings, klokke)
    moetesak_id, medlemmer = _fyll(wsgi, Steg.PAA_BYSTYRETS_SAKSLISTE)
    with _server(wsgi) as adresse:
        yield Nettsted(adresse, moetesak_id, medlemmer)


@pytest.fixture
def nettsted_foer_moetet(settings: Settings, klokke: FixedClock) -> Iterator[Nettsted]:
    """The guided case waits for bystyret, which has postponed it once."""
    wsgi = _nettsted(settings, klokke)
    _, medlemmer = _fyll(wsgi, Steg.BYSTYRET_UTSATT)
    with _server(wsgi) as adresse:
        yield Nettsted(adresse, 0, medlemmer)


@pytest.fixture
def demonettsted(settings: Settings, klokke: FixedClock) -> Iterator[Nettsted]:
    """The demo council, with cases at every stage and some generated ones; everything indexed."""
    klokke.set(klokke.now().replace(year=2026))
    wsgi = _nettsted(settings, klokke)
    parts: Parts = wsgi.registry["parts"]
    with parts.session_factory() as session:
        list(last(wsgi.registry["felles"], session, 12))
    parts.worker().toem()
    with _server(wsgi) as adresse:
        yield Nettsted(adresse, 0, {}, DEMOPASSORD)


@pytest.fixture
def tomt_nettsted(settings: Settings, klokke: FixedClock) -> Iterator[tuple[str, Any]]:
    """The product without a case, and its registry: whoever asks fills in bodies, members and accounts."""
    wsgi = _nettsted(settings, klokke, "Trondheim kommune")
    with _server(wsgi) as adresse:
        yield adresse, wsgi.registry


def _nettsted(settings: Settings, klokke: FixedClock, kommune: str = "Nidarvik kommune") -> Any:
    wsgi = saksbehandling.main(**asdict(replace(settings, kommune=kommune)))
    wsgi.registry["clock"] = klokke
    wsgi.registry["felles"] = replace(wsgi.registry["felles"], clock=klokke)
    return wsgi


@contextmanager
def _server(wsgi: Any) -> Iterator[str]:
    """Gives its address."""
    server = waitress.create_server(wsgi, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(1)
    wsgi.registry["parts"].close()


def _fyll(wsgi: object, til: Steg) -> tuple[int, dict[str, str]]:
    """Gives the treatment on bystyret's agenda, 0 before it is there, and some members."""
    registry = wsgi.registry  # type: ignore[attr-defined]
    with registry["session_factory"].begin() as session:
        tjenester = Tjenester(registry["felles"], session)
        raad = opprett_raad(session, tjenester.brukere, PASSORD)
        demosak = Demosak(tjenester, raad)
        list(demosak.spill(til))
        session.flush()
        return demosak.moetesak.id if til >= Steg.PAA_BYSTYRETS_SAKSLISTE else 0, _medlemmer(raad)


def _medlemmer(raad: Raad) -> dict[str, str]:
    """Party -> a member of bystyret, as the form shows the name."""
    partier = ("SV", "MDG", "FrP")
    return {parti: f"{raad.medlem('bystyret', '2015–2019', parti).person.navn} ({parti})" for parti in partier}
