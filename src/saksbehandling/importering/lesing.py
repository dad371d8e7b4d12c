"""Opens a protocol file: bytes to text, whatever the encoding, and refuses what is no text at all."""

from __future__ import annotations

import codecs
from pathlib import Path

from saksbehandling.errors import InvalidFile, NotFound
from saksbehandling.importering.pakke import Pakke
from saksbehandling.importering.tolkning import les_pakke

_STOERSTE_FIL = 20 * 1024 * 1024
_KJENTE = {
    b"%PDF": "et PDF-dokument",
    b"PK\x03\x04": "et Word-dokument eller en zip-fil",
    b"\xd0\xcf\x11\xe0": "et eldre Office-dokument",
    b"{\\rtf": "et RTF-dokument",
    b"\x89PNG": "et bilde",
    b"\xff\xd8\xff": "et bilde",
}
_BOM = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PROEV_IGJEN = "Lagre saksprotokollen som ren tekst (UTF-8) og prøv igjen. Ingenting er lagret."


def les_fil(path: str | Path) -> Pakke:
    """Read a protocol from a text file. Raises `NotFound` and `InvalidFile`, and changes nothing."""
    path = Path(path)
    return les_pakke(dekod(_les_bytes(path), path.name), path.name)


def dekod(data: bytes, filnavn: str) -> str:
    """The text of a file in UTF-8, UTF-16 with mark, Windows-1252 or Latin-1. Raises `InvalidFile` on binary data."""
    if not data.strip():
        raise InvalidFile(f"«{filnavn}» er tom. Velg filen med saksprotokollen og prøv igjen.")
    for start, hva in _KJENTE.items():
        if data.startswith(start):
            raise InvalidFile(f"«{filnavn}» er {hva}, ikke en tekstfil. {_PROEV_IGJEN}")
    for bom, koding in _BOM:
        if data.startswith(bom):
            return _dekod_som(data[len(bom) :], koding, filnavn)
    if b"\x00" in data:
        raise InvalidFile(f"«{filnavn}» er en binærfil, ikke tekst. {_PROEV_IGJEN}")
    return _gjett(data)


def _gjett(data: bytes) -> str:
    for koding in ("utf-8", "cp1252"):
        try:
            return data.decode(koding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _dekod_som(data: bytes, koding: str, filnavn: str) -> str:
    try:
        return data.decode(koding)
    except UnicodeDecodeError as feil:
        raise InvalidFile(
            f"«{filnavn}» sier at den er {koding}, men er ødelagt ved byte {feil.start}. {_PROEV_IGJEN}"
        ) from feil


def _les_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _STOERSTE_FIL:
            raise InvalidFile(
                f"«{path.name}» er større enn 20 MB og er neppe en saksprotokoll. Del den opp og prøv igjen."
            )
        return path.read_bytes()
    except FileNotFoundError as feil:
        raise NotFound(f"Finner ikke filen «{path}». Kontroller navnet og mappen.") from feil
    except OSError as feil:
        raise InvalidFile(
            f"Kan ikke lese «{path}»: {feil.strerror}. Kontroller at det er en fil du har tilgang til."
        ) from feil
