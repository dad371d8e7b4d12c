"""The diagram: every definition that is shipped, and charts made at random, keep the rules of a readable drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from saksbehandling.workflow_engine.chart import ROOT, Chart, Kind, Titler
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.diagram import (
    NARROW,
    WIDE,
    _laid_out,
    diagram_file,
    diagram_svg,
    diagram_table,
)
from saksbehandling.workflow_engine.diagram_boxes import EVENT, STEP, TITLE, Box
from saksbehandling.workflow_engine.diagram_svg import Drawing, Line
from saksbehandling.workflow_engine.diagram_text import text_width
from saksbehandling.workflow_engine.registry import Registry

CHARTS = Registry.load().charts()
WIDTHS = (WIDE, NARROW)
SVG = "{http://www.w3.org/2000/svg}"
HEAD = (
    '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" '
    'name="proeve" sb:versjon="1"><sb:tittel nb="Prøve" nn="Prøve" en="Trial"/>'
    '<sb:rolle navn="skriver" nb="skriver" nn="skrivar" en="clerk"/>'
    '<sb:hendelse navn="gaa" nb="Gå videre" nn="Gå vidare" en="Go on"/>'
)

Segment = tuple[tuple[int, int], tuple[int, int]]


def chart_of(body: str) -> Chart:
    return compile_chart("proeve.scxml", f"{HEAD}{body}</scxml>".encode())


def drawing_of(chart: Chart, width: int = WIDE, spraak: str = "nb") -> Drawing:
    return _laid_out(chart, spraak, width, ())


def drawn(drawing: Drawing) -> list[Box]:
    return [box for box in drawing.root.walk() if box.id != ROOT]


def segments(line: Line) -> Iterator[Segment]:
    yield from pairwise(line.course.corners)


def points(line: Line) -> Iterator[tuple[int, int]]:
    for (ax, ay), (bx, by) in segments(line):
        steps = max(abs(bx - ax), abs(by - ay))
        yield from ((ax + (bx - ax) * at // steps, ay + (by - ay) * at // steps) for at in range(steps + 1))


def steps(line: Line) -> Iterator[tuple[tuple[int, int], ...]]:
    """The pieces of the grid that the line runs along, whichever way."""
    return (tuple(sorted(pair)) for pair in pairwise(points(line)) if pair[0] != pair[1])


def solid(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what no line may pass: the state, or title and rows of one with others within."""
    width, height = box.head if box.children else (box.width, box.height)
    return box.x, box.y, box.x + width, box.y + height


def assert_readable(drawing: Drawing) -> None:
    boxes = drawn(drawing)
    for line in drawing.lines:
        for box in boxes:
            left, top, right, bottom = solid(box)
            inside = [(x, y) for x, y in points(line) if left < x < right and top < y < bottom]
            assert not inside, f"{line.box.id} → gjennom {box.id}"
    for one, other in combinations(boxes, 2):
        if one.id not in other.state.ancestors and other.id not in one.state.ancestors:
            assert apart(one, other), f"{one.id} og {other.id} overlapper"


def apart(one: Box, other: Box) -> bool:
    beside = one.x + one.width < other.x or other.x + other.width < one.x
    return beside or one.y + one.height < other.y or other.y + other.height < one.y


