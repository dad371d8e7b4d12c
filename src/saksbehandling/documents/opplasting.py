"""Looks an upload over before anything else opens it: what it is by its content, and that it can do no harm."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from saksbehandling.documents.opplasting_docx import kontroller_docx
from saksbehandling.documents.opplasting_pdf import kontroller_pdf
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.documents.tekstuttrekk import hele_teksten_fra_docx, tekst_fra_ren_tekst
from saksbehandling.documents.tekstuttrekk_pdf import tekst_fra_pdf
from saksbehandling.errors import InvalidFile
from saksbehandling.richtext import IllegalCharacter, check_text

_KINDS = "Word (.docx), PDF, ren tekst (.txt), PNG og JPEG"


class Filtype(StrEnum):
    """The kinds of file that are taken in."""

    DOCX = "docx"
    PDF = "pdf"
    TEKST = "txt"
    PNG = "png"
    JPEG = "jpeg"

    @property
    def media_type(self) -> str:
        """Its MIME type."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Filtype.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Filtype.PDF: "application/pdf",
    Filtype.TEKST: "text/plain",
    Filtype.PNG: "image/png",
    Filtype.JPEG: "image/jpeg",
}
_ENDINGS = {
    Filtype.DOCX: {".docx"},
    Filtype.PDF: {".pdf"},
    Filtype.TEKST: {".txt", ".text", ".md"},
    Filtype.PNG: {".png"},
    Filtype.JPEG: {".jpg", ".jpeg"},
}
_SIGNATURES = {
    b"PK\x03\x04": Filtype.DOCX,
    b"%PDF-": Filtype.PDF,
    b"\x89PNG\r\n\x1a\n": Filtype.PNG,
    b"\xff\xd8\xff": Filtype.JPEG,
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MARKUP = ("<!doctype html", "<html", "<script", "<svg", "<?xml", "{\\rtf")


def kontroller_opplasting(filename: str, content: bytes, limits: Limits | None = None) -> Filtype:
    """What kind of file this is. Raises `InvalidFile` (what is wrong, and what to do) if it is none that is taken in,
    is not what its name says, or holds something unsafe.
    """
    limits = limits or Limits()
    _check_size(filename, content, limits)
    kind = _recognise(filename, content)
    _check_name(filename, kind)
    try:
        match kind:
            case Filtype.DOCX:
                kontroller_docx(content, limits)
            case Filtype.PDF:
                kontroller_pdf(content)
            case Filtype.PNG | Filtype.JPEG:
                _check_complete(content, kind)
            case Filtype.TEKST:
                _check_text(content)
    except InvalidFile as error:
        raise InvalidFile(f"«{filename}» kan ikke lastes opp. {error}") from error
    return kind


def tekst_fra(filtype: Filtype, content: bytes) -> str:
    """The text of a file that was looked over. Raises `InvalidFile` for pictures, and for what cannot be read."""
    match filtype:
        case Filtype.DOCX:
            return hele_teksten_fra_docx(content)
        case Filtype.PDF:
            return tekst_fra_pdf(content)
        case Filtype.TEKST:
            return tekst_fra_ren_tekst(content)
    raise InvalidFile(f"Tekst kan ikke hentes ut av {filtype.upper()}. Bruk Word (.docx), PDF eller ren tekst (.txt).")


def _check_size(filename: str, content: bytes, limits: Limits) -> None:
    if not content:
        raise InvalidFile(f"«{filename}» er tom. Sjekk at riktig fil er valgt, og last den opp på nytt.")
    if len(content) > limits.size:
        raise InvalidFile(
            f"«{filename}» er for stor ({len(content) / 1e6:.1f} MB; høyst {limits.size / 1e6:.1f} MB)."
            " Del den opp, eller gjør bildene i den mindre."
        )


def _recognise(filename: str, content: bytes) -> Filtype:
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content.startswith(_OLD_OFFICE):
        raise InvalidFile(
            f"«{filename}» er i et gammelt Office-format eller er passordbeskyttet."
            " Åpne den i Word, ta bort passordet, og lagre som .docx."
        )
    if b"\x00" in content:
        raise InvalidFile(f"«{filename}» er ikke et dokument som kan tas imot. Disse filtypene kan brukes: {_KINDS}.")
    return Filtype.TEKST


def _check_name(filename: str, kind: Filtype) -> None:
    ending = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if ending not in _ENDINGS[kind]:
        wanted = " eller ".join(sorted(_ENDINGS[kind]))
        raise InvalidFile(
            f"«{filename}» har ikke det innholdet navnet sier: det ser ut som {kind.upper()} ({wanted})."
            f" Gi filen riktig navn, eller velg en annen. Disse filtypene kan brukes: {_KINDS}."
        )


def _check_complete(content: bytes, kind: Filtype) -> None:
    end = b"IEND\xaeB`\x82" if kind is Filtype.PNG else b"\xff\xd9"
    if end not in content[-1024:]:
        raise InvalidFile("Bildet er ikke helt. Hent det på nytt og prøv igjen.")


def _check_text(content: bytes) -> None:
    text = tekst_fra_ren_tekst(content)
    try:
        check_text(text)
    except IllegalCharacter as error:
        raise InvalidFile(f"Det er ikke ren tekst. {error}") from error
    if text.lstrip().lower().startswith(_MARKUP):
        raise InvalidFile("Det er en nettside eller kode, ikke ren tekst. Lagre innholdet som .docx, .pdf eller .txt.")


__all__ = ["Filtype", "Limits", "kontroller_opplasting", "tekst_fra"]
