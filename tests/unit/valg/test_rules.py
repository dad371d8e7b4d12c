"""Elections: majority with a second round and lots, lists with both genders, agreement (kommuneloven §§ 7-5 to 7-8)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import InvalidInput
from saksbehandling.richtext import plain_text
from saksbehandling.valg.kjoennsbalanse import i_balanse, velg_fra_listen
from saksbehandling.valg.kodeverk import Kjoenn, Valgform
from saksbehandling.valg.lesing import les_lister, skriv_lister
from saksbehandling.valg.ordlyd import resultattekst, valgsetning
from saksbehandling.valg.regelsett import VALGREGLER_1992, VALGREGLER_2018, Valgregler, valgregler_for
from saksbehandling.valg.rules import avtalevalg, flertallsvalg, forholdsvalg, kontroller_valg
from saksbehandling.valg.values import Kandidat, Liste, Valgutfall

K, M = Kjoenn.KVINNE, Kjoenn.MANN


def kandidater(kjoenn: str, foran: str = "") -> tuple[Kandidat, ...]:
    return tuple(Kandidat(f"{foran}{nr}", {"K": K, "M": M, "?": None}[ett]) for nr, ett in enumerate(kjoenn, 1))


def personer(**stemmer: int) -> tuple[Liste, ...]:
    return tuple(Liste(navn, antall) for navn, antall in stemmer.items())


@pytest.mark.parametrize(
    ("antall", "minst_1992", "minst_2018"),
    [(1, 0, 0), (2, 1, 1), (3, 1, 1), (4, 2, 2), (5, 2, 2), (6, 3, 3), (8, 3, 4), (9, 4, 4), (10, 4, 4), (11, 5, 5)],
)
def test_how_many_of_each_gender(antall: int, minst_1992: int, minst_2018: int) -> None:
    assert (VALGREGLER_1992.minst(antall), VALGREGLER_2018.minst(antall)) == (minst_1992, minst_2018)


def test_the_rules_follow_the_day() -> None:
    assert valgregler_for(dt.date(2019, 8, 29)) is VALGREGLER_1992
    assert valgregler_for(dt.date(2019, 10, 1)) is VALGREGLER_2018
    with pytest.raises(InvalidInput, match="ingen valgregler"):
        valgregler_for(dt.date(1950, 1, 1))


@pytest.mark.parametrize(
    ("listen", "antall", "ventet"),
    [
        ("MKMK", 1, "1"),
        ("MMKM", 2, "13"),
        ("MMMK", 3, "124"),
        ("MMMMKK", 4, "1256"),
        ("MMMM", 4, "1234"),  # as far as possible
        ("MMMMK", 4, "1235"),
        ("KKKKMM", 5, "12356"),
        ("M?K", 2, "23"),
        ("???", 2, "12"),
        ("MM", 5, "12"),
    ],
)
def test_the_last_of_the_majority_gender_give_way(listen: str, antall: int, ventet: str) -> None:
    chosen = i_balanse(kandidater(listen), antall, VALGREGLER_2018)
    assert "".join(ett.navn for ett in chosen) == ventet


@given(st.text("KM", min_size=1, max_size=12), st.integers(1, 12))
def test_balance_keeps_the_number_and_is_met_wherever_the_list_can(listen: str, antall: int) -> None:
    alle = kandidater(listen)
    valgte = velg_fra_listen(alle, antall, VALGREGLER_2018)
    assert len(valgte.medlemmer) == min(antall, len(alle))
    assert not set(valgte.medlemmer) & set(valgte.varamedlemmer)
    assert len(valgte.varamedlemmer) <= antall + 2
    for kjoenn in Kjoenn:
        minst = VALGREGLER_2018.minst(len(valgte.medlemmer))
        assert sum(ett.kjoenn is kjoenn for ett in valgte.medlemmer) >= min(
            minst, sum(e.kjoenn is kjoenn for e in alle)
        )


@pytest.mark.parametrize(
    ("stemmer", "blanke", "omgang", "lodd", "valgt", "ny", "mellom"),
    [
        ({"Kari": 5, "Ola": 4}, 0, 1, (), "Kari", False, ()),
        ({"Kari": 5, "Ola": 4}, 1, 1, (), None, True, ()),  # 5 of 10 is not more than half
        ({"Kari": 4, "Ola": 3, "Per": 2}, 0, 1, (), None, True, ()),
        ({"Kari": 4, "Ola": 3, "Per": 2}, 0, 2, (), "Kari", False, ()),
        ({"Kari": 4, "Ola": 4}, 1, 2, (), None, False, ("Kari", "Ola")),
        ({"Kari": 4, "Ola": 4}, 1, 2, ("Ola",), "Ola", False, ()),
        ({"Kari": 4, "Ola": 4, "Per": 1}, 0, 2, ("Per", "Kari"), "Kari", False, ()),
    ],
)
def test_majority_then_most_votes_then_the_lot(
    stemmer: dict[str, int],
    blanke: int,
    omgang: int,
    lodd: tuple[str, ...],
    valgt: str | None,
    ny: bool,
    mellom: tuple[str, ...],
) -> None:
    utfall = flertallsvalg(personer(**stemmer), blanke, omgang, lodd, VALGREGLER_2018)
    assert (next(iter(utfall.valgte), None), utfall.ny_omgang, utfall.lodd_mellom) == (valgt, ny, mellom)
    assert utfall.ved_lodd == bool(lodd)
    assert utfall.avgjort == (valgt is not None)


def test_lists_get_seats_members_and_substitutes() -> None:
    lister = (Liste("Ap", 6, kandidater("MMKMKMK", "a")), Liste("H", 3, kandidater("KMKM", "h")))
    utfall = forholdsvalg(lister, 3, (), VALGREGLER_2018)
    assert [ett.navn for ett in utfall.valgte["Ap"].medlemmer] == ["a1", "a3"]
    assert [ett.navn for ett in utfall.valgte["Ap"].rykket_opp] == ["a3"]
    assert [ett.navn for ett in utfall.valgte["Ap"].varamedlemmer] == ["a2", "a4", "a5", "a7"]
    assert [ett.navn for ett in utfall.valgte["H"].medlemmer] == ["h1"]
    setning = valgsetning("Medlemmer av komiteen", Valgform.FORHOLDSVALG, lister, 0, utfall, hemmelig=True)
    assert setning == (
        "Ved skriftlig forholdsvalg av medlemmer av komiteen ble stemmene slik: Ap 6, H 3. "
        "Plassene ble fordelt slik: Ap 2, H 1. Av hensyn til kjønnsbalansen rykket a3 opp."
    )
    tekst = plain_text(resultattekst("Medlemmer av komiteen", Valgform.FORHOLDSVALG, utfall))
    assert tekst.startswith("Som medlemmer av komiteen velges:")
    assert tekst.index("a3 (Ap)") < tekst.index("h1 (H)") < tekst.index("Varamedlemmer for Ap") < tekst.index("a2")


def test_a_list_with_too_few_names_and_a_tie_are_told() -> None:
    kort = forholdsvalg((Liste("Ap", 6, kandidater("K")),), 2, (), VALGREGLER_2018)
    assert "fikk 2 plasser, men har 1 kandidater" in kort.grunner[0].text
    like = (Liste("Ap", 2, kandidater("K")), Liste("H", 2, kandidater("M")))
    likt = forholdsvalg(like, 1, (), VALGREGLER_2018)
    assert likt.lodd_mellom == ("Ap", "H")
    lodd = forholdsvalg(like, 1, ("H", "Ap"), VALGREGLER_2018)
    assert (list(lodd.valgte), lodd.ved_lodd) == (["H"], True)


@pytest.mark.parametrize(
    ("lister", "plasser", "says"),
    [
        ((Liste("Ap", 2, kandidater("KMKMKM")), Liste("H", 1, kandidater("KMKM", "h"))), 3, []),
        ((Liste("Ap", 2, kandidater("KM")),), 3, ["fordeler 2 plasser, men det skal velges 3"]),
        ((Liste("Ap", 2, kandidater("K")),), 2, ["skal ha 2 plasser, men har 1 navn"]),
        ((Liste("Ap", 2, kandidater("MMKKKK")),), 2, ["0 av kjønnet kvinne"]),
        ((Liste("Ap", 1, kandidater("MKKKKK")),), 1, ["5 varamedlemmer, og kan ha 3"]),
    ],
)
def test_an_agreement_holds_the_seats_the_genders_and_not_too_many_substitutes(
    lister: tuple[Liste, ...], plasser: int, says: list[str]
) -> None:
    grunner = avtalevalg(lister, plasser, VALGREGLER_2018).grunner
    assert len(grunner) == len(says)
    assert all(words in grunn.text for grunn, words in zip(grunner, says, strict=True))


@pytest.mark.parametrize(
    ("form", "lister", "plasser", "blanke", "says"),
    [
        (Valgform.FLERTALLSVALG, personer(Kari=5, Ola=4), 1, 0, []),
        (Valgform.FLERTALLSVALG, personer(Kari=5, Ola=4), 2, 0, ["gjelder én person"]),
        (Valgform.FLERTALLSVALG, personer(Kari=5, Ola=4), 0, 0, ["hvor mange"]),
        (Valgform.FLERTALLSVALG, (), 1, 0, ["hvem som er foreslått"]),
        (Valgform.FLERTALLSVALG, personer(Kari=5, Ola=4), 1, 1, ["10 stemmer er ført"]),
        (Valgform.FLERTALLSVALG, personer(Kari=0), 1, 9, ["Ingen stemmer"]),
        (Valgform.FLERTALLSVALG, personer(Kari=5, kari=4), 1, 0, ["«kari» er ført 2 ganger"]),
        (Valgform.FORHOLDSVALG, (Liste("Ap", 9, kandidater("MMM")),), 2, 0, ["0 av kjønnet kvinne"]),
        (Valgform.FORHOLDSVALG, (Liste("Ap", 9, kandidater("M?M")),), 2, 0, []),
    ],
)
def test_what_cannot_have_been_is_refused(
    form: Valgform, lister: tuple[Liste, ...], plasser: int, blanke: int, says: list[str]
) -> None:
    grunner = kontroller_valg(form, lister, plasser, blanke, 9, VALGREGLER_2018)
    assert len(grunner) == len(says), grunner
    assert all(words in grunn.text for grunn, words in zip(grunner, says, strict=True))


def test_lists_are_read_as_they_are_typed() -> None:
    lister = les_lister("Ap: 28\n1. Kari Lie K\n2) Ola Nes (m)\n\nH : 14\n- Per Ås, M\nMaja K. Moe\n")
    assert lister == (
        Liste("Ap", 28, (Kandidat("Kari Lie", K), Kandidat("Ola Nes", M))),
        Liste("H", 14, (Kandidat("Per Ås", M), Kandidat("Maja K. Moe"))),
    )
    assert les_lister(skriv_lister(lister)) == lister
    with pytest.raises(InvalidInput, match="Linje 1, «Kari Lie»"):
        les_lister("Kari Lie\nAp: 3")


def test_the_sentence_tells_the_rounds_and_the_lot() -> None:
    lister = personer(Kari=4, Ola=4)
    foerst = valgsetning("Leder", Valgform.FLERTALLSVALG, lister, 1, Valgutfall(ny_omgang=True), hemmelig=False)
    assert foerst.endswith(
        "Kari 4, Ola 4, blanke 1. Ingen fikk mer enn halvparten av stemmene, og det ble stemt på nytt."
    )
    utfall = flertallsvalg(lister, 1, 2, ("Ola",), VALGREGLER_2018)
    assert valgsetning("Leder", Valgform.FLERTALLSVALG, lister, 1, utfall, hemmelig=False).endswith(
        "Ved stemmelikhet ble det trukket lodd. Ola ble valgt."
    )
    assert plain_text(resultattekst("Leder", Valgform.FLERTALLSVALG, utfall)) == "Som leder velges Ola."
    assert "enstemmig" in valgsetning("Leder", Valgform.AVTALEVALG, lister, 0, utfall, hemmelig=False)


def test_every_version_names_its_law() -> None:
    for regler in (VALGREGLER_1992, VALGREGLER_2018):
        assert isinstance(regler, Valgregler)
        assert all("kommuneloven" in tekst for tekst in (regler.forholdsvalg, regler.oppgjoer, regler.flertallsvalg))
