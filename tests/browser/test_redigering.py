"""Writing a saksframlegg in a real browser: by keyboard, pasted from Word, without network, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from browser.sider import INNSTILLING, UTREDNING, lim_inn
from saksbehandling.config import Settings
from saksbehandling.db import create_engine, reader
from saksbehandling.richtext import Heading, List, Paragraph, Run, Table
from saksbehandling.saksmappe.models import Saksframlegg
from saksbehandling.saksmappe.models_framlegg import Saksframleggsutkast

from .conftest import Nettsted

pytestmark = pytest.mark.browser

UTKLIPP = Path(__file__).parent / "utklipp"


@pytest.fixture(autouse=True)
def _med_redigering(krev: Callable[[str], str]) -> None:
    krev("utseende")


class Skriver:
    """Somebody at the form of a new case. `sti`: the form."""

    def __init__(self, fane: Page, nettsted: Nettsted) -> None:
        self.fane, self._rot = fane, nettsted.adresse
        fane.goto(f"{self._rot}/logg-inn")
        fane.fill("[name=brukernavn]", "saksbehandler")
        fane.fill("[name=passord]", nettsted.passord)
        fane.click("main button[type=submit]")
        fane.goto(f"{self._rot}/saker/ny")
        fane.fill("[name=tittel]", "Stier i fjellet")
        fane.click("main button[type=submit]")
        self.sti = f"{fane.url.split('#')[0]}/saksframlegg"
        self.aapne()

    def aapne(self) -> None:
        self.fane.goto(self.sti)

    def skriv(self, tekst: str) -> None:
        self.fane.focus(INNSTILLING)
        self.fane.keyboard.press("Control+End")
        self.fane.keyboard.type(tekst)

    def lagret_utkast(self) -> None:
        expect(self.fane.locator("[data-lagret]")).to_have_text(re.compile(r"Utkast lagret kl\. \d\d\.\d\d"))


@contextmanager
def lager(settings: Settings) -> Iterator[Session]:
    engine = create_engine(settings.database_url)
    with Session(reader(engine)) as session:
        yield session
    engine.dispose()


def siste(session: Session) -> Saksframlegg:
    return session.scalars(sa.select(Saksframlegg).order_by(Saksframlegg.id.desc())).first() or pytest.fail(
        "ikke lagret"
    )


def test_a_saksframlegg_is_written_by_keyboard_alone_and_its_draft_kept(
    nettsted: Nettsted, fane: Page, settings: Settings
) -> None:
    skriver = Skriver(fane, nettsted)
    tast = fane.keyboard
    fane.focus(INNSTILLING)
    tast.type("Stiene merkes:")
    tast.press("Enter")
    tast.type("- med blått")
    tast.press("Enter")
    tast.type("med skilt")
    tast.press("Tab")
    tast.press("Enter")
    tast.press("Enter")
    tast.press("Enter")
    tast.type("Arbeidet gjøres i ")
    tast.press("Control+b")
    tast.type("år")
    assert fane.locator(f"{INNSTILLING} .segmentstart").evaluate_all("alle => alle.map((en) => en.dataset.nr)") == [
        "1",
        "2",
    ]
    skriver.lagret_utkast()
    tast.press("Escape")
    tast.press("Tab")
    expect(fane.get_by_role("toolbar", name="Verktøy for saksutredning").locator("select")).to_be_focused()
    tast.press("ArrowRight")
    expect(fane.get_by_role("button", name="Halvfet").nth(1)).to_be_focused()
    with lager(settings) as session:
        assert session.scalars(sa.select(Saksframleggsutkast)).one().tekst.innstilling[1] == (
            Paragraph((Run("Arbeidet gjøres i "), Run("år", bold=True))),
        )
    fane.focus(UTREDNING)
    tast.type("# Bakgrunn")
    _lenk(fane, "example.org/plan")
    with fane.expect_navigation():
        tast.press("Control+s")
    with lager(settings) as session:
        framlegg = siste(session)
        assert framlegg.innhold == (Heading(1, (Run("Bakgrunn", link="https://example.org/plan"),)),)
        innledning, liste = framlegg.grunntekst.segmenter[0].blokker
        assert innledning == Paragraph((Run("Stiene merkes:"),))
        ytre = (Paragraph((Run("med blått"),)), List(False, ((Paragraph((Run("med skilt"),)),),)))
        assert liste == List(False, (ytre,))
        assert len(framlegg.grunntekst.segmenter) == 2
        assert not session.scalars(sa.select(Saksframleggsutkast)).all()


def _lenk(fane: Page, adresse: str) -> None:
    """A link on everything in the text; an address that leads nowhere is told first."""
    fane.keyboard.press("Control+a")
    fane.get_by_role("button", name="Lenke").nth(1).click()
    felt = fane.get_by_label("Adresse")
    felt.fill("javascript:alert(1)")
    fane.keyboard.press("Enter")
    expect(fane.get_by_text("Skriv hele adressen")).to_be_visible()
    felt.fill(adresse)
    fane.keyboard.press("Enter")


STI = Table(
    (
        ((Run("Sti", bold=True),), (Run("Km", bold=True),)),
        ((Run("Blå lang"),), (Run("4"),)),
    ),
    header=False,
)
FRA_WORD = (
    Heading(1, (Run("Bakgrunn"),)),
    Paragraph(
        (
            Run("Kommunen har "),
            Run("fire", bold=True),
            Run(" stier og "),
            Run("ingen", italic=True),
            Run(" kart,"),
            Run(" dessverre", bold=True),
            Run(". Se "),
            Run("planen", link="https://example.org/plan"),
            Run("."),
        )
    ),
    List(
        False,
        (
            (Paragraph((Run("Blåmerket sti"),)), List(False, ((Paragraph((Run("om vinteren"),)),),))),
            (Paragraph((Run("Rødmerket sti"),)),),
        ),
    ),
    Paragraph((Run("Tiltak:"),)),
    List(True, ((Paragraph((Run("Merke"),)),), (Paragraph((Run("Rydde"),)),))),
    STI,
)


def test_what_is_pasted_from_word_processors_keeps_its_structure_and_nothing_else(
    nettsted: Nettsted, fane: Page, settings: Settings
) -> None:
    skriver = Skriver(fane, nettsted)
    for felt, kilde in ((UTREDNING, "word"), (INNSTILLING, "libreoffice")):
        lim_inn(fane, felt, (UTKLIPP / f"{kilde}.html").read_text())
    skriver.lagret_utkast()
    with lager(settings) as session:
        utkast = session.scalars(sa.select(Saksframleggsutkast)).one()
        assert utkast.innhold == FRA_WORD
        assert utkast.tekst.innstillingen == FRA_WORD


def test_a_heading_that_is_pasted_behind_words_stays_a_heading(
    nettsted: Nettsted, fane: Page, settings: Settings
) -> None:
    skriver = Skriver(fane, nettsted)
    fane.locator(UTREDNING).click()
    fane.keyboard.type("Stiene er gamle.")
    lim_inn(fane, UTREDNING, (UTKLIPP / "word.html").read_text())
    skriver.lagret_utkast()
    with lager(settings) as session:
        utkast = session.scalars(sa.select(Saksframleggsutkast)).one()
        assert utkast.innhold == (Paragraph((Run("Stiene er gamle."),)), *FRA_WORD)


def test_what_is_written_without_network_is_kept_and_sent_when_it_is_back(
    nettsted: Nettsted, fane: Page, kontekst: BrowserContext, settings: Settings
) -> None:
    skriver = Skriver(fane, nettsted)
    kontekst.set_offline(True)
    skriver.skriv("Skrevet på fjellet.")
    expect(fane.locator("[data-lagret]")).to_contain_text("Ikke lagret på nettet")
    kontekst.set_offline(False)
    skriver.lagret_utkast()
    with lager(settings) as session:
        assert session.scalars(sa.select(Saksframleggsutkast)).one().tekst.innstilling == (
            (Paragraph((Run("Skrevet på fjellet."),)),),
        )
    # What never reached the server is offered on the next visit.
    fane.route("**/utkast", lambda rute: rute.abort())
    skriver.skriv(" Og i dalen.")
    expect(fane.locator("[data-lagret]")).to_contain_text("Ikke lagret på nettet")
    fane.unroute("**/utkast")
    fane.on("dialog", lambda dialog: dialog.accept())
    skriver.aapne()
    fane.get_by_role("button", name="Hent den fram").click()
    expect(fane.locator(INNSTILLING)).to_have_text("Skrevet på fjellet. Og i dalen.")
    skriver.lagret_utkast()


def test_the_plain_form_works_without_javascript(nettsted: Nettsted, nettleser: Browser, settings: Settings) -> None:
    with nettleser.new_context(java_script_enabled=False) as kontekst:
        fane = kontekst.new_page()
        Skriver(fane, nettsted)
        fane.fill("[name=innstilling]", "Stiene merkes.")
        fane.fill("[name=innhold]", "# Bakgrunn\n\nStiene er gamle.")
        fane.click("button[value=lagre]")
    with lager(settings) as session:
        assert siste(session).innhold == (Heading(1, (Run("Bakgrunn"),)), Paragraph((Run("Stiene er gamle."),)))
