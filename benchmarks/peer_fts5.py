"""SQLite's FTS5 as a search engine: tokenizer unicode61 (with æøå as they are), bm25, readers in a table of tokens.

Written as FTS5 likes it: it sorts by its own `rank`, each hit is looked up among the readers by key, and only the ten
that are shown get a snippet. With `rowid IN (…)` or `ORDER BY bm25(…)` the same queries took a hundred times longer.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path

from saksbehandling.search_engine.model import Document

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE leser (dokument INTEGER, token TEXT, PRIMARY KEY (dokument, token)) WITHOUT ROWID;
CREATE TABLE fasett (dokument INTEGER PRIMARY KEY, type TEXT, utvalg TEXT, aar TEXT, resultat TEXT);
CREATE VIRTUAL TABLE soek USING fts5(
    tittel, tekst, nummer, navn UNINDEXED, url UNINDEXED, tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO soek (soek, rank) VALUES ('rank', 'bm25(2.0, 1.0, 2.0)');
"""
_FOUND = """
soek MATCH ? AND EXISTS (
    SELECT 1 FROM leser WHERE dokument = soek.rowid AND token IN (SELECT value FROM json_each(?))
)"""
_PAGE = f"""
SELECT navn, tittel, snippet(soek, 1, '[', ']', '…', 40), nummer, url FROM soek
WHERE {_FOUND} ORDER BY rank LIMIT 10"""
_COUNTS = f"""
SELECT type, utvalg, aar, resultat, count(*) FROM soek CROSS JOIN fasett ON fasett.dokument = soek.rowid
WHERE {_FOUND} GROUP BY 1, 2, 3, 4"""


class Fts5:
    """`path`: the database, which must not exist."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(_SCHEMA)

    def build(self, documents: Iterable[Document]) -> None:
        """Everything in one commit."""
        with self._connection:
            for document in documents:
                self._insert(document)

    def update(self, document: Document) -> None:
        """Put one document in the place of the one with its id, and commit."""
        with self._connection:
            for table, key in (("soek", "rowid"), ("leser", "dokument"), ("fasett", "dokument")):
                self._connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (_number(document),))
            self._insert(document)

    def page(self, query: str, readers: Collection[str], any_word: bool = False) -> list[tuple[str, ...]]:
        """The first ten hits. `any_word`: of the words one is enough."""
        asked = _match(query, " OR " if any_word else " ")
        return self._connection.execute(_PAGE, (asked, json.dumps(list(readers)))).fetchall()

    def counts(self, query: str, readers: Collection[str]) -> list[tuple[str, str, str, str, int]]:
        """How many hits there are of each combination of type, body, year and result."""
        return self._connection.execute(_COUNTS, (_match(query), json.dumps(list(readers)))).fetchall()

    def close(self) -> None:
        self._connection.close()

    def _insert(self, document: Document) -> None:
        number, year = _number(document), str(document.dato.year) if document.dato else ""
        texts = (document.tittel, document.tekst, " ".join(document.nummer), document.id, document.url)
        self._connection.execute(
            "INSERT INTO soek (rowid, tittel, tekst, nummer, navn, url) VALUES (?, ?, ?, ?, ?, ?)", (number, *texts)
        )
        facets = (document.type, document.utvalg, year, document.resultat)
        self._connection.execute("INSERT INTO fasett VALUES (?, ?, ?, ?, ?)", (number, *facets))
        self._connection.executemany("INSERT INTO leser VALUES (?, ?)", [(number, token) for token in document.lesere])


def _number(document: Document) -> int:
    return int(document.sak_id)


def _match(query: str, between: str = " ") -> str:
    """Our query language in FTS5's: every word, number and phrase in quotes, a prefix with its star outside."""
    pieces = re.findall(r'"[^"]*"|\S+', query)
    return between.join('"' + piece.strip('"*') + '"' + ("*" if piece.endswith("*") else "") for piece in pieces)
