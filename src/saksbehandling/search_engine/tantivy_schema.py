"""What tantivy is told of the index, and what of a document goes where."""

from __future__ import annotations

import json
from collections.abc import Iterator

import tantivy
from tantivy import PreTokenizedString, Schema, SchemaBuilder, Token

from saksbehandling.search_engine.index_fields import (
    COLUMNS,
    EXACT,
    FOLD,
    NEWEST,
    NO_DAY,
    OLDEST,
    STORED,
    WATERMARK_ID,
    day,
    exact_terms,
    folds_by,
    jsonable,
    watermark_stored,
    with_places,
)
from saksbehandling.search_engine.model import Document
from saksbehandling.search_engine.text_terms import TextTerms


def schema() -> Schema:
    """Terms stand as we make them; days facets and cases also as columns, for sorting and counting."""
    builder = SchemaBuilder()
    for field in sorted(with_places()):
        builder.add_text_field(field, tokenizer_name="raw", index_option="position")
    for field in EXACT:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for column in COLUMNS.values():
        builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(FOLD, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NEWEST, indexed=True, fast=True)
    builder.add_unsigned_field(OLDEST, fast=True)
    builder.add_text_field(STORED, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def tantivy_document(document: Document, terms: TextTerms) -> tantivy.Document:
    made = tantivy.Document()
    for field, places in terms.placed.items():
        made.add_pre_tokenized_text(field, PreTokenizedString("", [Token(term, place, 0) for place, term in places]))
    for field, value in _exact(document, terms.words):
        made.add_text(field, value)
    made.add_text(FOLD, folds_by(document.id, document.sak_id))
    made.add_unsigned(NEWEST, day(document))
    made.add_unsigned(OLDEST, NO_DAY - day(document) if document.dato else 0)
    made.add_text(STORED, json.dumps(jsonable(document), ensure_ascii=False))
    return made


def watermark_document(number: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("id", WATERMARK_ID)
    made.add_text(STORED, json.dumps(watermark_stored(number)))
    return made


def _exact(document: Document, words: set[str]) -> Iterator[tuple[str, str]]:
    for field, terms in {**exact_terms(document), "ord": words}.items():
        yield from ((field, term) for term in terms)
    for facet, column in COLUMNS.items():
        yield from ((column, value) for value in dict.fromkeys(document.facet_values(facet)))
