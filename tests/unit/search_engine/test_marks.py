from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksbehandling.search_engine.edit_distance import within
from saksbehandling.search_engine.marks import SNIPPET, marker, pieces, snippet
from saksbehandling.search_engine.plan import max_distance
from saksbehandling.search_engine.query import parse


def marked(text: str, query: str) -> list[str]:
    return [piece.text for piece in pieces(text, marker(parse(query).root)) if piece.marked]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Skolene og skolebygget", "skole", ["Skolene", "skolebygget"]),
        ("Sak PS 0087/19 ble utsatt", "87/2019", ["0087/19"]),
        ("Forslag fra Arbeiderpartiet", "ap", ["Arbeiderpartiet"]),
        ("Miljøpartiet De Grønne var imot", "MDG", ["Miljøpartiet De Grønne"]),
        ("Strategien og strategisk", "strategis*", ["strategisk"]),
        ("Strategien", "stratgien~", ["Strategien"]),
        ("Vei og bru", "vei IKKE bru", ["Vei"]),
        ("Bystyret og bru", "utvalg:bystyret ELLER bru", ["Bystyret", "bru"]),
        ("<b>vei</b> & bru", "vei", ["vei"]),
        ("Type forslag", "type:forslag", []),
        ("En by og en vennskapsby", "vennskapsby", ["vennskapsby"]),
        ("Vennskap mellom byer", "vennskapsby", ["Vennskap", "byer"]),
    ],
)
def test_marks(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


# Where a letter is lost, and what comes in its place.
CHANGES = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["", "x", "xa"])), min_size=1, max_size=2)


@settings(deadline=None)
@given(st.text("abcdefgå", min_size=3, max_size=9), CHANGES)
def test_every_word_that_is_spelt_alike_is_marked(word: str, changes: list[tuple[int, str]]) -> None:
    other = word
    for at, letters in changes:
        other = other[:at] + letters + other[at + 1 :]
    alike = within(word, other, max_distance(word))
    assert marked(f"({other}) og {other}-", f"{word}~") == ([other, other] if alike else [])


TEXTS = st.lists(st.sampled_from(["vei", "bru", "skole", "<b>", "&", "bystyret", "87/19", "lang"]), max_size=200).map(
    " ".join
)
QUERIES = st.sampled_from(["vei", "bru skole", '"vei bru"', "sko*", "IKKE vei", "87/19", ""])


@settings(deadline=None)
@given(TEXTS, QUERIES)
def test_pieces_are_the_text(text: str, query: str) -> None:
    assert "".join(piece.text for piece in pieces(text, marker(parse(query).root))) == text


@settings(deadline=None)
@given(TEXTS, QUERIES)
def test_a_snippet_is_a_cutting_of_the_text(text: str, query: str) -> None:
    found = snippet(text, marker(parse(query).root))
    cutting = "".join(piece.text for piece in found if piece.text not in ("… ", " …"))
    assert cutting in text
    assert len(cutting) <= SNIPPET + 20
    assert any(piece.marked for piece in found) == any(
        piece.marked for piece in pieces(text, marker(parse(query).root))
    )


def test_a_snippet_shows_where_the_words_stand_together() -> None:
    filler = "og så videre " * 60
    text = f"Vei. {filler} Her møtes vei og bru. {filler}"
    found = snippet(text, marker(parse("vei bru").root))
    assert [piece.text for piece in found if piece.marked] == ["vei", "bru"]
    assert (found[0].text, found[-1].text) == ("… ", " …")


def _distance(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    changed = _distance(one[1:], other[1:]) + (one[0] != other[0])
    return min(changed, _distance(one[1:], other) + 1, _distance(one, other[1:]) + 1)


@settings(deadline=None)
@given(st.text("abå", min_size=1, max_size=5), st.text("abå", min_size=1, max_size=5), st.integers(1, 2))
def test_edit_distance(one: str, other: str, limit: int) -> None:
    assert within(one, other, limit) == (one[0] == other[0] and _distance(one, other) <= limit)
