from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksbehandling.search_engine.analysis import analyse, analyse_query, name_tokens, party_code


def terms(text: str) -> list[str]:
    return [slot.terms.whole for slot in analyse(text).slots]


def codes(text: str) -> list[str]:
    return [synonym.term for synonym in analyse(text).synonyms]


def test_tokens_know_their_places() -> None:
    text = "Ny sykkelvei på Øya"
    tokens = {token.term: token for token in analyse(text).tokens()}
    assert text[tokens["øy"].start : tokens["øy"].end] == "Øya"
    assert tokens["sykkelvei"].position == tokens["vei"].position == 1
    assert (tokens["sykkelvei"].weight, tokens["vei"].weight) == (1.0, 0.35)
    assert tokens["øy"].position == 3  # the stop word keeps its place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sak PS 0087/2019.", ["sak", "ps", "87/19"]),
        ("møtet 29.08.2019", ["møt", "20190829"]),
        ("jf. § 11-5 og kr 1.000.000", ["jf", "11-5", "", "kr", "1.000.000"]),
        ("perioden 2019 – 2022", ["period", "2019", "2022"]),
        ("E6 og H2020", ["e6", "", "h2020"]),
        ("d'Hondts metode", ["d'hond", "metod"]),
        ("I. Moe og i byen", ["i", "moe", "", "", "by"]),
        ("_ * / ()", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arbeiderpartiet, AP, Ap og DNA", ["#ap", "#ap", "#ap", "#ap"]),
        ("Arbeidarpartiets forslag", ["#ap"]),
        ("Miljøpartiet De Grønne og MDG", ["#mdg", "#mdg"]),
        ("Dei Grøne", ["#mdg"]),
        ("Industri- og Næringspartiet", ["#inp"]),
        ("Det norske Arbeiderparti", ["#ap"]),
        ("(H, V, R)", ["#h", "#v", "#r"]),
        ("til høyre og venstre i et rødt hus", []),
        ("Høyres gruppe", ["#h"]),
        ("den 29. august 2019", ["20190829"]),
        ("31. februar 2019", []),
    ],
)
def test_parties_and_written_dates(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("name", ["Ap", "ap", "AP", "DNA", "Arbeiderpartiet", "arbeidarpartiet"])
def test_a_party_has_one_code(name: str) -> None:
    assert party_code(name) == "ap"


def test_an_unknown_party_is_itself() -> None:
    assert party_code(" Velferdstinget ") == "velferdstinget"


def test_queries_are_read_in_any_case_and_without_what_stands_before_a_number() -> None:
    assert [synonym.term for synonym in analyse_query("høyre").synonyms] == ["#h"]
    assert [slot.terms.whole for slot in analyse_query("sak PS 87/19 vei").slots] == ["87/19", "vei"]
    assert [slot.terms.whole for slot in analyse_query("sak om vei").slots] == ["sak", "", "vei"]


def test_names_keep_initials_and_hyphens_part_them() -> None:
    assert [name.term for name in name_tokens("Per-Olav O. Å. D'Arc")] == ["per", "olav", "o", "å", "d'arc"]
    assert [name.initial for name in name_tokens("Åse Moe")] == ["å", "m"]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_analysed_and_every_token_lies_in_it(text: str) -> None:
    analysis = analyse(text)
    for token in analysis.tokens():
        assert 0 <= token.start < token.end <= len(text)
        assert 0 <= token.position < len(analysis.slots)
    assert [slot.start for slot in analysis.slots] == sorted({slot.start for slot in analysis.slots})


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "a" * 20_000, "1/" * 10_000, "a1" * 10_000, "1." * 10_000, "-" * 20_000]
)
def test_odd_text_is_harmless(text: str) -> None:
    assert all(len(token.term) <= 300 for token in analyse(text).tokens())
