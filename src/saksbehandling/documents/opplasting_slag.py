"""The kinds of file that are taken in, and how each is known by its content."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from saksbehandling.documents.content import Content
from saksbehandling.documents.opplasting_eml import is_email
from saksbehandling.errors import RefusedFile

KINDS = "Word (.docx), OpenDocument (.odt), PDF, e-post (.eml), ren tekst (.txt), PNG og JPEG"


class Filtype(StrEnum):
    """The kinds of file that are taken in."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    EPOST = "eml"
    TEKST = "txt"
    PNG = "png"
    JPEG = "jpeg"

    @property
    def media_type(self) -> str:
        """Its MIME type."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Filtype.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Filtype.ODT: "application/vnd.oasis.opendocument.text",
    Filtype.PDF: "application/pdf",
    Filtype.EPOST: "message/rfc822",
    Filtype.TEKST: "text/plain",
    Filtype.PNG: "image/png",
    Filtype.JPEG: "image/jpeg",
}
_ENDINGS = {
    Filtype.DOCX: {".docx"},
    Filtype.ODT: {".odt"},
    Filtype.PDF: {".pdf"},
    Filtype.EPOST: {".eml"},
    Filtype.TEKST: {".txt", ".text", ".md"},
    Filtype.PNG: {".png"},
    Filtype.JPEG: {".jpg", ".jpeg"},
}
_ZIP = b"PK\x03\x04"
# An OpenDocument file says what it is in its first part, which is neither packed nor allowed to stand elsewhere.
_ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"
_SIGNATURES = {
    b"%PDF-": Filtype.PDF,
    b"\x89PNG\r\n\x1a\n": Filtype.PNG,
    b"\xff\xd8\xff": Filtype.JPEG,
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def recognise(filename: str, content: Content) -> Filtype:
    """What kind it is by its content. Raises `RefusedFile` when it is none, or another than the name says."""
    kind = _by_content(filename, content)
    if _ending(filename) not in _ENDINGS[kind]:
        wanted = " eller ".join(sorted(_ENDINGS[kind]))
        raise RefusedFile(
            f"«{filename}» har ikke det innholdet navnet sier: det ser ut som {kind.upper()} ({wanted})."
            f" Gi filen riktig navn, eller velg en annen. Disse filtypene kan brukes: {KINDS}."
        )
    return kind


def _by_content(filename: str, content: Content) -> Filtype:
    head = content[:100]
    if head.startswith(_ZIP):
        return Filtype.ODT if head[30:].startswith(_ODT_MARK) else Filtype.DOCX
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if head.startswith(_OLD_OFFICE):
        raise RefusedFile(
            f"«{filename}» er i et gammelt Office-format eller er passordbeskyttet."
            " Åpne den i Word, ta bort passordet, og lagre som .docx."
        )
    if content.find(b"\x00") >= 0:
        raise RefusedFile(f"«{filename}» er ikke et dokument som kan tas imot. Disse filtypene kan brukes: {KINDS}.")
    return Filtype.EPOST if _ending(filename) == ".eml" and is_email(content) else Filtype.TEKST


def _ending(filename: str) -> str:
    return PurePosixPath(filename.replace("\\", "/")).suffix.lower()
