"""What an editor changed in a computed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.richtext import parse_notation
from saksbehandling.vedtak.forskjell import Forskjell, forskjell


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A\n\nB", "A\n\nB", []),
        ("A\n\nB", "A\n\nC", [("B", "C")]),
        ("A\n\nB", "A", [("B", None)]),
        ("A", "A\n\nB", [(None, "B")]),
        ("A\n\nB\n\nC", "A\n\nX\n\nY\n\nC", [("B", "X"), (None, "Y")]),
        ("A\n\nB", "B\n\nA", [(None, "B"), ("B", None)]),
        ("*A*", "A", [("*A*", "A")]),
        ("Mål:\n- a\n- b", "Mål:\n- a", [("- a\n- b", "- a")]),
        ("", "A", [(None, "A")]),
    ],
)
def test_each_changed_paragraph_is_told(before: str, after: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert list(forskjell(parse_notation(before), parse_notation(after))) == [Forskjell(*pair) for pair in expected]


PARAGRAPHS = st.lists(st.sampled_from("ABCD"), max_size=6).map("\n\n".join).map(parse_notation)


@given(PARAGRAPHS, PARAGRAPHS)
def test_no_difference_means_equal_texts(before: tuple, after: tuple) -> None:
    assert (forskjell(before, after) == ()) == (before == after)
