"""Reads the XML of an uploaded document as a stream, without entities: elements are counted, and shown one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from saksbehandling.errors import InvalidFile

Start = Callable[[str, dict[str, str]], object]
Text = Callable[[str], object]
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_MOST_NAMES = 10_000  # different ones in a part, which the parser remembers; the standards have some hundreds
_TOO_MUCH = "Dokumentet er for innviklet til å åpnes trygt. Del det opp i flere."


class Elements:
    """How many more elements the parts of one document may have together."""

    def __init__(self, most: int) -> None:
        self._left = most

    def read(self, name: str, chunks: Iterable[bytes], start: Start, text: Text | None = None) -> None:
        """Call `start` with the local name and the attributes of each element, and `text` with what stands in them.

        Raises `InvalidFile` on a DOCTYPE, on faulty XML, and when there are too many.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        names: set[str] = set()

        def element(tag: str, attributes: dict[str, str]) -> None:
            if attributes or tag not in names:  # a document has few names, and many elements
                names.add(tag)
                names.update(attributes)
                if len(names) > _MOST_NAMES:
                    raise InvalidFile(_TOO_MUCH)
            start(_local(tag), attributes)

        parser.StartElementHandler = element
        parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(name)
        parser.CharacterDataHandler = text
        try:
            for chunk in chunks:
                self._count(chunk)
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise InvalidFile(_TOO_MUCH) from error
            raise InvalidFile(
                f"Delen «{name}» i dokumentet er ikke gyldig XML ({error}). Åpne det, lagre på nytt og prøv igjen."
            ) from error

    def _count(self, chunk: bytes) -> None:
        self._left -= chunk.count(b"<")
        if self._left < 0:
            raise InvalidFile(_TOO_MUCH)


def attribute(attributes: dict[str, str], name: str) -> str:
    """The attribute with that local name, in whatever edition of the standard; "" if it is not there."""
    return next((value for key, value in attributes.items() if _local(key) == name), "")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(name: str) -> Any:
    raise InvalidFile(
        f"Delen «{name}» i dokumentet har en DOCTYPE, som ikke er tillatt. Lagre dokumentet på nytt i Word."
    )
