"""Bystyret's meeting of 29 August 2019 by the keyboard alone, from the summons to the published protocol.

Each page on the way is seen by axe-core. WCAG 2.1: 2.1.1 keyboard, 2.1.2 no trap, 2.4.1 skip link, 2.4.3 order, 2.4.7
visible focus.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.sider import funn
from browser.tastatur import Tastatur
from saksbehandling.clock import FixedClock, at_noon
from saksbehandling.demo import tekster

pytestmark = pytest.mark.browser

MOETEDAG = dt.date(2019, 8, 29)
HOPP = 200  # pixels that the page may move by itself when something is recorded
INNKALT = dt.date(2019, 8, 15)
MINDRETALL = ("3V, 2KrF", "4FrP", "2R")  # against the additions, in the order moved
SETNINGER = (
    "Innstillingen unntatt avsnitt 3 ble enstemmig vedtatt.",
    "vedtatt mot 12 stemmer (1Ap, 5MDG, 4SV, 2R)",
    "vedtatt mot 5 stemmer (3V, 2KrF)",
    "vedtatt mot 4 stemmer (4FrP)",
    "vedtatt mot 2 stemmer (2R)",
)


def test_the_whole_meeting(
    fane: Page, nettsted_foer_moetet: Any, klokke: FixedClock, krev: Callable[[str], str]
) -> None:
    axe = Path(krev("axe")).read_text(encoding="utf-8")
    sekretaer = Sekretaer(fane, axe)
    klokke.set(at_noon(INNKALT))
    sekretaer.logg_inn(nettsted_foer_moetet)
    sekretaer.kall_inn()
    klokke.set(at_noon(MOETEDAG))
    sekretaer.sett_moetet()
    sekretaer.vurder_habilitet(nettsted_foer_moetet.medlemmer["MDG"])
    for forslag in tekster.BYSTYRETS_FORSLAG:
        sekretaer.fremsett(forslag, nettsted_foer_moetet.medlemmer[forslag.parti])
    sekretaer.merk(nettsted_foer_moetet.medlemmer["SV"])
    sekretaer.voter()
    sekretaer.fatt_godkjenn_publiser()
    sekretaer.hev_og_godkjenn_moeteprotokollen()
    assert sekretaer.funn == {}
    assert sekretaer.tastatur.feil == []


class Sekretaer:
    """The secretary's evening. `funn`: what axe-core found wrong, by the page's title."""

    def __init__(self, side: Page, axe: str) -> None:
        self.side = side
        self.tastatur = Tastatur(side)
        self.funn: dict[str, list[str]] = {}
        self._axe = axe
        self._innhold = side.get_by_role("main")

    def logg_inn(self, nettsted: Any) -> None:
        """By the skip link to what the page is about."""
        self.side.goto(f"{nettsted.adresse}/sekretariat")
        self._se()
        self.tastatur.trykk("Tab")
        expect(self.side.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
        self.tastatur.trykk("Enter")
        self.tastatur.fyll(self.side.get_by_label("Brukernavn"), "sekretaer")
        self.tastatur.fyll(self.side.get_by_label("Passord"), nettsted.passord)
        self._ny_side("Enter")

    def kall_inn(self) -> None:
        self._ny_side("n")
        self._velg(self.side.get_by_label("Utvalg"), "Bystyret")
        self.tastatur.til(self.side.get_by_label("Dato"))
        self.side.keyboard.type(f"{MOETEDAG:%m%d%Y}")  # the order of Chromium's own language, English here
        self.tastatur.fyll(self.side.get_by_label("Starter kl."), "17.00")
        self._ny_side("Enter")
        self.tastatur.til(self.side.get_by_role("checkbox", name=tekster.TITTEL))
        self.tastatur.trykk("Space")
        self._trykk_knapp("Sett på sakslisten")
        self._trykk_knapp("Send innkallingen")

    def sett_moetet(self) -> None:
        self._ny_side("p")
        self._ny_side("a")
        expect(self.side.locator(".meldinger")).to_contain_text("67 til stede")
        self._ny_side("s")
        self._ny_side("r")
        self._lagre("a")
        expect(self.side.locator(".foering-hode")).to_contain_text("Til behandling")

    def vurder_habilitet(self, navn: str) -> None:
        skjema = self._aapne("habilitet", "h")
        self.tastatur.fyll(skjema.get_by_label("Medlem", exact=True), navn)
        self.tastatur.til(skjema.get_by_role("radio").first)
        self.tastatur.trykk("Space")
        self.tastatur.fyll(skjema.get_by_label("Vurdering"), "Bystyret fant medlemmet habilt.")
        self._send(skjema, "Før vurderingen")

    def fremsett(self, forslag: tekster.Forslagstekst, stiller: str) -> None:
        skjema = self._aapne("forslag", "n")
        self._velg(skjema.get_by_label("Forslagstype"), forslag.forslagstype.value)
        self.tastatur.fyll(skjema.get_by_label("Fremmet av"), stiller)
        self.tastatur.fyll(skjema.get_by_label("På vegne av"), ", ".join(forslag.paa_vegne_av))
        if forslag.gjelder_segment:
            self._velg(skjema.get_by_label("Avsnitt som endres eller strykes"), f"Avsnitt {forslag.gjelder_segment}")
        else:
            self.tastatur.fyll(skjema.get_by_label("Tekst", exact=False), forslag.tekst)
        self._send(skjema, "Før forslaget")

    def merk(self, stiller: str) -> None:
        skjema = self._aapne("merknad", "m")
        self.tastatur.fyll(skjema.get_by_label("Fremmet av"), stiller)
        self.tastatur.fyll(skjema.get_by_label("Tekst", exact=False), tekster.BYSTYRETS_MERKNAD.tekst)
        for boks in skjema.get_by_role("checkbox").all():
            if boks.get_attribute("value") in tekster.BYSTYRETS_MERKNAD.tilslutning:
                self.tastatur.til(boks)
                self.tastatur.trykk("Space")
        self._send(skjema, "Før merknaden")
        self._se()

    def voter(self) -> None:
        """One key when it is unanimous, one line when it is not; the form stands open, and the text grows beside."""
        tekst = self.side.locator(".foering-ut .vedtak-avsnitt").filter(has_not_text="FLERTALLSMERKNAD")
        self._lagre("e")
        for antall, mindretall in enumerate(("1Ap, 5MDG, 4SV, 2R", *MINDRETALL), 5):
            self.tastatur.trykk("t")
            expect(self.side.get_by_label("Mindretallet")).to_be_focused()
            self.tastatur.skriv(mindretall)
            expect(self.side.locator(".stemmesjekk")).to_have_attribute("data-gyldig", "ja")
            self._lagre("Enter")
            expect(tekst).to_have_count(antall)
        for nummer, setning in enumerate(SETNINGER, 1):
            expect(self.side.locator(f"#votering-{nummer}")).to_contain_text(setning)

    def fatt_godkjenn_publiser(self) -> None:
        self._lagre("f")
        expect(self.side.locator(".meldinger")).to_contain_text("Vedtaket er fattet")
        self._se()
        self._lagre("g")
        expect(self.side.locator(".meldinger")).to_contain_text("Protokollen er godkjent")
        self._ny_side("g")
        self.side.wait_for_url("**/innsyn/bystyret/2019/87/2019-08-29")
        expect(self.side.locator(".meldinger")).to_contain_text("publisert")
        expect(self.side.locator(".vedtak-avsnitt")).to_have_count(9)
        expect(self.side.locator(".vedtak-avsnitt").last).to_contain_text("FLERTALLSMERKNAD - SV, Ap, H")

    def hev_og_godkjenn_moeteprotokollen(self) -> None:
        """From the page of the treatment back to the meeting, by its link there."""
        self._foelg("Bystyret, torsdag 29. august 2019")
        self._ny_side("h")
        self._foelg("Protokoll")
        self._trykk_knapp("Legg fram")
        self._trykk_knapp("Utvalget har godkjent")
        self._trykk_knapp("Publiser")
        expect(self._innhold).to_contain_text("Publisert")

    def _velg(self, liste: Locator, valg: str) -> None:
        """Choose in a list by its first letters, as browsers let one."""
        self.tastatur.til(liste)
        self.side.keyboard.type(valg)

    def _foelg(self, lenke: str) -> None:
        self.tastatur.til(self.side.get_by_role("link", name=lenke).first)
        self._ny_side("Enter")

    def _trykk_knapp(self, navn: str) -> None:
        self.tastatur.til(self._innhold.get_by_role("button", name=navn))
        self._ny_side("Enter")

    def _ny_side(self, tast: str) -> None:
        with self.side.expect_navigation():
            self.tastatur.trykk(tast)
        expect(self.side.locator(".feilsammendrag")).to_have_count(0)
        self._se()

    def _aapne(self, skjema: str, tast: str) -> Locator:
        self.tastatur.trykk(tast)
        funnet = self.side.locator(f"#{skjema}")
        expect(funnet).to_have_attribute("open", "")
        return funnet

    def _send(self, skjema: Locator, knapp: str) -> None:
        self.tastatur.til(skjema.get_by_role("button", name=knapp))
        self._lagre("Enter")

    def _lagre(self, tast: str) -> None:
        """Press it, and see that what comes back stands where the secretary was, with the focus in the page."""
        foer = self.side.evaluate("scrollY")
        self.side.locator("#registrering").evaluate("denne => denne.dataset.gammel = 'ja'")
        self.tastatur.trykk(tast)
        expect(self.side.locator("#registrering[data-gammel]")).to_have_count(0)
        expect(self.side.locator(".feilsammendrag")).to_have_count(0)
        her, etter = self.side.evaluate("[Boolean(document.activeElement.closest('main')), scrollY]")
        if not her or abs(etter - foer) > HOPP:
            self.tastatur.feil.append(f"etter {tast} står siden på {etter}, ikke {foer}, med fokus i den: {her}")

    def _se(self) -> None:
        """What axe-core says of the page that came."""
        if feil := funn(self.side, self._axe):
            self.funn[self.side.title()] = feil
