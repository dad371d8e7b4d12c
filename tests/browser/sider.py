"""The pages as people use them: a window for each person, and what each of them does there."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx import Document
from docx.table import Table
from playwright.sync_api import Page, expect

from saksbehandling.importering.pakke import Forslag, Innslag, Merknad, Notat, Objekt, Votering
from saksbehandling.innsyn.figur_blokker import blokker_html
from saksbehandling.richtext import Blocks, to_notation
from saksbehandling.votering.overskrift import vanlig_betegnelse

REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
INNSTILLING, UTREDNING = "#felt-innstilling-redigering .ProseMirror", "#felt-innhold-redigering .ProseMirror"
_LIM_INN = """(felt, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  felt.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
LISTEMERKER = {"List Bullet": "- "}


def logg_inn(side: Page, adresse: str, brukernavn: str, passord: str) -> None:
    side.goto(f"{adresse}/logg-inn")
    side.get_by_label("Brukernavn").fill(brukernavn)
    side.get_by_label("Passord").fill(passord)
    side.get_by_label("Passord").press("Enter")
    expect(side.locator(".topp-person .meny")).to_be_visible()


def lim_inn(side: Page, felt: str, html: str) -> None:
    """Paste into one of the texts of a saksframlegg."""
    side.locator(felt).evaluate(_LIM_INN, html)


def trykk(side: Page, knapp: str) -> None:
    """Press a button, and wait for the next page and for what it says was done."""
    with side.expect_navigation():
        side.get_by_role("main").get_by_role("button", name=knapp).click()
    expect(side.locator(".feilsammendrag")).to_have_count(0)
    expect(side.locator(".meldinger .ds-alert")).to_be_visible()


def funn(side: Page, axe: str, regler: Sequence[str] = REGLER) -> list[str]:
    """What axe-core finds wrong on the page. `axe`: its script; `regler`: its rules, or tags of them."""
    side.evaluate(axe)
    svar = side.evaluate("regler => axe.run(document, {runOnly: regler})", regler)
    return [
        f"{regel['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for regel in svar["violations"]
        for node in regel["nodes"][:2]
    ]


class Saksbehandler:
    """Writes the case and sends it on. `side`: a window in which the person is logged in."""

    def __init__(self, side: Page, adresse: str) -> None:
        self.side = side
        self.adresse = adresse

    def opprett_sak(self, tittel: str, saksnummer: str, enhet: str) -> None:
        self.side.goto(f"{self.adresse}/arbeidsflate")
        self.side.get_by_role("link", name="Ny sak").click()
        self.side.get_by_label("Tittel", exact=True).fill(tittel)
        self.side.get_by_label("Enhet").fill(enhet)
        self.side.get_by_label("Saksnummer").fill(saksnummer)
        trykk(self.side, "Opprett saken")

    def skriv_saksframlegg(self, innstilling: Blocks, utredning: Blocks) -> None:
        """Paste both texts, as those who write in another program do."""
        self.side.get_by_role("main").get_by_role("link", name="Skriv saksframlegg").first.click()
        lim_inn(self.side, INNSTILLING, blokker_html(innstilling, overskriftsnivaa=1))
        lim_inn(self.side, UTREDNING, blokker_html(utredning, overskriftsnivaa=1))
        trykk(self.side, "Lagre")

    def send(self, saksnummer: str, knapp: str) -> None:
        """Move the case on by the button with that name, from the person's own view of the case."""
        self.side.goto(f"{self.adresse}/saker/{saksnummer}")
        trykk(self.side, knapp)


class Sekretaer:
    """Prepares meetings and records them. `side`: a window in which the person is logged in."""

    def __init__(self, side: Page, adresse: str) -> None:
        self.side = side
        self.adresse = adresse

    def kall_inn(self, utvalg: str, dato: dt.date, saksnummer: str, nummer: int | None = None) -> str:
        """A new meeting with the case on its agenda, under that number or the usual one. Gives its address."""
        side = self.side
        side.goto(f"{self.adresse}/sekretariat")
        side.get_by_role("link", name=f"Nytt møte i {utvalg}").click()
        side.get_by_label("Dato").fill(dato.isoformat())
        side.get_by_label("Starter kl.").fill("17.00")
        trykk(side, "Opprett møtet")
        side.get_by_label(saksnummer).check()
        if nummer:
            side.get_by_text("Annet saksnummer, nummerserie eller nummer").click()
            side.get_by_label("Nummer i serien").fill(str(nummer))
        trykk(side, "Sett på sakslisten")
        trykk(side, "Send innkallingen")
        return side.url.split("#")[0]

    def sett_moetet(self, moete: str) -> None:
        """Everybody is there; the meeting is opened, and so is its first case."""
        side = self.side
        side.goto(moete)
        side.get_by_role("link", name="Frammøte", exact=False).first.click()
        trykk(side, "Alle ventede er her")
        side.goto(moete)
        trykk(side, "Sett møtet")
        side.get_by_role("link", name="Før møtet").click()
        self._send("", "Åpne saken")

    def foer(self, innslag: Innslag, samlet: str) -> None:
        """Record what stands in the minutes. `samlet`: what is typed when the whole body moves something."""
        if isinstance(innslag, Notat):
            self._fyll("notat", {"Tekst": to_notation(innslag.blokker)}, "Før notatet")
        elif isinstance(innslag, Merknad):
            self._merk(innslag)
        else:
            stillere = [ett.navn if ett.parti or ett.gruppe else samlet for ett in innslag.stillere]
            kalles = "" if innslag.type_skrevet == vanlig_betegnelse(innslag.type, 1, "nb") else innslag.type_skrevet
            felter = {"På vegne av": ", ".join(innslag.paa_vegne_av), "Kalles i protokollen": kalles}
            self.foreslaa("; ".join(stillere), to_notation(innslag.blokker), innslag.type, felter)

    def foreslaa(
        self, stillere: str, tekst: str, forslagstype: str = "tillegg", felter: Mapping[str, str] | None = None
    ) -> None:
        self._aapne("forslag")
        self.side.locator("#forslag").get_by_label("Forslagstype").select_option(forslagstype)
        self._fyll("forslag", {"Fremmet av": stillere, "Tekst": tekst, **(felter or {})}, "Før forslaget")

    def ta_inn(self, nummer: int) -> None:
        """Take a filed proposal into the treatment."""
        self._send("", f"Ta inn forslag {nummer}")

    def _merk(self, merknad: Merknad) -> None:
        self._aapne("merknad")
        for parti in merknad.tilsluttet_av:
            self.side.locator("#merknad").get_by_label(parti, exact=True).check()
        self._fyll("merknad", {"Fremmet av": merknad.av.navn, "Tekst": to_notation(merknad.blokker)}, "Før merknaden")

    def vurder_habilitet(self, navn: str, utfall: str, vurdering: str) -> None:
        self._aapne("habilitet")
        self.side.locator("#habilitet").get_by_role("radio", name=utfall.capitalize(), exact=True).check()
        self._fyll("habilitet", {"Medlem": navn, "Vurdering": vurdering}, "Før vurderingen")

    def saksordfoerer(self, navn: str) -> None:
        self.side.locator("#saksordfoerer summary").click()
        self.side.locator("#saksordfoerer").get_by_label("Saksordfører").fill(navn)
        self._send("#saksordfoerer", "Lagre")

    def voter(self, votering: Votering) -> None:
        """A ballot as minuted: what it concerns is ticked, and the minority typed as text."""
        self._aapne("votering")
        skjema = self.side.locator("#votering")
        foerst, mot = votering.objekter[0], votering.objekter[1:]
        if votering.vinner:  # what won stands first
            foerst, mot = mot[0], (foerst,)
        if mot:
            skjema.locator("[name=votering-form][value=alternativ]").check(force=True)
            self._kryss("Mot", mot[0])
        self._kryss("Over", foerst)
        if votering.enstemmig:
            self._send("#votering", "Enstemmig vedtatt")
        else:
            self._fyll("votering", {"Mindretallet": stemmer(votering)}, "Før voteringen")

    def enes(self) -> None:
        """The body agrees on the one proposal without a ballot."""
        self._aapne("votering")
        self.side.locator("#votering [name=votering-form][value=enighet]").check(force=True)
        self._send("#votering", "Før voteringen")

    def avslutt(self, knapp: str, felter: Mapping[str, str]) -> None:
        """Make the decision, with what is typed in those fields of its form."""
        if set(felter) - {"Resultat", "Utsatt til"}:
            self.side.get_by_text("Rediger teksten eller rekkefølgen").click()
        for ledetekst, verdi in felter.items():
            self.side.locator(".foering-ut").get_by_label(ledetekst, exact=False).first.fill(verdi)
        self._send(".foering-ut", knapp)

    def utsett(self, til: dt.date) -> None:
        self.side.get_by_text("Utsett saken", exact=True).first.click()
        self.side.locator("#utsett").get_by_label("Til møtet").fill(til.isoformat())
        self._send("#utsett", "Utsett saken")

    def publiser(self) -> None:
        self._send("", "Godkjenn protokollen")
        self.side.get_by_role("button", name="Publiser protokollen").click()
        self.side.wait_for_url("**/innsyn/**")

    def hev(self, moete: str) -> None:
        self.side.goto(moete)
        trykk(self.side, "Hev møtet")

    def _aapne(self, skjema: str) -> None:
        detaljer = self.side.locator(f"#{skjema}")
        if detaljer.get_attribute("open") is None:
            detaljer.locator("summary").first.click()

    def _fyll(self, skjema: str, felter: Mapping[str, str], knapp: str) -> None:
        self._aapne(skjema)
        for ledetekst, verdi in felter.items():
            self.side.locator(f"#{skjema}").get_by_label(ledetekst, exact=False).first.fill(verdi)
        self._send(f"#{skjema}", knapp)

    def _send(self, sted: str, knapp: str) -> None:
        """Press the button in that place, and wait for the page that takes this one's place without a refusal."""
        self.side.locator("#registrering").evaluate("denne => denne.dataset.gammel = 'ja'")
        self.side.locator(f"main {sted}").get_by_role("button", name=knapp).click()
        expect(self.side.locator("#registrering[data-gammel]")).to_have_count(0)
        expect(self.side.locator(".feilsammendrag")).to_have_count(0)

    def _kryss(self, kolonne: str, objekt: Objekt) -> None:
        """Tick in that column, «Over» or «Mot», what the ballot concerns, and nothing else."""
        navn = {f"{kolonne} Avsnitt {nr}" for nr in objekt.avsnitt} | {
            f"{kolonne} Forslag {nr}" for nr in objekt.forslag
        }
        for boks in self.side.locator(f"#votering [aria-label^='{kolonne} ']").all():
            boks.set_checked(boks.get_attribute("aria-label") in navn)


class Representant:
    """Files proposals from their own page. `side`: a window in which the person is logged in."""

    def __init__(self, side: Page, adresse: str) -> None:
        self.side = side
        self.adresse = adresse

    def lever(self, forslag: Forslag) -> None:
        side = self.side
        side.goto(f"{self.adresse}/moeteportal")
        side.get_by_role("main").get_by_role("link", name="Forslag", exact=False).first.click()
        side.get_by_role("link", name="Skriv forslag").click()
        side.get_by_label("Forslagstype").select_option(forslag.type.value)
        side.get_by_label("På vegne av").fill(", ".join(forslag.paa_vegne_av))
        if forslag.gjelder_avsnitt:
            side.get_by_label("Avsnitt som endres eller strykes").select_option(index=forslag.gjelder_avsnitt)
        side.get_by_role("textbox", name="Tekst").fill(to_notation(forslag.blokker))
        side.get_by_role("button", name="Se over forslaget").click()
        trykk(side, "Send inn, synlig for alle")


def stemmer(votering: Votering) -> str:
    """`1Ap, 5MDG`, as the secretary types it."""
    return ", ".join(f"{antall}{parti}" for parti, antall in votering.mot_partier)


def protokolltekst(docx: bytes) -> str:
    """What a saksprotokoll says, a line for each paragraph and for each row of its head."""
    return "\n".join(_linjer(Document(io.BytesIO(docx)).iter_inner_content()))


def _linjer(innhold: Iterator[Any]) -> Iterator[str]:
    nummer = 0
    for ett in innhold:
        if isinstance(ett, Table):
            yield from (" ".join(celle.text for celle in rad.cells) for rad in ett.rows)
            continue
        nummer = nummer + 1 if ett.style.name == "List Number" else 0
        yield f"{nummer}. {ett.text}" if nummer else LISTEMERKER.get(ett.style.name, "") + ett.text
