"""tantivy as a search engine: its Norwegian stemmer and stop words, BM25, readers as terms of a field, ten snippets.

Without our chain it knows no compounds, no case numbers and no parties; it finds less, and is fast at it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from saksbehandling.search_engine.model import Document

_FACETS = ("type", "utvalg", "aar", "resultat")
_HEAP = 128_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("tittel", "tekst"):
        builder.add_text_field(name, stored=True, tokenizer_name="norsk")
    for name in ("id", "nummer", "lesere", "url"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in _FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _norwegian() -> Any:
    filters = (Filter.lowercase(), Filter.stopword("norwegian"), Filter.stemmer("norwegian"))
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for each in filters:
        builder = builder.filter(each)
    return builder.build()


class Tantivy:
    """`folder`: where the index is, or is put."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, str(folder))
        self._analyzer = _norwegian()
        self._index.register_tokenizer("norsk", self._analyzer)

    @cached_property
    def _writer(self) -> Any:
        return self._index.writer(_HEAP, 1)

    def build(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._writer.add_document(_document(document))
        self._writer.commit()
        self._index.reload()

    def update(self, document: Document) -> None:
        """Put one document in the place of the one with its id, commit, and make it visible."""
        self._writer.delete_documents("id", document.id)
        self._writer.add_document(_document(document))
        self._writer.commit()
        self._index.reload()

    def page(self, query: str, readers: Collection[str], any_word: bool = False) -> list[tuple[Any, ...]]:
        """The first ten hits with snippets. `any_word`: of the words one is enough."""
        searcher, asked = self._index.searcher(), self._query(query, readers, any_word)
        found = searcher.search(asked, 10)
        generator = tantivy.SnippetGenerator.create(searcher, asked, self._schema, "tekst")
        generator.set_max_num_chars(250)
        return [_hit(searcher.doc(address), generator) for _, address in found.hits]

    def counts(self, query: str, readers: Collection[str]) -> dict[str, Any]:
        """How many hits have each value of four facets."""
        asked = {name: {"terms": {"field": name, "size": 100}} for name in _FACETS}
        return self._index.searcher().aggregate(self._query(query, readers), asked)

    def _query(self, text: str, readers: Collection[str], any_word: bool = False) -> Query:
        each = Occur.Should if any_word else Occur.Must
        pieces = Query.boolean_query([(each, self._piece(piece)) for piece in re.findall(r'"[^"]*"|\S+', text)])
        readable = Query.term_set_query(self._schema, "lesere", list(readers))
        return Query.boolean_query([(Occur.Must, pieces), (Occur.Must, Query.const_score_query(readable, 0.0))])

    def _piece(self, piece: str) -> Query:
        if "/" in piece:
            return Query.term_query(self._schema, "nummer", piece)
        if piece.startswith('"'):
            words = self._analyzer.analyze(piece)
            return Query.phrase_query(self._schema, "tekst", words) if len(words) > 1 else self._term("".join(words))
        if piece.endswith("*"):
            return self._either(lambda field: Query.regex_query(self._schema, field, f"{re.escape(piece[:-1])}.*"))
        if piece.endswith("~"):
            word, distance = piece[:-1], 1 if len(piece) <= 6 else 2
            return self._either(lambda field: Query.fuzzy_term_query(self._schema, field, word, distance))
        return self._term((self._analyzer.analyze(piece) or [piece])[0])

    def _term(self, term: str) -> Query:
        return self._either(lambda field: Query.term_query(self._schema, field, term))

    def _either(self, make: Any) -> Query:
        boosted = Query.boost_query(make("tittel"), 3.0)
        return Query.boolean_query([(Occur.Should, boosted), (Occur.Should, make("tekst"))])


def _hit(document: tantivy.Document, generator: Any) -> tuple[Any, ...]:
    return document["id"], document["tittel"], generator.snippet_from_doc(document).to_html(), document["url"]


def _document(document: Document) -> tantivy.Document:
    return tantivy.Document(
        id=[document.id],
        tittel=[document.tittel],
        tekst=[document.tekst],
        nummer=list(document.nummer),
        lesere=list(document.lesere),
        url=[document.url],
        type=[document.type],
        utvalg=[document.utvalg],
        aar=[str(document.dato.year) if document.dato else ""],
        resultat=[document.resultat],
    )