@pytest.fixture(params=WIDTHS, ids=["bred", "smal"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=CHARTS, ids=[f"{chart.id}-{chart.versjon}" for chart in CHARTS])
def chart(request: pytest.FixtureRequest) -> Chart:
    found: Chart = request.param
    return found


def test_no_line_passes_a_state_and_no_two_states_overlap(chart: Chart, width: int) -> None:
    assert_readable(drawing_of(chart, width))


def test_lines_to_different_states_do_not_run_on_top_of_each_other(chart: Chart, width: int) -> None:
    first: dict[tuple[tuple[int, int], ...], Line] = {}
    for line in drawing_of(chart, width).lines:
        for step in steps(line):
            other = first.setdefault(step, line)
            assert other.course.corners[-1] == line.course.corners[-1] or other.row is line.row


def test_every_transition_has_a_row_and_a_line_to_each_target(chart: Chart, width: int) -> None:
    drawing = drawing_of(chart, width)
    rows = {row.way.order for box in drawn(drawing) for row in box.rows if row.way}
    assert {way.order for way in chart.transitions} <= rows
    lines = [line.row.way.order for line in drawing.lines if line.row.way]
    for way in chart.transitions:
        assert lines.count(way.order) == len(way.targets)


def test_a_line_begins_at_its_row_and_ends_on_the_frame_of_its_target(chart: Chart, width: int) -> None:
    boxes = {box.id: box for box in drawn(drawing_of(chart, width))}
    for line in drawing_of(chart, width).lines:
        (x, y), (end_x, end_y) = line.course.corners[0], line.course.corners[-1]
        assert y == line.box.y + line.row.y + 1
        assert x in (line.box.x, line.box.x + (line.box.head[0] if line.box.children else line.box.width))
        ends = [box for box in boxes.values() if on_frame(box, end_x, end_y)]
        assert any(target in {e.id, *e.state.descendants} for e in ends for target in line.row.way.targets)  # type: ignore[union-attr]


def on_frame(box: Box, x: int, y: int) -> bool:
    across = box.x <= x <= box.x + box.width and y in (box.y, box.y + box.height)
    return across or (box.y <= y <= box.y + box.height and x in (box.x, box.x + box.width))


@pytest.mark.parametrize("spraak", ["nb", "nn", "en"])
def test_text_stays_within_its_box(chart: Chart, spraak: str) -> None:
    for box in drawn(drawing_of(chart, WIDE, spraak)):
        room = (box.width - 1) * STEP
        assert all(text_width(line, TITLE) <= room for line in box.title)
        assert all(text_width(line, EVENT) <= room for row in box.rows for line in row.lines)
        assert all(row.y + row.height <= box.height for row in box.rows)


def test_a_narrow_drawing_is_one_column(chart: Chart) -> None:
    leaves = [box for box in drawn(drawing_of(chart, NARROW)) if not box.children]
    assert all(one.y + one.height < other.y for one, other in pairwise(sorted(leaves, key=lambda box: box.y)))


def test_a_wide_drawing_fits_a_page(chart: Chart) -> None:
    assert drawing_of(chart, WIDE).frame[2] * STEP <= 1400


def test_it_is_well_formed_has_classes_only_and_is_the_same_each_time(chart: Chart) -> None:
    svg = str(diagram_svg(chart))
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert not [element for element in root.iter() if "style" in element.attrib or element.tag == f"{SVG}style"]
    _laid_out.cache_clear()
    assert str(diagram_svg(chart)) == svg


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """States up to three deep, with transitions from anywhere to anywhere."""
    count = draw(st.integers(2, 9))
    parents = [draw(st.integers(-1, place - 1)) for place in range(count)]
    ways = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=14))

    def state(place: int) -> str:
        inner = "".join(state(child) for child in range(count) if parents[child] == place)
        moves = "".join(
            f'<transition event="gaa" target="t{to}" sb:roller="skriver"/>' for by, to in ways if by == place
        )
        return f'<state id="t{place}"><sb:tittel nb="T{place}" nn="T" en="T"/>{moves}{inner}</state>'

    return "".join(state(place) for place in range(count) if parents[place] == -1) + '<final id="slutt"/>'


@given(bodies())
@hypothesis_settings(max_examples=40)
def test_random_charts_are_readable(body: str) -> None:
    for width in WIDTHS:
        assert_readable(drawing_of(chart_of(body), width))


PARALLEL = """
<parallel id="begge"><sb:tittel nb="Begge" nn="Begge" en="Both"/>
  <transition event="done.state.begge" target="slutt"/>
  <state id="en"><sb:tittel nb="En" nn="Ein" en="One"/><history id="igjen"><transition target="en_a"/></history>
    <state id="en_a"><sb:tittel nb="A &lt;&amp;" nn="A" en="A"/>
      <transition event="gaa" target="en_b" sb:roller="skriver"/></state>
    <final id="en_b"/></state>
  <state id="to"><transition event="x" target="igjen" cond="In('en_a')"/>
    <sb:frist navn="f" dager="1" hendelse="x"/><invoke type="urn:saksbehandling:1" src="uttalelse"/></state>
</parallel><final id="slutt"><sb:tittel nb="Slutt" nn="Slutt" en="End"/></final>
"""


