"""The decision text, computed from base text, proposals and ballots, each paragraph with its origin. Pure.

Nothing is ever dropped: what is neither decided, withdrawn nor lapsed is named among `Beregning.mangler`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from saksbehandling.errors import Reason
from saksbehandling.richtext import Block, Blocks, Heading, List, Paragraph, segments
from saksbehandling.vedtak.ordlyd import BOKMAAL, Vedtaksord, innledning, setning
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.kontroll import kontroller_votering
from saksbehandling.votering.objektkontroll import objektgrunner
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.stilling import Segmentstand, Segmentstilling, Stilling, registrer, utgangsstilling
from saksbehandling.votering.telling import avgjoer
from saksbehandling.votering.values import Forslag, Merknad, Organ, Segment, Voteringsdata

_BAERER_TEKSTEN_VIDERE = (Forslagstype.UTSETTELSE, Forslagstype.TILBAKESENDELSE)


class Opphav(StrEnum):
    """Where a paragraph came from."""

    SEGMENT = "segment"
    FORSLAG = "forslag"


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A paragraph of the decision (with its list). `voteringer`: numbers of the ballots that decided it."""

    blokker: Blocks
    opphav: Opphav
    opphav_id: str
    voteringer: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Flertallsmerknad:
    """A remark that a majority of the body joined; it stands after the decision."""

    overskrift: str
    blokker: Blocks
    merknad_id: str


@dataclass(frozen=True, slots=True)
class Prosedyre:
    """The adopted motion that ended the treatment. `foelger`: the text that follows the case, after `overgang`."""

    forslag_id: str
    forslagstype: Forslagstype
    overgang: Blocks
    foelger: tuple[Avsnitt, ...]


@dataclass(frozen=True, slots=True)
class Beregning:
    """What a treatment has come to.

    `avsnitt`: the adopted text. `innledning`: the words that wrap it. `uavgjort`: ids of segments without a ballot.
    `mangler`: everything to settle before the vedtak can be made. `oversendt`: passed on without a decision.
    """

    avsnitt: tuple[Avsnitt, ...]
    innledning: Blocks
    flertallsmerknader: tuple[Flertallsmerknad, ...]
    forslagsutfall: Mapping[str, Forslagsstatus]
    uavgjort: tuple[str, ...]
    mangler: tuple[Reason, ...]
    prosedyre: Prosedyre | None
    oversendt: tuple[Avsnitt, ...]

    @property
    def kan_fattes(self) -> bool:
        return not self.mangler

    @property
    def blokker(self) -> Blocks:
        """The whole decision in reading order: wrapping words, text, what follows the case, majority remarks."""
        carried = self.prosedyre.overgang + _texts(self.prosedyre.foelger) if self.prosedyre else ()
        remarks = tuple(
            block for remark in self.flertallsmerknader for block in (setning(remark.overskrift), *remark.blokker)
        )
        return self.innledning + _texts(self.avsnitt) + carried + remarks


def konsolider(
    grunntekst: Sequence[Segment],
    forslag: Sequence[Forslag],
    voteringer: Sequence[Voteringsdata],
    merknader: Sequence[Merknad],
    organ: Organ,
    behandlingstype: Behandlingstype,
    regler: Voteringsregler,
    rekkefoelge: Sequence[str] | None = None,
    *,
    lukk: bool = False,
    ordlyd: Vedtaksord = BOKMAAL,
    frammoete: Mapping[str, int] | None = None,
) -> Beregning:
    """Compute the decision (domain guide § 4).

    `rekkefoelge`: ids of segments and proposals in the order that the secretary wants; they change places among
    themselves, the rest stay. `lukk`: the secretary confirms that open proposals have lapsed. `frammoete`: party code
    -> how many of them can have voted, where attendance was recorded; otherwise its seats are the limit. A ballot that
    cannot have been held as registered does not count, and is named among the `mangler`.
    """
    stilling = utgangsstilling(grunntekst, forslag)
    faults = list(_hold(stilling, sorted(voteringer, key=lambda ballot: ballot.nummer), organ, regler, frammoete))
    faults += _unsettled(stilling, voteringer, regler)
    procedure = _procedure(stilling, grunntekst, ordlyd)
    text = _motion(stilling, procedure) if procedure else _ordered(_text(stilling), rekkefoelge or ())
    text = text if procedure else _numbered(text, stilling)
    undecided = () if procedure else _undecided(stilling)
    return Beregning(
        avsnitt=text,
        innledning=() if procedure else innledning(behandlingstype, organ, [ett.blokker for ett in text], ordlyd),
        flertallsmerknader=() if procedure else tuple(_majority_remarks(merknader, organ, ordlyd)),
        forslagsutfall=_outcomes(stilling, lukk),
        uavgjort=undecided,
        mangler=(*faults, *_missing(stilling, undecided, lukk, regler)),
        prosedyre=procedure,
        oversendt=tuple(_paragraphs(stilling, stilling.oversendt)),
    )


