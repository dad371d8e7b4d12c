"""The one chain from text to terms, used by every engine for documents and queries alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from saksbehandling.search_engine.analysis import wordlists
from saksbehandling.search_engine.analysis.numbers import without_document
from saksbehandling.search_engine.analysis.phrases import Synonym, synonyms
from saksbehandling.search_engine.analysis.tokenizer import Kind, RawToken, tokenize
from saksbehandling.search_engine.analysis.words import MAX_WORD, WordTerms, word_terms


class Token(NamedTuple):
    """A term at a place: `position` counts words, `start` and `end` characters.

    `weight` is 1, or less for a part of a compound.
    """

    term: str
    position: int
    start: int
    end: int
    weight: float = 1.0


class Slot(NamedTuple):
    """What stands at one position: the word in lower case, and its terms; `terms.whole` is empty for a stop word."""

    position: int
    surface: str
    kind: Kind
    start: int
    end: int
    terms: WordTerms


@dataclass(frozen=True, slots=True)
class Analysis:
    """Text analysed: a slot for each position, and what several of them mean together."""

    slots: tuple[Slot, ...]
    synonyms: tuple[Synonym, ...]

    def tokens(self) -> Iterator[Token]:
        """Every term to be compared, in no certain order."""
        part_weight = wordlists.weights().ledd
        for slot in self.slots:
            place = (slot.position, slot.start, slot.end)
            if slot.terms.whole:
                yield Token(slot.terms.whole, *place)
            for term in (*slot.terms.segments, *slot.terms.spans):
                yield Token(term, *place, part_weight)
        for synonym in self.synonyms:
            first, last = self.slots[synonym.position], self.slots[synonym.position + synonym.width - 1]
            yield Token(synonym.term, synonym.position, first.start, last.end)


def analyse(text: str) -> Analysis:
    """A document's text."""
    tokens = tokenize(text)
    return Analysis(_slots(tokens), tuple(synonyms(tokens)))


def analyse_query(text: str) -> Analysis:
    """A query's words: as `analyse`, but parties count in any case, and what stands before a number is dropped.

    A document may know itself as 87/19 without the PS of `PS 87/19`.
    """
    tokens = _without_prefixes(tokenize(text))
    return Analysis(_slots(tokens), tuple(synonyms(tokens, any_case=True)))


def numbers_in(text: str) -> tuple[str, ...]:
    """Every canonical number in `text`, such as `PS 0087/19`; for one of a document also that of its case."""
    terms = (slot.terms for slot in analyse(text).slots if slot.kind is Kind.NUMBER)
    return tuple(number for found in terms for number in (found.whole, *found.segments))


def _slots(tokens: Sequence[RawToken]) -> tuple[Slot, ...]:
    return tuple(
        Slot(position, token.term[:MAX_WORD], token.kind, token.start, token.end, token_terms(token))
        for position, token in enumerate(tokens)
    )


def token_terms(token: RawToken) -> WordTerms:
    """The terms of one token; `whole` is empty for a stop word."""
    if token.kind is Kind.WORD:
        return WordTerms("") if token.term in _stop_words() else word_terms(token.term)
    if token.kind is Kind.NUMBER and "-" in token.term:
        return WordTerms(token.term, (without_document(token.term),))
    return WordTerms(token.term[:MAX_WORD])


def written(kind: Kind, text: str) -> Iterator[str]:
    """A token's words as written, for prefixes and spelling; also those that are too common to be looked for alone."""
    if kind is Kind.WORD:
        word = text[:MAX_WORD]
        yield word
        if "-" in word:
            yield from word.split("-")


def _without_prefixes(tokens: list[RawToken]) -> list[RawToken]:
    kept: list[RawToken] = []
    for token in reversed(tokens):
        if kept and kept[-1].kind is Kind.NUMBER and token.term in _prefixes():
            continue
        kept.append(token)
    return kept[::-1]


@cache
def _stop_words() -> frozenset[str]:
    return wordlists.words("stoppord.txt")


@cache
def _prefixes() -> frozenset[str]:
    return wordlists.words("saksprefikser.txt")
