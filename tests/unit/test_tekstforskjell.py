from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.tekstforskjell import Par, flett, sammenlign

TEKST = st.lists(st.sampled_from("abcdef"), max_size=7).map(tuple)


@given(TEKST, TEKST)
def test_a_comparison_holds_every_part_of_both_in_order(foer: tuple[str, ...], etter: tuple[str, ...]) -> None:
    par = sammenlign(foer, etter)
    assert tuple(ett.foer for ett in par if ett.foer is not None) == foer
    assert tuple(ett.etter for ett in par if ett.etter is not None) == etter


def test_what_was_rewritten_stands_beside_what_it_was() -> None:
    foer = ["Stien merkes med blått.", "Kostnaden er ukjent."]
    etter = ["Et nytt avsnitt om vinteren.", "Stien merkes med rødt.", "Kostnaden er kjent."]
    assert sammenlign(foer, etter)[:2] == (Par(None, etter[0]), Par(foer[0], etter[1]))


@given(TEKST, TEKST)
def test_where_one_wrote_nothing_the_other_s_text_stands(grunnlag: tuple[str, ...], ny: tuple[str, ...]) -> None:
    for deres, mine in ((grunnlag, ny), (ny, grunnlag), (ny, ny)):
        fletting = flett(grunnlag, deres, mine)
        assert fletting.tekst == ny
        assert fletting.begge == ()


@given(TEKST, TEKST, TEKST)
def test_nothing_that_somebody_wrote_is_lost(
    grunnlag: tuple[str, ...], deres: tuple[str, ...], mine: tuple[str, ...]
) -> None:
    fletting = flett(grunnlag, deres, mine)
    sett = {*fletting.tekst, *(del_ for par in fletting.begge for del_ in (*(par.foer or ()), *(par.etter or ())))}
    assert (set(deres) | set(mine)) - set(grunnlag) <= sett


@pytest.mark.parametrize(
    ("deres", "mine", "flettet", "begge"),
    [
        ("aXc", "abY", "aXY", 0),  # neighbours are no collision
        ("Xabc", "abcY", "XabcY", 0),
        ("aXc", "aYc", "aYc", 1),
        ("aXbc", "aYbc", "aYbc", 1),  # put in at the same place
        ("ac", "aYc", "aYc", 1),  # one took out what the other rewrote
        ("ac", "abcY", "acY", 0),
        ("", "abcY", "abcY", 1),
    ],
)
def test_two_people_s_changes_are_woven_together(deres: str, mine: str, flettet: str, begge: int) -> None:
    fletting = flett("abc", deres, mine)
    assert "".join(fletting.tekst) == flettet
    assert len(fletting.begge) == begge
