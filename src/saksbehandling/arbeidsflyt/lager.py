"""Where the municipality's own versions are kept: a file for each, written once and never changed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from saksbehandling.disk import sync
from saksbehandling.errors import Conflict


def filnavn(id: str, versjon: int) -> str:
    return f"{id}.{versjon}.scxml"


def lagre(folder: Path, id: str, versjon: int, content: bytes) -> Path:
    """Keep the file. Raises `Conflict` when that version exists already.

    It is whole and on disk before it gets its name, so that nobody reads half of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / filnavn(id, versjon)
    with NamedTemporaryFile(dir=folder) as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
        os.fchmod(written.fileno(), 0o644)
        try:
            os.link(written.name, file)
        except FileExistsError:
            raise Conflict(f"Versjon {versjon} er alt lagret av en annen. Åpne redigeringen på nytt.") from None
    sync(folder)
    return file
