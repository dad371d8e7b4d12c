"""What the rules of elections compute on: frozen, and free of database and clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from saksbehandling.errors import Reason
from saksbehandling.valg.kodeverk import Kjoenn


@dataclass(frozen=True, slots=True)
class Kandidat:
    """Somebody on a list. `kjoenn`: None where nobody told it; then the gender rule cannot be applied."""

    navn: str
    kjoenn: Kjoenn | None = None


@dataclass(frozen=True, slots=True)
class Liste:
    """A list with the votes it got, and its candidates in order. In a flertallsvalg a list is one candidate."""

    navn: str
    stemmer: int
    kandidater: tuple[Kandidat, ...] = ()


@dataclass(frozen=True, slots=True)
class Valgte:
    """What a list came to. `rykket_opp`: elected past others for the sake of gender balance."""

    medlemmer: tuple[Kandidat, ...] = ()
    varamedlemmer: tuple[Kandidat, ...] = ()
    rykket_opp: tuple[Kandidat, ...] = ()


@dataclass(frozen=True, slots=True)
class Valgutfall:
    """What an election came to: per list name its elected, or why nothing is settled yet.

    `lodd_mellom`: lists or candidates that stand equal, between whom a lot must be drawn. `ny_omgang`: another ballot
    must be held. `ved_lodd`: a lot settled it.
    """

    valgte: Mapping[str, Valgte] = field(default_factory=dict)
    lodd_mellom: tuple[str, ...] = ()
    ny_omgang: bool = False
    ved_lodd: bool = False
    grunner: tuple[Reason, ...] = ()

    @property
    def avgjort(self) -> bool:
        return not (self.lodd_mellom or self.ny_omgang or self.grunner)
