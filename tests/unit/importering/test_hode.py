from __future__ import annotations

from datetime import date

import pytest

from saksbehandling.importering.hode import Hode, er_organets_behandling, les_hode
from saksbehandling.importering.linjer import Kontekst, Linje, del_i_linjer


def les(tekst: str, kontekst: Kontekst | None = None) -> Hode:
    return les_hode(del_i_linjer(tekst), kontekst or Kontekst(tekst))


@pytest.mark.parametrize(
    "tekst",
    [
        "Utvalg:EldrerådetMøtedato:03.02.2021Sak:4/21",
        "Utvalg: Eldrerådet Møtedato: 03.02.2021 Sak: 4/21",
        "Utvalg: Eldrerådet\n\nMøtedato: 3.2.2021 Sak: PS 0004/21",
        "**Utvalg:** Eldrerådet\n**Dato:** 3. februar 2021\n**Saksnr.:** 4/2021",
        "Utval: Eldrerådet\nMøtetid: onsdag 3. februar 2021 kl. 10\nUtvalgssaksnr: 4 /21",
        "Sak: 4/21\nDato: 2021-02-03\nOrgan: Eldrerådet",
        "Eldrerådets behandling av sak 4/2021 i møte den 03.02.2021:",
    ],
)
def test_a_head_is_read_in_any_layout(tekst: str) -> None:
    hode = les(tekst)
    assert hode.komplett
    assert (hode.utvalg, hode.moetedato) == ("Eldrerådet", date(2021, 2, 3))
    assert hode.sak
    assert (hode.sak.nummer, hode.sak.aar) == (4, 2021)


def test_a_title_goes_on_over_the_line_but_not_over_the_page() -> None:
    kontekst = Kontekst("")
    hode = les(
        "Tittel: Plan for\n\n2019 - 2022\n\nog videre\n\nNoe helt annet\n\nResultat:\n\nArkivsak.: 21/3", kontekst
    )
    assert hode.verdier["tittel"] == "Plan for 2019 - 2022 og videre"
    assert hode.annet == ["Noe helt annet"]
    assert [(en.kode, en.linje) for en in kontekst.advarsler] == [("ukjent_hodelinje", 7)]
    assert (hode.verdier["resultat"], str(hode.arkivsak)) == ("", "21/3")


def test_labels_inside_words_and_repeated_labels_are_text() -> None:
    hode = les("Sak: 4/21\nTittel: Til uttalelse: Sak: den store\nArkivsak: 21/3")
    assert hode.verdier["tittel"] == "Til uttalelse: Sak: den store"
    assert hode.verdier["sak"] == "4/21"


def test_labels_without_a_field_are_kept() -> None:
    assert les("Utvalg: Eldrerådet Møtested: Rådhuset").annet == ["Møtested: Rådhuset"]


def test_what_is_missing_is_named() -> None:
    assert les("Møtedato: 31.02.2021").mangler() == "utvalg og møtedato og saksnummer"


def test_only_the_whole_line_is_a_heading_of_its_own() -> None:
    assert not er_organets_behandling(Linje(1, "Vi viser til Eldrerådets behandling av sak 4/2021 i møte i går."))
