"""Divides a packet into its documents, and a saksprotokoll into its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from saksbehandling.importering.hode import er_organets_behandling, har_etikett
from saksbehandling.importering.linjer import Linje, uten_fet

_PROTOKOLL = re.compile(r"(?:saksprotokoll|særutskrift|saksutskrift)", re.IGNORECASE)
_FRAMLEGG = re.compile(r"(?:saksframlegg|saksfremlegg)", re.IGNORECASE)
_HODELINJER = 4  # lines within which the date follows the body in a head

_HVEM = r"(?:\w[\w -]*?s )?"
_OVERSKRIFTER = (
    ("grunnlag", rf"{_HVEM}(?:forslag til (?:vedtak|innstilling|uttalelse)|framlegg til vedtak)"),
    ("grunnlag", r"(?:rådmannens|kommunedirektørens|ordførerens|ordførers) (?:innstilling|tilråding)"),
    ("behandling", rf"{_HVEM}(?:behandling|handsaming)(?: i møtet?)?"),
    ("votering", r"votering(?:er)?|avstemn?ming|avstemning|avstemming|røysting|avrøysting|voteringsresultat"),
    ("vedtak", rf"{_HVEM}vedtak"),
    ("vedtak", rf"{_HVEM}(?:innstilling|tilråding|uttalelse|fråsegn)"),
)
_SEKSJONER = tuple(
    (navn, re.compile(rf"(?P<ord>{ord_})(?:\s*:\s*(?P<rest>.*))?", re.I)) for navn, ord_ in _OVERSKRIFTER
)


class Art(Enum):
    INNLEDNING = "innledning"
    PROTOKOLL = "protokoll"
    FRAMLEGG = "framlegg"


@dataclass(slots=True)
class Dokument:
    """A document in the packet: its heading line (None where it starts with its head) and the lines after it."""

    art: Art
    overskrift: Linje | None
    linjer: list[Linje] = field(default_factory=list)

    @property
    def linje(self) -> int:
        return self.alle_linjer[0].nr if self.alle_linjer else 1

    @property
    def alle_linjer(self) -> list[Linje]:
        return [self.overskrift, *self.linjer] if self.overskrift else self.linjer


@dataclass(slots=True)
class Seksjon:
    """A section of a saksprotokoll. `overskrift` is as written."""

    navn: str
    overskrift: str
    linjer: list[Linje] = field(default_factory=list)


def del_pakke(linjer: Sequence[Linje]) -> tuple[Dokument, ...]:
    """The documents in packet order; first what stands before any of them."""
    dokumenter = [Dokument(Art.INNLEDNING, None)]
    for nr, linje in enumerate(linjer):
        art = _art(linje)
        if art:
            dokumenter.append(Dokument(art, linje))
        elif _er_hode(linjer, nr) and not _nettopp_startet(dokumenter[-1]):
            dokumenter.append(Dokument(Art.PROTOKOLL, None, [linje]))
        else:
            dokumenter[-1].linjer.append(linje)
    return tuple(dokumenter)


def del_protokoll(linjer: Sequence[Linje]) -> tuple[list[Linje], list[Seksjon]]:
    """The head's lines, and the sections. A heading inside the vedtak ("INNSTILLING:") belongs to the vedtak's text."""
    hode: list[Linje] = []
    seksjoner: list[Seksjon] = []
    for linje in linjer:
        ny = _seksjon(linje, seksjoner[-1].navn if seksjoner else "")
        if ny:
            seksjoner.append(ny)
        elif seksjoner:
            seksjoner[-1].linjer.append(linje)
        else:
            hode.append(linje)
    return hode, seksjoner


def _art(linje: Linje) -> Art | None:
    tekst = uten_fet(linje.tekst)
    if _PROTOKOLL.fullmatch(tekst):
        return Art.PROTOKOLL
    return Art.FRAMLEGG if _FRAMLEGG.fullmatch(tekst) else None


def _er_hode(linjer: Sequence[Linje], nr: int) -> bool:
    if er_organets_behandling(linjer[nr]):
        return True
    starter = re.match(r"(?:Utval|UTVAL|Organ)", uten_fet(linjer[nr].tekst)) and har_etikett(linjer[nr], "utvalg")
    return bool(starter) and any(har_etikett(linje, "moetedato") for linje in linjer[nr : nr + _HODELINJER])


def _nettopp_startet(dokument: Dokument) -> bool:
    return dokument.art is Art.PROTOKOLL and not dokument.linjer


def _seksjon(linje: Linje, gjeldende: str) -> Seksjon | None:
    tekst = uten_fet(linje.tekst)
    for navn, moenster in _SEKSJONER:
        found = moenster.fullmatch(tekst)
        if found and _skiller(navn, found, gjeldende):
            rest = [Linje(linje.nr, found["rest"])] if found["rest"] else []
            overskrift = tekst.removesuffix(found["rest"] or "").strip()
            return Seksjon(navn, overskrift, rest)
    return None


def _skiller(navn: str, found: re.Match[str], gjeldende: str) -> bool:
    """Text after the colon on the same line is read so only for Vedtak and Votering, where it is common."""
    er_vedtak = found["ord"].lower().endswith("vedtak") and navn == "vedtak"
    if found["rest"] and not (er_vedtak or navn == "votering"):
        return False
    return gjeldende != "vedtak" or er_vedtak or navn not in ("vedtak", "grunnlag")
