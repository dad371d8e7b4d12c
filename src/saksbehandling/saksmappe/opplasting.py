"""From an uploaded file to a document of a case."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from saksbehandling.documents.content import Content
from saksbehandling.documents.opplasting import Filtype, kontroller_opplasting, tekst_fra
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.errors import InvalidFile, InvalidInput
from saksbehandling.richtext import Blocks, Paragraph, Run
from saksbehandling.saksmappe.models import Dokument

LENGSTE_FILNAVN = 255
OPPLASTET = "Dokument"  # the `dokumenttype` of what people put into a case, apart from what the product makes


@dataclass(frozen=True, slots=True)
class Opplasting:
    """A file that was looked over: what it is, and its words where they can be read."""

    filnavn: str
    innhold: Content
    filtype: Filtype
    tekst: Blocks | None


def ta_inn(filnavn: str, innhold: Content, grenser: Limits | None = None) -> Opplasting:
    """Look an upload over. Raises `InvalidFile` with what is wrong, `InvalidInput` when no file was chosen."""
    navn = rent_filnavn(filnavn)
    if not navn:
        raise InvalidInput("Velg en fil.", "fil")
    filtype = kontroller_opplasting(navn, innhold, grenser)
    return Opplasting(navn, innhold, filtype, _tekst(filtype, innhold))


def _tekst(filtype: Filtype, innhold: Content) -> Blocks | None:
    """The words, where they can be read: a harmless file is taken in without them too."""
    try:
        return som_avsnitt(tekst_fra(filtype, innhold))
    except InvalidFile:
        return None


def som_dokument(opplasting: Opplasting, tittel: str) -> Dokument:
    """A document of that file, still without its version. `tittel`: the name of the file without ending if empty."""
    return Dokument(
        tittel=tittel or PurePosixPath(opplasting.filnavn).stem, dokumenttype=OPPLASTET, tekst=opplasting.tekst
    )


def som_avsnitt(tekst: str) -> Blocks:
    """A paragraph for each line that holds something; what no document may contain is left out."""
    linjer = ("".join(tegn for tegn in linje if _synlig(tegn)).strip() for linje in tekst.splitlines())
    return tuple(Paragraph((Run(linje),)) for linje in linjer if linje)


def rent_filnavn(filnavn: str) -> str:
    """The last part of the name, without marks that cannot be seen; some browsers send the whole path."""
    navn = "".join(tegn for tegn in filnavn.replace("\\", "/").rsplit("/", 1)[-1] if _synlig(tegn)).strip()
    return navn[-LENGSTE_FILNAVN:]


def _synlig(tegn: str) -> bool:
    return tegn == "\t" or (unicodedata.category(tegn) not in ("Cc", "Cs") and tegn not in "\ufffe\uffff")
