"""The markers of a template: what they look like, and making those whole that a word processor split over runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from saksbehandling.documents.wordxml import w
from saksbehandling.errors import SetupError

Path = tuple[str, ...]

MARKER = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_NAME = r"[a-zA-ZæøåÆØÅ][a-zA-ZæøåÆØÅ0-9_]*"
_PATH = re.compile(rf"{_NAME}(?:\.{_NAME})*")
_TEMPLATE_NAME = re.compile(r"[a-zæøå0-9_-]+")
_FORMS = (
    "[[felt]], [[dato: felt]], [[dag: felt]], [[tall: felt]], [[tekst: felt]], [[gjenta: felt]], [[hvis: felt]],"
    " [[rad: felt]], [[mal: navn]] og [[slutt]]"
)


class Kind(StrEnum):
    """What a marker does."""

    FIELD = "felt"
    DATE = "dato"
    DAY = "dag"
    NUMBER = "tall"
    TEXT = "tekst"
    REPEAT = "gjenta"
    WHEN = "hvis"
    ROW = "rad"
    INCLUDE = "mal"
    END = "slutt"

    @property
    def inline(self) -> bool:
        """Whether it becomes text within its paragraph."""
        return self in (Kind.FIELD, Kind.DATE, Kind.DAY, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template something stands. `paragraph` counts from 1 within the part, tables included."""

    template: str
    part: str
    paragraph: int

    def __str__(self) -> str:
        return f"malen «{self.template}», {self.part}, avsnitt {self.paragraph}"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker that was read. `path` is empty for `slutt`; for `mal` its one step is the template's name."""

    kind: Kind
    path: Path
    place: Place

    def __str__(self) -> str:
        dotted = ".".join(self.path)
        if self.kind is Kind.FIELD:
            return f"[[{dotted}]]"
        return f"[[{self.kind}: {dotted}]]" if self.path else f"[[{self.kind}]]"


_WITH_A_PATH = frozenset(Kind) - {Kind.FIELD, Kind.INCLUDE, Kind.END}


def read_marker(inner: str, place: Place) -> Marker:
    """The marker whose text between the brackets is `inner`. Raises `SetupError`."""
    word, colon, rest = (part.strip() for part in " ".join(inner.split()).partition(":"))
    if not colon:
        return Marker(Kind.END, (), place) if word == Kind.END else Marker(Kind.FIELD, _path(word, inner, place), place)
    if word == Kind.INCLUDE and _TEMPLATE_NAME.fullmatch(rest):
        return Marker(Kind.INCLUDE, (rest,), place)
    if word in _WITH_A_PATH:
        return Marker(Kind(word), _path(rest, inner, place), place)
    raise _unreadable(inner, place)


def _path(text: str, inner: str, place: Place) -> Path:
    if not _PATH.fullmatch(text):
        raise _unreadable(inner, place)
    return tuple(text.split("."))


def _unreadable(inner: str, place: Place) -> SetupError:
    return SetupError(f"Kan ikke forstå merket «[[{inner}]]» i {place}. Bruk en av formene {_FORMS}.")


def text_nodes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The ``w:t`` elements of this paragraph, without those of text boxes inside it."""
    for node in paragraph.iter(w("t")):
        if next(node.iterancestors(w("p"))) is paragraph:
            yield node


def paragraph_text(paragraph: etree._Element) -> str:
    """The visible text of a paragraph."""
    return "".join(node.text or "" for node in text_nodes(paragraph))


def join_split_markers(paragraph: etree._Element) -> None:
    """Move every marker that lies over several runs into the run where it begins, and drop the emptied runs."""
    nodes = list(text_nodes(paragraph))
    text = "".join(node.text or "" for node in nodes)
    if "[[" not in text or len(nodes) == 1:
        return
    owner = [number for number, node in enumerate(nodes) for _ in node.text or ""]
    for found in MARKER.finditer(text):
        owner[found.start() : found.end()] = [owner[found.start()]] * (found.end() - found.start())
    pieces = [""] * len(nodes)
    for number, character in zip(owner, text, strict=True):
        pieces[number] += character
    for node, piece in zip(nodes, pieces, strict=True):
        _put(node, piece)


def _put(node: etree._Element, piece: str) -> None:
    node.text = piece
    run = node.getparent()
    if piece or run is None:
        return
    run.remove(node)
    holder = run.getparent()
    if holder is not None and all(child.tag == w("rPr") for child in run):
        holder.remove(run)
