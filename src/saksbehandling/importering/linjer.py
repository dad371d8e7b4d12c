"""Lines with their numbers, what page breaks did to them, and blocks of rich text from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from saksbehandling.importering.pakke import Advarsel
from saksbehandling.richtext import Block, Blocks, Heading, Paragraph, paragraph, parse_notation

_NUMMERERT = re.compile(r"(?:- )?(?P<nr>\d+)[.)] ")
_KAPITTEL = re.compile(r"(?P<nr>\d+(?:\.\d+)*)\.? +[A-ZÆØÅ]")
_SETNINGSSLUTT = tuple(".:;!?…-–")
_LENGSTE_OVERSKRIFT = 12  # words


@dataclass(frozen=True, slots=True)
class Linje:
    """A non-empty line without layout blanks around it. `nr` counts from 1 in the file."""

    nr: int
    tekst: str


@dataclass(slots=True)
class Kontekst:
    """What reading one file shares: its whole text, to recognise broken paragraphs, and the warnings so far."""

    tekst: str
    advarsler: list[Advarsel] = field(default_factory=list)

    def advar(self, linje: int, kode: str, tekst: str) -> None:
        self.advarsler.append(Advarsel(linje, tekst, kode))


class Slag(Enum):
    TEKST = 1
    PUNKT = 2
    NUMMER = 3
    RAD = 4


def del_i_linjer(tekst: str) -> tuple[Linje, ...]:
    """The non-empty lines. Only \\n, \\r\\n and \\r count; a form feed is blank space."""
    raa = tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    linjer = (Linje(nr, _uten_layout(linje)) for nr, linje in enumerate(raa, 1))
    return tuple(linje for linje in linjer if linje.tekst.strip())


def uten_fet(tekst: str) -> str:
    """The line without bold marks: headings and labels are often bold by accident."""
    return tekst.replace("**", "").strip()


def sammen(linjer: Sequence[Linje], kontekst: Kontekst) -> tuple[Linje, ...]:
    """Join paragraphs that a page break has cut in two: no sentence end before, lower case after.

    Where the joined text stands whole elsewhere in the file it is certain; otherwise a warning tells what was done.
    """
    ut: list[Linje] = []
    for linje in linjer:
        if ut and _er_brutt(ut[-1], linje):
            ut[-1] = _skjoet(ut[-1], linje, kontekst)
        else:
            ut.append(linje)
    return tuple(ut)


def til_blokker(linjer: Sequence[Linje], kontekst: Kontekst, *, overskrifter: bool = False) -> Blocks:
    """Rich text. A list or table that a page break divides is one.

    `overskrifter`: find headings, which have no mark in an extracted text, by their shape.
    """
    grupper = list(_grupper(sammen(linjer, kontekst)))
    ut: list[Block] = []
    for nr, gruppe in enumerate(grupper):
        if slag(gruppe[0].tekst) is Slag.TEKST or (overskrifter and _er_kapittel(gruppe)):
            neste = grupper[nr + 1][0] if nr + 1 < len(grupper) else None
            ut.append(_avsnitt(gruppe[0], neste, overskrifter))
        else:
            ut.extend(parse_notation("\n".join(linje.tekst for linje in gruppe)))
    return tuple(ut)


def er_overskrift(tekst: str) -> bool:
    """Whether a line has the shape of a heading: short, capital or number first, no sentence end."""
    return (
        bool(re.match(r"\**[A-ZÆØÅ\d]", tekst))
        and not uten_fet(tekst).endswith((*_SETNINGSSLUTT, ","))
        and len(tekst.split()) <= _LENGSTE_OVERSKRIFT
        and slag(tekst) in (Slag.TEKST, Slag.NUMMER)
        and not tekst.startswith("- ")
    )


def slag(tekst: str) -> Slag:
    if "\t" in tekst:
        return Slag.RAD
    if _NUMMERERT.match(tekst):
        return Slag.NUMMER
    return Slag.PUNKT if tekst.startswith(("- ", "• ")) else Slag.TEKST


def _uten_layout(linje: str) -> str:
    """Strip blanks around the line, except the tabs of a table row, which are cells."""
    linje = linje.replace("\f", " ").replace("\v", " ")
    return linje.strip(" \u00a0") if "\t" in linje else linje.strip()


def _er_brutt(forrige: Linje, neste: Linje) -> bool:
    return (
        slag(forrige.tekst) is slag(neste.tekst) is Slag.TEKST
        and not forrige.tekst.rstrip("*\"”»'").endswith(_SETNINGSSLUTT)
        and neste.tekst[0].islower()
    )


def _skjoet(forrige: Linje, neste: Linje, kontekst: Kontekst) -> Linje:
    hel = f"{forrige.tekst} {neste.tekst}"
    if hel not in kontekst.tekst:
        kontekst.advar(
            neste.nr,
            "sideskift",
            f"Linje {neste.nr} er lest som fortsettelsen av avsnittet i linje {forrige.nr}, som slutter midt i en"
            " setning. Kontroller at de hører sammen.",
        )
    return Linje(forrige.nr, hel)


def _grupper(linjer: Iterable[Linje]) -> Iterator[list[Linje]]:
    """Runs of list items or table rows that belong together; every other line alone."""
    gruppe: list[Linje] = []
    for linje in linjer:
        if gruppe and not _fortsetter(gruppe[-1], linje):
            yield gruppe
            gruppe = []
        gruppe.append(linje)
    if gruppe:
        yield gruppe


def _fortsetter(forrige: Linje, neste: Linje) -> bool:
    hva = slag(neste.tekst)
    if hva is Slag.TEKST or slag(forrige.tekst) is not hva:
        return False
    return hva is not Slag.NUMMER or _nummer(neste) == _nummer(forrige) + 1


def _er_kapittel(gruppe: Sequence[Linje]) -> bool:
    """A numbered line that stands alone is rather the heading of a chapter than a list of one."""
    return len(gruppe) == 1 and bool(_KAPITTEL.match(gruppe[0].tekst)) and er_overskrift(gruppe[0].tekst)


def _nummer(linje: Linje) -> int:
    found = _NUMMERERT.match(linje.tekst)
    return int(found["nr"]) if found else 0


def _avsnitt(linje: Linje, neste: Linje | None, overskrifter: bool) -> Block:
    avsnitt = paragraph(linje.tekst)
    if overskrifter and er_overskrift(linje.tekst) and _innleder_tekst(linje, neste):
        kapittel = _KAPITTEL.match(linje.tekst)
        return Heading(min(2 + kapittel["nr"].count("."), 6) if kapittel else 2, avsnitt.runs)
    return Paragraph(avsnitt.runs)


def _innleder_tekst(linje: Linje, neste: Linje | None) -> bool:
    """A heading has something under it; only a numbered one may have another heading there."""
    if neste is None:
        return False
    return bool(_KAPITTEL.match(linje.tekst)) or not er_overskrift(neste.tekst)
