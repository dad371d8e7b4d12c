"""Opens a zip archive that a stranger made: every size is measured while inflating, never believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

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


class SafeZip:
    """The parts of an archive, each inflated when it is asked for. Raises `InvalidFile`, also while a part is read."""

    def __init__(self, source: BinaryIO, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._left = self._limits.total
        with _readable():
            self._opened = zipfile.ZipFile(source)
        entries = self._opened.infolist()
        if len(entries) > self._limits.entries:
            raise InvalidFile(
                f"Filen inneholder {len(entries)} deler; høyst {self._limits.entries} er tillatt. Del den opp."
            )
        seen: set[str] = set()
        for entry in entries:
            _check_name(entry.filename, seen)
        self.names = tuple(entry.filename for entry in entries if not entry.is_dir())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part in pieces; refused as soon as it has grown out of its limits."""
        entry, size, room = self._opened.getinfo(name), 0, min(self._limits.part, self._left)
        with _readable(), self._opened.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._left -= len(chunk)
                if size > room:
                    raise InvalidFile(f"Delen «{name}» er for stor når den pakkes ut. Del opp dokumentet.")
                if size > _RATIO_MATTERS_FROM and size > self._limits.ratio * max(entry.compress_size, 1):
                    raise InvalidFile(f"Delen «{name}» er mistenkelig hardt pakket. Lagre dokumentet på nytt.")
                yield chunk

    def read(self, name: str) -> bytes:
        """The whole part."""
        return b"".join(self.chunks(name))


def read_parts(content: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Every file in the archive by its name. Raises `InvalidFile` when it breaks a limit or has unsafe names."""
    opened = SafeZip(io.BytesIO(content), limits)
    return {name: opened.read(name) for name in opened.names}


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InvalidFile(
            "Filen er skadet eller passordbeskyttet og kan ikke pakkes opp."
            " Lagre den på nytt uten passord og prøv igjen."
        ) from error


def _check_name(name: str, seen: set[str]) -> None:
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\\" in name:
        raise InvalidFile(f"Filen har en del med ulovlig navn («{name}»). Lagre dokumentet på nytt i Word.")
    if name.lower() in seen:
        raise InvalidFile(f"Filen har to deler med navnet «{name}». Lagre dokumentet på nytt i Word.")
    seen.add(name.lower())
