"""Forms of several words, or of a certain case, that stand for one term: party names and dates written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
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


def synonyms(
    tokens: Sequence[RawToken], *, any_case: bool = False, places: Sequence[int] | None = None
) -> list[Synonym]:
    """Party codes and written-out dates among `tokens`. `any_case`: queries are typed without capitals.

    `places`: the positions of the tokens that are known to be `telling`; None if that has not been looked into.
    """
    if places is None:
        places = [position for position, token in enumerate(tokens) if telling(token.term)]
    return [*_parties(tokens, places, any_case), *_dates(tokens, places)]


def telling(term: str) -> bool:
    """Whether a party may begin with the word, or it is a month."""
    return term in _beginnings() or term in MONTHS


def lone_party(token: RawToken) -> str | None:
    """The term of a party that a token is in any context: no longer form has its word."""
    candidates = _forms_by_first_word().get(_bare(token.term), ())
    if not candidates or not _in_long_forms().isdisjoint((token.term, _bare(token.term))):
        return None
    form = _party_at([token], 0, False)
    return party_term(form.code) if form else None


def may_go_on(term: str, following: str) -> bool:
    """Whether what begins with `term` may be something when the next word is `following`."""
    seconds = _second_words().get(_bare(term))
    return seconds is None or term in MONTHS or _bare(following) in seconds


@cache
def _second_words() -> dict[str, frozenset[str]]:
    """For words that are parties only with others after them, those."""
    only_long = {word: forms for word, forms in _forms_by_first_word().items() if all(len(f.words) > 1 for f in forms)}
    return {word: frozenset(_bare(form.words[1]) for form in forms) for word, forms in only_long.items()}


@cache
def longest_form() -> int:
    """The words of the longest form of a party; a date has three."""
    return max(3, *(len(form.words) for forms in _forms_by_first_word().values() for form in forms))


@cache
def _in_long_forms() -> frozenset[str]:
    forms = (form for forms in _forms_by_first_word().values() for form in forms if len(form.words) > 1)
    return frozenset(written for form in forms for word in form.words for written in (word, _bare(word)))


def party_term(code: str) -> str:
    return f"#{code}"


def first_words(code: str) -> frozenset[str]:
    """The words that the forms of a party begin with, in lower case."""
    forms = (form for same_word in _forms_by_first_word().values() for form in same_word)
    return frozenset(form.words[0] for form in forms if form.code == code)


def party_code(name: str) -> str:
    """The code of a party written in any form, or the name itself in lower case if it is not known."""
    tokens = tokenize(name)
    codes = [synonym.term[1:] for synonym in synonyms(tokens, any_case=True) if synonym.width == len(tokens)]
    return codes[0] if codes else name.casefold().strip()


def _parties(tokens: Sequence[RawToken], places: Sequence[int], any_case: bool) -> Iterator[Synonym]:
    after = 0
    for position in places:
        form = _party_at(tokens, position, any_case) if position >= after else None
        if form:
            yield Synonym(party_term(form.code), position, len(form.words))
            after = position + len(form.words)


def _party_at(tokens: Sequence[RawToken], position: int, any_case: bool) -> _Form | None:
    candidates = _forms_by_first_word().get(_bare(tokens[position].term), ())
    return next((form for form in candidates if _matches(form, tokens, position, any_case)), None)


def _matches(form: _Form, tokens: Sequence[RawToken], position: int, any_case: bool) -> bool:
    window = tokens[position : position + len(form.words)]
    if len(window) < len(form.words) or (form.capital and not any_case and not window[0].text[:1].isupper()):
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


def _dates(tokens: Sequence[RawToken], places: Sequence[int]) -> Iterator[Synonym]:
    for position in places:
        if tokens[position].term in MONTHS and 0 < position < len(tokens) - 1:
            date = _date_at(*tokens[position - 1 : position + 2])
            if date:
                yield Synonym(date_term(date), position - 1, 3)


def _date_at(day: RawToken, month: RawToken, year: RawToken) -> dt.date | None:
    if day.kind is not Kind.FIGURE or not (year.term.isdecimal() and len(year.term) == 4):
        return None
    try:
        return dt.date(int(year.term), MONTHS[month.term], int(day.term))
    except ValueError:
        return None
