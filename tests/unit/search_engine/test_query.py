from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from saksbehandling.search_engine.planner import plan
from saksbehandling.search_engine.query import any_word, parse
from saksbehandling.search_engine.query_lexer import MAX_DEPTH, MAX_EXPANSIONS, MAX_LENGTH
from saksbehandling.search_engine.query_tree import And, Days, Fuzzy, Node, Not, Or, Phrase, Prefix, Words

A, B, C = Words("a1"), Words("b1"), Words("c1")
Y2019 = Days(dt.date(2019, 1, 1), dt.date(2019, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("internasjonal strategi", Words("internasjonal strategi")),
        ("a1 OG b1", Words("a1 b1")),
        ("a1 AND b1", Words("a1 b1")),
        ("a1 og b1", Words("a1 og b1")),
        ("a1 ELLER b1", Or((A, B))),
        ("a1 OR b1 c1", Or((A, Words("b1 c1")))),
        ("a1 IKKE b1", And((A, Not(B)))),
        ("a1 OG NOT b1", And((A, Not(B)))),
        ("IKKE IKKJE a1", A),
        ("a1 (b1 ELLER c1)", And((A, Or((B, C))))),
        ('"felles uttalelse"', Phrase("felles uttalelse")),
        ("«felles uttalelse»", Phrase("felles uttalelse")),
        ("strateg*", Prefix("strateg")),
        ("strateg~", Fuzzy("strateg")),
        ("utvalg:bystyret", Words("bystyret", "utvalg")),
        ("UTVALG: bystyret vei", And((Words("bystyret", "utvalg"), Words("vei")))),
        ('person:"Kari Moe"', Phrase("Kari Moe", "person")),
        ("person:Bjørn*", Prefix("Bjørn", "person")),
        ("parti:(Ap ELLER H)", Or((Words("Ap", "parti"), Words("H", "parti")))),
        ("sak:87/19", Words("87/19", "sak")),
        ("år:2019", Y2019),
        ("aar:2019", Y2019),
        ("år:2018..2019", Days(dt.date(2018, 1, 1), dt.date(2019, 12, 31))),
        ("år:2018-2019", Days(dt.date(2018, 1, 1), dt.date(2019, 12, 31))),
        ("år:2019..", Days(dt.date(2019, 1, 1), None)),
        ("2018..2019", Days(dt.date(2018, 1, 1), dt.date(2019, 12, 31))),
        ("dato:29.08.2019", Days(dt.date(2019, 8, 29), dt.date(2019, 8, 29))),
        ("dato:01.01.2019..30.06.2019", Days(dt.date(2019, 1, 1), dt.date(2019, 6, 30))),
        ("dato:..2019-06-30", Days(None, dt.date(2019, 6, 30))),
        ("29.08.2019", Words("29.08.2019")),
        ("kl:12 http://eksempel.no", Words("kl:12 http://eksempel.no")),
    ],
)
def test_what_can_be_read(text: str, expected: Node | None) -> None:
    query = parse(text)
    assert query.root == expected
    assert query.hints == ()


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("a1 ELLER", A, "ELLER"),
        ("ELLER a1", A, "ELLER"),
        ("a1 OG", A, "OG"),
        ("OG a1", A, "OG"),
        ("a1 OG OG b1", Words("a1 b1"), "OG"),
        ("a1 IKKE", A, "IKKE"),
        ('"a1', A, "anførselstegn"),
        ("(a1", A, "parenteser"),
        ("a1)) b1", Words("a1 b1"), "parenteser"),
        ("år:nitten", Words("nitten"), "år:2019"),
        ("dato:32.13.2019 a1", Words("32.13.2019 a1"), "dato"),
        ("sak:tolv", Words("tolv"), "sak:87/19"),
        ("parti: OG a1", A, "parti:Ap"),
        ("utvalg:", None, "utvalg:bystyret"),
        ("s*", None, "minst 2 tegn"),
        ("by*plan*", Words("by plan"), "sist i et ord"),
        ("!!!", None, "minst ett ord"),
        ("()", None, "minst ett ord"),
    ],
)
def test_what_cannot_be_read_gives_a_hint_and_the_rest_is_searched(text: str, expected: Node | None, hint: str) -> None:
    query = parse(text)
    assert query.root == expected
    assert hint in " ".join(query.hints)


def test_limits() -> None:
    long = parse("vei " * 5000)
    assert len(long.text) <= MAX_LENGTH
    assert "tegn" in long.hints[0]
    wild = parse(" ".join(f"a{number}*" for number in range(500)))
    assert isinstance(wild.root, And)
    assert sum(isinstance(child, Prefix) for child in wild.root.children) == MAX_EXPANSIONS
    deep = parse("(" * 400 + "a1" + ")" * 400)
    assert deep.root == A
    assert "parenteser" in deep.hints[0]
    assert parse("(" * MAX_DEPTH + "a1" + ")" * MAX_DEPTH).hints == ()


PIECES = [*"()*~:. -\x00\u202e«»'aåØ1/", '"', " OG ", " ELLER ", " IKKE ", "år:", "parti:"]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(deadline=None)
@given(st.one_of(st.text(), HOSTILE))
@example("\ud800 (((" + '"' * 99)
@example("IKKE " * 3000)
@example("år:" * 300)
@example("parti:(" * 300)
def test_nothing_typed_raises(text: str) -> None:
    query = parse(text)
    assert query.root is not None or query.hints or not query.text
    if query.root:
        plan(query.root)


def test_after_a_field_that_is_closed_to_the_reader_come_plain_words() -> None:
    query = parse('saksbehandler:"Kari Moe" utvalg:bystyret', {"saksbehandler"})
    assert query.root == And((Phrase("Kari Moe"), Words("bystyret", "utvalg")))
    assert query.hints == ("Feltet saksbehandler er ikke åpent for deg; ordene etter det er søkt som vanlige ord.",)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("sykkel vei", Or((Words("sykkel"), Words("vei")))),
        ("sykkel vei utvalg:bystyret", And((Or((Words("sykkel"), Words("vei"))), Words("bystyret", "utvalg")))),
        ("sykkel", None),
        ('"sykkel vei"', None),
        ("tittel:sykkel utvalg:bystyret", None),
        ("", None),
    ],
)
def test_some_of_the_words_instead_of_all(text: str, root: Node | None) -> None:
    looser = any_word(parse(text))
    assert (looser.root if looser else None) == root


@pytest.mark.parametrize(("text", "named"), [("finnesikke:vei", "finnesikke"), ("skole Farge:rød", "Farge")])
def test_what_looks_like_a_field_and_is_none_is_told_of(text: str, named: str) -> None:
    query = parse(text)
    assert query.root is not None
    assert f"«{named}» er ikke et felt" in query.hints[0]
    assert "utvalg, parti, person" in query.hints[0]


@pytest.mark.parametrize("text", ["kl. 10:30", "https://fjordvik.example/sak", "utvalg:bystyret", "vedtak:", "a:b"])
def test_other_colons_are_no_fields(text: str) -> None:
    assert "er ikke et felt" not in " ".join(parse(text).hints)
