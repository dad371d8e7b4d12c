from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from saksbehandling.importering.deling import Art, Dokument
from saksbehandling.importering.linjer import Kontekst, Linje, del_i_linjer
from saksbehandling.importering.pakke import Arkivsak, Saksframlegg, Signatur
from saksbehandling.importering.saksframlegg_lesing import les_saksframlegg
from saksbehandling.importering.signatur import les_signaturer
from saksbehandling.richtext import plain_text


def les(tekst: str, resten_av_pakken: str = "", vedtatt: frozenset[str] = frozenset()) -> tuple[Saksframlegg, Kontekst]:
    linjer = del_i_linjer(tekst)
    kontekst = Kontekst(tekst + resten_av_pakken)
    return les_saksframlegg(Dokument(Art.FRAMLEGG, linjer[0], list(linjer[1:])), kontekst, vedtatt), kontekst


def test_a_saksframlegg_is_read_whole(pakker: SimpleNamespace) -> None:
    vedtatt = frozenset(pakker.INNSTILLING)
    framlegg, kontekst = les(pakker.SAKSFRAMLEGG, "Berit Holm, kultursjef, orienterte", vedtatt)
    assert (framlegg.tittel, framlegg.arkivsak, framlegg.dato) == (
        "Plan for badehuset",
        Arkivsak(2021, 345),
        date(2021, 1, 28),
    )
    assert [plain_text(segment).count("\n") for segment in framlegg.innstilling] == [0, 3, 0]
    assert framlegg.signert_av == (Signatur("Anne Marie Dahl", "kommunedirektør"), Signatur("Berit Holm", "kultursjef"))
    assert framlegg.uttalelser_gjengitt_fra == ("Eldrerådet", "Ungdomsrådet")
    assert plain_text(framlegg.broedtekst).startswith("Bakgrunn for saken\nBadehuset ble bygd")
    assert [en.kode for en in kontekst.advarsler] == ["sideskift"]


def test_a_short_last_paragraph_is_told_from_a_heading_by_the_decisions(pakker: SimpleNamespace) -> None:
    uten, _ = les(pakker.SAKSFRAMLEGG)
    assert len(uten.innstilling) == 2
    assert plain_text(uten.broedtekst).startswith(pakker.INNSTILLING[-1])


def test_the_text_goes_to_the_attachment_that_it_is_named_after(pakker: SimpleNamespace) -> None:
    framlegg, _ = les(pakker.SAKSFRAMLEGG)
    assert [(en.nummer, en.tittel, bool(en.blokker)) for en in framlegg.vedlegg] == [
        (1, "Tegninger", False),
        (2, "Plan for badehuset", True),
    ]


def test_what_is_missing_is_told_and_the_text_is_kept() -> None:
    framlegg, kontekst = les("Saksframlegg\n\nBåtplan\n\nKommunen trenger en båt.")
    assert (framlegg.tittel, framlegg.innstilling, framlegg.dato, framlegg.vedlegg) == ("Båtplan", (), None, ())
    assert plain_text(framlegg.broedtekst) == "Kommunen trenger en båt."
    assert [en.kode for en in kontekst.advarsler] == ["mangler_innstilling", "mangler_underskrift"]


def test_attachments_without_numbers_are_kept_as_one() -> None:
    framlegg, kontekst = les("Saksframlegg\n\nForslag til vedtak:\n\nEn båt.\n\nVedlegg:\n\nTegninger\n\nKart")
    assert [(en.nummer, plain_text(en.blokker)) for en in framlegg.vedlegg] == [(1, "Tegninger\nKart")]
    assert kontekst.advarsler[-1].kode == "vedlegg"


@pytest.mark.parametrize(
    ("linjer", "pakke", "signert", "advarsler"),
    [
        (["Kari Nes kommunedirektør"], "", [("Kari Nes", "kommunedirektør")], 0),
        (
            ["Kari Nes", "kommunedirektør", "Ola Li", "teknisk sjef"],
            "",
            [("Kari Nes", "kommunedirektør"), ("Ola Li", "teknisk sjef")],
            0,
        ),
        (
            ["Kari Nes Li Ola Moe rådmann leder"],
            "møtte Kari Nes Lie (H)",
            [("Kari Nes Li", "rådmann"), ("Ola Moe", "leder")],
            0,
        ),
        (["Kari Nes Ola Li Moe rådmann leder"], "", [("Kari Nes", "rådmann"), ("Ola Li Moe", "leder")], 1),
        (["Elektronisk godkjent uten underskrift"], "", [], 0),
        (["uten noe navn"], "", [], 1),
    ],
)
def test_signatures(linjer: list[str], pakke: str, signert: list[tuple[str, str]], advarsler: int) -> None:
    kontekst = Kontekst("\n".join([*linjer, pakke]))
    funnet = les_signaturer([Linje(nr, tekst) for nr, tekst in enumerate(linjer, 1)], kontekst)
    assert [(en.navn, en.tittel) for en in funnet] == signert
    assert len(kontekst.advarsler) == advarsler
