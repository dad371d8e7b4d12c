"""Takes apart the signature lines under a saksframlegg.

Two columns of names over titles are extracted as one line: "Kari Nes Ola Li kommunedirektør kultursjef". Names begin
with capitals, titles do not; each title ends in the word for an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, groupby, pairwise

from saksbehandling.importering.linjer import Kontekst, Linje, uten_fet
from saksbehandling.importering.pakke import Signatur

_UTEN_UNDERSKRIFT = re.compile(r"godkjen(?:ning|t)\b|underskrift|sign\.", re.IGNORECASE)
_EMBETE = re.compile(
    r"\w*(?:mann|direktør|leder|leiar|sjef|rådgiver|rådgjevar|konsulent|behandler|behandlar|ordfører|ordførar|byråd|sekretær)\.?"
)
_LIKT_NAVN = 0.85
_ORD_I_NAVN = re.compile(r"[A-ZÆØÅ][\w.-]*")


def les_signaturer(linjer: Sequence[Linje], kontekst: Kontekst) -> tuple[Signatur, ...]:
    """Who signed, with titles. Lines that say how it was approved are passed over."""
    aktuelle = [linje for linje in linjer if not _UTEN_UNDERSKRIFT.search(linje.tekst)]
    ordene = [ord_ for linje in aktuelle for ord_ in uten_fet(linje.tekst).split()]
    bolker = [list(bolk) for _, bolk in groupby(ordene, key=lambda ord_: bool(_ORD_I_NAVN.fullmatch(ord_)))]
    ut: list[Signatur] = []
    for navneord, tittelord in zip(bolker[::2], bolker[1::2], strict=False):
        titler = _titler(tittelord)
        navn = _del_navn(navneord, len(titler), aktuelle[0], kontekst)
        ut.extend(Signatur(*par) for par in zip(navn, titler, strict=False))
    if aktuelle and not ut:
        kontekst.advar(aktuelle[0].nr, "underskrift", f"«{aktuelle[0].tekst}» er ikke forstått som navn og titler.")
    return tuple(ut)


def _titler(ordene: Sequence[str]) -> list[str]:
    titler: list[list[str]] = [[]]
    for ord_ in ordene:
        titler[-1].append(ord_)
        if _EMBETE.fullmatch(ord_):
            titler.append([])
    return [" ".join(tittel) for tittel in titler if tittel]


def _del_navn(ordene: Sequence[str], antall: int, linje: Linje, kontekst: Kontekst) -> list[str]:
    """Divide a row of capitalised words into `antall` names of two words or more.

    The division whose names are found elsewhere in the packet wins; with none found the first names are short.
    """
    delinger = list(_delinger(ordene, antall)) or [[" ".join(ordene)]]
    if len(delinger) == 1:
        return delinger[0]
    andre_navn = _navn_i(kontekst.tekst.replace(linje.tekst, ""))
    treff = [sum(_finnes(navn, andre_navn) for navn in deling) for deling in delinger]
    if not max(treff):
        kontekst.advar(
            linje.nr, "navnedeling", f"«{linje.tekst}»: det er uklart hvor det ene navnet slutter. Kontroller."
        )
    return delinger[treff.index(max(treff))]


def _delinger(ordene: Sequence[str], antall: int) -> Iterator[list[str]]:
    for snitt in combinations(range(1, len(ordene)), antall - 1):
        grenser = [0, *snitt, len(ordene)]
        deler = [ordene[fra:til] for fra, til in pairwise(grenser)]
        if all(len(del_) >= 2 for del_ in deler):
            yield [" ".join(del_) for del_ in deler]


def _navn_i(tekst: str) -> set[str]:
    return set(re.findall(rf"{_ORD_I_NAVN.pattern}(?: {_ORD_I_NAVN.pattern})+", tekst))


def _finnes(navn: str, andre: set[str]) -> bool:
    """Names are spelt in several ways in one packet, so a near likeness counts."""
    return any(SequenceMatcher(None, navn, annet).ratio() >= _LIKT_NAVN for annet in andre)
