"""Case numbers as people write them. Pure."""

from __future__ import annotations

import re

from saksbehandling.errors import InvalidInput

_SAKSNUMMER = re.compile(r"^\s*(?P<aar>\d{2}|\d{4})\s*/\s*(?P<sekvens>\d{1,9})\s*$")
_AARHUNDRESKILLE = 70  # 70–99 are written in the 1900s


def les_saksnummer(tekst: str) -> tuple[int, int]:
    """Year and sequence of an archive case: `19/8286` and `2019/8286` give (2019, 8286). Raises `InvalidInput`."""
    funnet = _SAKSNUMMER.match(tekst)
    if not funnet:
        raise InvalidInput(f"«{tekst}» er ikke et saksnummer. Skriv det som 19/8286 eller 2019/8286.", "saksnummer")
    return fullt_aar(int(funnet["aar"])), int(funnet["sekvens"])


def fullt_aar(aar: int) -> int:
    """A year of two digits in full; other years unchanged."""
    if aar > 99:
        return aar
    return aar + (1900 if aar >= _AARHUNDRESKILLE else 2000)
