"""Two texts compared, in paragraphs and in words, and three of them woven together. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from typing import Generic, TypeVar

from markupsafe import Markup

T = TypeVar("T")
_NONE = Markup("")
_MOST_TO_PAIR = 400  # beyond this, paragraphs are paired in order: to find the likest pairs would take seconds
_MANY = 2000  # beyond this, what stands everywhere («Behandling:») is no sign of which part one looks at
_ALIKE = 0.4  # a share of the letters; below it, a paragraph is another one and not the same rewritten


@dataclass(frozen=True, slots=True)
class Par(Generic[T]):
    """A part of the older text beside the same part of the newer; None where one of them lacks it."""

    foer: T | None
    etter: T | None

    @property
    def likt(self) -> bool:
        return self.foer == self.etter


@dataclass(frozen=True, slots=True)
class Fletting(Generic[T]):
    """`tekst`: both people's changes. `begge`: what both changed, theirs as `foer`, mine as `etter`; mine is used."""

    tekst: tuple[T, ...]
    begge: tuple[Par[tuple[T, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Change(Generic[T]):
    start: int
    end: int
    new: tuple[T, ...]


def sammenlign(foer: Sequence[T], etter: Sequence[T], ord_: Callable[[T], str] = str) -> tuple[Par[T], ...]:
    """Every part of both, in reading order; what was rewritten is paired with what it was. `ord_`: a part's words."""
    pairs: list[Par[T]] = []
    for kind, i, j, k, m in _steps(foer, etter):
        if kind == "equal":
            pairs.extend(map(Par, foer[i:j], etter[k:m]))
        else:
            pairs.extend(_paired(foer[i:j], etter[k:m], ord_))
    return tuple(pairs)


def flett(grunnlag: Sequence[T], deres: Sequence[T], mine: Sequence[T]) -> Fletting[T]:
    """What two people made of the same text, in one. Nothing that one of them wrote alone is left out."""
    theirs, own = _changes(grunnlag, deres), _changes(grunnlag, mine)
    text: list[T] = []
    both: list[Par[tuple[T, ...]]] = []
    at = 0
    for start, end in _touched([*theirs, *own]):
        before = tuple(grunnlag[start:end])
        their_text, my_text = _applied(grunnlag, theirs, start, end), _applied(grunnlag, own, start, end)
        text += (*grunnlag[at:start], *(their_text if my_text == before else my_text))
        if before not in (their_text, my_text) and their_text != my_text:
            both.append(Par(their_text, my_text))
        at = end
    return Fletting((*text, *grunnlag[at:]), tuple(both))


def orddiff(foer: str, etter: str) -> Markup:
    """`etter` with what is new in `<ins>` and what is gone from `foer` in `<del>`, word by word."""
    before, after = _words(foer), _words(etter)
    return _NONE.join(_step(kind, before[i:j], after[k:m]) for kind, i, j, k, m in _steps(before, after))


def _steps(before: Sequence[T], after: Sequence[T]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=len(after) > _MANY).get_opcodes()


def _changes(before: Sequence[T], after: Sequence[T]) -> list[_Change[T]]:
    return [_Change(i, j, tuple(after[k:m])) for kind, i, j, k, m in _steps(before, after) if kind != "equal"]


def _touched(changes: Iterable[_Change[T]]) -> Iterator[tuple[int, int]]:
    """The stretches of the base text that were changed; those that overlap are one. Neighbours are two."""
    start, end = -1, -1
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        put_in_here = change.start == end and (change.start == change.end or start == end)
        if start >= 0 and (change.start < end or put_in_here):
            end = max(end, change.end)
            continue
        if start >= 0:
            yield start, end
        start, end = change.start, change.end
    if start >= 0:
        yield start, end


def _applied(base: Sequence[T], changes: Iterable[_Change[T]], start: int, end: int) -> tuple[T, ...]:
    """The base text from `start` to `end` with the changes that lie there."""
    text: list[T] = []
    at = start
    for change in changes:
        if start <= change.start and change.end <= end and change.start >= at:
            text += (*base[at : change.start], *change.new)
            at = change.end
    return (*text, *base[at:end])


def _paired(before: Sequence[T], after: Sequence[T], words: Callable[[T], str]) -> Iterator[Par[T]]:
    """The likest beside each other, and those that stand between them in order."""
    certain = len(before) == len(after) or len(before) * len(after) > _MOST_TO_PAIR
    likest = () if certain else _likest([words(one) for one in before], [words(one) for one in after])
    at, then = 0, 0
    for i, k in (*likest, (len(before), len(after))):
        yield from (Par(*pair) for pair in zip_longest(before[at:i], after[then:k]))
        yield from (Par(*pair) for pair in zip(before[i : i + 1], after[k : k + 1], strict=True))
        at, then = i + 1, k + 1


def _likest(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Pairs of places, in the order of both, that are together as alike as can be."""

    @cache
    def best(i: int, k: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if i == len(before) or k == len(after):
            return 0.0, ()
        found = max(best(i + 1, k), best(i, k + 1), key=lambda one: one[0])
        alike = SequenceMatcher(None, before[i], after[k], autojunk=False).ratio()
        if alike < _ALIKE:
            return found
        rest, pairs = best(i + 1, k + 1)
        return max(found, (alike + rest, ((i, k), *pairs)), key=lambda one: one[0])

    return best(0, 0)[1]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[\w’'-]+|[^\w\s]", text)


def _step(kind: str, before: Sequence[str], after: Sequence[str]) -> Markup:
    if kind == "equal":
        return Markup("{}").format("".join(after))
    gone = Markup("<del>{}</del>").format("".join(before)) if before else _NONE
    new = Markup("<ins>{}</ins>").format("".join(after)) if after else _NONE
    return gone + new
