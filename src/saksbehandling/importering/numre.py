"""Case numbers and archive numbers in the forms that protocols use."""

from __future__ import annotations

import re

from saksbehandling.importering.dato import fullt_aar
from saksbehandling.importering.pakke import Arkivsak, Saksnummer

_SAK = re.compile(r"(?:\b(?P<prefiks>[A-ZÆØÅ]{2,3})\.?\s*)?(?<!\d)(?P<nr>\d{1,4})\s*/\s*(?P<aar>\d{4}|\d{2})(?![\d/])")
_ARKIVSAK = re.compile(r"(?<!\d)(?P<aar>\d{4}|\d{2})\s*/\s*(?P<nr>\d{1,6})(?![\d/])")


def finn_saksnummer(tekst: str) -> Saksnummer | None:
    """The first `87/19`, `PS 0087/19`, `sak 87/2019` or `114 /13` in `tekst`."""
    found = _SAK.search(tekst)
    if not found:
        return None
    return Saksnummer(found["prefiks"], int(found["nr"]), fullt_aar(int(found["aar"])))


def finn_arkivsak(tekst: str) -> Arkivsak | None:
    """The first `19/8286` or `2019/8286` in `tekst`: year first."""
    found = _ARKIVSAK.search(tekst)
    return Arkivsak(fullt_aar(int(found["aar"])), int(found["nr"])) if found else None
