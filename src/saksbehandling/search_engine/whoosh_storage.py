"""Where the index lies: files that are on the disk before they count, and the switch from one index to the next."""

from __future__ import annotations

import os
import shutil
import uuid
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _DEF_INDEX_NAME, TOC

from saksbehandling.search_engine.errors import IndexUnavailable

_POINTER = "gjeldende"
_PREFIX = "indeks-"


class SharedFile(StructFile):  # type: ignore[misc]  # Whoosh has no types
    """A file that threads read from at once, each from where it wants; closed when nobody holds it any more.

    It is not mapped into memory: a mapped file that is cut short would take the whole process with it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._descriptor = self.file.fileno()
        weakref.finalize(self, self.file.close)

    def get(self, position: int, length: int) -> bytes:
        """Raises `EOFError` if there is less."""
        found = os.pread(self._descriptor, length, position)
        if len(found) < length:
            raise EOFError(f"{self._name} is cut short.")
        return found

    def length(self) -> int:
        return os.fstat(self._descriptor).st_size

    def close(self) -> None:
        """Left to the one who holds it last."""


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's files, forced to the disk before the table of contents that names them is renamed into place."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._written: set[str] = set()

    def open_file(self, name: str, **_: Any) -> SharedFile:
        return SharedFile(Path(self.folder, name))

    def create_file(self, name: str, **options: Any) -> object:
        self._written.add(name)
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        written = [Path(self.folder, name) for name in self._written if self.file_exists(name)]
        with ThreadPoolExecutor() as at_once:  # the disk can take them together
            list(at_once.map(_sync, written))
        self._written.clear()
        super().rename_file(oldname, newname, safe=safe)
        _sync(Path(self.folder))

    def generation(self) -> int:
        """The number of the last commit, -1 if there is none."""
        return int(TOC._latest_generation(self, _DEF_INDEX_NAME))

    def sweep(self) -> None:
        """Remove what an interrupted commit left behind and Whoosh does not know. Only under the writer's lock."""
        for name in self.list():
            if ".toc." in name:
                self.delete_file(name)


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
        _sync(pointer)
        _sync(path)
        pointer.replace(self._root / _POINTER)
        _sync(self._root)

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


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
