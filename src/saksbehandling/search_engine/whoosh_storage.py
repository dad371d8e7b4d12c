"""Whoosh's files: on the disk before they count, and read by many threads at once."""

from __future__ import annotations

import os
import weakref
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _DEF_INDEX_NAME, TOC

from saksbehandling.disk import sync

_PIECE = 1 << 20
# Whoosh's tables of contents are called by this name, the number of the commit, and this ending.
_TOC, _END = f"_{_DEF_INDEX_NAME}_", ".toc"


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
        for path in written:
            sync(path)
        self._written.clear()
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))

    def generation(self) -> int:
        """The number of the last commit, -1 if there is none. Asked for by every search: Whoosh's own way is slower."""
        tables = (name for name in self.list() if name.startswith(_TOC) and name.endswith(_END))
        return max((int(name[len(_TOC) : -len(_END)]) for name in tables), default=-1)

    def segments(self) -> list[Any]:
        """Those of the last commit."""
        return list(TOC.read(self, _DEF_INDEX_NAME).segments)

    def sums(self, names: Iterable[str]) -> dict[str, int]:
        """The checksum of each of these files."""
        return {name: _sum(Path(self.folder, name)) for name in names}

    def sweep(self) -> None:
        """Remove what an interrupted commit left behind and Whoosh does not know. Only under the writer's lock."""
        for name in self.list():
            if ".toc." in name:
                self.delete_file(name)


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
