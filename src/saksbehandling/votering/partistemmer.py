"""Party tallies as a secretary types them and as minutes print them: `1Ap, 5MDG, 4SV, 2R`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping

from saksbehandling.errors import InvalidInput

_SEPARATOR = re.compile(r"(?:[\s,;+()]|\.(?=\s)|\bog\b)+", re.IGNORECASE)
_UNREAD = re.compile(r"[^\s,;+]+")
_LETTERS = re.compile(r"[^\W\d]+(?:[^\W\d]|-)*")


def parse_partistemmer(text: str, kjente_partier: Collection[str], felt: str = "partistemmer") -> Mapping[str, int]:
    """Party code -> votes, in the order typed. A party without a number has one vote. `felt`: where it was typed.

    Any case; parted by commas, spaces, plus signs or «og»; a full stop may end it. Raises `InvalidInput` naming the
    part that cannot be read, the nearest known party, and the known ones.
    """
    tally: dict[str, int] = {}
    entry = _entry(kjente_partier)
    text = text.strip().removesuffix(".")
    at = _skip(text, 0)
    while at < len(text):
        found = entry.match(text, at)
        if not found:
            raise _unreadable(_part(text, at), kjente_partier, felt)
        parti = _code(found["parti"], kjente_partier)
        tally[parti] = _votes(found["antall"], parti, tally, felt)
        at = _skip(text, found.end())
    return tally


def format_partistemmer(partistemmer: Mapping[str, int]) -> str:
    """As minutes print it, in the order given: `1Ap, 5MDG`."""
    return ", ".join(f"{antall}{parti}" for parti, antall in partistemmer.items())


def _entry(partier: Collection[str]) -> re.Pattern[str]:
    longest_first = sorted(partier, key=len, reverse=True)
    names = "|".join(re.escape(parti) for parti in longest_first) or "(?!)"
    return re.compile(rf"(?P<antall>\d{{1,4}})?\s*(?P<parti>{names})(?![^\W\d_])", re.IGNORECASE)


def _skip(text: str, at: int) -> int:
    found = _SEPARATOR.match(text, at)
    return found.end() if found else at


def _code(typed: str, partier: Collection[str]) -> str:
    return next(parti for parti in partier if parti.casefold() == typed.casefold())


def _votes(typed: str | None, parti: str, tally: Mapping[str, int], felt: str) -> int:
    antall = int(typed) if typed else 1
    if antall < 1:
        raise InvalidInput(f"{parti} er ført med 0 stemmer. Ta partiet bort eller skriv et antall.", felt)
    if parti in tally:
        raise InvalidInput(f"{parti} er ført to ganger. Slå stemmene sammen til ett antall.", felt)
    return antall


def _part(text: str, at: int) -> str:
    found = _UNREAD.match(text, at)
    return found[0].strip("()") if found else text[at:]


def _unreadable(part: str, partier: Collection[str], felt: str) -> InvalidInput:
    if part.isdigit():
        why = f"Tallet «{part}» står ikke foran et parti."
    else:
        why = f"Kan ikke lese «{part}» i partistemmene.{_suggestion(part, partier)}"
    known = f"Kjente partier: {', '.join(partier)}." if partier else "Ingen partier er registrert i utvalget."
    return InvalidInput(f"{why} Skriv antallet foran partiet, for eksempel «2Ap, 1H». {known}", felt)


def _suggestion(part: str, partier: Collection[str]) -> str:
    letters = _LETTERS.search(part)
    by_fold = {parti.casefold(): parti for parti in partier}
    near = difflib.get_close_matches(letters[0].casefold() if letters else part, by_fold, n=1, cutoff=0.4)
    return f" Mente du {by_fold[near[0]]}?" if near else ""
