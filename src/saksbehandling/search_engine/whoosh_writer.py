"""Writes to a Whoosh index: changes and watermark in one commit, merging now and then, building a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from saksbehandling.errors import Conflict
from saksbehandling.search_engine.analysis import date_term
from saksbehandling.search_engine.model import Change, Document, Put
from saksbehandling.search_engine.whoosh_codec import ArrayCodec, copy_postings
from saksbehandling.search_engine.whoosh_pool import PostingsPool
from saksbehandling.search_engine.whoosh_schema import (
    WATERMARK_ID,
    add_postings,
    schema,
    stored,
    watermark,
    with_places,
)
from saksbehandling.search_engine.whoosh_storage import DurableStorage

MAX_SEGMENTS = 16
_LOCK_TIMEOUT = 30.0
_DAYS = schema()["dato"].column_type
_SEGMENT = 20_000


def apply_changes(path: Path, changes: Iterable[Change], watermark: int) -> None:
    """Write `changes` (the last one for each id) and `watermark` in one commit.

    Raises `Conflict` if another process goes on writing.
    """
    last = {change.id: change for change in changes}
    with _writer(FileIndex(DurableStorage(path))) as writer:
        _delete(writer, [*last, WATERMARK_ID])
        for change in last.values():
            if isinstance(change, Put):
                writer.put(change.document)
        writer.put_watermark(watermark)
        writer.commit(merge=False)


def merge_if_needed(path: Path) -> None:
    """When there are more than `MAX_SEGMENTS` small ones, merge them into one; big ones are left alone."""
    index = FileIndex(DurableStorage(path))
    if sum(map(_is_small, index._segments())) > MAX_SEGMENTS:
        with _writer(index) as writer:
            writer.commit(mergetype=_merge_small)


def build(path: Path, documents: Iterable[Document], watermark: int) -> None:
    """Make a new index at `path`. Of documents with the same id the first counts."""
    FileIndex.create(DurableStorage(path), schema())
    different = _different(documents)
    while not _built_last(path, islice(different, _SEGMENT), watermark):
        pass


def _different(documents: Iterable[Document]) -> Iterator[Document]:
    seen: set[str] = set()
    for document in documents:
        if document.id not in seen:
            seen.add(document.id)
            yield document


def _built_last(path: Path, documents: Iterable[Document], watermark: int) -> bool:
    """Write a segment; with the watermark, and true, if it is the last. More documents would not fit into memory."""
    with _writer(FileIndex(DurableStorage(path))) as writer:
        for document in documents:
            writer.put(document)
        is_last = bool(writer.doc_count() < _SEGMENT)
        if is_last:
            writer.put_watermark(watermark)
        writer.commit(merge=False)
    return is_last


class ArraySegmentWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer with a pool in memory, and segments merged a term at a time."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=_LOCK_TIMEOUT, codec=ArrayCodec(), compound=False)
        self.pool = PostingsPool()

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        numbers = np.full(reader.doc_count_all(), -1, np.int64)
        if docmap is None:
            numbers[:] = np.arange(startdoc, startdoc + len(numbers))
        else:
            numbers[list(docmap)] = list(docmap.values())
        copy_postings(reader._terms, numbers, self.pool, with_places())

    def put(self, document: Document) -> None:
        """Add a document, without Whoosh's own way through every posting."""
        with self._next() as number:
            for field, words in add_postings(self.pool, number, document).items():
                self.perdocwriter.add_field(field, None, None, words)
            if document.dato:
                self.perdocwriter.add_column_value("dato", _DAYS, int(date_term(document.dato)))
            self.perdocwriter.add_field("lagret", None, stored(document), 0)

    def put_watermark(self, number: int) -> None:
        with self._next() as document:
            self.pool.add_terms("id", document, [WATERMARK_ID])
            self.perdocwriter.add_field("lagret", None, watermark(number), 0)

    @contextmanager
    def _next(self) -> Iterator[int]:
        self._check_state()
        self.perdocwriter.start_doc(self.docnum)
        yield self.docnum
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1


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


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: copies the small segments into the writer and returns the ones that stay."""
    for segment in filter(_is_small, segments):
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if not _is_small(segment)]


def _is_small(segment: Any) -> bool:
    return bool(segment.doc_count_all() < _SEGMENT // 4)
