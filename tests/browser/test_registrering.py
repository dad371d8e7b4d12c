"""The registration page keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.sider import logg_inn

pytestmark = pytest.mark.browser


def test_typed_words_survive_a_reload_and_a_refusal(fane: Page, nettsted: Any) -> None:
    logg_inn(fane, nettsted.adresse, "sekretaer", nettsted.passord)
    fane.goto(f"{nettsted.adresse}/moetesaker/{nettsted.moetesak_id}/registrer")
    expect(fane.get_by_text("Frammøtet er ikke ført")).to_be_visible()
    fane.get_by_role("button", name="Alle ventede er her").click()
    expect(fane.locator(".moetestripe")).to_contain_text("67 av 67 stemmeberettigede")
    fane.keyboard.press("a")
    expect(fane.locator(".foering-hode")).to_contain_text("Til behandling")
    expect(fane.locator(".foering-ut")).to_contain_text("Ingenting er vedtatt ennå")
    fane.keyboard.press("n")
    fane.get_by_label("Fremmet av").first.fill("Ola Ukjent")
    fane.locator("#forslag").get_by_label("Tekst", exact=False).fill("Et forslag som ikke må bli borte.")
    fane.reload()
    fane.keyboard.press("n")
    tekst = fane.locator("#forslag").get_by_label("Tekst", exact=False)
    expect(tekst).to_have_value("Et forslag som ikke må bli borte.")
    fane.get_by_role("button", name="Før forslaget").click()
    expect(fane.get_by_role("alert")).to_contain_text("«Ola Ukjent» er ikke medlem")
    expect(fane.get_by_role("alert")).to_be_focused()
    expect(tekst).to_have_value("Et forslag som ikke må bli borte.")
