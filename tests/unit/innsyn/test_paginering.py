"""Pages of lists, and addresses from one view of a list to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.innsyn.paginering import adresse, sidetall, utsnitt


@pytest.mark.parametrize(
    ("oensket", "antall", "side", "sider", "foerste"),
    [
        ("", 0, 1, 1, 0),
        ("1", 25, 1, 1, 0),
        ("2", 26, 2, 2, 25),
        ("9", 26, 2, 2, 25),
        ("-1", 60, 1, 3, 0),
        ("²", 60, 1, 3, 0),
    ],
)
def test_the_page_asked_for_or_the_nearest(oensket: str, antall: int, side: int, sider: int, foerste: int) -> None:
    funnet = utsnitt(oensket, antall)
    assert (funnet.side, funnet.sider, funnet.foerste) == (side, sider, foerste)


@given(st.text(), st.integers(0, 10**6))
def test_every_address_gives_a_page_that_exists(oensket: str, antall: int) -> None:
    funnet = utsnitt(oensket, antall)
    assert 1 <= funnet.side <= funnet.sider
    assert funnet.foerste <= antall
    assert sidetall(oensket) >= 1


def test_an_address_keeps_what_is_chosen_and_drops_what_is_empty() -> None:
    felter = {"q": "å & ø", "utvalg": ("A", "B"), "sort": ""}
    assert adresse("/sok", felter) == "/sok?q=%C3%A5+%26+%C3%B8&utvalg=A&utvalg=B"
    assert adresse("/sok", felter, utvalg=None, side="2") == "/sok?q=%C3%A5+%26+%C3%B8&side=2"
    assert adresse("/sok", {}) == "/sok"
