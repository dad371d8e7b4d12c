"""The postings that numpy spreads out are those that the analysis chain gives term by term."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.search_engine.analysis import Kind, analyse
from saksbehandling.search_engine.whoosh_keys import keys, laid_out, taken_up
from saksbehandling.search_engine.whoosh_pool import PostingsPool

Postings = dict[str, dict[int, tuple[float, list[int]]]]

WORDS = """
byutviklingsstrategi Sør-Trøndelag Ap V i og skule skolen Miljøpartiet De Grønne Arbeiderpartiets Høyre høyre T. 87/19
PS 0087/019 2019/8286-4 31.02.2019 29.8.2019 29 august 2019 mai 1.234,5 12-13 ordførerens l’été § 5.12.3.2019
"""
texts = st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join)


def expected(documents: dict[int, str]) -> tuple[Postings, dict[str, set[int]]]:
    """By the chain itself: the terms with weight and places, and the words as written."""
    found: Postings = defaultdict(dict)
    words: dict[str, set[int]] = defaultdict(set)
    for number, text in documents.items():
        analysis = analyse(text)
        for token in analysis.tokens():
            weight, places = found[token.term].get(number, (0.0, []))
            found[token.term][number] = weight + token.weight, sorted([*places, token.position])
        for slot in analysis.slots:
            if slot.kind is Kind.WORD:
                for word in {slot.surface, *slot.surface.split("-")}:
                    words[word].add(number)
    return dict(found), dict(words)


def read(pool: PostingsPool) -> tuple[Postings, dict[str, set[int]]]:
    """What would be written of the two fields, read again."""
    found: dict[str, dict[str, dict[int, tuple[float, list[int]]]]] = {"tekst": {}, "ord": {}}
    for field, (terms, sizes, starts, content) in pool.iter_postings(frozenset({"tekst"})):
        assert terms == sorted(set(terms))
        for term, size, part in zip(terms, sizes.tolist(), np.split(content, starts[1:]), strict=True):
            found[field][term.decode()] = _unpacked(size, part)
    return found["tekst"], {word: set(each) for word, each in found["ord"].items()}


def _unpacked(size: int, numbers: npt.NDArray[np.uint32]) -> dict[int, tuple[float, list[int]]]:
    if len(numbers) == size:
        return {number: (1.0, []) for number in numbers.tolist()}
    documents, weights, ends = numbers[:size], numbers[size : 2 * size].view("f4"), numbers[2 * size : 3 * size]
    places = np.split(numbers[3 * size :], ends[:-1].astype(int))
    return {
        int(document): (float(weight), found.tolist())
        for document, weight, found in zip(documents, weights, places, strict=True)
    }


def same(found: Postings, wanted: Postings) -> bool:
    """The weights are kept in 32 bits."""
    return {term: {nr: places for nr, (_, places) in each.items()} for term, each in found.items()} == {
        term: {nr: places for nr, (_, places) in each.items()} for term, each in wanted.items()
    } and all(
        math.isclose(found[term][nr][0], weight, rel_tol=1e-5)
        for term, each in wanted.items()
        for nr, (weight, _) in each.items()
    )


@given(st.lists(texts, max_size=5))
def test_the_postings_are_those_of_the_chain(written: list[str]) -> None:
    pool, documents = PostingsPool(("ord", frozenset({"tekst"}))), dict(enumerate(written))
    for nr, text in documents.items():
        pool.add_text("tekst", nr, text)
    wholes = pool.lengths(["tekst"])["tekst"].tolist() + [0] * len(documents)
    found, words = read(pool)
    wanted, wanted_words = expected(documents)
    assert same(found, wanted)
    assert words == wanted_words
    for nr, text in documents.items():
        assert wholes[nr] == sum(token.weight == 1.0 for token in analyse(text).tokens())


@given(
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 6)), min_size=1), st.booleans(), st.data()
)
def test_what_is_laid_out_can_be_taken_up(
    found: set[tuple[int, int, int]], has_places: bool, data: st.DataObject
) -> None:
    postings = sorted(found) if has_places else sorted({(term, document, 0) for term, document, _ in found})
    wholes = [data.draw(st.integers(0, 1)) if has_places else 1 for _ in postings]
    columns = [np.array(column, np.int64) for column in (*zip(*postings, strict=True), wholes)]
    laid = laid_out(keys(*columns), [b"a", b"b", b"c", b"d"], has_places)
    terms, documents, places, taken = (column.tolist() for column in taken_up(laid, has_places))
    used = [ord(term) - ord("a") for term in laid.terms]
    assert list(zip((used[term] for term in terms), documents, places, strict=True)) == postings
    by_document = [(term, document) for term, document, _ in postings]
    assert totals(by_document, taken) == totals(by_document, wholes)


def totals(names: list[tuple[int, int]], counts: list[int]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for name, count in zip(names, counts, strict=True):
        found[name] += count
    return found
