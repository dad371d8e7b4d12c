"""What a generated case holds: plain values, no session. Texts are in the light notation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from saksbehandling.demo.seter import ORGANER, periode_for
from saksbehandling.utvalg.models import Utvalgstype
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype


class Utfall(StrEnum):
    """How the treatment of a generated case ended."""

    VEDTATT = "vedtatt"
    UTSATT = "utsatt"
    TILBAKESENDT = "tilbakesendt"


@dataclass(frozen=True, slots=True)
class GenerertForslag:
    """A proposal. `medlem_nr`: the party's how-manieth member in the body moves it. `gjelder_segment` counts from 1.

    `stemmer_for` and `stemmer_mot`: votes for and against the proposal by party, with every seat filled; both empty
    when it was never voted on. A change or deletion is put against the segment that it touches.
    """

    parti: str
    medlem_nr: int
    forslagstype: Forslagstype
    betegnelse: str
    tekst: str
    utfall: Forslagsstatus
    stemmer_for: Mapping[str, int]
    stemmer_mot: Mapping[str, int]
    paa_vegne_av: tuple[str, ...] = ()
    gjelder_segment: int | None = None


@dataclass(frozen=True, slots=True)
class GenerertMerknad:
    parti: str
    medlem_nr: int
    tekst: str
    tilslutning: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GenerertOppfoelging:
    tekst: str
    frist: dt.date


@dataclass(frozen=True, slots=True)
class GenerertSak:
    """A case and its one treatment.

    `innstilling`: one text a segment. `innstilling_mot`: votes against the innstilling by party, never a majority.
    `offentlig_tittel` and `skjermingshjemmel` are set together. `utsatt_til`: set when the treatment was postponed.
    """

    tittel: str
    maalform: str
    enhet: str
    opprettet: dt.date
    saksframlegg: str
    innstilling: tuple[str, ...]
    utvalg: str
    moetedato: dt.date
    utfall: Utfall
    forslag: tuple[GenerertForslag, ...]
    innstilling_mot: Mapping[str, int]
    merknader: tuple[GenerertMerknad, ...]
    oppfoelging: tuple[GenerertOppfoelging, ...]
    utsatt_til: dt.date | None = None
    offentlig_tittel: str | None = None
    skjermingshjemmel: str | None = None

    @property
    def periode(self) -> str:
        """The election period of the meeting, a key of `seter.PERIODER`."""
        return periode_for(self.moetedato)

    @property
    def til_stede(self) -> int:
        """Members voting: every seat is filled, by the member or a substitute."""
        return ORGANER[self.utvalg].plasser

    @property
    def behandlingstype(self) -> Behandlingstype:
        komite = ORGANER[self.utvalg].utvalgstype is Utvalgstype.KOMITE
        return Behandlingstype.INNSTILLING if komite else Behandlingstype.VEDTAK