def resterende(
    grunntekst: Sequence[Segment],
    forslag: Sequence[Forslag],
    voteringer: Sequence[Voteringsdata],
    regler: Voteringsregler,
) -> tuple[str, ...]:
    """What «resten» stands for after these ballots: ids of the segments not yet decided."""
    stilling = utgangsstilling(grunntekst, forslag)
    for votering in sorted(voteringer, key=lambda ballot: ballot.nummer):
        if not objektgrunner(stilling, votering):
            registrer(stilling, votering, regler)
    return stilling.resten


def er_flertallsmerknad(merknad: Merknad, organ: Organ) -> bool:
    """Whether the parties behind it hold more than half of the body's seats; as told where seats are unknown.

    That group seats decide, and not those present, is custom; no law says it.
    """
    parties = _joined(merknad)
    seats = sum(organ.partiplasser.get(parti, 0) for parti in parties)
    if organ.plasser is not None and 2 * seats > organ.plasser:
        return True
    known = organ.plasser is not None and all(parti in organ.partiplasser for parti in parties)
    return not known and merknad.flertall is True


def _hold(
    stilling: Stilling,
    voteringer: Iterable[Voteringsdata],
    organ: Organ,
    regler: Voteringsregler,
    frammoete: Mapping[str, int] | None,
) -> Iterable[Reason]:
    for votering in voteringer:
        if votering.form is Voteringsform.PROEVE:
            continue
        reasons = [*objektgrunner(stilling, votering), *kontroller_votering(votering, organ, regler, frammoete)]
        if not reasons:
            registrer(stilling, votering, regler)
        for reason in reasons:
            yield replace(reason, text=f"Votering {votering.nummer}: {reason.text}")


def _unsettled(stilling: Stilling, voteringer: Iterable[Voteringsdata], regler: Voteringsregler) -> Iterable[Reason]:
    """Ballots without a winner, whose objects no later ballot has settled."""
    for votering in voteringer:
        utfall = avgjoer(votering, regler)
        open_proposals = {forslag.id for forslag in stilling.aapne_forslag}
        asked = {key for objekt in votering.objekter for key in (*objekt.forslag, *stilling.segmenter_i(objekt))}
        still_open = asked & (open_proposals | set(stilling.resten))
        by_lot_or_new_ballot = votering.valg or votering.stemmer_per_objekt
        if utfall.vinner is None and still_open and by_lot_or_new_ballot and votering.form is not Voteringsform.PROEVE:
            yield Reason(f"Votering {votering.nummer}: {utfall.begrunnelse}", utfall.hjemmel)


def _text(stilling: Stilling) -> tuple[Avsnitt, ...]:
    """Segments in order with the additions anchored to them, then the other additions in ballot order."""
    anchored: list[str] = []
    text: list[Avsnitt] = []
    for segment in stilling.segmenter.values():
        here = [key for key in stilling.tillegg if stilling.forslag[key].anker == segment.segment.id]
        text += (*_segment(stilling, segment), *_paragraphs(stilling, here))
        anchored += here
    return (*text, *_paragraphs(stilling, [key for key in stilling.tillegg if key not in anchored]))


def _segment(stilling: Stilling, segment: Segmentstilling) -> tuple[Avsnitt, ...]:
    if segment.stand is Segmentstand.ENDRET and segment.endring is not None:
        changed = _paragraphs(stilling, [segment.endring])
        return tuple(replace(avsnitt, voteringer=segment.voteringer) for avsnitt in changed)
    if segment.stand not in (Segmentstand.VEDTATT, Segmentstand.BEHOLDT):
        return ()
    if segment.fra_forslag is not None:
        return (Avsnitt(segment.segment.blokker, Opphav.FORSLAG, segment.fra_forslag, segment.voteringer),)
    return (Avsnitt(segment.segment.blokker, Opphav.SEGMENT, segment.segment.id, segment.voteringer),)


def _paragraphs(stilling: Stilling, keys: Iterable[str]) -> Iterable[Avsnitt]:
    for key in keys:
        for blokker in segments(stilling.forslag[key].blokker):
            yield Avsnitt(blokker, Opphav.FORSLAG, key, (stilling.avgjort_i[key],))


