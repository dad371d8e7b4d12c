"""From a word to its terms: the stem in bokmål, and the parts of a compound."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from saksbehandling.search_engine.analysis import wordlists

MAX_WORD = 60
_MIN_COMPOUND, _MAX_COMPOUND = 6, 45
_MAX_PARTS = 5
_FUGUES = ("", "s", "e")
# "lovene" is lov; what Snowball cuts beyond this is no ending, such as skatteloven -> skatt.
_MAX_ENDING = 4
_local = threading.local()


class WordTerms(NamedTuple):
    """`whole` is the word's own term.

    A compound has `segments`, its smallest parts, and `spans`, longer runs of them (byutvikling
    in byutviklingsstrategi).
    """

    whole: str
    segments: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The canonical stem of a lower-case word: Snowball's, after other forms of the language are brought to bokmål."""
    stemmed = _snowball(_base(word))
    return _stem_variants().get(stemmed, stemmed)


def beginnings(stemmed: str) -> frozenset[str]:
    """What words with this stem begin with: the stem itself, and those of its other forms."""
    return _beginnings().get(stemmed, frozenset()) | {stemmed}


@cache
def _beginnings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form in (*wordlists.variants(), *wordlists.variants().values()):
        found.setdefault(stem(form), set()).add(_snowball(form))
    return {stemmed: frozenset(forms) for stemmed, forms in found.items()}


def _base(word: str) -> str:
    """The form in bokmål that the word is listed under, also in the genitive; itself if it is not listed."""
    variants = wordlists.variants()
    return variants.get(word) or variants.get(word.removesuffix("s")) or word


@lru_cache(maxsize=100_000)
def word_terms(word: str) -> WordTerms:
    """The terms of one lower-case word; cached, since a few thousand words make up most of all text."""
    pieces = [piece for piece in word[:MAX_WORD].replace("’", "'").split("-") if piece]
    stems = [part for piece in pieces for part in (_parts(piece) or (stem(piece),))]
    return _compose(tuple(stems))


def _compose(stems: tuple[str, ...]) -> WordTerms:
    if len(stems) == 1:
        return WordTerms(stems[0])
    spans = _runs(stems[:_MAX_PARTS])
    return WordTerms("".join(stems), tuple(dict.fromkeys(stems)), spans)


def _runs(stems: tuple[str, ...]) -> tuple[str, ...]:
    size = len(stems)
    runs = ((i, j) for i in range(size) for j in range(i + 2, size + 1) if j - i < size)
    return tuple(dict.fromkeys("".join(stems[i:j]) for i, j in runs))


def _parts(word: str) -> tuple[str, ...] | None:
    """The stems of a compound's parts; None for a word that is simple, listed itself, or not made of listed words."""
    word = _base(word)
    if not _MIN_COMPOUND <= len(word) <= _MAX_COMPOUND or _is_part(word):
        return None
    found = _split(word, 0, {})
    return tuple(stem(part) for part in found) if found else None


def _split(word: str, start: int, memo: dict[int, tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """The fewest listed words that make up `word[start:]`; of equals, the one whose first word is longest."""
    if start not in memo:
        memo[start] = None
        tails = [(word[start:],)] if start and _is_part(word[start:]) else []
        memo[start] = min([*tails, *_continuations(word, start, memo)], key=len, default=None)
    return memo[start]


def _continuations(word: str, start: int, memo: dict[int, tuple[str, ...] | None]) -> list[tuple[str, ...]]:
    found = []
    for end in range(len(word) - 2, start + 1, -1):
        if word[start:end] in _part_words():
            rests = (_split(word, end + len(fugue), memo) for fugue in _FUGUES if word.startswith(fugue, end))
            found += [(word[start:end], *rest) for rest in rests if rest and len(rest) < _MAX_PARTS]
    return found


@lru_cache(maxsize=100_000)
def _is_part(word: str) -> bool:
    """Whether it is a listed word, in any form of it."""
    if word in _part_words():
        return True
    stemmed = stem(word)
    if len(word) < 3 or stemmed not in _part_stems():
        return False
    known = [stemmed, *filter(word.startswith, _part_stems()[stemmed])]
    return len(word) - max(map(len, known)) <= _MAX_ENDING


@cache
def _part_words() -> frozenset[str]:
    """Words that may stand first: the listed ones and their nynorsk forms."""
    listed = wordlists.words("sammensetningsledd.txt")
    return listed | {form for form, base in wordlists.variants().items() if base in listed}


@cache
def _part_stems() -> dict[str, list[str]]:
    """The stems of listed words, each with its words."""
    found: dict[str, list[str]] = {}
    for word in _part_words():
        found.setdefault(stem(word), []).append(word)
    return found


@cache
def _stem_variants() -> dict[str, str]:
    pairs = ((_snowball(form), _snowball(base)) for form, base in wordlists.variants().items())
    return {form: base for form, base in pairs if form != base}


def _snowball(word: str) -> str:
    # One stemmer per thread: the C object keeps its work in itself.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("norwegian", 0)
    stemmed = str(_local.stemmer.stemWord(word))
    # It makes ordfører of ordføreren, but ordfør of ordfører; what ends so is stemmed once more.
    again = stemmed != word and stemmed.endswith(("er", "ar"))
    stemmed = str(_local.stemmer.stemWord(stemmed)) if again else stemmed
    # No Norwegian word ends in a double m: programmet is a form of program.
    return stemmed[:-1] if stemmed.endswith("mm") else stemmed
