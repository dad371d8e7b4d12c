"""Marks what was searched for in stored text, and cuts the snippet that shows it best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from saksbehandling.search_engine import query_tree as tree
from saksbehandling.search_engine.analysis import Slot, analyse, analyse_query
from saksbehandling.search_engine.model import Piece
from saksbehandling.search_engine.plan import max_distance

SNIPPET = 250
_LEAD = 60
# Beyond this a snippet is not worth the time.
_MAX_ANALYSED = 60_000


class Place(NamedTuple):
    """A run of characters that matches, and the term that it matches by."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Marker:
    """What a query looks for: terms of the chain, parts of its compounds, beginnings of words, and words misspelt.

    Parts are marked only in a text that has nothing else: else every «by» would stand out beside «vennskapsby».
    """

    terms: frozenset[str]
    parts: frozenset[str]
    prefixes: tuple[str, ...]
    fuzzy: tuple[str, ...]
    _known: dict[str, str | None] = field(default_factory=dict, compare=False)

    def places(self, text: str) -> list[Place]:
        """Where `text` matches, in order and without overlap."""
        if not (self.terms or self.prefixes or self.fuzzy):
            return []
        analysis = analyse(text[:_MAX_ANALYSED])
        found = [Place(slot.start, slot.end, term) for slot in analysis.slots if (term := self._term(slot))]
        for synonym in analysis.synonyms:
            if synonym.term in self.terms:
                last = analysis.slots[synonym.position + synonym.width - 1]
                found.append(Place(analysis.slots[synonym.position].start, last.end, synonym.term))
        kept = [place for place in found if place.term not in self.parts] or found
        return list(_without_overlap(sorted(kept, key=lambda place: (place.start, -place.end))))

    def _term(self, slot: Slot) -> str | None:
        """By what a word matches; remembered, since the same words come again and again."""
        if slot.surface not in self._known:
            own = {slot.terms.whole, *slot.terms.segments, *slot.terms.spans}
            terms = own & self.terms or ({slot.surface} if self._word(slot.surface) else own & self.parts)
            self._known[slot.surface] = min(terms, default=None)
        return self._known[slot.surface]

    def _word(self, word: str) -> bool:
        return word.startswith(self.prefixes) or any(within(word, other, max_distance(other)) for other in self.fuzzy)


def marker(root: tree.Node | None) -> Marker:
    """The marker of a parsed query. What stands under IKKE is not looked for, and the word of a type is no text."""
    leaves = list(_leaves(root)) if root else []
    words = [leaf for leaf in leaves if isinstance(leaf, tree.Words | tree.Phrase)]
    terms, parts = _terms(words)
    return Marker(
        terms,
        parts - terms,
        tuple(leaf.text.lower() for leaf in leaves if isinstance(leaf, tree.Prefix)),
        tuple(leaf.text.lower() for leaf in leaves if isinstance(leaf, tree.Fuzzy)),
    )


def _leaves(node: tree.Node) -> Iterator[tree.Node]:
    match node:
        case tree.And() | tree.Or():
            for child in node.children:
                yield from _leaves(child)
        case tree.Not():
            return
        case tree.Words() | tree.Phrase() if node.field == "type":
            return
        case _:
            yield node


def _terms(leaves: Iterable[tree.Words | tree.Phrase]) -> tuple[frozenset[str], frozenset[str]]:
    """The terms of the words themselves, and those of their parts."""
    tokens = [token for leaf in leaves for token in analyse_query(leaf.text).tokens()]
    return (
        frozenset(token.term for token in tokens if token.weight == 1),
        frozenset(token.term for token in tokens if token.weight < 1),
    )


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


def within(word: str, other: str, distance: int) -> bool:
    """Whether two words with the same first letter differ by at most `distance` inserted, lost or changed letters."""
    if word[:1] != other[:1] or abs(len(word) - len(other)) > distance:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        previous, row[0] = row[0], i
        for j, expected in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != expected))
        if min(row) > distance:
            return False
    return row[-1] <= distance
