"""What a saksframlegg says, and how a newer text of it relates to an older. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from saksbehandling.richtext import Block, Blocks, parse_notation, plain_text, segments, to_notation
from saksbehandling.tekstforskjell import Par, flett, sammenlign

_SAMME = 0.5  # a share of the letters; a segment that keeps less of them is another one


@dataclass(frozen=True, slots=True)
class Framleggstekst:
    """Title, the segments of the innstilling, and the saksutredning."""

    tittel: str = ""
    innstilling: tuple[Blocks, ...] = ()
    innhold: Blocks = ()

    @classmethod
    def av(cls, tittel: str, innstilling: Blocks, innhold: Blocks) -> Framleggstekst:
        """`innstilling`: as one text, whose segments are found."""
        return cls(tittel, segments(innstilling), innhold)

    @property
    def innstillingen(self) -> Blocks:
        """The segments as one text."""
        return tuple(block for segment in self.innstilling for block in segment)


@dataclass(frozen=True, slots=True)
class Tekstforskjell:
    """Two texts beside each other, part by part."""

    tittel: Par[str]
    innstilling: tuple[Par[Blocks], ...]
    innhold: tuple[Par[Block], ...]

    def puljer(self, del_: str) -> list[tuple[bool, list[Par[Any]]]]:
        """The parts of «innstilling» or «innhold», together as long as they are the same or are not."""
        return [(likt, list(par)) for likt, par in groupby(getattr(self, del_), key=lambda ett: ett.likt)]

    @property
    def antall(self) -> int:
        """How many places are different."""
        return sum(not par.likt for del_ in ((self.tittel,), self.innstilling, self.innhold) for par in del_)


@dataclass(frozen=True, slots=True)
class Flettet:
    """Two people's texts in one. `begge`: what both rewrote; the text has the second's words."""

    tekst: Framleggstekst
    begge: tuple[Par[Blocks], ...]


def forskjell(foer: Framleggstekst, etter: Framleggstekst) -> Tekstforskjell:
    """What was changed from one text to the other."""
    return Tekstforskjell(
        Par(foer.tittel, etter.tittel),
        sammenlign(foer.innstilling, etter.innstilling, plain_text),
        sammenlign(foer.innhold, etter.innhold, lambda block: plain_text((block,))),
    )


def flett_tekster(grunnlag: Framleggstekst, deres: Framleggstekst, mine: Framleggstekst) -> Flettet:
    """Both people's changes to `grunnlag`; where both changed the same paragraph, mine stands."""
    innstilling = flett(grunnlag.innstilling, deres.innstilling, mine.innstilling)
    innhold = flett(grunnlag.innhold, deres.innhold, mine.innhold)
    i_innstilling = (Par(_blokker(par.foer), _blokker(par.etter)) for par in innstilling.begge)
    tittel = deres.tittel if mine.tittel == grunnlag.tittel else mine.tittel
    return Flettet(Framleggstekst(tittel, innstilling.tekst, innhold.tekst), (*i_innstilling, *innhold.begge))


def behold_utseende(foer: Blocks, skrevet: str) -> Blocks:
    """Read the light notation; paragraphs that were not touched keep what it cannot say.

    Raises `IllegalCharacter`.
    """
    lest = parse_notation(skrevet)
    kjente = [(parse_notation(to_notation((block,))), block) for block in foer]
    return tuple(_med_utseende(lest, [(notert, block) for notert, block in kjente if notert and notert != (block,)]))


def varige_ider(
    foer: Sequence[tuple[str, Blocks]], innstilling: Sequence[Blocks], ny_id: Callable[[], str]
) -> list[str]:
    """An id for each segment: its own from before where it is the same, also when moved or rewritten in part."""
    ledige = dict(foer)
    ider: dict[int, str] = {}
    for minst in (1.0, _SAMME):
        for nummer, segment in enumerate(innstilling):
            if nummer not in ider and (funnet := _likest(segment, ledige, minst)):
                ider[nummer] = funnet
                del ledige[funnet]
    return [ider.get(nummer) or ny_id() for nummer in range(len(innstilling))]


def _likest(segment: Blocks, ledige: dict[str, Blocks], minst: float) -> str | None:
    likhet = {ident: _likhet(blokker, segment) for ident, blokker in ledige.items()}
    best = max(likhet, key=lambda ident: likhet[ident], default=None)
    return best if best is not None and likhet[best] >= minst else None


def _likhet(foer: Blocks, etter: Blocks) -> float:
    if foer == etter:
        return 1.0
    # Words, not letters: quick, and the same order of likeness.
    return min(0.99, SequenceMatcher(None, plain_text(foer).split(), plain_text(etter).split(), autojunk=False).ratio())


def _med_utseende(lest: Blocks, kjente: Sequence[tuple[Blocks, Block]]) -> Iterator[Block]:
    """Two that are written alike, such as pictures with the same description, are taken in their order."""
    at, ubrukte = 0, list(kjente)
    while at < len(lest):
        funnet = _foerste(lest, at, ubrukte) or _foerste(lest, at, kjente)
        yield funnet[1] if funnet else lest[at]
        at += len(funnet[0]) if funnet else 1
        if funnet in ubrukte:
            ubrukte.remove(funnet)


def _foerste(lest: Blocks, at: int, kjente: Sequence[tuple[Blocks, Block]]) -> tuple[Blocks, Block] | None:
    return next((en for en in kjente if lest[at : at + len(en[0])] == en[0]), None)


def _blokker(segmenter: Sequence[Blocks] | None) -> Blocks | None:
    return None if segmenter is None else tuple(block for segment in segmenter for block in segment)
