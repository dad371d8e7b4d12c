"""The secretary carries bystyret's meeting of 29 August 2019 through, from an empty treatment to the public page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from saksbehandling.demo import tekster
from saksbehandling.richtext import parse_notation, plain_text

pytestmark = pytest.mark.browser

TILSLUTTET = tekster.BYSTYRETS_MERKNAD.tilslutning
MINDRETALL = ("3V, 2KrF", "4FrP", "2R")  # against the additions, in the order moved
SETNINGER = (
    "Innstillingen unntatt avsnitt 3 ble enstemmig vedtatt.",
    "vedtatt mot 12 stemmer (1Ap, 5MDG, 4SV, 2R)",
    "vedtatt mot 5 stemmer (3V, 2KrF)",
    "vedtatt mot 4 stemmer (4FrP)",
    "vedtatt mot 2 stemmer (2R)",
)


def test_bystyrets_moete(fane: Page, nettsted: Any, nettleser: Browser, tmp_path: Path) -> None:
    logg_inn(fane, nettsted)
    moet_fram_og_aapne(fane)
    for nummer, forslag in enumerate(tekster.BYSTYRETS_FORSLAG, 1):
        fremsett(fane, nummer, forslag, nettsted.medlemmer[forslag.parti])
    merk(fane, nettsted.medlemmer["SV"])
    voter(fane)
    fatt_godkjenn_publiser(fane)
    with nettleser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True) as publikum:
        les_som_publikum(publikum.new_page(), nettsted, tmp_path)


def logg_inn(fane: Page, nettsted: Any) -> None:
    fane.goto(f"{nettsted.adresse}/moetesaker/{nettsted.moetesak_id}/registrer")
    fane.get_by_label("Brukernavn").fill("sekretaer")
    fane.get_by_label("Passord").fill(nettsted.passord)
    fane.get_by_role("main").get_by_role("button", name="Logg inn", exact=True).click()
    expect(fane.get_by_role("heading", level=1)).to_contain_text("PS 87/19")


def moet_fram_og_aapne(fane: Page) -> None:
    expect(fane.get_by_text("Frammøtet er ikke ført")).to_be_visible()
    fane.get_by_role("button", name="Alle ventede er her").click()
    expect(fane.locator(".moetestripe")).to_contain_text("67 av 67 stemmeberettigede")
    fane.keyboard.press("a")
    expect(fane.locator(".foering-hode")).to_contain_text("Til behandling")
    expect(fane.locator(".foering-ut")).to_contain_text("Ingenting er vedtatt ennå")


def fremsett(fane: Page, nummer: int, forslag: tekster.Forslagstekst, stiller: str) -> None:
    """By the keyboard alone up to the text: `n` opens the form."""
    fane.keyboard.press("n")
    skjema = fane.locator("#forslag")
    expect(skjema).to_have_attribute("open", "")
    skjema.get_by_label("Forslagstype").select_option(forslag.forslagstype.value)
    skjema.get_by_label("Fremmet av").fill(stiller)
    skjema.get_by_label("På vegne av").fill(", ".join(forslag.paa_vegne_av))
    if forslag.gjelder_segment:
        skjema.get_by_label("Avsnitt som endres eller strykes").select_option(index=forslag.gjelder_segment)
    else:
        skjema.get_by_label("Tekst", exact=False).fill(forslag.tekst)
    skjema.get_by_role("button", name="Før forslaget").click()
    expect(fane.locator(f"#forslag-{nummer}")).to_contain_text("Ikke avgjort")


def merk(fane: Page, stiller: str) -> None:
    fane.keyboard.press("m")
    skjema = fane.locator("#merknad")
    skjema.get_by_label("Fremmet av").fill(stiller)
    skjema.get_by_label("Tekst", exact=False).fill(tekster.BYSTYRETS_MERKNAD.tekst)
    for parti in TILSLUTTET:
        skjema.get_by_label(parti, exact=True).check()
    skjema.get_by_role("button", name="Før merknaden").click()
    expect(fane.locator("#merknad-5")).to_contain_text(", ".join(("SV", *TILSLUTTET)))


def voter(fane: Page) -> None:
    """Five ballots, each as the page proposes it; the text grows beside."""
    tekst = fane.locator(".foering-ut .vedtak-avsnitt").filter(has_not_text="FLERTALLSMERKNAD")
    fane.keyboard.press("e")
    expect(tekst).to_have_count(4)
    ett_mot_ett(fane, "1Ap, 5MDG, 4SV, 2R")
    expect(tekst).to_have_count(5)
    for antall, mindretall in enumerate(MINDRETALL, 6):
        mot(fane, mindretall)
        expect(tekst).to_have_count(antall)
    for nummer, setning in enumerate(SETNINGER, 1):
        expect(fane.locator(f"#votering-{nummer}")).to_contain_text(setning)
    expect(fane.locator(".foering-ut .mangler")).to_have_count(0)
    expect(fane.locator(".foering-ut")).to_contain_text(f"FLERTALLSMERKNAD - SV, {', '.join(TILSLUTTET)}")


def ett_mot_ett(fane: Page, mindretall: str) -> None:
    expect(fane.locator("[name=votering-form][value=alternativ]")).to_be_checked()
    fane.get_by_label("Mindretallet").fill(mindretall)
    expect(fane.locator(".stemmesjekk")).to_contain_text("12 i mindretallet, 55 i flertallet")
    fane.get_by_role("button", name="Før voteringen").click()


def mot(fane: Page, mindretall: str) -> None:
    expect(fane.locator("[name=votering-form][value=for_mot]")).to_be_checked()
    fane.get_by_label("Mindretallet").fill(mindretall)
    fane.get_by_role("button", name="Før voteringen").click()


def fatt_godkjenn_publiser(fane: Page) -> None:
    fane.get_by_role("button", name="Fatt vedtaket").click()
    expect(fane.locator(".meldinger")).to_contain_text("Vedtaket er fattet")
    fane.get_by_role("button", name="Godkjenn protokollen").click()
    expect(fane.locator(".meldinger")).to_contain_text("Protokollen er godkjent")
    fane.get_by_role("button", name="Publiser protokollen").click()
    fane.wait_for_url("**/innsyn/bystyret/2019/87/2019-08-29")


def les_som_publikum(fane: Page, nettsted: Any, mappe: Path) -> None:
    fane.goto(f"{nettsted.adresse}/innsyn/bystyret/2019/87")
    expect(fane.get_by_role("link", name="Logg inn")).to_be_visible()
    expect(fane.locator(".vedtak-avsnitt")).to_have_count(9)
    opphav = fane.locator(".vedtak-avsnitt").nth(5).locator(".opphav")
    opphav.locator("summary").click()
    expect(opphav).to_contain_text("vedtatt mot 5 stemmer (3V, 2KrF)")
    with fane.expect_download() as nedlasting:
        fane.get_by_role("link", name="Last ned saksprotokollen").click()
    fil = mappe / nedlasting.value.suggested_filename
    nedlasting.value.save_as(fil)
    assert fil.name == "saksprotokoll-bystyret-87-19-2019-08-29.docx"
    assert_i_rekkefoelge([rad.text for rad in Document(str(fil)).paragraphs], forventet())


def forventet() -> list[str]:
    """The decision's eight paragraphs in order, by the first line of each, then the majority's remark."""
    komiteen = [forslag.tekst for forslag in tekster.KOMITE_ANDRE_MOETE]
    bystyret = [forslag.tekst for forslag in tekster.BYSTYRETS_FORSLAG if not forslag.gjelder_segment]
    avsnitt = [*tekster.INNSTILLING, *komiteen, *bystyret]
    merknad = f"FLERTALLSMERKNAD - SV, {', '.join(TILSLUTTET)}:"
    return [*(plain_text(parse_notation(tekst)[:1]) for tekst in avsnitt), merknad, tekster.BYSTYRETS_MERKNAD.tekst]


def assert_i_rekkefoelge(linjer: list[str], ventet: list[str]) -> None:
    assert len(ventet) == 10
    plasser = [linjer.index(tekst) for tekst in ventet]
    assert all(foerst < saa for foerst, saa in pairwise(plasser)), plasser


def test_typed_words_survive_a_reload_and_a_refusal(fane: Page, nettsted: Any) -> None:
    logg_inn(fane, nettsted)
    moet_fram_og_aapne(fane)
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
