"""Whoosh as it comes, with its own Norwegian stemmer, making an index of the same documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.index import create_in

from saksbehandling.search_engine.model import Document


def build(folder: Path, documents: Iterable[Document]) -> None:
    """Make an index in `folder`, which must not exist."""
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
