"""What goes into a search engine and what comes out of it, the same for every engine."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

# Soft hyphens and zero-width marks from word processors would hide words from readers' queries.
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))

MORE_OF_A_CASE = 3
"""So many more hits of a case are shown where hits are folded."""

FACETS = ("utvalg", "år", "type", "parti", "resultat", "saksbehandler")


def clean(text: str) -> str:
    """`text` in Unicode NFC and without invisible marks: the form in which it is stored and its offsets are counted."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


@dataclass(frozen=True, slots=True)
class Document:
    """One findable thing. Texts are cleaned (`clean`) when it is made.

    `id`: unique over all types, such as "moetesak:17". `type`: sak, behandling, forslag, merknad, votering, vedtak,
    dokument, person … `nummer`: every number that it is known by, as written ("87/19", "19/8286"). `sak_id`: the `id`
    of the case that it belongs to, by which hits fold. `lesere`: tokens, one of which a reader must hold ("offentlig",
    "rolle:sekretariat", "utvalg:3"); a document without any is seen by nobody. `sekvens`: the outbox number of the
    change that it shows. `stemmer`: how parties and persons voted, as ("mot", "SV"), and ("enstemmig", "ja").
    """

    id: str
    type: str
    tittel: str
    tekst: str = ""
    nummer: tuple[str, ...] = ()
    utvalg: str = ""
    dato: dt.date | None = None
    personer: tuple[str, ...] = ()
    partier: tuple[str, ...] = ()
    resultat: str = ""
    saksbehandler: str = ""
    stemmer: tuple[tuple[str, str], ...] = ()
    url: str = ""
    sak_id: str = ""
    lesere: frozenset[str] = frozenset()
    sekvens: int = 0

    def __post_init__(self) -> None:
        if not self.id or self.id.startswith("#"):
            raise ValueError(f"A document needs an id that does not begin with #: {self.id!r}")
        for entry in fields(self):
            value = getattr(self, entry.name)
            if isinstance(value, str):
                object.__setattr__(self, entry.name, clean(value))
            elif isinstance(value, tuple) and entry.name != "stemmer":
                object.__setattr__(self, entry.name, tuple(map(clean, value)))

    def facet_values(self, facet: str) -> tuple[str, ...]:
        """What the document counts as under one of the `FACETS`."""
        values = {
            "utvalg": (self.utvalg,),
            "år": (str(self.dato.year) if self.dato else "",),
            "type": (self.type,),
            "parti": self.partier,
            "resultat": (self.resultat,),
            "saksbehandler": (self.saksbehandler,),
        }
        return tuple(value for value in values[facet] if value)


@dataclass(frozen=True, slots=True)
class Put:
    """Store `document`, in place of the one with the same id."""

    document: Document

    @property
    def id(self) -> str:
        return self.document.id


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the document with this id; harmless when there is none."""

    id: str


Change = Put | Remove


def different(documents: Iterable[Document]) -> Iterator[Document]:
    """Of documents with the same id the first."""
    seen: set[str] = set()
    for document in documents:
        if document.id not in seen:
            seen.add(document.id)
            yield document


class Sort(StrEnum):
    """The order of hits. NYESTE and ELDSTE put documents without a date last."""

    RELEVANS = "relevans"
    NYESTE = "nyeste"
    ELDSTE = "eldste"


@dataclass(frozen=True, slots=True)
class Options:
    """Which part of the result is wanted.

    `valgt`: facet -> the values chosen in it (any of them), as they stood in `Result.facets`; or "sak" -> `sak_id`s.
    `fold`: the hits of a case are one place, where its best hit stands; `offset` and `limit` count places.
    """

    sort: Sort = Sort.RELEVANS
    offset: int = 0
    limit: int = 10
    valgt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fold: bool = False


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of plain text (to be escaped where it is shown), marked if it is what was searched for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document: its fields as stored, the title in pieces, and a snippet of the text (about 250 characters).

    Where hits are folded, `of_case`: how many hits of its case there are, itself among them, and `more`: the next best
    of those, at most `MORE_OF_A_CASE`.
    """

    id: str
    type: str
    tittel: str
    tittel_deler: tuple[Piece, ...]
    utdrag: tuple[Piece, ...]
    nummer: tuple[str, ...]
    utvalg: str
    dato: dt.date | None
    personer: tuple[str, ...]
    partier: tuple[str, ...]
    resultat: str
    saksbehandler: str
    url: str
    sak_id: str
    of_case: int = 1
    more: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a reader may know about a query's hits.

    `total` and `facets` count every visible hit, `places` what there is to page through (fewer than `total` where hits
    are folded), `hits` is the page asked for. `hint`: Norwegian sentences on what in
    the query could not be read. `mente_du`: the query with misspelt words replaced, if that finds something visible.
    """

    total: int = 0
    places: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    hint: str | None = None
    mente_du: str | None = None
