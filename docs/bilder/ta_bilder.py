"""Takes the pictures of the pages that README.md and the user guide show: `make screenshots`.

Makes a demo installation in a folder of its own, starts the server, logs in where it must, and saves a PNG of each
page beside this file; only those that are named on the command line, if any are. Needs Chromium: CHROMIUM names it,
else it is looked for where systems put it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HER = Path(__file__).parent
PASSORD = "nidarvik-2026"
SAKER = "40"
PROGRAMMER = ("chromium", "chromium-browser", "google-chrome")
FERDIG = re.compile(r"klar på (http://\S+?)/?$")


@dataclass(frozen=True, slots=True)
class Bilde:
    """One picture. `hvem`: who is logged in; None: nobody. `lenke`: what is pressed first, to come to the page.
    `skriv`: fields and what is typed in them, before `trykk` is pressed. `hele`: the whole page, not only the first
    screen."""

    fil: str
    adresse: str
    hvem: str | None = None
    lenke: str | None = None
    skriv: tuple[tuple[str, str], ...] = ()
    trykk: str | None = None
    bredde: int = 1440
    hoeyde: int = 1000
    moerk: bool = False
    hele: bool = False


BILDER = (
    Bilde("sak", "/saker/2019/8286"),
    Bilde("sak-leder", "/saker?status=til_godkjenning", "leder", ".saksliste .saksnavn-lenke"),
    Bilde("sak-telefon", "/saker/2019/8286", bredde=390, hoeyde=844),
    Bilde("behandling", "/innsyn/bystyret/2019/87/2019-08-29", hele=True),
    Bilde("registrer", "/saker?status=i_bystyret", "sekretaer", "a[href$='/registrer']", hele=True),
    Bilde("sok", "/sok?q=strategi+utvalg:bystyret"),
    Bilde("forside", "/"),
    Bilde("forside-moerk", "/", moerk=True),
    Bilde("saker", "/saker", "saksbehandler"),
    Bilde("arbeidsflate", "/arbeidsflate", "saksbehandler"),
    Bilde("saksframlegg", "/saker?status=utredning", "saksbehandler", "a[href$='/saksframlegg']"),
    Bilde("sekretariat", "/sekretariat", "sekretaer"),
    Bilde("moete", "/moeter", None, "main a[href^='/moeter/']"),
    Bilde("mal", "/maler/saksprotokoll/nb", "sekretaer"),
    Bilde("medlemmer", "/utvalg/bystyret/medlemmer", "sekretaer"),
    Bilde("haandredigering", "/innsyn/bystyret/2019/87/2019-08-29", "sekretaer", "a[href$='/redigering']"),
    Bilde("saerutskrift", "/innsyn/bystyret/2019/87/2019-08-29", "sekretaer", "a[href$='/saerutskrift']"),
    Bilde("innlogging", "/logg-inn"),
    Bilde("arbeidsflyt", "/arbeidsflyter/henvendelse", "administrator"),
    Bilde("arbeidsflyt-sak", "/saker/2019/8286/arbeidsflyt", hoeyde=1300),
    Bilde(
        "arbeidsflyt-endring",
        "/arbeidsflyter/politisk_sak/rediger",
        "administrator",
        skriv=(("[name$=-uttalelsesfrist-dager]", "56"),),
        trykk="button[value=se]",
    ),
)


def main() -> None:
    krom = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMMER)), None)
    if krom is None:
        sys.exit("Fant ikke Chromium. Installer den, eller si hvor den er: CHROMIUM=/sti/til/chromium")
    with tempfile.TemporaryDirectory() as data, server(data) as rot, sync_playwright() as play:
        nettleser = play.chromium.launch(executable_path=krom, args=["--no-sandbox"])
        for bilde in BILDER:
            if bilde.fil in (sys.argv[1:] or [bilde.fil]):
                ta(nettleser, rot, bilde)
        if not sys.argv[1:]:
            protokollen(data)


@contextmanager
def server(data: str) -> Iterator[str]:
    """The product with the demo's data; gives its address."""
    kommando = [sys.executable, "-m", "saksbehandling.cli", "--data", data]
    kjoer(*kommando, "demo", "last", "--saker", SAKER)
    start = [*kommando, "server", "--port", "0"]
    with subprocess.Popen(start, stdout=subprocess.PIPE, text=True) as prosess:  # noqa: S603 - our own words alone
        try:
            assert prosess.stdout is not None
            yield next(funnet[1] for linje in prosess.stdout if (funnet := FERDIG.search(linje.strip())))
        finally:
            prosess.terminate()


def ta(nettleser: Browser, rot: str, bilde: Bilde) -> None:
    """One picture, in a browser of its own. Links are followed until the page that is wanted."""
    with nettleser.new_context(
        viewport={"width": bilde.bredde, "height": bilde.hoeyde},
        color_scheme="dark" if bilde.moerk else "light",
        reduced_motion="reduce",
        locale="nb-NO",
    ) as kontekst:
        side = kontekst.new_page()
        if bilde.hvem:
            logg_inn(side, rot, bilde.hvem)
        side.goto(rot + bilde.adresse)
        if bilde.lenke:
            foelg(side, bilde.lenke)
        for felt, tekst in bilde.skriv:
            side.fill(felt, tekst)
        if bilde.trykk:
            side.click(bilde.trykk)
        side.wait_for_load_state("networkidle")
        side.screenshot(path=HER / f"{bilde.fil}.png", full_page=bilde.hele)
        print(f"{bilde.fil}.png: {side.title()}")


def logg_inn(side: Page, rot: str, hvem: str) -> None:
    side.goto(f"{rot}/logg-inn")
    side.fill("#felt-brukernavn", hvem)
    side.fill("#felt-passord", PASSORD)
    side.press("#felt-passord", "Enter")
    side.wait_for_load_state()


def foelg(side: Page, lenke: str) -> None:
    """Press the link; if it is not on the page, open the first case of the list and look there."""
    if side.locator(lenke).count() == 0:
        side.locator(".saksliste .saksnavn-lenke").first.click()
        side.wait_for_load_state()
    if side.locator(lenke).count() == 0:
        side.locator("#behandlinger .saksnavn-lenke").last.click()
        side.wait_for_load_state()
    side.locator(lenke).first.click()


def protokollen(data: str) -> None:
    """The first page of the saksprotokoll, where LibreOffice and pdftoppm are."""
    soffice, pdftoppm = shutil.which("soffice"), shutil.which("pdftoppm")
    if not (soffice and pdftoppm):
        print("protokoll.png: hoppet over, for LibreOffice eller pdftoppm mangler", file=sys.stderr)
        return
    docx = Path(data) / "protokoll.docx"
    hvilken = ["--utvalg", "Bystyret", "--sak", "87/19", "--dato", "2019-08-29", "-o", str(docx)]
    kjoer(sys.executable, "-m", "saksbehandling.cli", "--data", data, "protokoll", *hvilken)
    profil = f"-env:UserInstallation=file://{data}/office"
    kjoer(soffice, profil, "--headless", "--convert-to", "pdf", "--outdir", data, str(docx))
    kjoer(pdftoppm, "-png", "-r", "90", "-f", "1", "-singlefile", str(docx.with_suffix(".pdf")), str(HER / "protokoll"))


def kjoer(*kommando: str) -> None:
    subprocess.run(kommando, check=True)  # noqa: S603 - our own words alone


if __name__ == "__main__":
    main()
