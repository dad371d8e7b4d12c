"""Reading addresses as people type them."""

from __future__ import annotations

import pytest

from saksbehandling.errors import InvalidInput
from saksbehandling.protokoll.saerutskrift import les_mottakere


@pytest.mark.parametrize(
    ("tekst", "mottakere"),
    [
        ("Kari Lie\nKaia 1\n9999 By", [("Kari Lie", "Kaia 1", "9999 By")]),
        ("Kari Lie\r\n Kaia 1 \r\n\r\n\r\nBy AS\r\n", [("Kari Lie", "Kaia 1"), ("By AS",)]),
        ("\n \nKari\u200b Lie\x00\n\t\nOla", [("Kari Lie",), ("Ola",)]),
    ],
)
def test_an_empty_line_divides_those_who_get_it(tekst: str, mottakere: list[tuple[str, ...]]) -> None:
    assert list(les_mottakere(tekst)) == mottakere


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        (" \n\n", "Skriv navn og adresse"),
        ("\n\n".join(["A"] * 101), "Høyst 100 mottakere om gangen; her er 101"),
        ("\n".join(["Kari Lie"] * 9), "«Kari Lie» har 9 linjer"),
        ("x" * 101, "lengre enn 100 tegn"),
    ],
)
def test_what_is_no_address_is_told(tekst: str, melding: str) -> None:
    with pytest.raises(InvalidInput, match=melding) as feil:
        les_mottakere(tekst)
    assert feil.value.felt == "mottakere"
