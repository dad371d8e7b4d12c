"""Reads the decision as printed: lead-in, adopted segments, what follows a postponed case, remarks under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from saksbehandling.importering.deling import Seksjon
from saksbehandling.importering.linjer import Kontekst, Linje, til_blokker, uten_fet
from saksbehandling.importering.pakke import MerknadIVedtak, Vedtakstekst
from saksbehandling.importering.partier import les_liste
from saksbehandling.richtext import segments

_INDRE = re.compile(r"(?:innstilling|uttalelse|vedtak|tilråding|fråsegn)\s*:", re.IGNORECASE)
_LEDETEKST = re.compile(
    r"(?:Saken|Saka)\s+(?:sendes|blir sendt|vert send)\b.*\bmed slik\b.*:?"
    r"|.{3,80}\s(?:gir|avgir|gjev|avgjev)\s+(?:følgende|følgjande|slik)\b.*:?",
    re.IGNORECASE,
)
_FOELGER = re.compile(
    r"(?:følgende|følgjande|slik)\s+(?:innstilling|tilråding|forslag).{0,20}\s(?:følger|følgjer)\s+sak(?:en|a)\s*[.:]?",
    re.IGNORECASE,
)
_MERKNAD = re.compile(
    r"(?:flertalls|fleirtals|mindretalls|felles)?merknad(?:er)?\b(?:\s*[-–:]\s*(?P<partier>.*?))?\s*:?", re.I
)


def les_vedtak(seksjon: Seksjon, kontekst: Kontekst) -> Vedtakstekst:
    """The decision from its section."""
    innledning, tekst = _del_ledetekst(seksjon.linjer)
    tekst, merknader = _del_ved(tekst, _er_merknad)
    tekst, foelge = _del_ved(tekst, lambda linje: bool(_FOELGER.fullmatch(uten_fet(linje.tekst))))
    return Vedtakstekst(
        seksjon.overskrift,
        tuple(uten_fet(linje.tekst) for linje in innledning),
        segments(til_blokker(tekst, kontekst)),
        uten_fet(foelge[0].tekst) if foelge else None,
        segments(til_blokker(foelge[1:], kontekst)),
        tuple(_les_merknader(merknader, kontekst)),
    )


def _del_ledetekst(linjer: Sequence[Linje]) -> tuple[Sequence[Linje], Sequence[Linje]]:
    """What leads into the text: all down to an inner heading ("INNSTILLING:"), or else an opening sentence."""
    for nr, linje in enumerate(linjer):
        if _INDRE.fullmatch(uten_fet(linje.tekst)):
            return linjer[: nr + 1], linjer[nr + 1 :]
    er_ledetekst = bool(linjer) and bool(_LEDETEKST.fullmatch(uten_fet(linjer[0].tekst))) and len(linjer) > 1
    return linjer[:er_ledetekst], linjer[er_ledetekst:]


def _del_ved(linjer: Sequence[Linje], er: Callable[[Linje], bool]) -> tuple[Sequence[Linje], Sequence[Linje]]:
    sted = next((nr for nr, linje in enumerate(linjer) if er(linje)), len(linjer))
    return linjer[:sted], linjer[sted:]


def _er_merknad(linje: Linje) -> bool:
    return bool(_MERKNAD.fullmatch(uten_fet(linje.tekst)))


def _les_merknader(linjer: Sequence[Linje], kontekst: Kontekst) -> list[MerknadIVedtak]:
    ut = []
    while linjer:
        tekst, neste = _del_ved(linjer[1:], _er_merknad)
        overskrift = uten_fet(linjer[0].tekst)
        found = _MERKNAD.fullmatch(overskrift)
        partier = les_liste(found["partier"] or "") if found else ()
        ut.append(MerknadIVedtak(overskrift, partier, til_blokker(tekst, kontekst)))
        linjer = neste
    return ut
