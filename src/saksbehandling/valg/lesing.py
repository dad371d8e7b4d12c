"""Lists as a secretary types them: a name and votes, and under it the candidates with K or M. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saksbehandling.errors import InvalidInput
from saksbehandling.valg.kodeverk import Kjoenn
from saksbehandling.valg.values import Kandidat, Liste

_LISTE = re.compile(r"(?P<navn>[^:]*[^:\s])\s*:\s*(?P<stemmer>\d{1,4})")
_KANDIDAT = re.compile(r"(?:\d{1,3}\s*[.)]\s*|-\s+)?(?P<navn>.*?\S)(?:[\s,]*\(?\b(?P<kjoenn>[KMkm])\)?)?")
_KJOENN = {"k": Kjoenn.KVINNE, "m": Kjoenn.MANN}


def les_lister(tekst: str) -> tuple[Liste, ...]:
    """`Ap: 28` begins a list with its votes; each line below, until the next such line, is a candidate: `Kari Lie K`.

    Raises `InvalidInput` naming the line that belongs to no list.
    """
    read: list[tuple[str, int, list[Kandidat]]] = []
    for nummer, linje in enumerate(tekst.splitlines(), 1):
        if not linje.strip():
            continue
        heading = _LISTE.fullmatch(linje.strip())
        if heading:
            read.append((heading["navn"], int(heading["stemmer"]), []))
        elif not read:
            hint = "Begynn med listens navn og stemmetall, for eksempel «Ap: 28»."
            raise InvalidInput(f"Linje {nummer}, «{linje.strip()}», hører ikke til noen liste. {hint}", "lister")
        else:
            read[-1][2].append(_kandidat(linje.strip()))
    return tuple(Liste(navn, stemmer, tuple(kandidater)) for navn, stemmer, kandidater in read)


def skriv_lister(lister: Sequence[Liste]) -> str:
    """As `les_lister` reads them."""
    letters = {kjoenn: letter.upper() for letter, kjoenn in _KJOENN.items()}
    blocks = [
        [f"{liste.navn}: {liste.stemmer}"]
        + [f"{ett.navn} {letters[ett.kjoenn]}" if ett.kjoenn else ett.navn for ett in liste.kandidater]
        for liste in lister
    ]
    return "\n\n".join("\n".join(block) for block in blocks)


def _kandidat(linje: str) -> Kandidat:
    found = _KANDIDAT.fullmatch(linje)
    if found is None:
        return Kandidat(linje)
    return Kandidat(found["navn"], _KJOENN.get((found["kjoenn"] or "").lower()))
