"""Opens a zip archive that a stranger made: every size is measured while inflating, never believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from saksbehandling.errors import InvalidFile

_CHUNK = 1 << 16
_RATIO_MATTERS_FROM = 1 << 20  # small parts of repeated text compress well and harm nobody


@dataclass(frozen=True, slots=True)
class Limits:
    """What an upload may be at most. Sizes in bytes; `ratio`: inflated size over packed size of one part."""

    size: int = 50 << 20
    entries: int = 2000
    part: int = 64 << 20
    total: int = 256 << 20
    ratio: int = 200
    elements: int = 2_000_000


def read_parts(content: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Every file in the archive by its name. Raises `InvalidFile` when it breaks a limit or has unsafe names."""
    limits = limits or Limits()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return _read_all(opened, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InvalidFile(
            "Filen er skadet eller passordbeskyttet og kan ikke pakkes opp."
            " Lagre den på nytt uten passord og prøv igjen."
        ) from error


def _read_all(opened: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = opened.infolist()
    if len(entries) > limits.entries:
        raise InvalidFile(f"Filen inneholder {len(entries)} deler; høyst {limits.entries} er tillatt.")
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    left = limits.total
    for entry in entries:
        _check_name(entry.filename, seen)
        if not entry.is_dir():
            parts[entry.filename] = _inflate(opened, entry, min(limits.part, left), limits.ratio)
            left -= len(parts[entry.filename])
    return parts


def _check_name(name: str, seen: set[str]) -> None:
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\\" in name:
        raise InvalidFile(f"Filen har en del med ulovlig navn («{name}»). Lagre dokumentet på nytt i Word.")
    if name.lower() in seen:
        raise InvalidFile(f"Filen har to deler med navnet «{name}». Lagre dokumentet på nytt i Word.")
    seen.add(name.lower())


def _inflate(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, ratio: int) -> bytes:
    content = bytearray()
    with opened.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > room:
                raise InvalidFile(f"Delen «{entry.filename}» er for stor når den pakkes ut. Del opp dokumentet.")
            if len(content) > _RATIO_MATTERS_FROM and len(content) > ratio * max(entry.compress_size, 1):
                raise InvalidFile(f"Delen «{entry.filename}» er mistenkelig hardt pakket. Lagre dokumentet på nytt.")
    return bytes(content)
