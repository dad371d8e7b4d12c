"""Document stores (`IDocumentStore`): a folder on disk, and memory; `store_s3` has the third. Named by SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from zope.interface import implementer

from saksbehandling.disk import sync
from saksbehandling.documents.content import Content
from saksbehandling.errors import InvalidFile, NotFound
from saksbehandling.interfaces import IDocumentStore

_CHUNK = 1 << 20


@implementer(IDocumentStore)
class DiskStore:
    """Files in `folder`, two levels deep. A file is there whole or not at all, also after a power cut."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)

    def put(self, content: Content) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not _is_whole(path, sha256):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(path, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise not_found(sha256) from None
        return verified(content, sha256)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return verified_file(self._path(sha256).open("rb"), sha256)
        except FileNotFoundError:
            raise not_found(sha256) from None

    def remove(self, sha256: str) -> None:
        """Delete it, if it is there. Documents are never deleted: for what is kept for a time."""
        self._path(sha256).unlink(missing_ok=True)

    def names(self, after: str = "") -> Iterator[str]:
        folders = sorted(each for each in self._folder.glob("??") if each.name >= after[:2])
        for folder in folders:
            yield from sorted(name for name in os.listdir(folder) if well_formed(name) and name > after)

    def _path(self, sha256: str) -> Path:
        if not well_formed(sha256):
            raise not_found(sha256)
        return self._folder / sha256[:2] / sha256


@implementer(IDocumentStore)
class MemoryStore:
    """Keeps content as long as the process lives."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def put(self, content: Content) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self._contents[sha256] = bytes(content)
        return sha256

    def get(self, sha256: str) -> bytes:
        if sha256 not in self._contents:
            raise not_found(sha256)
        return verified(self._contents[sha256], sha256)

    def open(self, sha256: str) -> BinaryIO:
        return io.BytesIO(self.get(sha256))

    def names(self, after: str = "") -> Iterator[str]:
        return iter(sorted(name for name in self._contents if name > after))


def well_formed(sha256: str) -> bool:
    """Whether it is a SHA-256 as they are written here; anything else names no file."""
    return re.fullmatch(r"[0-9a-f]{64}", sha256) is not None


def not_found(sha256: str) -> NotFound:
    """What is told when there is no such file."""
    return NotFound(f"Filen med sjekksum {sha256[:64]} finnes ikke i lageret. Hent den fra sikkerhetskopien.")


def verified(content: bytes, sha256: str) -> bytes:
    """`content`. Raises `InvalidFile` if that is not its checksum."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(sha256)
    return content


def verified_file(file: BinaryIO, sha256: str) -> BinaryIO:
    """`file`, to be read from its beginning. Raises `InvalidFile`, and closes it, if that is not its checksum."""
    if _checksum(file) != sha256:
        file.close()
        raise _damaged(sha256)
    file.seek(0)
    return file


def _damaged(sha256: str) -> InvalidFile:
    return InvalidFile(f"Filen med sjekksum {sha256} er skadet i lageret. Hent den fra sikkerhetskopien.")


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return _checksum(file) == sha256
    except FileNotFoundError:
        return False


def _checksum(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _write_durably(path: Path, content: Content) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".ny-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    for folder in (path.parent, path.parent.parent):
        sync(folder)
