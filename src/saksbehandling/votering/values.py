"""The values that the rules of ballots and of consolidation compute on: frozen, and free of database and clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from saksbehandling.richtext import Blocks
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Stemme, Voteringsform


@dataclass(frozen=True, slots=True)
class Organ:
    """A body as the rules see it.

    `plasser`: its seats, None where unknown. `partiplasser`: party code -> seats, empty where unknown.
    `overordnet`: the body that its innstilling goes to, as named there. `blanke_tillatt`: its members may vote blank in
    every ballot, as in a council that is no elected body.
    """

    navn: str
    plasser: int | None = None
    partiplasser: Mapping[str, int] = field(default_factory=dict)
    overordnet: str = "bystyret"
    blanke_tillatt: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph of a base text with the list it introduces; `id` is what proposals and ballots point at."""

    id: str
    blokker: Blocks


@dataclass(frozen=True, slots=True)
class Stiller:
    """Who moved a proposal. `etternavn` is empty for a group without a person's name."""

    navn: str
    etternavn: str = ""
    parti: str | None = None


@dataclass(frozen=True, slots=True)
class Forslag:
    """A proposal.

    `maal`: id of the segment that it changes or strikes. `anker`: id of the segment after which an addition goes.
    `status`: FRAMSATT or TRUKKET; every other state is computed from the ballots.
    """

    id: str
    nummer: int
    forslagstype: Forslagstype
    blokker: Blocks
    stillere: tuple[Stiller, ...] = ()
    paa_vegne_av: tuple[str, ...] = ()
    maal: str | None = None
    anker: str | None = None
    status: Forslagsstatus = Forslagsstatus.FRAMSATT


@dataclass(frozen=True, slots=True)
class Merknad:
    """A remark. `parti` made it, `tilsluttet` joined it, in the order recorded.

    `flertall`: what the secretary knows of it; asked only where the seats cannot tell.
    """

    id: str
    parti: str
    tilsluttet: tuple[str, ...]
    blokker: Blocks
    flertall: bool | None = None


@dataclass(frozen=True, slots=True)
class Objekt:
    """What one side of a ballot stands for: segments, proposals, or the rest (all segments not yet decided)."""

    segmenter: tuple[str, ...] = ()
    forslag: tuple[str, ...] = ()
    resten: bool = False


RESTEN = Objekt(resten=True)


@dataclass(frozen=True, slots=True)
class Voteringsdata:
    """A ballot as registered. Every count is a fact that somebody counted, or None.

    `objekter`: in an alternative ballot the sides in order, otherwise what is voted on as one.
    `til_stede`: members with the duty to vote who were present at this ballot.
    `stemmer_for` and `stemmer_mot`: in an alternative ballot the votes for the first and for the second side.
    `valg` and `ansettelse`: where blank votes are allowed. `partistemmer`: per vote, party code -> votes.
    `personstemmer`: person -> vote, where known.
    `stemmer_per_objekt`: the votes for each side where there are more than two; `partier_per_objekt`: by party.
    """

    nummer: int
    form: Voteringsform
    objekter: tuple[Objekt, ...]
    til_stede: int | None = None
    stemmer_for: int | None = None
    stemmer_mot: int | None = None
    blanke: int | None = None
    partistemmer: Mapping[Stemme, Mapping[str, int]] = field(default_factory=dict)
    enstemmig: bool = False
    moeteleders_stemme: Stemme | None = None
    valg: bool = False
    ansettelse: bool = False
    personstemmer: Mapping[str, Stemme] = field(default_factory=dict)
    stemmer_per_objekt: tuple[int, ...] = ()
    partier_per_objekt: tuple[Mapping[str, int], ...] = ()
