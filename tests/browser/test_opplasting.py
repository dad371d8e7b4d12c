"""Putting a large file into a case in a real browser: how far it has come, stopping it, and being refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from browser.sider import logg_inn

from .conftest import Nettsted

pytestmark = pytest.mark.browser
TEKST = b"Merknad fra velforeningen.\n"


@pytest.fixture
def skjemaet(kontekst: BrowserContext, nettsted: Nettsted) -> Iterator[Page]:
    """The form of a new document in a new case."""
    fane = kontekst.new_page()
    logg_inn(fane, nettsted.adresse, "saksbehandler", nettsted.passord)
    fane.goto(f"{nettsted.adresse}/saker/ny")
    fane.fill("[name=tittel]", "Stier i fjellet")
    fane.click("main button[type=submit]")
    fane.goto(f"{fane.url.split('#')[0]}/dokumenter")
    yield fane
    fane.close()


def test_a_file_is_stopped_under_way_and_sent_again(skjemaet: Page) -> None:
    holdt: list[Route] = []
    skjemaet.route("**/dokumenter", lambda rute: rute.continue_() if holdt else holdt.append(rute))
    velg(skjemaet, "Merknad.txt", TEKST)
    skjemaet.keyboard.press("Enter")
    expect(skjemaet.get_by_role("progressbar")).to_be_visible()
    expect(skjemaet.get_by_role("button", name="Avbryt opplastingen")).to_be_focused()
    skjemaet.keyboard.press("Enter")
    expect(skjemaet.locator("[data-stand-ord]")).to_have_text("Opplastingen er avbrutt. Ingenting er lagt i saken.")
    skjemaet.get_by_role("button", name="Legg i saken").click()
    expect(skjemaet.locator(".meldinger")).to_contain_text("«Merknad» er lagt i saken, versjon 1.")
    assert skjemaet.url.endswith("#journal")


def test_what_is_refused_is_told_on_the_same_form_with_what_was_typed(skjemaet: Page) -> None:
    velg(skjemaet, "program.docx", b"MZ\x90\x00\x03")
    skjemaet.get_by_label("Tittel").fill("Faktura")
    skjemaet.get_by_role("button", name="Legg i saken").click()
    expect(skjemaet.locator(".feilsammendrag")).to_contain_text("Filen er satt i karantene")
    expect(skjemaet.get_by_label("Tittel")).to_have_value("Faktura")
    velg(skjemaet, "Merknad.txt", TEKST)
    skjemaet.get_by_role("button", name="Legg i saken").click()
    expect(skjemaet.locator(".meldinger")).to_contain_text("«Faktura» er lagt i saken")


def test_what_is_too_large_is_told_before_it_is_sent(skjemaet: Page) -> None:
    skjemaet.locator("[data-opplasting]").evaluate("skjema => { skjema.dataset.opplasting = 10 }")
    velg(skjemaet, "Merknad.txt", TEKST)
    melding = skjemaet.get_by_label("Fil", exact=True).evaluate("felt => felt.validationMessage")
    assert re.fullmatch(r"Filen er for stor .*", melding)


def velg(fane: Page, navn: str, innhold: bytes) -> None:
    fane.get_by_label("Fil", exact=True).set_input_files({"name": navn, "mimeType": "text/plain", "buffer": innhold})
    fane.get_by_label("Tittel").focus()
