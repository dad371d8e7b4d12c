"""Looks an upload over before anything else opens it: what it is by its content, and that it can do no harm."""

from __future__ import annotations

from collections.abc import Callable

from saksbehandling.documents.content import Content
from saksbehandling.documents.opplasting_slag import Filtype, recognise
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.documents.skilt_prosess import Bounds, run_apart
from saksbehandling.documents.tekstuttrekk import tekst_fra_ren_tekst
from saksbehandling.documents.tekstuttrekk_pdf import tekst_fra_pdf
from saksbehandling.errors import InvalidFile, RefusedFile
from saksbehandling.richtext import IllegalCharacter, check_text

_APART = "saksbehandling.documents.gransking"
# Word, OpenDocument and PDF are read as streams; an e-mail is held whole, with its attachments unpacked.
_SCAN = Bounds(seconds=3, memory=64 << 20)
_SCAN_EMAIL = Bounds(seconds=10, memory=512 << 20)
_MARKUP = ("<!doctype html", "<html", "<script", "<svg", "<?xml", "{\\rtf")


def gransk_i_egen_prosess(kind: Filtype, content: Content) -> None:
    """Judge what others' programs read, bound in time and memory. Raises `InvalidFile`."""
    run_apart(_APART, content, _SCAN_EMAIL if kind is Filtype.EPOST else _SCAN, "gransk", kind)


def kontroller_opplasting(
    filename: str,
    content: Content,
    limits: Limits | None = None,
    gransk: Callable[[Filtype, Content], None] = gransk_i_egen_prosess,
) -> Filtype:
    """What kind of file this is. Raises `RefusedFile` (what is wrong, and what to do) if it is none that is taken in,
    is not what its name says, or holds something unsafe; `InvalidFile` if it is empty or too large. `limits`: of the
    file itself.
    """
    _check_size(filename, content, limits or Limits())
    kind = recognise(filename, content)
    try:
        match kind:
            case Filtype.PNG | Filtype.JPEG:
                _check_complete(content, kind)
            case Filtype.TEKST:
                _check_text(content)
            case _:
                gransk(kind, content)
    except InvalidFile as error:
        raise RefusedFile(f"«{filename}» kan ikke lastes opp. {error}") from error
    return kind


def tekst_fra(filtype: Filtype, content: Content) -> str:
    """The text of a file that was looked over. Raises `InvalidFile` for pictures, and for what cannot be read."""
    match filtype:
        case Filtype.DOCX | Filtype.ODT | Filtype.EPOST:
            return run_apart(_APART, content, Bounds(), "les", filtype).decode()
        case Filtype.PDF:
            return tekst_fra_pdf(content)
        case Filtype.TEKST:
            return tekst_fra_ren_tekst(content[:])
    raise InvalidFile(f"Tekst kan ikke hentes ut av {filtype.upper()}. Bruk Word (.docx), PDF eller ren tekst (.txt).")


def _check_size(filename: str, content: Content, limits: Limits) -> None:
    if not content:
        raise InvalidFile(f"«{filename}» er tom. Sjekk at riktig fil er valgt, og last den opp på nytt.")
    if len(content) > limits.size:
        raise InvalidFile(
            f"«{filename}» er for stor ({len(content) / 1e6:.1f} MB; høyst {limits.size / 1e6:.1f} MB)."
            " Del den opp, eller gjør bildene i den mindre."
        )


def _check_complete(content: Content, kind: Filtype) -> None:
    end = b"IEND\xaeB`\x82" if kind is Filtype.PNG else b"\xff\xd9"
    if end not in content[-1024:]:
        raise InvalidFile("Bildet er ikke helt. Hent det på nytt og prøv igjen.")


def _check_text(content: Content) -> None:
    text = tekst_fra_ren_tekst(content[:])
    try:
        check_text(text)
    except IllegalCharacter as error:
        raise InvalidFile(f"Det er ikke ren tekst. {error}") from error
    if text.lstrip().lower().startswith(_MARKUP):
        raise InvalidFile("Det er en nettside eller kode, ikke ren tekst. Lagre innholdet som .docx, .pdf eller .txt.")


__all__ = ["Filtype", "Limits", "kontroller_opplasting", "tekst_fra"]
