from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.innsyn.figur_blokker import blokker_html
from saksbehandling.richhtml import from_html
from saksbehandling.richtext import Block, Heading, List, Paragraph, Picture, Run, Table, from_json, pictures, to_json

ORD = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=8).filter(str.strip)
RUN = st.builds(Run, ORD, st.booleans(), st.booleans(), st.sampled_from([None, "https://example.org/å?b=1&c=2"]))


def _ulike(runs: list[Run]) -> bool:
    """Neighbours of the same look are one run."""
    return all(
        (one.bold, one.italic, one.link) != (two.bold, two.italic, two.link) for one, two in itertools.pairwise(runs)
    )


RUNS = st.lists(RUN, min_size=1, max_size=3).filter(_ulike).map(tuple)
AVSNITT = RUNS.map(Paragraph)
LISTE = st.recursive(
    st.builds(List, st.just(False), st.lists(st.tuples(AVSNITT), min_size=1, max_size=3).map(tuple)),
    lambda indre: st.builds(
        List,
        st.just(True),
        st.lists(st.tuples(AVSNITT, indre), min_size=1, max_size=2).map(tuple),
        st.integers(0, 9999),
    ),
    max_leaves=4,
)
TABELL = st.integers(1, 3).flatmap(
    lambda bredde: st.builds(
        Table, st.lists(st.tuples(*[RUNS] * bredde), min_size=1, max_size=3).map(tuple), st.booleans()
    )
)
SHA = "ab" * 32
KJENT = Picture(SHA, "png", 640, 480, "")
BILDE = st.just(replace(KJENT, alt="Kart «over» <stien> & fjellet"))
BLOKK = st.one_of(AVSNITT, BILDE, st.builds(Heading, st.integers(1, 6), RUNS), LISTE, TABELL)


@given(st.lists(BLOKK, max_size=4).map(tuple))
def test_what_the_page_shows_is_read_back_to_the_same_blocks(blokker: tuple[Block, ...]) -> None:
    assert from_html(str(blokker_html(blokker, 1)), {SHA: KJENT}) == blokker
    assert from_json(to_json(blokker)) == blokker


@given(st.text())
def test_whatever_is_sent_becomes_blocks_that_can_be_stored(tekst: str) -> None:
    blokker = from_html(tekst)
    assert from_json(to_json(blokker)) == blokker


@pytest.mark.parametrize(
    ("kode", "ord_"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "ab"),
        ('<p style="color:red" onclick="x()">rød</p>', "rød"),
        ('<p><a href="javascript:alert(1)">trykk</a></p>', "trykk"),
        ('<p><a href="/saker">side</a></p>', "side"),
        ("<p><img src=x onerror=alert(1)>bilde</p>", "bilde"),
        ("<style>p{}</style><p>a</p>", "a"),
        ("<p>a\x07b</p>", "ab"),
        ("<!--[if mso]><p>skjult</p><![endif]--><p>a</p>", "a"),
    ],
)
def test_only_words_are_left_of_what_may_not_be_there(kode: str, ord_: str) -> None:
    assert from_html(kode) == (Paragraph((Run(ord_),)),)


@pytest.mark.parametrize("kode", ["", "  ", "<p></p>", "<p> </p><ul><li></li></ul>", "<table></table>", "<h2></h2>"])
def test_what_holds_no_word_is_nothing(kode: str) -> None:
    assert from_html(kode) == ()


def test_loose_words_and_line_breaks_are_paragraphs() -> None:
    assert from_html("en<br>to <b>tre</b><p>fire</p>fem") == (
        Paragraph((Run("en"),)),
        Paragraph((Run("to "), Run("tre", bold=True))),
        Paragraph((Run("fire"),)),
        Paragraph((Run("fem"),)),
    )


def test_a_known_picture_stands_between_the_paragraphs() -> None:
    html = f'<p>Før <img src="https://spor.example/x.png" data-bilde="{SHA}" alt=" Kart\n over " width="9"> etter</p>'
    assert from_html(html, {SHA: KJENT}) == (
        Paragraph((Run("Før "),)),
        replace(KJENT, alt="Kart over"),
        Paragraph((Run(" etter"),)),
    )


@pytest.mark.parametrize(
    "bilde",
    [
        '<img src="https://spor.example/x.png" alt="Kart">',
        '<img src="data:image/png;base64,AAAA" alt="Kart">',
        f'<img src="/bilder/{SHA}" alt="Kart">',
        f'<img data-bilde="{"cd" * 32}" alt="Kart">',
        '<img data-bilde="../../etc/passwd" alt="Kart">',
        f'<table><tr><td><img data-bilde="{SHA}" alt="Kart"></td></tr></table>',
        f'<svg><image href="x" data-bilde="{SHA}"/></svg>',
        f'<p style="background:url(x)" data-bilde="{SHA}"></p>',
    ],
)
def test_every_other_picture_is_left_out(bilde: str) -> None:
    assert pictures(from_html(f"<p>Ord</p>{bilde}", {SHA: KJENT})) == ()
    assert pictures(from_html(f'<p><img data-bilde="{SHA}" alt="Kart"></p>')) == ()
