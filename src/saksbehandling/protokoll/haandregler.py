"""What an edited protocol says beside the one made of the data, and what may be changed in it when. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from saksbehandling.documents.cleaning import is_being_edited
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.richread import read_blocks
from saksbehandling.errors import InvalidFile, Reason
from saksbehandling.richtext import plain_text
from saksbehandling.tekstforskjell import Par, sammenlign

Json = dict[str, Any]
_HVILKEN = ("kommune", "utvalg", "moetedato", "arkivsak")
_VIS_HOEYST = 3


@dataclass(frozen=True, slots=True)
class Ordforskjell:
    """Two documents beside each other, line by line."""

    linjer: tuple[Par[str], ...]

    @property
    def antall(self) -> int:
        """How many places are different."""
        return sum(not par.likt for par in self.linjer)

    def puljer(self) -> list[tuple[bool, list[Par[str]]]]:
        """The lines, together as long as they are the same or are not."""
        return [(likt, list(par)) for likt, par in groupby(self.linjer, key=lambda ett: ett.likt)]


def ordlinjer(docx: bytes) -> tuple[str, ...]:
    """The words of a document, a line for each paragraph, list item and table row. Raises `InvalidFile`."""
    linjer = (" ".join(linje.split()) for linje in plain_text(read_blocks(docx)).split("\n"))
    return tuple(filter(None, linjer))


def ordforskjell(foer: bytes, etter: bytes) -> Ordforskjell:
    """What the words of one document are in the other. Raises `InvalidFile`."""
    return Ordforskjell(sammenlign(ordlinjer(foer), ordlinjer(etter)))


def uten_godkjenning(grunnlag: Mapping[str, Any]) -> Json:
    """The data without how they were approved: an approval changes nothing of what is minuted."""
    return {navn: None if navn == "godkjenning" else verdi for navn, verdi in grunnlag.items()}


def egne_data(docx: bytes) -> Json | None:
    """The data that a document carries; None for one without, as those with exempt parts are."""
    try:
        return uten_godkjenning(read_data(docx))
    except InvalidFile:
        return None


def krev_ferdig(docx: bytes) -> None:
    """Raise `InvalidFile` where readers of the document could see what was deleted or remarked while it was written."""
    if is_being_edited(docx):
        raise InvalidFile(
            "Dokumentet har sporede endringer eller merknader i margen, som alle som får filen, kan lese."
            " Godta eller avvis endringene, slett merknadene, lagre, og last opp på nytt."
        )


def krev_samme(docx_data: Mapping[str, Any], grunnlag: Mapping[str, Any]) -> None:
    """Raise `InvalidFile` where a document is the protocol of something else."""
    if _hvilken(docx_data) != _hvilken(grunnlag):
        annet = ", ".join(filter(None, (str(docx_data.get(felt) or "") for felt in ("utvalg", "moetedato", "sak"))))
        raise InvalidFile(f"Dokumentet er en annen protokoll ({annet}). Velg filen som hører til her.")


def rokker_ved(gjelder: Sequence[str], ny: Sequence[str], navn: str) -> Iterator[Reason]:
    """Why a document may not take the place of one that is approved or signed: lines of it are gone or changed.

    What stands is corrected by adding to it, never by writing over it.
    """
    borte = [par.foer for par in sammenlign(gjelder, ny) if par.foer is not None and not par.likt]
    for linje in borte[:_VIS_HOEYST]:
        yield Reason(f"{navn} er godkjent eller underskrevet, men i filen er dette borte eller endret: «{linje}»")
    if borte:
        flere = f"{len(borte) - _VIS_HOEYST} avsnitt til er endret. " if len(borte) > _VIS_HOEYST else ""
        yield Reason(f"{flere}Føy til en rettelse i stedet. Utseendet kan endres, og nye avsnitt kan føyes til.")


def _hvilken(data: Mapping[str, Any]) -> list[Any]:
    return ["saker" in data, *(data.get(felt) for felt in _HVILKEN)]
