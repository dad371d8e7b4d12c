"""The chain for texts by the thousand: each chunk between blanks is analysed once, a text is a row of chunks.

What it finds is what `analyse` finds; a test holds the two together.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from saksbehandling.search_engine.analysis.chain import token_terms, written
from saksbehandling.search_engine.analysis.phrases import (
    Synonym,
    lone_party,
    longest_form,
    may_go_on,
    synonyms,
    telling,
)
from saksbehandling.search_engine.analysis.tokenizer import RawToken, chunks, tokenize

_REMEMBERED = 5000  # chunks from one commit to the next; most of a text are words that many texts have


class Chunk(NamedTuple):
    """`telling`: the places of tokens that may mean something together with others. Rows alike: `terms`, their `places`
    within the chunk, and in `wholes` 1 for a word's own term, 0 for a part of a compound. `words`: as they are written.
    """

    tokens: list[RawToken]
    telling: list[int]
    terms: list[str]
    places: list[int]
    wholes: list[int]
    words: list[str]


@lru_cache(maxsize=_REMEMBERED)
def _analysed(chunk: str) -> Chunk:
    tokens = tokenize(chunk)
    rows = [row for place, token in enumerate(tokens) for row in _terms(place, token)]
    return Chunk(
        tokens,
        [place for place, token in enumerate(tokens) if telling(token.term) and not lone_party(token)],
        [term for term, _, _ in rows],
        [place for _, place, _ in rows],
        [whole for _, _, whole in rows],
        [word for token in tokens for word in written(token.kind, token.term)],
    )


class Text(NamedTuple):
    """A text: the numbers of its chunks in the vocabulary, and what several tokens mean together."""

    chunks: list[int]
    synonyms: list[Synonym]


class Numbers(dict[str, int]):
    """Terms with their numbers, given out in the order in which they are asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class Rows:
    """Rows of numbers of different lengths, one after the other: row i is `values[starts[i]:starts[i + 1]]`."""

    def __init__(self) -> None:
        self.starts, self.values = array("I", [0]), array("I")

    def append(self, row: Iterable[int]) -> None:
        self.values.extend(row)
        self.starts.append(len(self.values))


class Vocabulary(dict[str, int]):
    """Chunks with their numbers. For each how many positions it takes (`widths`), and rows of its terms.

    `terms`, `places` (of a term within the chunk) and `wholes` (1 for a word's own term, 0 for a part of a compound)
    are rows alike; `words` has the chunk's words as written. Terms and words are numbered by `numbers`.
    """

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self._numbers = numbers
        self.widths = array("I")
        self.terms, self.places, self.wholes, self.words = Rows(), Rows(), Rows(), Rows()
        self._tokens: list[list[RawToken]] = []
        self._telling: dict[int, list[int]] = {}
        self._otherwise: dict[tuple[int, ...], bool] = {}

    def text(self, text: str) -> Text:
        numbers = list(map(self.__getitem__, chunks(text)))
        return Text(numbers, [] if self._telling.keys().isdisjoint(numbers) else list(self._synonyms(numbers)))

    def _synonyms(self, numbers: list[int]) -> Iterator[Synonym]:
        """Looks only at what stands around the telling chunks."""
        ends = list(accumulate(map(self.widths.__getitem__, numbers)))
        after = 0
        for index in [index for index, number in enumerate(numbers) if number in self._telling]:
            if self._goes_on_otherwise(*numbers[index : index + 2]):
                continue
            own = ends[index] - self.widths[numbers[index]]
            start, stop = bisect_left(ends, own), bisect_left(ends, ends[index] + longest_form()) + 1
            begin = ends[start] - self.widths[numbers[start]]
            tokens = list(chain.from_iterable(map(self._tokens.__getitem__, numbers[start:stop])))
            places = [own - begin + place for place in self._telling[numbers[index]]]
            for term, position, width in synonyms(tokens, places=places):
                if begin + position >= after or not term.startswith("#"):
                    yield Synonym(term, begin + position, width)
                    after = begin + position + width if term.startswith("#") else after

    def _goes_on_otherwise(self, *pair: int) -> bool:
        """Whether a chunk is the first word of longer forms (such as Det), and another word follows than in them.

        `pair`: the chunk and the next one, if there is one.
        """
        if pair not in self._otherwise:
            tokens, after = self._tokens[pair[0]], self._tokens[pair[1]] if len(pair) > 1 else []
            self._otherwise[pair] = len(tokens) == 1 and bool(after) and not may_go_on(tokens[0].term, after[0].term)
        return self._otherwise[pair]

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = len(self)
        found = _analysed(chunk)
        self._tokens.append(found.tokens)
        self.widths.append(len(found.tokens))
        if found.telling:
            self._telling[number] = found.telling
        self.terms.append(map(self._numbers.__getitem__, found.terms))
        self.places.append(found.places)
        self.wholes.append(found.wholes)
        self.words.append(map(self._numbers.__getitem__, found.words))
        return number


def _terms(place: int, token: RawToken) -> Iterator[tuple[str, int, int]]:
    whole, segments, spans = token_terms(token)
    if whole:
        yield whole, place, 1
    if party := lone_party(token):
        yield party, place, 1
    for term in segments + spans:
        yield term, place, 0
