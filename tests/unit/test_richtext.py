"""Rich text: what the notation says, that it comes back unchanged, and where segments begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.richtext import (
    Block,
    Blocks,
    Heading,
    IllegalCharacter,
    List,
    Paragraph,
    Run,
    Table,
    check_text,
    from_json,
    paragraph,
    parse_notation,
    plain_text,
    segments,
    to_json,
    to_notation,
)


def avsnitt(*runs: Run | str) -> Paragraph:
    return Paragraph(tuple(Run(run) if isinstance(run, str) else run for run in runs))


def punkter(*texts: str, ordered: bool = False, start: int = 1) -> List:
    return List(ordered, tuple((avsnitt(text),) if text else (Paragraph(()),) for text in texts), start)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("Skolen får nytt tak.", (avsnitt("Skolen får nytt tak."),)),
        ("Første.\n\nAndre.", (avsnitt("Første."), avsnitt("Andre."))),
        (
            "Etter *planen* bygges **nå**.",
            (avsnitt("Etter ", Run("planen", italic=True), " bygges ", Run("nå", bold=True), "."),),
        ),
        ("***begge***", (avsnitt(Run("begge", bold=True, italic=True)),)),
        ("2 * 3 * 4", (avsnitt("2 * 3 * 4"),)),
        ("* løs stjerne *", (avsnitt("* løs stjerne *"),)),
        ("** løs **", (avsnitt("** løs **"),)),
        (r"fotnote\* og \*", (avsnitt("fotnote* og *"),)),
        (r"\\tjener\deling", (avsnitt(r"\\tjener\deling"),)),
        ("- en\n- to", (punkter("en", "to"),)),
        ("- 1. en\n- 2. to", (punkter("en", "to", ordered=True),)),
        ("4. fire\n5. fem", (punkter("fire", "fem", ordered=True, start=4),)),
        ("1. en\n\n2. to", (punkter("en", ordered=True), punkter("to", ordered=True, start=2))),
        ("1. en\n3. tre", (punkter("en", ordered=True), punkter("tre", ordered=True, start=3))),
        ("2019. Et år er også et tall", (punkter("Et år er også et tall", ordered=True, start=2019),)),
        ("2.2: ikke en liste", (avsnitt("2.2: ikke en liste"),)),
        ("01. ikke en liste", (avsnitt("01. ikke en liste"),)),
        ("- en\n1. annen liste", (punkter("en"), punkter("annen liste", ordered=True))),
        (r"\- ikke et punkt", (avsnitt("- ikke et punkt"),)),
        (r"\1. ikke et punkt", (avsnitt("1. ikke et punkt"),)),
        ("- \\1. fortsatt ikke tall", (punkter("1. fortsatt ikke tall"),)),
        ("## Vedlegg", (Heading(2, (Run("Vedlegg"),)),)),
        ("#ikke overskrift", (avsnitt("#ikke overskrift"),)),
        ("År\tSum\n2019\t4", (Table((((Run("År"),), (Run("Sum"),)), ((Run("2019"),), (Run("4"),)))),)),
        ("  innrykk", (avsnitt("  innrykk"),)),
        ("\n \n", ()),
    ],
)
def test_what_the_notation_says(notation: str, expected: Blocks) -> None:
    assert parse_notation(notation) == expected


@pytest.mark.parametrize(
    ("block", "notation"),
    [
        (avsnitt("- strek først"), r"\- strek først"),
        (avsnitt("12. mai er en dato"), r"\12. mai er en dato"),
        (avsnitt("# ikke overskrift"), r"\# ikke overskrift"),
        (avsnitt(r"\- med skråstrek"), r"\\- med skråstrek"),
        (avsnitt("5*3*2"), r"5\*3\*2"),
        (avsnitt("pris * antall"), "pris * antall"),
        (avsnitt(Run("a*b", bold=True)), "**a*b**"),
        (avsnitt(Run("slutt\\", bold=True)), r"**slutt\\**"),
        (avsnitt("\\", Run("x", bold=True)), r"\\**x**"),
        (punkter("1. inni", "- strek"), "- \\1. inni\n- \\- strek"),
    ],
)
def test_words_that_look_like_notation_are_kept_as_words(block: Block, notation: str) -> None:
    assert to_notation((block,)) == notation
    assert parse_notation(notation) == (block,)


def test_spaces_at_the_ends_of_a_marked_stretch_stay_outside_the_marks() -> None:
    written = to_notation((avsnitt(Run("Vedtak: ", bold=True), "ja", Run(" ", italic=True)),))
    assert written == "**Vedtak:** ja "


def test_what_the_notation_cannot_say_keeps_its_words() -> None:
    lenke = avsnitt("se ", Run("planen", link="https://kommune.example/plan"))
    nested = List(False, ((avsnitt("ytre"), punkter("indre")),))
    assert plain_text(parse_notation(to_notation((lenke,)))) == "se planen"
    assert re.findall(r"\w+", plain_text(parse_notation(to_notation((nested,))))) == ["ytre", "indre"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("A\n\nB\n\n- x\n- y\n\nC", ["A", "B\n- x\n- y", "C"]),
        ("Mål:\n\n- 1. x\n- 2. y\n\nB", ["Mål:\n1. x\n2. y", "B"]),
        ("1. A\n2. B\n3. C", ["1. A", "2. B", "3. C"]),
        ("1. A\n\n2. B", ["1. A", "2. B"]),
        ("1. A\n- x\n- y\n2. B", ["1. A\n- x\n- y", "2. B"]),
        ("# Innstilling\n1. A\n2. B", ["Innstilling", "1. A", "2. B"]),
        ("Nytt punkt:\n\n4. D", ["Nytt punkt:", "4. D"]),
        ("Mål:\n\n1. x\n\n2. y", ["Mål:\n1. x\n2. y"]),
        ("A\n\nx\ty", ["A\nx\ty"]),
        ("- x\n- y", ["- x\n- y"]),
        ("", []),
    ],
)
def test_a_list_belongs_to_the_paragraph_that_introduces_it(notation: str, expected: list[str]) -> None:
    assert [plain_text(segment) for segment in segments(parse_notation(notation))] == expected


def test_control_characters_are_refused_with_their_place() -> None:
    with pytest.raises(IllegalCharacter, match="U\\+0007") as refused:
        check_text("Kommunen\x07 vil")
    assert refused.value.position == 8
    for read in (paragraph, parse_notation):
        with pytest.raises(IllegalCharacter):
            read("a\x00b")


def test_an_unknown_block_in_storage_is_refused() -> None:
    with pytest.raises(ValueError, match="'bilde'"):
        from_json([{"type": "bilde"}])


def test_a_list_says_where_it_starts_only_when_it_is_not_at_one() -> None:
    [stored] = to_json((punkter("d", ordered=True, start=4),))
    assert stored["start"] == 4
    assert "start" not in to_json((punkter("a", ordered=True),))[0]


# Characters that notation is made of come often, so that every kind of confusion is met.
LETTERS = st.sampled_from("abæø1.29)-•#*\\ ")
LINES = st.text(LETTERS, max_size=12)
NOTATION = st.lists(st.text(st.sampled_from("abæ1.2)-#*\\ \t"), max_size=12), max_size=8).map("\n".join)
PLAIN = LINES.filter(lambda text: text.strip())
MARKED = PLAIN.filter(lambda text: text == text.strip())
LOOKS = st.sampled_from([(False, False), (True, False), (False, True), (True, True)])


@st.composite
def runs(draw: st.DrawFn) -> tuple[Run, ...]:
    """Runs as the reader makes them: none empty, neighbours of different looks, marks close to the words."""
    looks: list[tuple[bool, bool]] = []
    for look in draw(st.lists(LOOKS, min_size=1, max_size=3)):
        if not looks or looks[-1] != look:
            looks.append(look)
    return tuple(Run(draw(MARKED if bold or italic else PLAIN), bold, italic) for bold, italic in looks)


ITEMS = st.lists(st.one_of(runs(), st.just(())).map(lambda found: (Paragraph(found),)), min_size=1, max_size=3).map(
    tuple
)
ROWS = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.tuples(*[runs()] * width), min_size=1, max_size=3).map(tuple)
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Paragraph, runs()),
        st.builds(Heading, st.integers(1, 6), runs()),
        st.builds(List, st.just(False), ITEMS),
        st.builds(List, st.just(True), ITEMS, st.integers(0, 40)),
        st.builds(Table, ROWS),
    ),
    max_size=4,
).map(tuple)


@given(BLOCKS)
def test_what_is_written_is_read_back_to_the_same_tree(blocks: Blocks) -> None:
    assert parse_notation(to_notation(blocks)) == blocks


@given(NOTATION)
def test_reading_and_writing_any_text_settles_at_once(text: str) -> None:
    blocks = parse_notation(text)
    assert parse_notation(to_notation(blocks)) == blocks


@given(NOTATION)
def test_no_letter_or_number_is_lost_in_reading(text: str) -> None:
    assert re.findall("[abæ12]", plain_text(parse_notation(text))) == re.findall("[abæ12]", text)


@given(BLOCKS)
def test_what_is_stored_comes_back(blocks: Blocks) -> None:
    assert from_json(to_json(blocks)) == blocks


@given(BLOCKS)
def test_dividing_into_segments_loses_no_words(blocks: Blocks) -> None:
    assert "\n".join(plain_text(segment) for segment in segments(blocks)) == plain_text(blocks)
