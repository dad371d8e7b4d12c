"""The real case PS 87/19 by the pages alone: four councils, two meetings of the committee and two of bystyret.

Each actor works in a window of their own, logged in with their own account. What the minutes say is typed, read from
the shared folder beside the checkout while the test runs, and what comes out is read back and held against the facts.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import kommunen
from browser.sider import Representant, Saksbehandler, Sekretaer, logg_inn, protokolltekst
from factories import golden
from saksbehandling.clock import FixedClock, at_noon
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.lesing import les_fil
from saksbehandling.importering.pakke import Behandling, Innslag, Notat, Pakke, Segmenter
from saksbehandling.importering.tolkning import les_pakke
from saksbehandling.richtext import plain_text, to_notation
from saksbehandling.tjenester import Tjenester

pytestmark = pytest.mark.browser

SAK = "2019/8286"
OPPRETTET = dt.date(2019, 2, 4)
INNKALLING = dt.timedelta(days=14)
LEVERT_I_PORTALEN = ("Silje Salomonsen", "Ola Lund Renolen")
SISTE_MOETE = dt.date(2019, 8, 29)  # here the case keeps the number that it had when it was postponed
KOMITEEN = "Finans- og næringskomiteen"
UTSATT = "Saken utsatt"
UTFALL = {"uttalelse": "Uttalelse avgitt", "innstilling": "Innstilling avgitt", "vedtak": "Vedtak fattet"}


@pytest.fixture(scope="module")
def froe(shared: Path) -> Path:
    return shared / "seeds" / "ps-0087-19-saksdokumenter.txt"


@pytest.fixture(scope="module")
def pakke(froe: Path) -> Pakke:
    return les_fil(froe)


Vindu = Callable[[str], Page]


@pytest.fixture
def vindu(nettleser: Browser, tomt_nettsted: Any, pakke: Pakke) -> Iterator[Vindu]:
    """`vindu("sekretaer")`: the window of that account, logged in; "" for the public's."""
    adresse, registry = tomt_nettsted
    with registry["session_factory"].begin() as session:
        kommunen.opprett(session, Tjenester(registry["felles"], session), pakke)
    vinduer: dict[str, Page] = {}
    with ExitStack() as aapne:

        def aapne_vindu(brukernavn: str) -> Page:
            if brukernavn not in vinduer:
                kontekst = aapne.enter_context(nettleser.new_context(locale="nb-NO", reduced_motion="reduce"))
                vinduer[brukernavn] = kontekst.new_page()
                if brukernavn:
                    logg_inn(vinduer[brukernavn], adresse, brukernavn, kommunen.PASSORD)
            return vinduer[brukernavn]

        yield aapne_vindu


def test_the_whole_case(
    vindu: Vindu, tomt_nettsted: Any, klokke: FixedClock, pakke: Pakke, froe: Path, shared: Path
) -> None:
    adresse, _ = tomt_nettsted
    spill = Spill(vindu, adresse, klokke, pakke)
    spill.opprett_og_send_til_uttalelse()
    raadene, komiteen, bystyret = spill.behandlinger()
    moeter = [spill.kall_inn(spill.raadssekretaer, behandling) for behandling in raadene]
    for moete, behandling in zip(moeter, raadene, strict=True):
        spill.gjennomfoer(spill.raadssekretaer, moete, behandling)
    spill.godkjenn_saksframlegget()
    for behandling in (*komiteen, *bystyret):
        spill.gjennomfoer(spill.sekretaer, spill.kall_inn(spill.sekretaer, behandling), behandling)
    fasit = json.loads((shared / "golden" / "ps-87-19.json").read_text(encoding="utf-8"))["behandlinger"]
    tekster = les_protokollene(vindu(""), adresse, fasit)
    lest = som_golden(les_pakke("\n\n".join(tekster), "protokollene"))["behandlinger"]
    assert list(golden.avvik(fasit, lest, "", golden.linjer(froe))) == []
    for behandling, tekst in zip(bystyret, tekster[-2:], strict=True):
        minutter = golden.referat(froe, f"{behandling.moetedato:%d.%m.%Y}")
        assert uten_godkjenning(tekst) == uten_godkjenning(minutter)


def uten_godkjenning(tekst: str) -> str:
    """The words of a protocol without the lines in which it is approved, which are each municipality's own."""
    return golden.ordene(tekst.split("\nTrondheim kommune")[0])


