"""Who sits where in Nidarvik: a plan of every seat and substitute place. Pure, and the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.demo.navn import Navn, nye_navn
from saksbehandling.demo.seter import ORGANER, PERIODER, seter
from saksbehandling.utvalg.models import Funksjon, Utvalgstype

_FROE = 2019
_GJENVALGT = 0.45
_VARAER_UTOVER = {Utvalgstype.RAAD: 1}
_VALGT_AV_BYSTYRET = (Utvalgstype.FORMANNSKAP, Utvalgstype.KOMITE)


@dataclass(frozen=True, slots=True)
class Plass:
    """A person's seat, or substitute place (`vararekkefoelge` from 1 within the group), in a body in a period."""

    utvalg: str
    periode: str
    parti: str
    navn: Navn
    funksjon: Funksjon
    vararekkefoelge: int | None = None


@dataclass(frozen=True, slots=True)
class _Liste:
    """A group in a body: its members, and its substitutes in elected order."""

    medlemmer: Sequence[Navn]
    varaer: Sequence[Navn]


_Lister = Mapping[tuple[str, str, str], _Liste]  # by body, period and party


def besett(froe: int = _FROE) -> list[Plass]:
    """Every place, by body, period, party; members before substitutes."""
    rng = random.Random(froe)  # noqa: S311 - the same people each time, nothing secret
    lister = _valgte_lister(rng, nye_navn(rng))
    lister.update(_lister_fra_bystyret(lister))
    return [plass for utvalg in ORGANER for periode in PERIODER for plass in _plasser(utvalg, periode, lister)]


def _valgte_lister(rng: random.Random, navn: Iterator[Navn]) -> dict[tuple[str, str, str], _Liste]:
    lister: dict[tuple[str, str, str], _Liste] = {}
    for utvalg, organ in ORGANER.items():
        forrige: dict[str, _Liste] = {}
        for periode in PERIODER if organ.utvalgstype not in _VALGT_AV_BYSTYRET else ():
            for parti, antall in seter(utvalg, periode).items():
                gamle = forrige.get(parti, _Liste((), ()))
                varaer = antall + _VARAER_UTOVER.get(organ.utvalgstype, 3)
                liste = _Liste(_fornyet(gamle.medlemmer, antall, rng, navn), _fornyet(gamle.varaer, varaer, rng, navn))
                forrige[parti] = lister[utvalg, periode, parti] = liste
    return lister


def _fornyet(forrige: Sequence[Navn], antall: int, rng: random.Random, nye: Iterator[Navn]) -> list[Navn]:
    """The first is re-elected always, the others by chance; new people fill the rest."""
    gjenvalgt = [navn for nr, navn in enumerate(forrige) if nr == 0 or rng.random() < _GJENVALGT][:antall]
    return gjenvalgt + [next(nye) for _ in range(antall - len(gjenvalgt))]


def _lister_fra_bystyret(bystyrets: _Lister) -> dict[tuple[str, str, str], _Liste]:
    """Bodies elected by and among the council: each takes the next members of a group, so that the work is shared."""
    lister: dict[tuple[str, str, str], _Liste] = {}
    for periode in PERIODER:
        opptatt: dict[str, int] = {}
        for utvalg in (kode for kode, organ in ORGANER.items() if organ.utvalgstype in _VALGT_AV_BYSTYRET):
            for parti, antall in seter(utvalg, periode).items():
                gruppe = bystyrets["bystyret", periode, parti]
                lister[utvalg, periode, parti] = _utvalgt(gruppe, antall, opptatt.get(parti, 0))
                opptatt[parti] = opptatt.get(parti, 0) + antall
    return lister


def _utvalgt(gruppe: _Liste, antall: int, opptatt: int) -> _Liste:
    foerste = opptatt % len(gruppe.medlemmer)
    medlemmer = [*gruppe.medlemmer[foerste:], *gruppe.medlemmer[:foerste]]
    varaer = [*medlemmer[antall:], *gruppe.varaer]
    return _Liste(medlemmer[:antall], varaer[: antall + 3])


def _plasser(utvalg: str, periode: str, lister: _Lister) -> Iterable[Plass]:
    """The body's places. The chair is of the first group, the deputy of the next one, if there is one."""
    partier = seter(utvalg, periode)
    grupper = [lister[utvalg, periode, parti] for parti in partier]
    ledelse = {grupper[0].medlemmer[0]: Funksjon.LEDER}
    ledelse[(grupper[1].medlemmer if len(grupper) > 1 else grupper[0].medlemmer[1:])[0]] = Funksjon.NESTLEDER
    for parti, gruppe in zip(partier, grupper, strict=True):
        for navn in gruppe.medlemmer:
            yield Plass(utvalg, periode, parti, navn, ledelse.get(navn, Funksjon.MEDLEM))
        for nr, navn in enumerate(gruppe.varaer, 1):
            yield Plass(utvalg, periode, parti, navn, Funksjon.VARAMEDLEM, nr)
