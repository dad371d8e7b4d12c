"""A dictionary finds by its letters what one word after the other would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.search_engine.edit_distance import Lexicon, within

# Letters that share a bit (a and !, 64 apart), and those that are no ASCII.
words = st.text("ab!æå", min_size=1, max_size=7)


@given(st.lists(words, max_size=30, unique=True), words, st.integers(1, 2))
def test_a_lexicon_finds_what_comparing_each_word_finds(known: list[str], word: str, distance: int) -> None:
    found = [other for other in known if within(word, other, distance)]
    assert Lexicon(known).within(word, distance) == found
    assert set(Lexicon(known).near(word, distance)) >= set(found)


def test_an_empty_one_finds_nothing() -> None:
    assert Lexicon([]).within("vei", 2) == Lexicon(["vei"]).within("", 2) == []