class Spill:
    """Who does what, in the order in which it happened."""

    def __init__(self, vindu: Vindu, adresse: str, klokke: FixedClock, pakke: Pakke) -> None:
        self._vindu = vindu
        self._adresse = adresse
        self._klokke = klokke
        self._pakke = pakke
        self._saksbehandler = Saksbehandler(vindu("saksbehandler"), adresse)
        self.sekretaer = Sekretaer(vindu("sekretaer"), adresse)
        self.raadssekretaer = Sekretaer(vindu("raadssekretaer"), adresse)

    def behandlinger(self) -> tuple[list[Behandling], list[Behandling], list[Behandling]]:
        """Those of the councils, of the committee and of bystyret, each in the order of time."""
        rader = sorted(self._pakke.behandlinger, key=lambda rad: rad.moetedato)
        komiteen = [rad for rad in rader if rad.utvalg == KOMITEEN]
        bystyret = [rad for rad in rader if rad.utvalg == "Bystyret"]
        return [rad for rad in rader if rad not in (*komiteen, *bystyret)], komiteen, bystyret

    def opprett_og_send_til_uttalelse(self) -> None:
        framlegg = self._pakke.saksframlegg
        assert framlegg
        self._klokke.set(at_noon(OPPRETTET))
        self._saksbehandler.opprett_sak(framlegg.tittel, SAK.removeprefix("20"), "Rådmannens fagstab")
        innstilling = tuple(blokk for avsnitt in framlegg.innstilling for blokk in avsnitt)
        self._saksbehandler.skriv_saksframlegg(innstilling, framlegg.broedtekst)
        self._saksbehandler.send(SAK, "Send til uttalelse")

    def godkjenn_saksframlegget(self) -> None:
        self._saksbehandler.send(SAK, "Send saksframlegget til godkjenning")
        Saksbehandler(self._vindu("kommunedirektoer"), self._adresse).send(SAK, "Godkjenn saksframlegget")

    def kall_inn(self, sekretaer: Sekretaer, behandling: Behandling) -> str:
        """Gives the address of the meeting."""
        self._klokke.set(at_noon(behandling.moetedato - INNKALLING))
        nummer = behandling.sak.nummer if behandling.moetedato != SISTE_MOETE else None
        return sekretaer.kall_inn(behandling.utvalg, behandling.moetedato, SAK.removeprefix("20"), nummer)

    def gjennomfoer(self, sekretaer: Sekretaer, moete: str, behandling: Behandling) -> None:
        """From the summons to the published protocol. Some of the members file what they move before the meeting."""
        levert = [ett for ett in behandling.forslag if ett.stillere[0].navn in LEVERT_I_PORTALEN]
        for forslag in levert:
            konto = forslag.stillere[0].navn.split()[-1].lower()
            Representant(self._vindu(konto), self._adresse).lever(forslag)
        self._klokke.set(at_noon(behandling.moetedato))
        sekretaer.sett_moetet(moete)
        for forslag in levert:
            sekretaer.ta_inn(forslag.nr)
        for innslag in behandling.innslag:
            if innslag not in levert:
                _foer(sekretaer, behandling, innslag)
        _avgjoer(sekretaer, behandling)
        sekretaer.publiser()
        sekretaer.hev(moete)


def _foer(sekretaer: Sekretaer, behandling: Behandling, innslag: Innslag) -> None:
    habilitet = next((rad for rad in behandling.habilitet if rad.tekst == plain_text(innslag.blokker)), None)
    if habilitet:
        sekretaer.vurder_habilitet(habilitet.navn, habilitet.utfall, habilitet.tekst)
    elif isinstance(innslag, Notat) and plain_text(innslag.blokker).startswith(f"{behandling.utvalg} tar saken"):
        sekretaer.foreslaa(f"{behandling.utvalg} samlet", to_notation(innslag.blokker))
        sekretaer.enes()
    else:
        sekretaer.foer(innslag, f"{behandling.utvalg} samlet")


def _avgjoer(sekretaer: Sekretaer, behandling: Behandling) -> None:
    if behandling.saksordfoerer:
        sekretaer.saksordfoerer(behandling.saksordfoerer.navn)
    for votering in behandling.voteringer:
        sekretaer.voter(votering)
    if behandling.utsatt_til:
        sekretaer.utsett(behandling.utsatt_til)
    else:
        knapp = {"uttalelse": "Avgi uttalelsen", "innstilling": "Avgi innstillingen"}
        sekretaer.avslutt(knapp.get(behandling.type, "Fatt vedtaket"), _felter(behandling))


def _felter(behandling: Behandling) -> dict[str, str]:
    """What the secretary changes by hand: the order in one council, the words of two bodies, the code of each."""
    assert behandling.vedtak
    felter = {"Resultat": behandling.resultat or ""} if behandling.resultat != UTSATT else {}
    if behandling.utvalg == "Mangfoldsrådet":
        return {**felter, "Forslag 1": "2", "Forslag 2": "1"}
    if behandling.resultat in (None, UTSATT):
        tekst = _notasjon(behandling.vedtak.avsnitt)
        return {**felter, "Vedtaksteksten": tekst, "Begrunnelse for endringen": "Slik møtet uttrykte det."}
    return felter


def _notasjon(avsnitt: Segmenter) -> str:
    return "\n\n".join(to_notation(blokker) for blokker in avsnitt)


def les_protokollene(side: Page, adresse: str, fasit: list[dict[str, Any]]) -> list[str]:
    """What anybody can download from the page of the case, in the order of its treatments, which it tells."""
    side.goto(f"{adresse}/saker/{SAK}")
    rader = side.locator("#behandlinger tbody tr")
    expect(rader).to_have_text([_rad(fakta) for fakta in fasit])
    lenker = side.locator("#behandlinger .saksnavn-lenke").evaluate_all("alle => alle.map(en => en.href)")
    return [les_protokoll(side, lenke) for lenke in lenker]


def _rad(fakta: dict[str, Any]) -> re.Pattern[str]:
    """A treatment on the page of the case: the day, the number, what came of it."""
    dag = f"{dt.date.fromisoformat(fakta['moetedato']):%d.%m.%Y}"
    utfall = "Utsatt" if fakta["resultat"] == UTSATT else UTFALL[fakta["type"]]
    return re.compile(f"{dag}.*PS {fakta['sak']} {fakta['utvalg']}.*{utfall}", re.DOTALL)


def les_protokoll(side: Page, lenke: str) -> str:
    side.goto(lenke)
    fil = side.get_by_role("link", name="Last ned saksprotokollen").get_attribute("href")
    svar = side.request.get(urljoin(lenke, fil))
    assert 'filename="saksprotokoll-' in svar.headers["content-disposition"]
    return protokolltekst(svar.body())
