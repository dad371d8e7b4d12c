"""How a treatment stands after some of its ballots: what is decided of the base text and of each proposal. Pure.

The voting order is free. A paragraph is decided as such once; a change or deletion lies over it, whether it is voted
before or after. What takes its ground from a proposal (its paragraph fell, was struck or lapsed) makes it lapse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from saksbehandling.richtext import segments
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.telling import avgjoer, ute
from saksbehandling.votering.values import Forslag, Objekt, Segment, Voteringsdata


class Segmentstand(StrEnum):
    """Where a paragraph of the base text stands."""

    UAVGJORT = "uavgjort"
    BEHOLDT = "beholdt"  # a deletion of it fell; may still be part of a ballot on the rest
    VEDTATT = "vedtatt"
    FALT = "falt"
    STROEKET = "strøket"
    ENDRET = "endret"
    BORTFALT = "bortfalt"  # an alternative took the place of the whole text


BORTE = frozenset({Segmentstand.FALT, Segmentstand.STROEKET, Segmentstand.BORTFALT})
AAPNE = frozenset({Segmentstand.UAVGJORT, Segmentstand.BEHOLDT})


@dataclass(slots=True)
class Segmentstilling:
    """A paragraph, its state, the ballots that brought it there, and the adopted change that replaces its text.

    `avgjort`: it was itself an object of a ballot. `fra_forslag`: the alternative that it came with.
    """

    segment: Segment
    stand: Segmentstand = Segmentstand.UAVGJORT
    voteringer: tuple[int, ...] = ()
    avgjort: bool = False
    endring: str | None = None
    fra_forslag: str | None = None


@dataclass(slots=True)
class Stilling:
    """The working state, changed by each ballot in turn. `tillegg`, `oversendt`: adopted ones in ballot order."""

    forslag: dict[str, Forslag]
    segmenter: dict[str, Segmentstilling]
    utfall: dict[str, Forslagsstatus]
    avgjort_i: dict[str, int] = field(default_factory=dict)
    tidligere_segmenter: dict[str, Segmentstilling] = field(default_factory=dict)
    tillegg: list[str] = field(default_factory=list)
    oversendt: list[str] = field(default_factory=list)
    prosedyre: str | None = None

    def segment(self, segment_id: str) -> Segmentstilling | None:
        return self.segmenter.get(segment_id) or self.tidligere_segmenter.get(segment_id)

    @property
    def resten(self) -> tuple[str, ...]:
        """The paragraphs not yet decided."""
        return tuple(key for key, stilling in self.segmenter.items() if stilling.stand in AAPNE)

    def segmenter_i(self, objekt: Objekt) -> tuple[str, ...]:
        return tuple(dict.fromkeys(objekt.segmenter + (self.resten if objekt.resten else ())))

    @property
    def aapne_forslag(self) -> tuple[Forslag, ...]:
        return tuple(forslag for forslag in self.forslag.values() if self.utfall[forslag.id] is Forslagsstatus.FRAMSATT)


def utgangsstilling(grunntekst: Sequence[Segment], forslag: Sequence[Forslag]) -> Stilling:
    """Before the first ballot."""
    return Stilling(
        forslag={ett.id: ett for ett in forslag},
        segmenter={segment.id: Segmentstilling(segment) for segment in grunntekst},
        utfall={ett.id: ett.status for ett in forslag},
    )


def registrer(stilling: Stilling, votering: Voteringsdata, regler: Voteringsregler) -> None:
    """Let the ballot work on `stilling`. A trial, and a ballot that settled nothing, change nothing.

    Of several alternatives that none of which had a majority, the proposals that are out have fallen.
    """
    if votering.form is Voteringsform.PROEVE:
        return
    vinner = avgjoer(votering, regler).vinner
    if vinner is None:
        _out(stilling, votering)
    elif votering.form is Voteringsform.ALTERNATIV:
        losers = [objekt for at, objekt in enumerate(votering.objekter) if at != vinner]
        standing_against = tuple(segment for objekt in losers for segment in stilling.segmenter_i(objekt))
        _adopt(stilling, votering.objekter[vinner], votering.nummer, standing_against)
        _reject(stilling, losers, votering.nummer)
    elif vinner == 0:
        for objekt in votering.objekter:
            _adopt(stilling, objekt, votering.nummer)
    else:
        _reject(stilling, votering.objekter, votering.nummer)


def _out(stilling: Stilling, votering: Voteringsdata) -> None:
    """A paragraph of the base text that is out stays open: a change of it may still win, and then it is settled."""
    for side in ute(votering):
        for forslag_id in votering.objekter[side].forslag:
            _reject_proposal(stilling, stilling.forslag[forslag_id], votering.nummer)


def _adopt(stilling: Stilling, objekt: Objekt, nummer: int, standing_against: tuple[str, ...] = ()) -> None:
    for segment_id in stilling.segmenter_i(objekt):
        segment = stilling.segmenter[segment_id]
        segment.avgjort = True
        segment.voteringer += (nummer,)
        if segment.stand in AAPNE:
            segment.stand = Segmentstand.VEDTATT
    for forslag_id in objekt.forslag:
        _adopt_proposal(stilling, stilling.forslag[forslag_id], nummer, standing_against)


def _adopt_proposal(stilling: Stilling, forslag: Forslag, nummer: int, standing_against: tuple[str, ...]) -> None:
    stilling.utfall[forslag.id] = Forslagsstatus.VEDTATT
    stilling.avgjort_i[forslag.id] = nummer
    target = stilling.segmenter.get(forslag.maal or next(iter(standing_against), ""))
    match forslag.forslagstype:
        case Forslagstype.ALTERNATIVT:
            _replace_base(stilling, forslag, nummer)
        case Forslagstype.OVERSENDELSE:
            stilling.oversendt.append(forslag.id)
        case Forslagstype.STRYKNING if target:
            _leave(stilling, target, Segmentstand.STROEKET, nummer, but=forslag.id)
        case Forslagstype.ENDRING if target:
            target.stand, target.endring = Segmentstand.ENDRET, forslag.id
            target.voteringer += (nummer,)
        case Forslagstype.TILLEGG | Forslagstype.ENDRING:
            stilling.tillegg.append(forslag.id)
        case kind if kind.prosedyre:
            _end_by_procedure(stilling, forslag)


def _replace_base(stilling: Stilling, forslag: Forslag, nummer: int) -> None:
    for old in stilling.segmenter.values():
        if old.stand not in BORTE:
            _leave(stilling, old, Segmentstand.BORTFALT, nummer, but=forslag.id)
        if old.fra_forslag:
            stilling.utfall[old.fra_forslag] = Forslagsstatus.BORTFALT
    stilling.tidligere_segmenter.update(stilling.segmenter)
    new = [Segment(f"{forslag.id}#{at}", blokker) for at, blokker in enumerate(segments(forslag.blokker), 1)]
    stilling.segmenter = {
        segment.id: Segmentstilling(segment, Segmentstand.VEDTATT, (nummer,), avgjort=True, fra_forslag=forslag.id)
        for segment in new
    }


def _end_by_procedure(stilling: Stilling, forslag: Forslag) -> None:
    stilling.prosedyre = forslag.id
    for other in stilling.aapne_forslag:
        stilling.utfall[other.id] = Forslagsstatus.BORTFALT


def _reject(stilling: Stilling, objekter: Iterable[Objekt], nummer: int) -> None:
    for objekt in objekter:
        for segment_id in stilling.segmenter_i(objekt):
            segment = stilling.segmenter.get(segment_id)
            if segment is None:
                continue
            segment.avgjort = True
            # What an adopted change or deletion in the same ballot has taken is settled by it.
            if nummer not in segment.voteringer:
                _leave(stilling, segment, Segmentstand.FALT, nummer)
        for forslag_id in objekt.forslag:
            _reject_proposal(stilling, stilling.forslag[forslag_id], nummer)


def _reject_proposal(stilling: Stilling, forslag: Forslag, nummer: int) -> None:
    stilling.utfall[forslag.id] = Forslagsstatus.FALT
    stilling.avgjort_i[forslag.id] = nummer
    target = stilling.segmenter.get(forslag.maal or "")
    if forslag.forslagstype is Forslagstype.STRYKNING and target and target.stand is Segmentstand.UAVGJORT:
        target.stand = Segmentstand.BEHOLDT
        target.voteringer += (nummer,)


def _leave(stilling: Stilling, segment: Segmentstilling, stand: Segmentstand, nummer: int, but: str = "") -> None:
    """The paragraph goes, and what would amend it goes with it."""
    segment.stand, segment.endring = stand, None
    segment.voteringer += (nummer,)
    ended = (Forslagsstatus.FALT, Forslagsstatus.TRUKKET)
    for forslag in stilling.forslag.values():
        touches = forslag.maal == segment.segment.id and forslag.id != but
        if touches and stilling.utfall[forslag.id] not in ended:
            stilling.utfall[forslag.id] = Forslagsstatus.BORTFALT
