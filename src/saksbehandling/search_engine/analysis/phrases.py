"""Forms of several words, or of a certain case, that stand for one term: party names and dates written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from saksbehandling.search_engine.analysis import wordlists
from saksbehandling.search_engine.analysis.numbers import MONTHS, date_term
from saksbehandling.search_engine.analysis.tokenizer import Kind, RawToken, tokenize


class _Form(NamedTuple):
    code: str
    words: tuple[str, ...]
    capital: bool


class Synonym(NamedTuple):
    """`term` stands for the `width` tokens from `position` on."""

    term: str
    position: int
    width: int


def synonyms(tokens: Sequence[RawToken], *, any_case: bool = False) -> list[Synonym]:
    """Party codes and written-out dates among `tokens`. `any_case`: queries are typed without capitals."""
    positions = [position for position, token in enumerate(tokens) if may_begin(token, any_case=any_case)]
    return list(synonyms_at(tokens, positions, any_case=any_case))


def party_term(code: str) -> str:
    return f"#{code}"


def first_words(code: str) -> frozenset[str]:
    """The words that the forms of a party begin with, in lower case."""
    forms = (form for same_word in _forms_by_first_word().values() for form in same_word)
    return frozenset(form.words[0] for form in forms if form.code == code)


def party_code(name: str) -> str:
    """The code of a party written in any form, or the name itself in lower case if it is not known."""
    tokens = tokenize(name)
    found = synonyms(tokens, any_case=True)
    codes = [each.term[1:] for each in found if each.width == len(tokens) and each.term.startswith("#")]
    return codes[0] if codes else name.casefold().strip()


def may_begin(token: RawToken, *, any_case: bool = False) -> bool:
    """Whether `synonyms_at` may find something there: where a party's name begins, or a month stands."""
    if token.term not in _beginnings():
        return token.term in MONTHS
    capital = any_case or token.text[:1].isupper()
    return capital or not all(form.capital for form in _forms_by_first_word()[_bare(token.term)])


def synonyms_at(tokens: Sequence[RawToken], positions: Iterable[int], *, any_case: bool = False) -> Iterator[Synonym]:
    """Party codes and written-out dates among `tokens`, looked for at these positions, which ascend."""
    after = 0
    for position in positions:
        term = tokens[position].term
        if term in _beginnings() and position >= after:
            form = _party_at(tokens, position, any_case)
            if form:
                yield Synonym(party_term(form.code), position, len(form.words))
                after = position + len(form.words)
        if term in MONTHS and 0 < position < len(tokens) - 1:
            date = _date_at(*tokens[position - 1 : position + 2])
            if date:
                yield Synonym(date_term(date), position - 1, 3)


def _party_at(tokens: Sequence[RawToken], position: int, any_case: bool) -> _Form | None:
    candidates = _forms_by_first_word()[_bare(tokens[position].term)]
    return next((form for form in candidates if _matches(form, tokens, position, any_case)), None)


def _matches(form: _Form, tokens: Sequence[RawToken], position: int, any_case: bool) -> bool:
    if form.capital and not any_case and not tokens[position].text[:1].isupper():
        return False
    window = tokens[position : position + len(form.words)]
    if len(window) < len(form.words):
        return False
    *start, last = (token.term for token in window)
    return start == list(form.words[:-1]) and last in (form.words[-1], f"{form.words[-1]}s")


@cache
def _forms_by_first_word() -> dict[str, tuple[_Form, ...]]:
    """Longest form first, so that Miljøpartiet De Grønne is one party and not two."""
    found: dict[str, list[_Form]] = {}
    for form in sorted(map(_form, wordlists.parties()), key=lambda form: -len(form.words)):
        found.setdefault(_bare(form.words[0]), []).append(form)
    return {word: tuple(forms) for word, forms in found.items()}


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(form for word in _forms_by_first_word() for form in (word, f"{word}s"))


def _form(listed: wordlists.PartyForm) -> _Form:
    return _Form(listed.code, tuple(token.term for token in tokenize(listed.text)), listed.capital)


def _bare(word: str) -> str:
    """Without the genitive s, by which the forms are looked up."""
    return word.removesuffix("s") if len(word) > 1 else word


def _date_at(day: RawToken, month: RawToken, year: RawToken) -> dt.date | None:
    if day.kind is not Kind.FIGURE or not (year.term.isdecimal() and len(year.term) == 4):
        return None
    try:
        return dt.date(int(year.term), MONTHS[month.term], int(day.term))
    except ValueError:
        return None
