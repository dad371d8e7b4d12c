"""Party tallies as a secretary types them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import InvalidInput
from saksbehandling.votering.partistemmer import format_partistemmer, parse_partistemmer

PARTIER = ("Ap", "H", "MDG", "SV", "FrP", "V", "PP", "KrF", "Sp", "R", "Velferdstinget", "Råd", "Råd for vann")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1Ap, 5MDG, 4SV, 2R", {"Ap": 1, "MDG": 5, "SV": 4, "R": 2}),
        ("3V 2 KrF", {"V": 3, "KrF": 2}),
        ("R", {"R": 1}),
        ("2Ap, R", {"Ap": 2, "R": 1}),
        ("4frp", {"FrP": 4}),
        ("4FRP, 1ap.", {"FrP": 4, "Ap": 1}),
        ("2Ap+1H", {"Ap": 2, "H": 1}),
        ("(2Ap og 1 H)", {"Ap": 2, "H": 1}),
        ("3V2KrF", {"V": 3, "KrF": 2}),
        ("2Ap; 1H", {"Ap": 2, "H": 1}),
        ("2 velferdstinget, 3 råd for vann", {"Velferdstinget": 2, "Råd for vann": 3}),
        ("", {}),
        (" . ", {}),
    ],
)
def test_what_is_typed_is_read_in_its_order(typed: str, expected: dict[str, int]) -> None:
    assert list(parse_partistemmer(typed, PARTIER).items()) == list(expected.items())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2Ap, 5MGD", "«5MGD».*Mente du MDG"),
        ("2Ap, 1Høire", "«1Høire»"),
        ("Ap 2", "Tallet «2» står ikke foran et parti"),
        ("2Ap 3", "Tallet «3»"),
        ("-2Ap", "«-2Ap».*Mente du Ap"),
        ("0Ap", "Ap er ført med 0 stemmer"),
        ("1Ap, 2ap", "Ap er ført to ganger"),
        ("2ApR", "«2ApR»"),
        ("99999Ap", "«99999Ap»"),
        ("5xyzzy", "Kjente partier: Ap, H, MDG"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_nearest_party(typed: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        parse_partistemmer(typed, PARTIER)
    assert refused.value.felt == "partistemmer"


def test_a_body_without_parties_says_so() -> None:
    with pytest.raises(InvalidInput, match="Ingen partier er registrert"):
        parse_partistemmer("2Ap", ())


@given(st.dictionaries(st.sampled_from(PARTIER), st.integers(1, 9999)))
def test_what_is_printed_is_read_back(tally: dict[str, int]) -> None:
    printed = format_partistemmer(tally)
    assert list(parse_partistemmer(printed, PARTIER).items()) == list(tally.items())


@given(st.text(st.sampled_from("1 23ApHRVog,.+;()-x"), max_size=15))
def test_any_typing_is_read_or_refused_in_words(typed: str) -> None:
    try:
        tally = parse_partistemmer(typed, PARTIER)
    except InvalidInput:
        return
    assert all(votes >= 1 for votes in tally.values())
    assert parse_partistemmer(format_partistemmer(tally), PARTIER) == tally