def test_parallel_branches_history_and_ends_are_told_apart() -> None:
    chart = chart_of(PARALLEL)
    assert_readable(drawing_of(chart))
    svg = diagram_svg(chart, names={"uttalelse": Titler("Uttalelse fra råd", "", "")})
    kinds = [
        element.attrib["data-slag"]
        for element in ElementTree.fromstring(svg).iter(f"{SVG}g")
        if "data-slag" in element.attrib
    ]
    assert sorted(kinds) == ["atomic", "atomic", "compound", "final", "final", "history", "parallel"]
    for words in (
        "Samtidig: Begge",
        "A &lt;&amp;",
        "Frist: 1 dag ",
        "Delsak: Uttalelse fra råd",
        "Tilbake dit saken var",
    ):
        assert words in svg


def test_branches_stand_beside_each_other_where_there_is_room() -> None:
    chart = chart_of('<parallel id="begge"><state id="en"/><state id="to"/></parallel><final id="slutt"/>')
    wide = {box.id: box for box in drawn(drawing_of(chart))}
    narrow = {box.id: box for box in drawn(drawing_of(chart, NARROW))}
    assert wide["en"].y == wide["to"].y
    assert narrow["en"].y + narrow["en"].height < narrow["to"].y


def test_a_word_that_is_too_long_is_broken() -> None:
    word = "Kommunedelplanarbeidsgruppemedlemsoppnevningssakene"
    chart = chart_of(f'<state id="a"><sb:tittel nb="{word}" nn="" en=""/></state><final id="b"/>')
    (box,) = [box for box in drawn(drawing_of(chart)) if box.id == "a"]
    assert len(box.title) > 1
    assert "".join(box.title) == word


def test_where_the_case_is_is_said_in_words_and_marked() -> None:
    chart = next(chart for chart in CHARTS if chart.id == "politisk_sak")
    root = ElementTree.fromstring(diagram_svg(chart, active=["i_bystyret"]))
    (here,) = [group for group in root.iter(f"{SVG}g") if group.attrib.get("data-naa") == "ja"]
    texts = ["".join(text.itertext()).strip() for text in here.iter(f"{SVG}text")]
    assert "Her er saken nå" in texts
    assert "I bystyret" in texts
    assert "data-naa" not in diagram_svg(chart)


def test_the_table_says_the_same_in_the_order_of_the_definition(chart: Chart) -> None:
    rows = diagram_table(chart)
    events = [row for row in rows if row.hvem]
    assert len(events) == len(chart.transitions)
    deadlines = [deadline for state in chart.states.values() for deadline in state.frister]
    assert sum(row.hendelse.startswith("Frist: ") for row in rows) == len(deadlines)
    ends = [state for state in chart.states.values() if state.kind is Kind.FINAL]
    assert sum(not row.hendelse for row in rows) == len(ends)


def test_a_row_of_the_table_tells_who_where_to_and_on_what_conditions() -> None:
    chart = next(chart for chart in CHARTS if chart.id == "politisk_sak")
    row = next(row for row in diagram_table(chart) if row.hendelse == "Trekk saken")
    assert row.tilstand == "Utredning, Til uttalelse, Til godkjenning, Komité, Bystyret"
    assert row.hvem == "leder, kommunedirektør, politisk sekretariat, møteleder"
    assert (row.til, row.merknad) == ("Trukket", "på vilkår, nødutgang")


def test_a_file_carries_its_style() -> None:
    text = diagram_file(CHARTS[0], ".diagram-ramme > x { fill: red; }")
    root = ElementTree.fromstring(text.encode())
    (style,) = root.iter(f"{SVG}style")
    assert ".diagram-ramme > x" in (style.text or "")
