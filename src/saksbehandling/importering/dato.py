"""Dates as Norwegian protocols write them."""

from __future__ import annotations

import re
from datetime import date

_MAANEDER = {
    "januar": 1,
    "februar": 2,
    "mars": 3,
    "april": 4,
    "mai": 5,
    "juni": 6,
    "juli": 7,
    "august": 8,
    "september": 9,
    "oktober": 10,
    "november": 11,
    "desember": 12,
}
MOENSTER = (
    r"(?:\b\d{4}-\d{2}-\d{2}\b|(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d)"
    rf"|(?<!\d)\d{{1,2}}\.?\s(?:{'|'.join(_MAANEDER)})\s\d{{4}}\b)"
)
_DATO = re.compile(MOENSTER, re.IGNORECASE)


def fullt_aar(tall: int) -> int:
    """A year written with two digits, in full: 70 and up belong to the last century."""
    if tall >= 100:
        return tall
    return tall + (1900 if tall >= 70 else 2000)


def finn_dato(tekst: str) -> date | None:
    """The first date in `tekst`, or None where there is none or it is no real day (31.02)."""
    found = _DATO.search(tekst)
    return les_dato(found[0]) if found else None


def les_dato(skrevet: str) -> date | None:
    """One date in any of the written forms, or None where it is no real day."""
    deler = re.findall(r"[^\W_]+", skrevet)
    if len(deler[0]) == 4:
        deler.reverse()
    dag, maaned, aar = deler
    maanedsnummer = _MAANEDER.get(maaned.lower()) or int(maaned)
    try:
        return date(fullt_aar(int(aar)), maanedsnummer, int(dag))
    except ValueError:
        return None
