"""What happens in the meeting over a generated case: proposals, how they fared, remarks. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from saksbehandling.demo.modell import GenerertForslag, GenerertMerknad, Utfall
from saksbehandling.demo.spraak import Forteller, Spraak, Tema
from saksbehandling.demo.stemmer import medstillere, stem_over, tilslutning
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype

_SAKLIGE = (Forslagstype.TILLEGG, Forslagstype.ENDRING, Forslagstype.STRYKNING, Forslagstype.OVERSENDELSE)
_VEKTER = (6, 3, 2, 1)
_STOPPER = {Utfall.UTSATT: Forslagstype.UTSETTELSE, Utfall.TILBAKESENDT: Forslagstype.TILBAKESENDELSE}


class Forhandling:
    """A body with `seter` by party meets an innstilling. `laast`: the segments that nobody touches, from 1."""

    def __init__(
        self,
        rng: random.Random,
        forteller: Forteller,
        spraak: Spraak,
        seter: Mapping[str, int],
        innstilling: Sequence[str],
        laast: frozenset[int] = frozenset(),
    ) -> None:
        self._rng = rng
        self._forteller = forteller
        self._spraak = spraak
        self._seter = seter
        self._innstilling = innstilling
        self._ledige = [nr for nr, tekst in enumerate(innstilling, 1) if nr not in {1, *laast} and "\n" not in tekst]

    def forslag(self, tema: Tema, utfall: Utfall) -> tuple[GenerertForslag, ...]:
        """None to four proposals in the order moved. The one that postpones or sends back is the last."""
        antall = self._rng.choice((0, 0, 1, 1, 2, 3))
        saklige = list(self._saklige(antall, iter(self._oensker(tema)), utfall))
        if utfall in _STOPPER:
            return (*saklige, self._enstemmig(_STOPPER[utfall]))
        if self._rng.random() < 0.12:
            return (*saklige, self._falt(self._rng.choice((Forslagstype.UTSETTELSE, Forslagstype.ALTERNATIVT))))
        return tuple(saklige)

    def merknader(self) -> tuple[GenerertMerknad, ...]:
        if self._rng.random() < 0.8:
            return ()
        parti, nr = self._stiller()
        partier = tilslutning(self._rng, parti, self._seter)
        return (GenerertMerknad(parti, nr, self._forteller.en("merknad"), partier),)

    def _oensker(self, tema: Tema) -> list[str]:
        return self._forteller.flere(tema.oensker, len(tema.oensker))

    def _saklige(self, antall: int, oensker: Iterator[str], utfall: Utfall) -> Iterator[GenerertForslag]:
        for _ in range(antall):
            slag = self._rng.choices(_SAKLIGE, _VEKTER)[0]
            if slag in (Forslagstype.ENDRING, Forslagstype.STRYKNING) and self._ledige:
                yield self._stilt(slag, self._ledige.pop(), utfall)
            elif slag is not Forslagstype.OVERSENDELSE and (oenske := next(oensker, None)):
                yield self._stilt(Forslagstype.TILLEGG, None, utfall, oenske)
            elif self._rng.random() < 0.5:
                yield self._stilt(Forslagstype.OVERSENDELSE, None, utfall)

    def _stilt(
        self, slag: Forslagstype, segment: int | None, utfall: Utfall, tekst: str | None = None
    ) -> GenerertForslag:
        """A proposal on the substance: voted on, withdrawn, or lapsed because the case was stopped."""
        parti, nr = self._stiller()
        med = medstillere(self._rng, parti, self._seter)
        stemmer: tuple[dict[str, int], dict[str, int]] = ({}, {})
        if utfall is not Utfall.VEDTATT:
            status = Forslagsstatus.BORTFALT
        elif self._rng.random() < 0.07:
            status = Forslagsstatus.TRUKKET
        else:
            stemmer = stem_over(self._rng, parti, med, self._seter)
            status = _utfall(*stemmer)
        betegnelse = self._spraak.betegnelser[slag.value]
        ordlyd = tekst or self._ordlyd(slag, segment)
        return GenerertForslag(parti, nr, slag, betegnelse, ordlyd, status, *stemmer, med, segment)

    def _enstemmig(self, slag: Forslagstype) -> GenerertForslag:
        parti, nr = self._stiller()
        ordlyd = self._forteller.en(slag.value)
        betegnelse = self._spraak.betegnelser[slag.value]
        return GenerertForslag(parti, nr, slag, betegnelse, ordlyd, Forslagsstatus.VEDTATT, dict(self._seter), {})

    def _falt(self, slag: Forslagstype) -> GenerertForslag:
        """A proposal that has its mover's party alone behind it: no party has half of a body."""
        parti, nr = self._stiller()
        mot = {andre: antall for andre, antall in self._seter.items() if andre != parti}
        ordlyd = self._forteller.en(slag.value)
        betegnelse = self._spraak.betegnelser[slag.value]
        stemmer_for = {parti: self._seter[parti]}
        return GenerertForslag(parti, nr, slag, betegnelse, ordlyd, Forslagsstatus.FALT, stemmer_for, mot)

    def _ordlyd(self, slag: Forslagstype, segment: int | None) -> str:
        if slag is Forslagstype.ENDRING and segment:
            return f"{self._innstilling[segment - 1].removesuffix('.')}, {self._forteller.en('betingelse')}"
        return self._forteller.en(slag.value, segment=str(segment))

    def _stiller(self) -> tuple[str, int]:
        parti = self._rng.choice(list(self._seter))
        return parti, self._rng.randint(1, self._seter[parti])


def _utfall(stemmer_for: Mapping[str, int], stemmer_mot: Mapping[str, int]) -> Forslagsstatus:
    """By simple majority; every body has an odd number of seats, all voting, so that no tie arises."""
    return Forslagsstatus.VEDTATT if sum(stemmer_for.values()) > sum(stemmer_mot.values()) else Forslagsstatus.FALT
