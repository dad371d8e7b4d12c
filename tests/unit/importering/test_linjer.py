from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.importering.linjer import Kontekst, del_i_linjer, er_overskrift, til_blokker
from saksbehandling.richtext import Block, Heading, List, Paragraph, Table, plain_text, segments


def les(tekst: str, *, overskrifter: bool = False) -> tuple[tuple[Block, ...], Kontekst]:
    kontekst = Kontekst(tekst)
    return til_blokker(del_i_linjer(tekst), kontekst, overskrifter=overskrifter), kontekst


def test_lines_are_numbered_as_an_editor_does() -> None:
    linjer = del_i_linjer("\ufeffEn\r\n\r\n\f  To \rTre\u2028fire\n\tcelle\t \n".removeprefix("\ufeff"))
    assert [(en.nr, en.tekst) for en in linjer] == [(1, "En"), (3, "To"), (4, "Tre\u2028fire"), (5, "\tcelle\t")]


@pytest.mark.parametrize(
    ("foerste", "andre", "hel"),
    [
        ("Taket ble skadet av", "vinterstormen.", True),
        ("Ordet og", "åren.", True),
        ("Taket ble skadet.", "deretter kom regnet.", False),
        ("Følgende gjelder:", "taket", False),
        ("Taket ble skadet av", "Vinterstormen", False),
        ("- et punkt", "og mer", False),
        ("En setning", "- et punkt", False),
    ],
)
def test_paragraphs_broken_by_a_page_are_joined_only_where_safe(foerste: str, andre: str, hel: bool) -> None:
    blokker, kontekst = les(f"{foerste}\n\n{andre}")
    assert (plain_text(blokker) == f"{foerste} {andre}") is hel
    assert [(en.linje, en.kode) for en in kontekst.advarsler] == ([(3, "sideskift")] if hel else [])


def test_a_join_is_certain_where_the_text_stands_whole_elsewhere() -> None:
    linjer = del_i_linjer("Taket ble skadet av\n\nvinterstormen.")
    kontekst = Kontekst("... Taket ble skadet av vinterstormen. ...")
    til_blokker(linjer, kontekst)
    assert kontekst.advarsler == []


def test_lists_and_tables_go_on_over_the_page() -> None:
    blokker, _ = les("Byer:\n\n- Ås\n\n- Bø\n\n- 1. a\n\n- 2. b\n\nx\ty\n\n\tz\n")
    assert [type(blokk) for blokk in blokker] == [Paragraph, List, List, Table]
    assert plain_text(blokker).split("\n") == ["Byer:", "- Ås", "- Bø", "1. a", "2. b", "x\ty", "\tz"]


def test_numbers_are_never_changed() -> None:
    tekst = "Saken gjelder:\n\n3. Kaia\n\n7. Bryggen\n\n8. Stupetårnet"
    assert plain_text(les(tekst)[0]).split("\n") == tekst.split("\n\n")


def test_a_list_belongs_to_its_paragraph() -> None:
    blokker, _ = les("Det er mål:\n\n- 1. a\n- 2. b\n\nDet er alt.")
    assert [plain_text(segment) for segment in segments(blokker)] == ["Det er mål:\n1. a\n2. b", "Det er alt."]


@pytest.mark.parametrize(
    ("tekst", "er"),
    [
        ("Bakgrunn for saken", True),
        ("**Bakgrunn**", True),
        ("2.1 Vann og varme", True),
        ("Badehuset åpner.", False),
        ("Råd og utvalg:", False),
        ("badehuset", False),
        ("- Punkt", False),
        ("Rom\tAreal", False),
        ("Dette er en lang linje som går over flere ord enn en overskrift pleier", False),
    ],
)
def test_the_shape_of_a_heading(tekst: str, er: bool) -> None:
    assert er_overskrift(tekst) is er


def test_headings_have_text_under_them_and_levels_from_their_numbers() -> None:
    tekst = "1. Innledning\n\n1.1 Vann\n\nDet er varmt.\n\nHøst\n\nVinter\n\nDet er kaldt.\n\nSlutt"
    blokker, _ = les(tekst, overskrifter=True)
    nivaaer = [(plain_text([en]), en.level) for en in blokker if isinstance(en, Heading)]
    assert nivaaer == [("1. Innledning", 2), ("1.1 Vann", 3), ("Vinter", 2)]
    assert plain_text(blokker) == tekst.replace("\n\n", "\n")
    assert not any(isinstance(blokk, Heading) for blokk in les(tekst)[0])


ord_ = st.from_regex(r"[A-ZÆØÅ][a-zæøå]{1,8}( [a-zæøå]{1,8}){0,4}[.:]?", fullmatch=True)


@given(st.lists(st.one_of(ord_, ord_.map(lambda tekst: f"- {tekst}")), max_size=12), st.booleans())
def test_no_word_is_lost_or_made(linjer: list[str], overskrifter: bool) -> None:
    blokker, _ = les("\n\n".join(linjer), overskrifter=overskrifter)
    assert plain_text(blokker).split() == " ".join(linjer).split()
