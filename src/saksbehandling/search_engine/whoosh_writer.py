"""Writes to a Whoosh index: changes and watermark in one commit, merging now and then, building a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from saksbehandling.errors import Conflict
from saksbehandling.search_engine.model import Change, Document, Put
from saksbehandling.search_engine.whoosh_schema import WATERMARK_ID, LeanCodec, index_fields, schema, watermark_fields
from saksbehandling.search_engine.whoosh_storage import DurableStorage

MAX_SEGMENTS = 16
_LOCK_TIMEOUT = 30.0
_MEMORY_MB = 128


def apply_changes(path: Path, changes: Iterable[Change], watermark: int) -> None:
    """Write `changes` (the last one for each id) and `watermark` in one commit.

    Raises `Conflict` if another process goes on writing.
    """
    last = {change.id: change for change in changes}
    with _writer(FileIndex(DurableStorage(path))) as writer:
        _delete(writer, [*last, WATERMARK_ID])
        for change in last.values():
            if isinstance(change, Put):
                writer.add_document(**index_fields(change.document))
        writer.add_document(**watermark_fields(watermark))
        writer.commit(merge=False)


def merge_if_needed(path: Path) -> None:
    """When there are more than `MAX_SEGMENTS`, merge the smallest into one; big ones are left alone."""
    index = FileIndex(DurableStorage(path))
    if len(index._segments()) > MAX_SEGMENTS:
        with _writer(index) as writer:
            writer.commit(mergetype=_merge_smallest)


def build(path: Path, documents: Iterable[Document], watermark: int) -> None:
    """Make a new index at `path`. Of documents with the same id the first counts."""
    seen: set[str] = set()
    with _writer(FileIndex.create(DurableStorage(path), schema())) as writer:
        for document in documents:
            if document.id not in seen:
                seen.add(document.id)
                writer.add_document(**index_fields(document))
        writer.add_document(**watermark_fields(watermark))
        writer.commit(merge=False)


@contextmanager
def _writer(index: FileIndex) -> Iterator[SegmentWriter]:
    """A writer that gives its lock back whatever happens; Whoosh keeps it when a commit fails."""
    try:
        writer = SegmentWriter(index, timeout=_LOCK_TIMEOUT, limitmb=_MEMORY_MB, codec=LeanCodec(), compound=False)
    except LockError as error:
        raise Conflict("Søkeindeksen skrives av en annen prosess. Prøv igjen om litt.") from error
    try:
        index.storage.sweep()
        yield writer
    finally:
        if not writer.is_closed:
            _abandon(writer)


def _abandon(writer: SegmentWriter) -> None:
    lock = writer.writelock
    try:
        writer.cancel()
    except Exception:
        # Half-written files cannot always be closed in order; the next commit removes them.
        writer.is_closed = True
        if lock.fd is not None:
            lock.release()


def _delete(writer: SegmentWriter, ids: list[str]) -> None:
    """Mark the committed documents with these ids as deleted; looked up with one reader for all of them."""
    reader = writer.reader()
    try:
        for leaf, offset in reader.leaf_readers():
            for document in list(_numbers(leaf, ids)):
                writer.delete_document(offset + document)
    finally:
        reader.close()


def _numbers(leaf: Any, ids: list[str]) -> Iterator[int]:
    for identity in ids:
        if ("id", identity.encode()) in leaf:
            yield from leaf.postings("id", identity).all_ids()


def _merge_smallest(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: copies the smallest segments into the writer and returns the ones that stay."""
    by_size = sorted(segments, key=lambda segment: segment.doc_count_all())
    for segment in by_size[:MAX_SEGMENTS]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return by_size[MAX_SEGMENTS:]
