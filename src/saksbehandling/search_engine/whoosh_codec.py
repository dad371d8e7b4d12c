"""Whoosh's segments with files of our own: terms, postings as plain arrays of numbers, and what belongs to a document.

A field without places has for each term the numbers of its documents, and the terms of a field follow each other in
order: the postings of a range of terms are one array. A field with places has, for each term, documents, weights,
ends of places, and places. Numbers are those of the machine, since the index is made where it is used.
"""

from __future__ import annotations

from typing import Any

from whoosh.codec.whoosh3 import W3Codec

from saksbehandling.search_engine.index_fields import with_places
from saksbehandling.search_engine.whoosh_documents import DocumentsReader, DocumentsWriter
from saksbehandling.search_engine.whoosh_terms import TermsReader, TermsWriter

_DOCUMENTS = ".dok"


class ArrayCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's codec with other files, and without statistics that serve only its own collectors."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentsWriter:
        return DocumentsWriter(segment.create_file(storage, _DOCUMENTS), sorted(with_places()))

    def field_writer(self, storage: Any, segment: Any) -> TermsWriter:
        return TermsWriter(segment.create_file(storage, self.TERMS_EXT), segment.create_file(storage, self.POSTS_EXT))

    def per_document_reader(self, storage: Any, segment: Any) -> DocumentsReader:
        file = segment.open_file(storage, _DOCUMENTS)
        return DocumentsReader(file, segment.doc_count_all(), sorted(with_places()))

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        return TermsReader(segment.open_file(storage, self.TERMS_EXT), segment.open_file(storage, self.POSTS_EXT))


EXTENSIONS = (_DOCUMENTS, ArrayCodec.TERMS_EXT, ArrayCodec.POSTS_EXT)
"""Of the files of a segment."""
