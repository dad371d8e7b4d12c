"""Marks what was searched for in stored text, and cuts the snippet that shows it best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from saksbehandling.search_engine import query_tree as tree
from saksbehandling.search_engine.analysis import (
    Analysis,
    Kind,
    Slot,
    Synonym,
    analyse,
    analyse_query,
    beginnings,
    first_words,
)
from saksbehandling.search_engine.edit_distance import within
from saksbehandling.search_engine.model import Piece
from saksbehandling.search_engine.plan import max_distance

SNIPPET = 250
_LEAD = 60
# Beyond this a snippet is not worth the time.
_MAX_SCANNED = 60_000
_MAX_CANDIDATES = 100
_WORD = re.compile(r"\S+")
# As many words as the longest name of a party or a date has.
_WORDS_TOGETHER = 5


class Place(NamedTuple):
    """A run of characters that matches, and the term that it matches by."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Marker:
    """What a query looks for: terms of the chain, parts of its compounds, beginnings of words, and words misspelt.

    Parts are marked only in a text that has nothing else: else every «by» would stand out beside «vennskapsby».
    `candidates` finds every place that may match, and some that do not; only what stands there is analysed.
    """

    terms: frozenset[str]
    parts: frozenset[str]
    prefixes: tuple[str, ...]
    fuzzy: tuple[str, ...]
    candidates: re.Pattern[str] | None
    _known: dict[str, tuple[Place, ...]] = field(default_factory=dict, compare=False)

    def places(self, text: str) -> list[Place]:
        """Where `text` matches, in order and without overlap."""
        found = {place for start, end in self._spans(text) for place in self._in_span(text[start:end], start)}
        kept = [place for place in found if place.term not in self.parts] or found
        return list(_without_overlap(sorted(kept, key=lambda place: (place.start, -place.end))))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """What to analyse: the whole of each word that may match, and as many after it as may belong to it."""
        if self.candidates is None:
            return
        end = -1
        together = _WORDS_TOGETHER if any(_is_synonym(term) for term in self.terms) else 1
        for match in islice(self.candidates.finditer(_lower(text[:_MAX_SCANNED])), _MAX_CANDIDATES):
            if match.start() >= end:
                start = _start_of_word(text, match.start())
                for word in islice(_WORD.finditer(text, start), together):
                    end = word.end()
                yield start, end

    def _in_span(self, span: str, start: int) -> Iterator[Place]:
        """Remembered, since the same words come again and again."""
        if span not in self._known:
            self._known[span] = tuple(self._matching(span))
        return (Place(start + place.start, start + place.end, place.term) for place in self._known[span])

    def _matching(self, span: str) -> Iterator[Place]:
        analysis = analyse(span)
        for slot in analysis.slots:
            if term := self._term(slot):
                yield Place(slot.start, slot.end, term)
        for synonym in analysis.synonyms:
            if synonym.term in self.terms:
                last = analysis.slots[synonym.position + synonym.width - 1]
                yield Place(analysis.slots[synonym.position].start, last.end, synonym.term)

    def _term(self, slot: Slot) -> str | None:
        """By what a word matches."""
        own = {slot.terms.whole, *slot.terms.segments, *slot.terms.spans}
        terms = own & self.terms or ({slot.surface} if self._word(slot.surface) else own & self.parts)
        return min(terms, default=None)

    def _word(self, word: str) -> bool:
        return word.startswith(self.prefixes) or any(within(word, other, max_distance(other)) for other in self.fuzzy)


def marker(root: tree.Node | None) -> Marker:
    """The marker of a parsed query. What stands under IKKE is not looked for, and the word of a type is no text."""
    leaves = list(_leaves(root)) if root else []
    analyses = [analyse_query(leaf.text) for leaf in leaves if isinstance(leaf, tree.Words | tree.Phrase)]
    tokens = [token for analysis in analyses for token in analysis.tokens()]
    terms = frozenset(token.term for token in tokens if token.weight == 1)
    prefixes = tuple(leaf.text.lower() for leaf in leaves if isinstance(leaf, tree.Prefix))
    fuzzy = tuple(leaf.text.lower() for leaf in leaves if isinstance(leaf, tree.Fuzzy))
    parts = frozenset(token.term for token in tokens) - terms
    return Marker(terms, parts, prefixes, fuzzy, _candidates(analyses, prefixes, fuzzy))


