"""What the index holds of a text is what its analysis finds."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.search_engine.analysis import Kind, analyse
from saksbehandling.search_engine.analysis.indexing import Numbers, Vocabulary

ORD = [
    *(
        "Det",
        "norske",
        "Arbeiderparti",
        "arbeidarparti",
        "De",
        "Grønne",
        "Miljøpartiet",
        "grønne",
        "Ap",
        "ap",
        "SV",
        "SVs",
    ),
    *(
        "Høyre",
        "høyre",
        "Høyres",
        "V",
        "v",
        "H.",
        "T.",
        "i",
        "og",
        "Nei",
        "til",
        "mer",
        "bompenger",
        "–",
        "29.",
        "august",
    ),
    *(
        "2019",
        "29.08.2019",
        "31.",
        "02.",
        "1.2",
        "x.31.02.2019",
        "87/19",
        "PS87/19",
        "19/8286-4",
        "2019-08-29",
        "10-12",
    ),
    *(
        "byutviklingsstrategi",
        "skole-",
        "Nord-Norge",
        "d'Arc",
        "1.000,5",
        "20191-2",
        "²",
        "_",
        "Industri-",
        "(SV/Rødt)",
    ),
]
TEKSTER = st.lists(st.tuples(st.sampled_from(ORD), st.sampled_from([" ", "\n", "\u00a0", ", ", "/", "-", "."]))).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)


def indexed(text: str) -> tuple[Counter[tuple[str, int, int]], set[str]]:
    numbers = Numbers()
    vocabulary = Vocabulary(numbers)
    found, names = vocabulary.text(text), list(numbers)
    terms = Counter((synonym.term, synonym.position, 1) for synonym in found.synonyms)
    words, position = set(), 0
    for chunk in found.chunks:
        row = slice(*vocabulary.terms.starts[chunk : chunk + 2])
        rows = (vocabulary.terms.values[row], vocabulary.places.values[row], vocabulary.wholes.values[row])
        terms.update((names[term], position + place, whole) for term, place, whole in zip(*rows, strict=True))
        words |= {names[word] for word in vocabulary.words.values[slice(*vocabulary.words.starts[chunk : chunk + 2])]}
        position += vocabulary.widths[chunk]
    return terms, words


def analysed(text: str) -> tuple[Counter[tuple[str, int, int]], set[str]]:
    analysis = analyse(text)
    terms = Counter((token.term, token.position, int(token.weight == 1)) for token in analysis.tokens())
    words = {slot.surface for slot in analysis.slots if slot.kind is Kind.WORD}
    return terms, words | {part for word in words if "-" in word for part in word.split("-")}


@given(TEKSTER | st.text(max_size=60))
def test_the_index_has_what_the_analysis_finds(text: str) -> None:
    assert indexed(text) == analysed(text)


@pytest.mark.parametrize(
    "text",
    ["Det norske Arbeiderparti", "den 29. august 2019.", "den 29. 08. 2019", "Ap, H og (SV)", "vedtatt mot SVs 3", ""],
)
def test_parties_and_dates_are_the_same(text: str) -> None:
    assert indexed(text) == analysed(text)
