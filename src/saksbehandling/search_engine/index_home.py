"""Where an index on this machine lies, and the switch from one index to the next."""

from __future__ import annotations

import errno
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from saksbehandling.disk import sync
from saksbehandling.errors import SaksbehandlingError
from saksbehandling.search_engine.errors import DiskFull, IndexUnavailable

_POINTER = "gjeldende"
_SUSPICION = "mistanke"
_PREFIX = "indeks-"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class IndexHome:
    """A directory with one index in force, named by a pointer file, and perhaps the next one being built beside it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def lock(self, name: str) -> Any:
        """A lock between processes, freed also when its holder dies."""
        self._root.mkdir(parents=True, exist_ok=True)
        return FileStorage(str(self._root)).lock(f"{name}.lock")

    def current(self) -> Path:
        """The index in force. Raises `IndexUnavailable` if there is none."""
        before = ""
        # Between the two looks another process may have switched, and removed what the first look named.
        while (name := self._named()) != before:
            path = self._root / name
            if path.is_dir():
                return path
            before = name
        raise unavailable(self._root, "finnes ikke")

    def _named(self) -> str:
        try:
            name = (self._root / _POINTER).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise unavailable(self._root, "finnes ikke") from error
        if not name.startswith(_PREFIX):
            raise unavailable(self._root, "finnes ikke")
        return name

    def suspect(self) -> None:
        """Note for every process that somebody could not read the index; whoever writes it then looks at all of it."""
        with suppress(OSError):
            (self._root / _SUSPICION).touch()

    def is_suspected(self) -> bool:
        return (self._root / _SUSPICION).exists()

    def clear(self) -> None:
        """Nothing is wrong with the index after all."""
        (self._root / _SUSPICION).unlink(missing_ok=True)

    def new(self) -> Path:
        """An empty directory for the next index; what an interrupted build left is removed."""
        self.remove_others()
        path = self._root / f"{_PREFIX}{uuid.uuid4().hex}"
        path.mkdir(parents=True)
        return path

    def switch(self, path: Path) -> None:
        """Put the index at `path` in force, in one step that is on the disk when it returns."""
        pointer = self._root / f"{_POINTER}.ny"
        pointer.write_text(path.name, encoding="ascii")
        sync(pointer)
        sync(path)
        pointer.replace(self._root / _POINTER)
        sync(self._root)

    def remove_others(self) -> None:
        """Remove every index but the one in force. Readers that have one open keep what they have mapped."""
        try:
            kept = self.current()
        except IndexUnavailable:
            kept = None
        for path in self._root.glob(f"{_PREFIX}*"):
            if path != kept:
                shutil.rmtree(path, ignore_errors=True)


def unavailable(path: Path, what: str) -> IndexUnavailable:
    remedy = "Bygg den på nytt med «saksbehandling indeks bygg»; ingen opplysninger er tapt."
    return IndexUnavailable(f"Søkeindeksen i {path} {what}. {remedy}")


@contextmanager
def reporting_damage(path: Path) -> Iterator[None]:
    """Whatever an engine raises on damaged files becomes `IndexUnavailable`: none has an error of its own for them."""
    try:
        with reporting_full_disk(path):
            yield
    except SaksbehandlingError:
        raise
    except Exception as error:
        raise unavailable(path.parent, "kan ikke leses") from error


@contextmanager
def reporting_full_disk(path: Path) -> Iterator[None]:
    """No room for what is written becomes `DiskFull`: to build the index anew would not help."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise DiskFull(
            f"Det er ikke plass til søkeindeksen i {path.parent}. Frigjør plass på disken. Søket virker så lenge, og "
            "det som er endret, blir søkbart av seg selv etterpå."
        ) from error
