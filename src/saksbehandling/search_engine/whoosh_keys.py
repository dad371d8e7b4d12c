"""Postings as single numbers that sort by term, document and place, and how sorted ones are laid out in a file."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from saksbehandling.search_engine.analysis import weights

Keys = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

# A key is term (24 bits), document (17), place (22), and 1 for a word's own term, 0 for a part of a compound.
_PLACE, _DOCUMENT, _TERM = 1, 23, 40
_DOCUMENTS = (1 << _TERM - _DOCUMENT) - 1
LAST_PLACE = (1 << _DOCUMENT - _PLACE) - 1


class FieldPostings(NamedTuple):
    """The postings of a field: `terms` in order, for each its number of documents and where in `content` it begins."""

    terms: list[bytes]
    sizes: Ints
    starts: Ints
    content: npt.NDArray[np.uint32]


def key(term: int, document: int, place: int, whole: int) -> int:
    return term << _TERM | document << _DOCUMENT | min(place, LAST_PLACE) << _PLACE | whole


def keys(terms: Ints, documents: Ints, places: Ints, wholes: Ints) -> Keys:
    """As `key`, of arrays."""
    placed = documents << _DOCUMENT | np.minimum(places, LAST_PLACE) << _PLACE | wholes
    return (terms << _TERM | placed).astype(np.uint64)


def distinct(found: Keys) -> Keys:
    """Sorted, and each once. Numpy's own `unique` takes many times as long."""
    found.sort()
    return found[_changes(found)]


def whole_words(found: Keys) -> tuple[Ints, Ints]:
    """Which documents have words of their own among `found`, and how many."""
    documents = _documents(found[(found & np.uint64(1)) == 1])
    having, counts = np.unique(documents, return_counts=True)
    return having.astype(np.int64), counts.astype(np.int64)


def laid_out(found: Keys, names: list[bytes], has_places: bool) -> FieldPostings:
    """`found`: those of one field; `names`: the terms by their numbers.

    Each term has the numbers of its documents, and in a field with places then weights, ends of places, and places.
    """
    found.sort()
    starts = _changes(found >> np.uint64(_DOCUMENT))  # where a term's place in a new document begins
    first = found[starts]
    numbers = (first >> np.uint64(_TERM)).astype(np.int64)
    terms = _changes(numbers)
    sizes = np.diff(terms, append=len(first))
    used = [names[number] for number in numbers[terms].tolist()]
    order = np.array(sorted(range(len(used)), key=used.__getitem__), np.int64)
    places = np.diff(starts[terms], append=len(found)) if has_places else np.zeros_like(sizes)
    lengths = sizes * 3 + places if has_places else sizes
    begins = np.empty_like(lengths)
    begins[order] = np.cumsum(lengths[order]) - lengths[order]
    content = np.empty(int(lengths.sum()), np.uint32)
    at = np.repeat(begins - terms, sizes) + np.arange(len(first))
    content[at] = _documents(first)
    if has_places:
        _lay_places(content, found, starts, at, np.repeat(sizes, sizes), np.repeat(starts[terms], sizes))
        content[np.repeat(begins + 3 * sizes - starts[terms], places) + np.arange(len(found))] = _places(found)
    return FieldPostings([used[index] for index in order.tolist()], sizes[order], begins[order], content)


class Postings(NamedTuple):
    """A row for each posting: the index of its term in the field, its document, its place, and 1 for a whole word."""

    terms: Ints
    documents: Ints
    places: Ints
    wholes: Ints

    def only(self, chosen: npt.NDArray[np.bool_]) -> Postings:
        return Postings(*(column[chosen] for column in self))


def taken_up(field: FieldPostings, has_places: bool) -> Postings:
    """The postings that `field` was laid out of, in order.

    Which of a term's places in a document are whole words is forgotten, and matters to nobody; how many is not.
    """
    terms = np.repeat(np.arange(len(field.sizes)), field.sizes)
    at = _one_after_the_other(field.starts, field.sizes)
    documents = field.content[at].astype(np.int64)
    if not has_places:
        return Postings(terms, documents, np.zeros_like(documents), np.ones_like(documents))
    step = field.sizes[terms]
    ends = field.content[at + 2 * step].astype(np.int64)
    counts = ends - np.where(at == field.starts[terms], 0, np.append(0, ends[:-1]))
    lengths = np.diff(field.starts, append=len(field.content)) - 3 * field.sizes
    places = field.content[_one_after_the_other(field.starts + 3 * field.sizes, lengths)].astype(np.int64)
    wholes = _wholes_of(field.content[at + step].view(np.float32), counts)
    within = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    is_whole = (within < np.repeat(wholes, counts)).astype(np.int64)
    return Postings(np.repeat(terms, counts), np.repeat(documents, counts), places, is_whole)


def _one_after_the_other(starts: Ints, sizes: Ints) -> Ints:
    """The numbers from each start on, as many as its size says."""
    return np.arange(int(sizes.sum())) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)


def _wholes_of(sums: npt.NDArray[np.float32], sizes: Ints) -> Ints:
    """How many of a term's places in each document are whole words, from the `sums` of their weights."""
    part = weights().ledd
    return np.rint((sums - sizes * part) / (1 - part)).astype(np.int64)


def _lay_places(content: npt.NDArray[np.uint32], found: Keys, starts: Ints, at: Ints, step: Ints, begin: Ints) -> None:
    """Weights and ends, `step` and twice `step` behind the documents. `begin`: the first place of each one's term."""
    ends = np.append(starts[1:], len(found))
    wholes = np.add.reduceat((found & np.uint64(1)).astype(np.int64), starts)
    sums = wholes + (ends - starts - wholes) * weights().ledd
    content[at + step] = sums.astype(np.float32).view(np.uint32)
    content[at + 2 * step] = ends - begin


def _changes(values: npt.NDArray[np.generic]) -> Ints:
    """Where a value stands that differs from the one before."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])


def _documents(found: Keys) -> Ints:
    return (found >> np.uint64(_DOCUMENT)).astype(np.int64) & _DOCUMENTS


def _places(found: Keys) -> Ints:
    return (found >> np.uint64(_PLACE)).astype(np.int64) & LAST_PLACE
