"""Judges and reads uploads: the side that runs in a process of its own, and the checks that it runs."""

from __future__ import annotations

import io
from typing import BinaryIO

from saksbehandling.documents.content import content_of
from saksbehandling.documents.opplasting_docx import kontroller_docx
from saksbehandling.documents.opplasting_eml import attachments, tekst_fra_eml
from saksbehandling.documents.opplasting_odt import kontroller_odt
from saksbehandling.documents.opplasting_pdf import kontroller_pdf
from saksbehandling.documents.opplasting_slag import Filtype, recognise
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.documents.skilt_prosess import serve
from saksbehandling.documents.tekstuttrekk import hele_teksten_fra_docx
from saksbehandling.documents.tekstuttrekk_odt import tekst_fra_odt
from saksbehandling.errors import InvalidFile

SCANNED = frozenset({Filtype.DOCX, Filtype.ODT, Filtype.PDF, Filtype.EPOST})
_READERS = {Filtype.DOCX: hele_teksten_fra_docx, Filtype.ODT: tekst_fra_odt, Filtype.EPOST: tekst_fra_eml}
_ATTACHED = frozenset({".docx", ".odt", ".pdf"})


def gransk(kind: Filtype, source: BinaryIO, limits: Limits | None = None) -> None:
    """Judge a file of that kind. Raises `InvalidFile`, naming everything that is wrong and what to do."""
    limits = limits or Limits()
    match kind:
        case Filtype.DOCX:
            kontroller_docx(source, limits)
        case Filtype.ODT:
            kontroller_odt(source, limits)
        case Filtype.PDF:
            kontroller_pdf(content_of(source))
        case Filtype.EPOST:
            _gransk_vedlegg(source.read(), limits)


def _gransk_vedlegg(content: bytes, limits: Limits) -> None:
    for name, attached in attachments(content):
        if not name.lower().endswith(tuple(_ATTACHED)):
            continue
        try:
            gransk(recognise(name, attached), io.BytesIO(attached), limits)
        except InvalidFile as error:
            raise InvalidFile(f"Vedlegget «{name}» kan ikke tas imot. {error} Lagre e-posten uten det.") from error


def work(source: BinaryIO, task: str, kind: str) -> bytes:
    """`gransk`: nothing, or a refusal; `les`: the text as UTF-8."""
    if task == "les":
        return _READERS[Filtype(kind)](source.read()).encode(errors="replace")
    gransk(Filtype(kind), source)
    return b""


if __name__ == "__main__":
    serve(work)
