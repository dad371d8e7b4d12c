"""The markers that a page tells a secretary of are those that a template takes."""

from __future__ import annotations

import pytest

from saksbehandling.documents.markerlist import Usable, usable
from saksbehandling.documents.template import compile_template
from saksbehandling.protokoll.malslag import MALSLAG
from saksbehandling.richtext import parse_notation


def lines(one: Usable) -> list[str]:
    """The marker where it belongs."""
    opened = [f"[[gjenta: {field}]]" for field in one.inside]
    return [*opened, one.marker, *["[[slutt]]"] * (len(opened) + one.has_end)]


@pytest.mark.parametrize("slag", sorted(MALSLAG))
def test_every_marker_that_is_told_of_can_be_used(docx, slag: str) -> None:
    values = MALSLAG[slag].eksempel("nb")
    told = list(usable(values))
    assert len(told) > 10
    template = compile_template(slag, docx.template(*(docx.p(line) for one in told for line in lines(one))))
    assert template.problems(values) == ()


def test_it_tells_what_each_shows_and_where_it_can_stand() -> None:
    saker = [{"navn": "", "sider": []}, {"navn": "Kai " * 30, "sider": [{"tall": 2}]}]
    values = {
        "tekst": parse_notation("a\n\nb"),
        "er": True,
        "om": {"sted": "By", "ingen": None},
        "saker": saker,
        "til": ["X"],
    }
    assert [(one.marker, one.example, one.inside) for one in usable(values)] == [
        ("[[tekst: tekst]]", "a b", ()),
        ("[[hvis: er]]", "når det er noe å vise", ()),
        ("[[om.sted]]", "By", ()),
        ("[[gjenta: saker]]", "2 i eksempelet", ()),
        ("[[navn]]", f"{'Kai ' * 14}Kai…", ("saker",)),
        ("[[gjenta: sider]]", "1 i eksempelet", ("saker",)),
        ("[[tall]]", "2", ("saker", "sider")),
        ("[[gjenta: til]]", "1 i eksempelet", ()),
        ("[[denne]]", "X", ("til",)),
    ]
