"""What a meeting looks like at one number of its change log: plain values, read once and shown to everybody.

It holds more than anyone may see; `visning` picks out what is each reader's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from saksbehandling.direkte.kodeverk import Innleggstype
from saksbehandling.direkte.rules import Innsyn, Taletider
from saksbehandling.richtext import Blocks
from saksbehandling.votering.kodeverk import Voteringsform
from saksbehandling.votering.lesing import Stemmetall
from saksbehandling.votering.personstemmer import Svar


@dataclass(frozen=True, slots=True)
class Deltaker:
    """A member or substitute of the body. `bruker_id`: the account, if there is one."""

    person_id: int
    medlemskap_id: int
    navn: str
    parti: str
    bruker_id: int | None
    til_stede: bool
    inhabil: bool


@dataclass(frozen=True, slots=True)
class Taler:
    """Somebody who has the floor or waits for it. `taletid`: seconds; None: no limit."""

    post_id: int
    person_id: int
    navn: str
    parti: str
    innleggstype: Innleggstype
    startet: dt.datetime | None = None
    taletid: int | None = None


@dataclass(frozen=True, slots=True)
class Tekst:
    """One thing that is voted on: its name, and its words."""

    navn: str
    blokker: Blocks


@dataclass(frozen=True, slots=True)
class Avstemning:
    """The open ballot. `sider`: what it is about, or each of the alternatives. `svar`: what can be voted.

    `stemmer`: person -> vote, None in a secret ballot. `berettiget`: who may vote now.
    """

    id: int
    form: Voteringsform
    hemmelig: bool
    sider: tuple[tuple[Tekst, ...], ...]
    svar: tuple[Svar, ...]
    stemmer: Mapping[int, Svar | None]
    berettiget: tuple[int, ...]

    @property
    def avgitt(self) -> int:
        return len(self.stemmer)

    @property
    def mangler(self) -> tuple[int, ...]:
        return tuple(person for person in self.berettiget if person not in self.stemmer)


@dataclass(frozen=True, slots=True)
class Resultat:
    """A ballot that has been held. None: not counted. `vinner`: 0 the first side, 1 the other; None for a trial.

    `alternativer`: the votes for each, where there were more than two.
    """

    nummer: int
    form: Voteringsform
    setning: str
    vinner: int | None
    for_: int | None
    mot: int | None
    partier: tuple[Stemmetall, ...]
    alternativer: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sak:
    """The item that is up. `sti`: what the address of its page is made from."""

    id: int
    saksnummer: str
    tittel: str
    radversjon: int
    sti: Mapping[str, str | int]
    innsyn: Innsyn


@dataclass(frozen=True, slots=True)
class Moetebilde:
    """A meeting at change number `sekvens`. `i_gang`: it has begun and is not over."""

    moete_id: int
    utvalg_id: int
    utvalg: str
    dato: dt.date
    sekvens: int
    i_gang: bool
    strek: bool = False
    klubbet: bool = False
    sak: Sak | None = None
    neste: str = ""
    deltakere: Mapping[int, Deltaker] = field(default_factory=dict)
    plasser: int = 0
    tider: Taletider = field(default_factory=Taletider)
    taler: Taler | None = None
    hovedtaler: int | None = None
    venter: tuple[Taler, ...] = ()
    avstemning: Avstemning | None = None
    resultat: Resultat | None = None

    @property
    def til_stede(self) -> int:
        return sum(rad.til_stede for rad in self.deltakere.values())

    def deltaker(self, bruker_id: int | None) -> Deltaker | None:
        """The member that an account is."""
        if bruker_id is None:
            return None
        return next((rad for rad in self.deltakere.values() if rad.bruker_id == bruker_id), None)
