"""Made-up protocol packets: one case about a bath house in the town of Sundvik, given by the fixture `pakker`."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

INNSTILLING = (
    "Sundvik kommunestyre vedtar *Plan for badehuset* slik den er lagt fram.",
    "Planen bygger på tre satsinger i årene fram til neste valg.",
    "- 1. Varmt vann hele året",
    "- 2. Rampe ned til bryggen",
    "- 3. Åpent også om kvelden",
    "Badehuset skal være et møtested for alle som bor langs fjorden",
)
FELLES_TEKST = "Kommunestyret ønsker en egen dag i uken med gratis inngang for barn og unge."


@dataclass
class Protokoll:
    """One saksprotokoll; `tekst()` writes it as an extraction would."""

    utvalg: str
    dato: str
    sak: str
    vedtak: list[str] = field(default_factory=list)
    behandling: list[str] = field(default_factory=list)
    votering: list[str] = field(default_factory=list)
    resultat: str = "Behandlet"
    tittel: str = "Saksprotokoll - Plan for badehuset"
    arkivsak: str = "21/345"
    hode: str = "Utvalg: {utvalg}\n\nMøtedato: {dato} Sak: {sak}"

    def tekst(self) -> str:
        deler = ["Saksprotokoll", self.hode.format(utvalg=self.utvalg, dato=self.dato, sak=self.sak)]
        deler += [f"Tittel: {self.tittel}", f"Resultat: {self.resultat} **Arkivsak:** {self.arkivsak}"]
        for overskrift, linjer in (
            ("Vedtak:", self.vedtak),
            ("Behandling:", self.behandling),
            ("Votering", self.votering),
        ):
            deler += [overskrift, *linjer] if linjer else []
        return "\n\n".join(deler)


def raad() -> Protokoll:
    return Protokoll(
        "Eldrerådet",
        "3.2.2021",
        "4/21",
        ["Eldrerådet avgir følgende", "UTTALELSE:", "Det må bli benker ved bryggen.", "Rampen må være bred nok."],
        [
            "Berit Holm, kultursjef, fortalte om planen.",
            "Arne Vik (Sp) fremmet følgende felles uttalelse:",
            "Rampen må være bred nok.",
            "Else Moen (Pensjonistforeningen) fremmet følgende fellesforslag:",
            "Det må bli benker ved bryggen.",
        ],
        ["Forslag fra Vik ble enstemmig vedtatt. Forslag fra Moen ble enstemmig vedtatt."],
        tittel="Saksprotokoll - Til uttalelse: Plan for badehuset",
    )


def utvalg() -> Protokoll:
    return Protokoll(
        "Kulturkomiteen",
        "10.02.2021",
        "12/21",
        ["Saken sendes kommunestyret med slik", "INNSTILLING:", *INNSTILLING, FELLES_TEKST],
        ["Kari Nes (AP), forslag", FELLES_TEKST],
        ["Innstillinga ble enstemmig vedtatt Nes forslag ble enstemmig vedtatt"],
        resultat="Annet forslag vedtatt",
    )


def kommunestyre() -> Protokoll:
    return Protokoll(
        "Kommunestyret",
        "24. februar 2021",
        "PS 0033/21",
        [
            *INNSTILLING,
            FELLES_TEKST,
            "Det settes av plass til sykler.",
            "MERKNAD - V, H:",
            "Regnskapet bør komme før jul.",
        ],
        [
            "Pål Aas (SV), tilleggsforslag pva SV, R og MDG:",
            "Det settes av plass til sykler.",
            "Pål Aas (SV), strykningsforslag:",
            "Stryk følgende: «Badehuset skal være et møtested for alle som bor langs fjorden».",
            "Tor Li (V), merknad:",
            "Regnskapet bør komme før jul.",
        ],
        [
            "Innstillingen bortsett fra avsnitt 3 ble enstemmig vedtatt.",
            "Ved alternativ votering mellom innstillingen avsnitt 3 og Aas forslag ble innstillingen vedtatt"
            " mot 4 stemmer (3SV, R) avgitt for Aas forslag.",
            "Aas tilleggsforslag ble vedtatt mot 7 stemmer (5H, 2FrP).",
            "H sluttet seg til merknaden fra V.",
        ],
    )


SAKSFRAMLEGG = "\n\n".join(
    (
        "Saksframlegg",
        "Plan for badehuset",
        "Arkivsak.: 21/345",
        "Forslag til innstilling:",
        *INNSTILLING,
        "Bakgrunn for saken",
        "Badehuset ble bygd i 1923 og har stått tomt siden taket ble skadet av",
        "vinterstormen for fire år siden.",
        "Uttalelser fra rådene",
        "- Eldrerådet: ønsker benker",
        "- **Ungdomsrådet:** ønsker stupetårn",
        "Kommunedirektøren i Sundvik, 28.1.2021",
        "Anne Marie Dahl Berit Holm kommunedirektør kultursjef",
        "Vedlegg:",
        "Vedlegg 1 – Tegninger",
        "Vedlegg 2 – Plan for badehuset",
        "PLAN FOR BADEHUSET",
        "1. Innledning",
        "Her står planen.",
        "2. Kart",
        "Rom\tAreal\nBasseng\t200\n\n\tmed kant",
    )
)


def protokoller() -> list[Protokoll]:
    return [kommunestyre(), raad(), utvalg()]


def pakke(deler: list[str] | None = None) -> str:
    """A whole packet: heading, then the parts; the council first, as packets are."""
    if deler is None:
        alle = [en.tekst() for en in protokoller()]
        deler = [alle[0], SAKSFRAMLEGG, *alle[1:]]
    return "\n\n".join(("Saksdokumenter - sak PS 0033/21", "Plan for badehuset", *deler)) + "\n"


@pytest.fixture(scope="session")
def pakker() -> SimpleNamespace:
    return SimpleNamespace(
        INNSTILLING=INNSTILLING,
        FELLES_TEKST=FELLES_TEKST,
        SAKSFRAMLEGG=SAKSFRAMLEGG,
        Protokoll=Protokoll,
        raad=raad,
        utvalg=utvalg,
        kommunestyre=kommunestyre,
        protokoller=protokoller,
        pakke=pakke,
    )
