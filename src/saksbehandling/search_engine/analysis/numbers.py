"""Case numbers and dates as people write them, in one canonical form."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

_NUMBER = re.compile(r"0*(\d+)/0*(\d+)(?:-0*(\d+))?")
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar feb",
            "mars mar",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "desember des",
        ),
        1,
    )
    for name in names.split()
}


def canonical_number(text: str) -> str | None:
    """The one form of `87/19`, `0087/19`, `087/2019` (87/19) and of `2019/8286-4` (19/8286-4); None for other text.

    Which side is the year is not known, so a four-digit year becomes two digits on either side; both the index and the
    query go through here, so that all that matters is that equals become equal.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    first, second, document = match.groups()
    number = f"{_side(first)}/{_side(second)}"
    return f"{number}-{document}" if document else number


def _side(digits: str) -> str:
    is_year = len(digits) == 4 and digits[:2] in ("19", "20")
    return str(int(digits[2:])) if is_year else digits


def without_document(number: str) -> str:
    """The case of a canonical document number: 19/8286-4 -> 19/8286."""
    return number.partition("-")[0]


def parse_date(text: str) -> dt.date | None:
    """The day of `29.08.2019`, `29.8.19`, `29. 8. 2019` or `2019-08-29`; None if there is no such day."""
    match = _NORWEGIAN_DATE.fullmatch(text)
    try:
        if match is None:
            return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
        day, month, year = match.groups()
        return dt.date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def date_term(date: dt.date) -> str:
    """The term of a day; sorts as the days do, also as text."""
    return date.strftime("%Y%m%d") if date.year >= 1000 else f"{date.year:04}{date:%m%d}"
