"""Whether a ballot may be held over its objects, given what is decided already. Pure.

Enforced, and no more than that, since the order belongs to the body: procedure before substance, nothing decided
twice, nothing amended that has fallen (domain guide, voting order).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from saksbehandling.errors import Reason
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.stilling import BORTE, Segmentstand, Stilling, registrer, utgangsstilling
from saksbehandling.votering.values import Forslag, Segment, Voteringsdata

_FELT = "objekter"


def kontroller_objekter(
    votering: Voteringsdata,
    grunntekst: Sequence[Segment],
    forslag: Sequence[Forslag],
    tidligere: Sequence[Voteringsdata],
    regler: Voteringsregler,
) -> list[Reason]:
    """Every reason why `votering` may not be held now, after the ballots in `tidligere`; empty when it may."""
    stilling = utgangsstilling(grunntekst, forslag)
    for earlier in sorted(tidligere, key=lambda ballot: ballot.nummer):
        if not objektgrunner(stilling, earlier):
            registrer(stilling, earlier, regler)
    return [*objektgrunner(stilling, votering), *_order(stilling, votering)]


def objektgrunner(stilling: Stilling, votering: Voteringsdata) -> list[Reason]:
    """The reasons that lie in the objects themselves, whatever the order. They are unknown, ended or decided."""
    unknown = list(_unknown(stilling, votering))
    if unknown:
        return unknown
    if votering.form is Voteringsform.PROEVE:
        return []
    return [
        *_shape(stilling, votering),
        *_case_ended(stilling),
        *_segments_decided(stilling, votering),
        *_proposals_decided(stilling, votering),
        *_ground_gone(stilling, votering),
    ]


def _proposals(stilling: Stilling, votering: Voteringsdata) -> list[Forslag]:
    return [stilling.forslag[key] for objekt in votering.objekter for key in objekt.forslag]


def _unknown(stilling: Stilling, votering: Voteringsdata) -> Iterable[Reason]:
    for objekt in votering.objekter:
        for segment_id in objekt.segmenter:
            if stilling.segment(segment_id) is None:
                yield Reason("Voteringen gjelder et avsnitt som ikke hører til denne behandlingen.", felt=_FELT)
        for forslag_id in objekt.forslag:
            if forslag_id not in stilling.forslag:
                yield Reason("Voteringen gjelder et forslag som ikke er framsatt i denne behandlingen.", felt=_FELT)


def _shape(stilling: Stilling, votering: Voteringsdata) -> Iterable[Reason]:
    sides = [[*stilling.segmenter_i(objekt), *objekt.forslag] for objekt in votering.objekter]
    if not sides or not all(sides):
        yield Reason("Voteringen mangler noe å stemme over. Velg avsnitt eller forslag.", felt=_FELT)
    if votering.form is Voteringsform.ALTERNATIV and len(sides) < 2:
        yield Reason("En alternativ votering trenger to alternativer som utelukker hverandre.", felt=_FELT)
    if any(times > 1 for times in Counter(key for side in sides for key in side).values()):
        yield Reason("Det samme er ført to ganger i voteringen.", felt=_FELT)
    kinds = {forslag.forslagstype.prosedyre for forslag in _proposals(stilling, votering)}
    if True in kinds and votering.form is not Voteringsform.ALTERNATIV and sum(map(len, sides)) > 1:
        yield Reason("Et prosedyreforslag voteres det over for seg selv.", felt=_FELT)


def _case_ended(stilling: Stilling) -> Iterable[Reason]:
    if stilling.prosedyre is not None:
        what = stilling.forslag[stilling.prosedyre].forslagstype.value
        yield Reason(f"Forslag om {what} er vedtatt. Det voteres ikke videre i saken.", felt=_FELT)


def _segments_decided(stilling: Stilling, votering: Voteringsdata) -> Iterable[Reason]:
    for objekt in votering.objekter:
        for segment_id in objekt.segmenter:
            segment = stilling.segment(segment_id)
            if segment is not None and (segment.avgjort or segment.stand in BORTE):
                where = _where(stilling, segment_id)
                text = f"{where} er {segment.stand.value} i votering {segment.voteringer[-1]} og avgjøres ikke på nytt."
                yield Reason(text, felt=_FELT)


def _proposals_decided(stilling: Stilling, votering: Voteringsdata) -> Iterable[Reason]:
    for forslag in _proposals(stilling, votering):
        status = stilling.utfall[forslag.id]
        if status is Forslagsstatus.TRUKKET:
            yield Reason(f"Forslag {forslag.nummer} er trukket. Det voteres ikke over trukne forslag.", felt=_FELT)
        elif forslag.id in stilling.avgjort_i:
            text = f"Forslag {forslag.nummer} er {status.value} i votering {stilling.avgjort_i[forslag.id]}"
            yield Reason(f"{text} og avgjøres ikke på nytt.", felt=_FELT)
        elif forslag.forslagstype is Forslagstype.ALTERNATIVT and _base_adopted(stilling):
            text = f"Forslag {forslag.nummer} vil erstatte en tekst som alt er vedtatt, helt eller delvis."
            yield Reason(text, felt=_FELT)


def _base_adopted(stilling: Stilling) -> bool:
    """Whether a paragraph is adopted, as it stood or as it was then changed; one that only was changed is open yet."""
    return any(
        segment.stand is Segmentstand.VEDTATT or (segment.avgjort and segment.stand is Segmentstand.ENDRET)
        for segment in stilling.segmenter.values()
    )


def _ground_gone(stilling: Stilling, votering: Voteringsdata) -> Iterable[Reason]:
    for forslag in _proposals(stilling, votering):
        target = stilling.segment(forslag.maal) if forslag.maal else None
        if target is not None and target.stand in BORTE:
            what = f"{_where(stilling, target.segment.id)} er {target.stand.value}"
            yield Reason(f"{what}. Forslag {forslag.nummer} om å endre det er bortfalt.", felt=_FELT)
        elif target is not None and target.endring is not None and target.endring != forslag.id:
            other = stilling.forslag[target.endring].nummer
            what = f"{_where(stilling, target.segment.id)} er alt endret etter forslag {other}"
            yield Reason(f"{what}. Forslag {forslag.nummer} kan ikke endre det på nytt.", felt=_FELT)
        elif _without_place(stilling, forslag, votering):
            yield Reason(f"Forslag {forslag.nummer} sier ikke hvilket avsnitt det gjelder. Velg avsnittet.", felt=_FELT)


def _without_place(stilling: Stilling, forslag: Forslag, votering: Voteringsdata) -> bool:
    """A change or deletion without a target, and not put against a paragraph either."""
    changes = forslag.forslagstype in (Forslagstype.ENDRING, Forslagstype.STRYKNING) and not forslag.maal
    return changes and not any(stilling.segmenter_i(objekt) for objekt in votering.objekter)


def _where(stilling: Stilling, segment_id: str) -> str:
    texts = stilling.segmenter if segment_id in stilling.segmenter else stilling.tidligere_segmenter
    return f"Avsnitt {list(texts).index(segment_id) + 1}"


def _order(stilling: Stilling, votering: Voteringsdata) -> Iterable[Reason]:
    if votering.form is Voteringsform.PROEVE or stilling.prosedyre is not None:
        return
    if any(forslag.forslagstype.prosedyre for forslag in _proposals_known(stilling, votering)):
        if _substance_decided(stilling):
            yield Reason("Det er alt votert over realiteten. Prosedyreforslag tas opp før den.", felt=_FELT)
        return
    for forslag in stilling.aapne_forslag:
        if forslag.forslagstype.prosedyre:
            text = f"Forslag {forslag.nummer} om {forslag.forslagstype.value} må avgjøres først."
            yield Reason(text, felt=_FELT)


def _proposals_known(stilling: Stilling, votering: Voteringsdata) -> list[Forslag]:
    keys = [key for objekt in votering.objekter for key in objekt.forslag]
    return [stilling.forslag[key] for key in keys if key in stilling.forslag]


def _substance_decided(stilling: Stilling) -> bool:
    segments = any(segment.voteringer for segment in stilling.segmenter.values())
    return segments or any(not stilling.forslag[key].forslagstype.prosedyre for key in stilling.avgjort_i)
