"""The ports: where a second implementation exists from the first day. Each has one contract test for all of them."""

from __future__ import annotations

import datetime as dt

from zope.interface import Attribute, Interface


class IClock(Interface):
    """Tells the time. Implementations: the system's, and a fixed one for tests and replays."""

    def now() -> dt.datetime:
        """The present instant, an aware `datetime` in UTC."""

    def today() -> dt.date:
        """The present date in Europe/Oslo."""


class IDocumentStore(Interface):
    """Keeps immutable files by their SHA-256. Implementations: a folder on disk, and memory."""

    def put(content: bytes) -> str:
        """Store `content`, durably, and return its SHA-256 in hex. Storing the same content twice is harmless."""

    def get(sha256: str) -> bytes:
        """The content. Raises `NotFound`; raises `InvalidFile` if the content no longer has that checksum."""

    def exists(sha256: str) -> bool:
        """Whether the content is here."""


class IDocumentRenderer(Interface):
    """Makes a file from frozen data and a template. Implementations: DOCX, and plain text."""

    media_type = Attribute("The MIME type of what is made.")
    extension = Attribute("The file ending, with its dot.")

    def render(template: str, data: object) -> bytes:
        """The document `template` (such as 'saksprotokoll') filled with `data`, a mapping of plain values.

        The same data gives the same bytes. Raises `SetupError` on a faulty template.
        """


class ISearchEngine(Interface):
    """A full-text index. Implementations: Whoosh, and Null (finds nothing, stores nothing).

    Documents and hits are the classes of `saksbehandling.search_engine.model`.
    """

    def apply(changes: object, watermark: int) -> None:
        """Put and remove documents in one commit that also records `watermark`, the last outbox number applied."""

    def watermark() -> int:
        """The number that the last commit recorded; 0 for an empty index."""

    def search(query: object, readers: object) -> object:
        """The `Result` of a parsed query among the documents that one of the `readers` (tokens) may see."""

    def rebuild(documents: object, watermark: int) -> None:
        """Replace the whole index by `documents` (an iterable), switching over when it is complete."""
