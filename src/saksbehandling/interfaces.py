"""The ports: where a second implementation exists from the first day. Each has one contract test for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from saksbehandling.documents.content import Content
    from saksbehandling.search_engine.model import Change, Document, Options, Result
    from saksbehandling.search_engine.query import Query


class IClock(Interface):
    """Tells the time. Implementations: the system's, and a fixed one for tests and replays."""

    def now() -> dt.datetime:
        """The present instant, an aware `datetime` in UTC."""

    def today() -> dt.date:
        """The present date in Europe/Oslo."""


class IDocumentStore(Interface):
    """Keeps immutable files by their SHA-256. Implementations: a folder on disk, S3, and memory."""

    def put(content: Content) -> str:
        """Store `content`, durably, and return its SHA-256 in hex. Storing the same content twice is harmless.

        What is mapped from a file is never in memory whole.
        """

    def get(sha256: str) -> bytes:
        """The content. Raises `NotFound`; raises `InvalidFile` if the content no longer has that checksum."""

    def open(sha256: str) -> BinaryIO:
        """The same as a file to read and seek in, for whoever wants it piece by piece; the caller closes it.

        It has been read through before it is given, and raises as `get` does.
        """

    def names(after: str = "") -> Iterator[str]:
        """The SHA-256 of everything that is here, in order; with `after`, of what comes after that one."""


class IDocumentRenderer(Interface):
    """Makes a file from frozen data and a template. Implementations: DOCX, and plain text."""

    media_type = Attribute("The MIME type of what is made.")
    extension = Attribute("The file ending, with its dot.")

    def render(template: str, data: object) -> bytes:
        """The document `template` (such as 'saksprotokoll') filled with `data`, a mapping of plain values.

        The same data gives the same bytes. Raises `SetupError` on a faulty template.
        """


class ISearchEngine(Interface):
    """A full-text index. Implementations: Whoosh, tantivy, OpenSearch, and Null (finds nothing, stores nothing).

    Documents and hits are the classes of `saksbehandling.search_engine.model`; queries are read by
    `saksbehandling.search_engine.query.parse`. Every method but `rebuild` and `close` raises `IndexUnavailable`
    while the index is missing or damaged; a new installation begins with `rebuild`.
    """

    def apply(changes: Iterable[Change], watermark: int) -> None:
        """Put and remove documents in one commit that also records `watermark`, the last outbox number applied.

        Applying again what was applied is harmless, and a batch with a lower number than the recorded one is passed
        over. Ask `watermark()` before each batch: a rebuild sets it back to the number that it was given. Raises
        `Conflict` while another process writes.
        """

    def watermark() -> int:
        """The number that the last commit recorded."""

    def search(query: Query, readers: Collection[str], options: Options) -> Result:
        """The part of the result that `options` (default: the first ten by relevance) asks for.

        A document counts only if one of the `readers` (tokens) is among its `lesere`: others are in no number, facet,
        snippet or suggestion.
        """

    def rebuild(documents: Iterable[Document], watermark: int) -> None:
        """Replace the whole index by `documents`, switching over when it is complete and on the disk.

        Take `watermark` before the first document is gathered: changes after it are then applied again. Raises
        `Conflict` while another process rebuilds.
        """

    def close() -> None:
        """Close open files. The engine may be used again."""