def _ordered(text: Sequence[Avsnitt], rekkefoelge: Sequence[str]) -> tuple[Avsnitt, ...]:
    """What is named changes places among itself; what comes from one origin stays together."""
    place = {key: at for at, key in reversed(list(enumerate(rekkefoelge)))}
    groups = [tuple(group) for _, group in groupby(text, key=lambda avsnitt: avsnitt.opphav_id)]
    named = [group for group in groups if group[0].opphav_id in place]
    moved = iter(sorted(named, key=lambda group: place[group[0].opphav_id]))
    return tuple(avsnitt for group in groups for avsnitt in (next(moved) if group[0].opphav_id in place else group))


def _numbered(text: tuple[Avsnitt, ...], stilling: Stilling) -> tuple[Avsnitt, ...]:
    """Number the points anew, if the base text was numbered; a list that a paragraph introduces is never touched."""
    base = [segment.segment.blokker[0] for segment in stilling.segmenter.values()]
    points = [block for block in base if not isinstance(block, Heading)]
    first = points[0] if points else None
    if not isinstance(first, List) or not all(isinstance(block, List) and block.ordered for block in points):
        return text
    number, renumbered = first.start, []
    for avsnitt in text:
        point = _point(avsnitt.blokker[0], number)
        renumbered.append(replace(avsnitt, blokker=(point or avsnitt.blokker[0], *avsnitt.blokker[1:])))
        number += point is not None
    return tuple(renumbered)


def _point(block: Block, number: int) -> Block | None:
    """The block as point `number`; None for what is no point (a heading, a table, bullets)."""
    if isinstance(block, Paragraph):
        return List(True, ((block,),), number)
    return replace(block, start=number) if isinstance(block, List) and block.ordered else None


def _procedure(stilling: Stilling, grunntekst: Sequence[Segment], ordlyd: Vedtaksord) -> Prosedyre | None:
    if stilling.prosedyre is None:
        return None
    kind = stilling.forslag[stilling.prosedyre].forslagstype
    carried = grunntekst if kind in _BAERER_TEKSTEN_VIDERE else ()
    follows = tuple(Avsnitt(segment.blokker, Opphav.SEGMENT, segment.id) for segment in carried)
    return Prosedyre(stilling.prosedyre, kind, (setning(ordlyd.foelger_saken),) if follows else (), follows)


def _motion(stilling: Stilling, procedure: Prosedyre) -> tuple[Avsnitt, ...]:
    return tuple(_paragraphs(stilling, [procedure.forslag_id]))


def _undecided(stilling: Stilling) -> tuple[str, ...]:
    return tuple(key for key, segment in stilling.segmenter.items() if segment.stand is Segmentstand.UAVGJORT)


def _outcomes(stilling: Stilling, lukk: bool) -> Mapping[str, Forslagsstatus]:
    lapsed = dict.fromkeys((forslag.id for forslag in stilling.aapne_forslag), Forslagsstatus.BORTFALT)
    return {**stilling.utfall, **(lapsed if lukk else {})}


def _missing(stilling: Stilling, undecided: Sequence[str], lukk: bool, regler: Voteringsregler) -> Iterable[Reason]:
    places = [str(at) for at, key in enumerate(stilling.segmenter, 1) if key in undecided]
    if places:
        text = f"Avsnitt {', '.join(places)} er ikke avgjort. Hold votering over det som står igjen."
        yield Reason(text, regler.hjemmel.flertall, "segmenter")
    for forslag in () if lukk else stilling.aapne_forslag:
        movers = ", ".join(stiller.navn for stiller in forslag.stillere)
        text = f"Forslag {forslag.nummer}{f' fra {movers}' if movers else ''} er ikke avgjort."
        yield Reason(f"{text} Voter over det, eller bekreft at det er bortfalt.", regler.hjemmel.protokoll, "forslag")


def _majority_remarks(merknader: Iterable[Merknad], organ: Organ, ordlyd: Vedtaksord) -> Iterable[Flertallsmerknad]:
    for merknad in merknader:
        if er_flertallsmerknad(merknad, organ):
            heading = ordlyd.flertallsmerknad.format(partier=", ".join(_joined(merknad)))
            yield Flertallsmerknad(heading, merknad.blokker, merknad.id)


def _joined(merknad: Merknad) -> tuple[str, ...]:
    """Who made it first, then those who joined in the order minuted; each once."""
    return tuple(dict.fromkeys((merknad.parti, *merknad.tilsluttet)))


def _texts(avsnitt: Iterable[Avsnitt]) -> Blocks:
    return tuple(block for ett in avsnitt for block in ett.blokker)
