"""Every kind of page that links lead to: axe-core finds nothing, light or dark, and nothing is wider than a phone.

The law asks for WCAG 2.1 AA (likestillings- og diskrimineringsloven § 18, forskrift om universell utforming av IKT).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.sider import funn, logg_inn

ROLLER = ("sekretaer", "representant", "saksbehandler", "administrator", "")
HJEM = {"sekretaer": ["/sekretariat"], "representant": ["/moeteportal"], "saksbehandler": ["/arbeidsflate"]}
FILER = re.compile(r"\.(docx|pdf|json|csv|xml|ics|svg|css|js|scxml)$|^/statisk/|\.atom$|^/dokumenter/|^/logg-ut|/fil$")

FARGER = ["color-contrast", "link-in-text-block"]  # all that the dark can change
BYGGEKLOSSER = (
    "[...new Set([...document.querySelectorAll('*')].map(en => en.tagName + '.' + en.className))].sort().join()"
)

pytestmark = pytest.mark.browser


def slag(sti: str) -> str:
    """What kind of page an address is of: numbers, names and questions are left out."""
    sti = re.sub(r"\d+(-\d+)*", "N", sti.split("?")[0])
    return re.sub(r"^/(innsyn|arbeidsflyter|maler)/[^/]+(/n[bn])?", r"/\1/X", sti)


def lenker(side: Page, adresse: str) -> Iterator[str]:
    for lenke in side.eval_on_selector_all(
        "a[href]",
        "alle => alle.map(en => String(en.href.baseVal ? new URL(en.href.baseVal, location) : en.href).split('#')[0])",
    ):
        sti = lenke.removeprefix(adresse)
        if lenke.startswith(adresse) and not FILER.search(sti.split("?")[0]):
            yield sti or "/"


def for_bred(side: Page) -> list[str]:
    side.set_viewport_size({"width": 320, "height": 800})
    bredde = side.evaluate("document.scrollingElement.scrollWidth")
    side.set_viewport_size({"width": 1440, "height": 1000})
    return [f"siden er {bredde} piksler bred på en skjerm på 320"] if bredde > 320 else []


def i_moerket(side: Page, axe: str) -> list[str]:
    side.emulate_media(color_scheme="dark")
    side.reload()
    feil = [f"mørk: {ett}" for ett in funn(side, axe, FARGER)]
    side.emulate_media(color_scheme="light")
    return feil


def gjennomgaa(
    side: Page, adresse: str, koe: list[str], axe: str, moerkt: set[str], proevd: set[tuple[str, str]]
) -> dict[str, list[str]]:
    """Visit one page of each kind that links lead to. Returns what is wrong, by address.

    `moerkt`: the kinds that have been seen in the dark; those visited now are added. `proevd`: likewise kinds with what
    they are built of: a page that is built as another role saw it is not tried again.
    """
    galt: dict[str, list[str]] = {}
    sett: set[str] = set()
    for sti in koe:
        if slag(sti) in sett:
            continue
        sett.add(slag(sti))
        side.goto(adresse + sti)
        koe += lenker(side, adresse)
        bygning = (slag(sti), side.evaluate(BYGGEKLOSSER))
        feil = [] if bygning in proevd else funn(side, axe)
        proevd.add(bygning)
        if slag(sti) not in moerkt:
            moerkt.add(slag(sti))
            feil += for_bred(side) + i_moerket(side, axe)
        if feil:
            galt[sti] = feil
    return galt


def test_every_kind_of_page(nettleser: Browser, demonettsted: Any, krev: Callable[[str], str]) -> None:
    krev("utseende")
    axe = Path(krev("axe")).read_text(encoding="utf-8")
    sett: set[str] = set()
    proevd: set[tuple[str, str]] = set()
    galt: list[str] = []
    for rolle in ROLLER:
        with nettleser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce") as kontekst:
            side = kontekst.new_page()
            if rolle:
                logg_inn(side, demonettsted.adresse, rolle, demonettsted.passord)
            koe = [*HJEM.get(rolle, ()), "/", "/logg-inn", "/finnes-ikke"]
            feil = gjennomgaa(side, demonettsted.adresse, koe, axe, sett, proevd)
            galt += [f"{rolle} {sti}\n  " + "\n  ".join(liste) for sti, liste in feil.items()]
    print(sorted(sett))
    assert {"/sekretariat", "/arbeidsflate", "/moeteportal", "/moetesaker/N/registrer"} <= sett
    assert not galt, "\n".join(galt)
