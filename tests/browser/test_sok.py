"""The search field in a real browser: by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Nettsted

pytestmark = pytest.mark.browser


def test_a_case_is_found_from_any_page_by_keyboard_alone(fane: Page, demonettsted: Nettsted) -> None:
    fane.goto(f"{demonettsted.adresse}/innsyn")
    fane.keyboard.press("/")
    felt = fane.locator("header [name=q]")
    expect(felt).to_be_focused()
    fane.keyboard.type("internasjonal")
    forslag = fane.get_by_role("option")
    expect(forslag.first).to_be_visible()
    fane.keyboard.press("ArrowDown")
    expect(forslag.first).to_have_attribute("aria-selected", "true")
    expect(felt).to_have_attribute("aria-activedescendant", forslag.first.get_attribute("id") or "")
    fane.keyboard.press("Escape")
    expect(forslag.first).to_be_hidden()
    fane.keyboard.type(" strategi")
    expect(forslag.first).to_contain_text("Internasjonal strategi")
    fane.keyboard.press("ArrowDown")
    fane.keyboard.press("Enter")
    expect(fane).to_have_url(re.compile("/innsyn/bystyret/2019/87/"))


def test_without_javascript_a_search_is_narrowed_sorted_and_left_by_links(
    nettleser: Browser, demonettsted: Nettsted
) -> None:
    with nettleser.new_context(java_script_enabled=False, locale="nb-NO") as kontekst:
        fane = kontekst.new_page()
        fane.goto(demonettsted.adresse)
        fane.locator("header [name=q]").fill("strategi")
        fane.keyboard.press("Enter")
        expect(fane.locator("h1")).to_have_text("Søk: strategi")
        fane.get_by_role("link", name="Vedtak", exact=True).click()
        fane.get_by_role("link", name="Nyeste").click()
        expect(fane).to_have_url(re.compile(r"q=strategi.*type=.*sort=nyeste"))
        fane.locator("main h2 a, main h3 a, main li a").filter(has_text="strategi").first.click()
        expect(fane.locator("h1")).to_contain_text("trategi")
