"""Writes to a Whoosh index: changes and watermark in one commit, merging now and then, building a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import FileIndex, LockError
from whoosh.writing import SegmentWriter

from saksbehandling.errors import Conflict
from saksbehandling.search_engine.index_fields import WATERMARK_ID, WORDS, day, stored, watermark_stored, with_places
from saksbehandling.search_engine.model import Change, Document, Put, different
from saksbehandling.search_engine.whoosh_arrays import Arrays
from saksbehandling.search_engine.whoosh_codec import EXTENSIONS, ArrayCodec
from saksbehandling.search_engine.whoosh_keys import taken_up
from saksbehandling.search_engine.whoosh_pool import PostingsPool
from saksbehandling.search_engine.whoosh_schema import add_postings, schema
from saksbehandling.search_engine.whoosh_storage import DurableStorage

MAX_SEGMENTS = 16
_LOCK_TIMEOUT = 30.0
_SEGMENT = 20_000


def apply_changes(path: Path, changes: Iterable[Change], watermark: int, known: Mapping[str, Arrays]) -> bool:
    """Write `changes` (the last one for each id) and `watermark` in one commit; returns whether to `merge` afterwards.

    `known`: what is open already of this index, by the ids of its segments. Raises `Conflict` if another process goes
    on writing.
    """
    last = {change.id: change for change in changes}
    with _writer(FileIndex(DurableStorage(path))) as writer:
        _delete(writer, [*last, WATERMARK_ID], known)
        for change in last.values():
            if isinstance(change, Put):
                writer.add(change.document)
        writer.add_watermark(watermark)
        small = sum(map(_is_small, writer.segments)) + 1
        writer.commit(merge=False)
    return small > MAX_SEGMENTS


def merge(path: Path) -> None:
    """Merge the small segments into one; big ones are left alone."""
    with _writer(FileIndex(DurableStorage(path))) as writer:
        writer.commit(mergetype=_merge_small)


def build(path: Path, documents: Iterable[Document], watermark: int) -> None:
    """Make a new index at `path`. Of documents with the same id the first counts."""
    FileIndex.create(DurableStorage(path), schema())
    remaining = different(documents)
    while not _built_last(path, islice(remaining, _SEGMENT), watermark):
        pass


def _built_last(path: Path, documents: Iterable[Document], watermark: int) -> bool:
    """Write a segment; with the watermark, and true, if it is the last. More documents would not fit into memory."""
    with _writer(FileIndex(DurableStorage(path))) as writer:
        for document in documents:
            writer.add(document)
        is_last = bool(writer.doc_count() < _SEGMENT)
        if is_last:
            writer.add_watermark(watermark)
        writer.commit(merge=False)
    return is_last


class ArraySegmentWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer of commits, with segments that are ours."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=_LOCK_TIMEOUT, codec=ArrayCodec(), compound=False)
        self.pool = PostingsPool(WORDS)

    def add(self, document: Document) -> None:
        add_postings(self.docnum, document, self.pool)
        self._store(stored(document), day(document))

    def add_watermark(self, number: int) -> None:
        self.pool.add("id", self.docnum, WATERMARK_ID)
        self._store(watermark_stored(number), 0)

    def _store(self, what: dict[str, Any], its_day: int) -> None:
        self.perdocwriter.add(what, its_day)
        self.docnum += 1
        self._added = True

    def add_segment(self, segment: Any) -> None:
        """Copy what is not deleted of a committed segment."""
        self.docnum += copy(Arrays(self.storage, segment), set(segment.deleted_docs()), self)
        self._added = True

    def _flush_segment(self) -> None:
        lengths = self.pool.lengths(with_places())
        self.newsegment._fieldlengths = {field: int(counts.sum()) for field, counts in lengths.items()}
        self.perdocwriter.lengths = lengths
        self.perdocwriter.close()
        self.fieldwriter.add_postings(self.pool.iter_postings(with_places()))
        self.fieldwriter.close()
        self.newsegment.sums = self.storage.sums(map(self.newsegment.make_filename, EXTENSIONS))


def copy(arrays: Arrays, deleted: set[int], into: ArraySegmentWriter) -> int:
    """Copy the documents of a segment but the deleted ones; returns how many there were."""
    kept = np.array([number for number in range(arrays.size) if number not in deleted], np.int64)
    numbers = np.full(arrays.size, -1, np.int64)
    numbers[kept] = np.arange(len(kept)) + into.docnum
    for number in kept.tolist():
        into.perdocwriter.copy(arrays.documents_file.packed(number), int(arrays.days[number]))
    for field in with_places():
        into.pool.add_lengths(field, numbers[kept], arrays.lengths(field)[kept].astype(np.int64))
    for field, found in arrays.terms.every():
        postings = taken_up(found, field in with_places())
        renumbered = postings._replace(documents=numbers[postings.documents])
        into.pool.add_many(field, found.terms, renumbered.only(renumbered.documents >= 0))
    return len(kept)


@contextmanager
def _writer(index: FileIndex) -> Iterator[ArraySegmentWriter]:
    """A writer that gives its lock back whatever happens; Whoosh keeps it when a commit fails."""
    try:
        writer = ArraySegmentWriter(index)
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


def _delete(writer: SegmentWriter, ids: list[str], known: Mapping[str, Arrays]) -> None:
    """Mark the committed documents with these ids as deleted."""
    for segment in writer.segments:
        arrays = known.get(segment.segment_id())
        terms = arrays.terms if arrays else segment.codec().terms_reader(writer.storage, segment)
        for extent in filter(None, (terms.extent("id", identity.encode()) for identity in ids)):
            for document in terms.documents(extent).tolist():
                segment.delete_document(document)


def _merge_small(writer: ArraySegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: copies the small segments into the writer and returns the ones that stay."""
    for segment in filter(_is_small, segments):
        writer.add_segment(segment)
    return [segment for segment in segments if not _is_small(segment)]


def _is_small(segment: Any) -> bool:
    return bool(segment.doc_count_all() < _SEGMENT // 4)
