"""Whoosh as it comes, with its own Norwegian stemmer, and its own query parser, over the same documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

from saksbehandling.search_engine.model import Document


class StockWhoosh:
    """`folder`: where the index is put; it must not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, documents: Iterable[Document]) -> None:
        folder = self._folder
        folder.mkdir()
        norwegian = LanguageAnalyzer("no")
        schema = Schema(
            id=ID(unique=True, stored=True),
            tittel=TEXT(norwegian, stored=True),
            tekst=TEXT(norwegian, stored=True),
            nummer=KEYWORD(stored=True),
            lesere=KEYWORD,
            utvalg=ID(stored=True, sortable=True),
            url=STORED,
        )
        writer = create_in(str(folder), schema).writer(limitmb=256)
        for document in documents:
            writer.add_document(
                id=document.id,
                tittel=document.tittel,
                tekst=document.tekst,
                nummer=" ".join(document.nummer),
                lesere=" ".join(document.lesere),
                utvalg=document.utvalg,
                url=document.url,
            )
        writer.commit()

    def page(self, query: str, any_word: bool = False) -> list[str]:
        """The ids of the first ten hits. `any_word`: of the words one is enough."""
        index = open_dir(str(self._folder))
        together = OrGroup if any_word else AndGroup
        asked = MultifieldParser(["tittel", "tekst"], index.schema, {"tittel": 3.0}, group=together).parse(query)
        with index.searcher() as searcher:
            return [hit["id"] for hit in searcher.search(asked, limit=10)]
