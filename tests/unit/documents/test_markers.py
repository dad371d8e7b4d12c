from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from saksbehandling.documents.markers import Kind, Place, join_split_markers, paragraph_text, read_marker, text_nodes
from saksbehandling.documents.wordxml import W
from saksbehandling.errors import SetupError

HERE = Place("prøve", "teksten", 3)


@pytest.mark.parametrize(
    ("inner", "kind", "path"),
    [
        ("sak.tittel", Kind.FIELD, ("sak", "tittel")),
        (" møte.dato ", Kind.FIELD, ("møte", "dato")),
        ("tekst: vedtak", Kind.TEXT, ("vedtak",)),
        ("gjenta:saker", Kind.REPEAT, ("saker",)),
        ("hvis:\u00a0sak.merknader", Kind.WHEN, ("sak", "merknader")),
        ("rad: medlemmer", Kind.ROW, ("medlemmer",)),
        ("mal: saksprotokoll", Kind.INCLUDE, ("saksprotokoll",)),
        ("slutt", Kind.END, ()),
    ],
)
def test_it_reads_each_form(inner, kind, path) -> None:
    assert (read_marker(inner, HERE).kind, read_marker(inner, HERE).path) == (kind, path)


@pytest.mark.parametrize(
    "inner",
    ["", "sak.", ".tittel", "sak..tittel", "__class__", "sak.__class__", "sak._x", "a()", "a[0]", "a|b", "1a",
     "for: x", "tekst:", "gjenta: a b", "mal: ../annen", "mal: a.b", "hvis: ikke x"],
)  # fmt: skip
def test_it_refuses_what_is_no_form_and_says_where(inner) -> None:
    with pytest.raises(SetupError, match=r"malen «prøve», teksten, avsnitt 3.*Bruk en av formene"):
        read_marker(inner, HERE)


def paragraph(*runs: str) -> etree._Element:
    root = etree.Element(f"{{{W}}}p")
    for run in runs:
        etree.SubElement(etree.SubElement(root, f"{{{W}}}r"), f"{{{W}}}t").text = run
    return root


@given(st.data())
def test_a_marker_becomes_whole_however_it_was_split(data) -> None:
    text = "Sak [[sak.nummer]]: [[sak.tittel]] er [klar]"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1))))
    split = paragraph(*(text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)))
    join_split_markers(split)
    pieces = [node.text or "" for node in text_nodes(split)]
    assert paragraph_text(split) == text
    assert all(any(marker in piece for piece in pieces) for marker in ("[[sak.nummer]]", "[[sak.tittel]]"))
    assert all(pieces)


def test_text_without_markers_keeps_its_runs() -> None:
    untouched = paragraph("fet", "og", "mager")
    join_split_markers(untouched)
    assert [node.text for node in text_nodes(untouched)] == ["fet", "og", "mager"]