def _candidates(analyses: list[Analysis], prefixes: Iterable[str], fuzzy: Iterable[str]) -> re.Pattern[str] | None:
    """Finds, in lower case, what every word begins with or has a part that begins with, if it is one looked for."""
    patterns = {pattern for analysis in analyses for slot in analysis.slots for pattern in _of_slot(slot)}
    patterns |= {pattern for analysis in analyses for synonym in analysis.synonyms for pattern in _of_synonym(synonym)}
    patterns |= {rf"(?<!\w){re.escape(prefix)}" for prefix in prefixes}
    patterns |= {_of_fuzzy(word) for word in fuzzy}
    return re.compile("|".join(sorted(patterns))) if patterns else None


def _of_slot(slot: Slot) -> Iterator[str]:
    if slot.kind is Kind.NUMBER:
        yield r"/\d"  # the whole of a word is looked at, and a sign is found faster than any digit
    elif slot.kind is Kind.DATE:
        yield r"\d+[.-]"
    elif slot.terms.whole:
        for stemmed in slot.terms.segments or (slot.terms.whole,):
            yield from map(re.escape, beginnings(stemmed))


def _of_synonym(synonym: Synonym) -> Iterator[str]:
    if synonym.term.startswith("#"):
        yield from (rf"(?<!\w){re.escape(word)}(?:s?(?!\w)|s$)" for word in first_words(synonym.term[1:]))
    else:
        yield r"\d+[.-]"


def _of_fuzzy(word: str) -> str:
    """Cut in one piece more than there may be changes, at least one piece of a word stands in those spelt like it."""
    distance = max_distance(word)
    longest = len(word) + distance - 1
    rest = f"{{{max(0, len(word) - distance - 1)},{longest}}}"
    cuts = [1 + (len(word) - 1) * index // (distance + 1) for index in range(distance + 2)]
    some_piece = "|".join(re.escape(word[start:end]) for start, end in pairwise(cuts))
    return rf"(?<!\w){re.escape(word[:1])}(?=\S{{0,{longest}}}(?:{some_piece}))\w{rest}(?!\w)"


def _is_synonym(term: str) -> bool:
    """Whether a term may stand for several words: a party or a day."""
    return term.startswith("#") or (len(term) == 8 and term.isdecimal())


def _lower(text: str) -> str:
    """In lower case, and of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(each.lower()[:1] for each in text)


def _start_of_word(text: str, index: int) -> int:
    while index and not text[index - 1].isspace():
        index -= 1
    return index


# What stands in these fields says what kind of thing is wanted.
_NO_TEXT = ("type", "enstemmig", "saksbehandler")


def _leaves(node: tree.Node) -> Iterator[tree.Node]:
    match node:
        case tree.And() | tree.Or():
            for child in node.children:
                yield from _leaves(child)
        case tree.Not():
            return
        case tree.Words() | tree.Phrase() if node.field in _NO_TEXT:
            return
        case _:
            yield node


def _without_overlap(places: Iterable[Place]) -> Iterator[Place]:
    end = -1
    for place in places:
        if place.start >= end:
            end = place.end
            yield place


def pieces(text: str, mark: Marker) -> tuple[Piece, ...]:
    """The whole of `text`, with what matches marked."""
    return tuple(_pieces(text, mark.places(text), 0, len(text)))


def snippet(text: str, mark: Marker) -> tuple[Piece, ...]:
    """About `SNIPPET` characters of `text`, where the most different terms stand together, cut between words."""
    places = mark.places(text)
    start, end = _window(text, places)
    cut = [place for place in places if start <= place.start and place.end <= end]
    found = [Piece("… ")] if start else []
    found += _pieces(text, cut, start, end)
    return (*found, Piece(" …")) if end < len(text) else tuple(found)


def _pieces(text: str, places: Iterable[Place], start: int, end: int) -> Iterator[Piece]:
    for place in places:
        if start < place.start:
            yield Piece(text[start : place.start])
        yield Piece(text[place.start : place.end], marked=True)
        start = place.end
    if start < end:
        yield Piece(text[start:end])


def _window(text: str, places: list[Place]) -> tuple[int, int]:
    best = max(range(len(places)), key=lambda index: (_worth(places, index), -index), default=None)
    start = max(0, places[best].start - _LEAD) if best is not None else 0
    if start:
        start = next((i + 1 for i in range(start, places[best or 0].start) if text[i].isspace()), start)
    end = start + SNIPPET
    if end >= len(text):
        return start, len(text)
    return start, next((i for i in range(end, start + SNIPPET // 2, -1) if text[i].isspace()), end)


def _worth(places: list[Place], index: int) -> int:
    """How many different terms stand within a snippet that begins at a place."""
    limit = places[index].start + SNIPPET - _LEAD
    terms = set()
    for place in places[index : index + 50]:
        if place.end > limit:
            break
        terms.add(place.term)
    return len(terms)
