"""Votes by person and votes by party: two ways to enter a ballot that give the same record. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from saksbehandling.errors import Reason
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.ordlyd import BOKMAAL, Voteringsord
from saksbehandling.votering.regelsett import Voteringsregler

Svar = Stemme | int
"""How somebody voted: for, against or blank; where there are more than two alternatives, the place of one of them."""
Partitall = Mapping[Stemme, Mapping[str, int]]
Ett = TypeVar("Ett", bound=Svar)


@dataclass(frozen=True, slots=True)
class Stemmeberettiget:
    """Somebody who is present and may vote in the case: present, and not inhabil."""

    person_id: int
    navn: str
    parti: str


def partistemmer_av(
    stemmer: Mapping[int, Ett], berettigede: Sequence[Stemmeberettiget]
) -> Mapping[Ett, Mapping[str, int]]:
    """Per vote, party code -> votes, in the order of `berettigede`. `stemmer`: person id -> vote."""
    tally: dict[Ett, Counter[str]] = {}
    for rad in berettigede:
        if rad.person_id in stemmer:
            tally.setdefault(stemmer[rad.person_id], Counter())[rad.parti] += 1
    return {stemme: dict(parties) for stemme, parties in tally.items()}


def begge_sider(partistemmer: Partitall, per_parti: Mapping[str, int], *, enstemmig: bool) -> Partitall:
    """The tally with the side that was not told: everybody present who is not in the other. Left as it is where
    both sides are told, none is, or a party is told with more than are present.

    `per_parti`: party code -> present and with a vote. Whoever is present has the duty to vote (kommuneloven § 8-1);
    those who voted blank are told, and the others are on one of the sides.
    """
    blank = partistemmer.get(Stemme.BLANK)
    if blank:
        sides: Partitall = {stemme: tally for stemme, tally in partistemmer.items() if stemme is not Stemme.BLANK}
        others = {parti: antall - blank.get(parti, 0) for parti, antall in per_parti.items()}
        voting = {parti: antall for parti, antall in others.items() if antall > 0}
        return {**begge_sider(sides, voting, enstemmig=enstemmig), Stemme.BLANK: blank}
    told = {stemme: tally for stemme, tally in partistemmer.items() if tally}
    if enstemmig and not told:
        return {Stemme.FOR: dict(per_parti)}
    if set(told) not in ({Stemme.FOR}, {Stemme.MOT}):
        return partistemmer
    ((stemme, tally),) = told.items()
    if any(votes > per_parti.get(parti, 0) for parti, votes in tally.items()):
        return partistemmer
    rest = {parti: antall - tally.get(parti, 0) for parti, antall in per_parti.items()}
    other = Stemme.FOR if stemme is Stemme.MOT else Stemme.MOT
    completed = {parti: antall for parti, antall in rest.items() if antall}
    return {stemme: tally, other: completed} if completed else {stemme: tally}


def delte_partier(partistemmer: Mapping[Ett, Mapping[str, int]]) -> tuple[str, ...]:
    """The parties whose members did not all vote alike."""
    times = Counter(parti for tally in partistemmer.values() for parti in tally)
    return tuple(parti for parti, antall in times.items() if antall > 1)


def kontroller_personer(
    stemmer: Mapping[int, Svar],
    berettigede: Sequence[Stemmeberettiget],
    navn: Mapping[int, str],
    inhabile: Iterable[int],
    regler: Voteringsregler,
) -> list[Reason]:
    """Why these persons cannot have voted so: who is inhabil or absent, and who is present without a vote.

    `navn`: person id -> name, also of those who may not vote.
    """
    may, outside = {rad.person_id for rad in berettigede}, set(inhabile)
    reasons = [
        Reason(f"{navn[person]} er inhabil i saken og kan ikke stemme.", regler.hjemmel.habilitet, "personstemmer")
        if person in outside
        else Reason(
            f"{navn[person]} er ikke ført som til stede. Før frammøtet, eller ta bort stemmen.",
            regler.hjemmel.stemmeplikt,
            "personstemmer",
        )
        for person in stemmer
        if person not in may
    ]
    missing = [rad.navn for rad in berettigede if rad.person_id not in stemmer]
    if missing:
        text = f"{len(missing)} til stede mangler stemme: {', '.join(missing)}. Den som er til stede, plikter å stemme."
        reasons.append(Reason(text, regler.hjemmel.stemmeplikt, "personstemmer"))
    return reasons


def navnesetning(
    stemmer: Mapping[int, Svar],
    berettigede: Sequence[Stemmeberettiget],
    mindretall: Stemme,
    regler: Voteringsregler,
    ordlyd: Voteringsord = BOKMAAL,
) -> str:
    """Who of a split party voted with the minority, for the minutes; empty where none is split or no names are asked.

    Minutes tell which parties voted for what, and the persons where a party split (kommuneloven § 11-4, Prop. 46 L).
    """
    if not regler.navn_ved_delt_parti:
        return ""
    split = delte_partier(partistemmer_av(stemmer, berettigede))
    named = [
        f"{rad.navn} ({rad.parti})"
        for rad in berettigede
        if rad.parti in split and stemmer.get(rad.person_id) is mindretall
    ]
    return ordlyd.delte.format(navn=", ".join(named)) if named else ""


def navnesetning_flere(
    stemmer: Mapping[int, Svar],
    berettigede: Sequence[Stemmeberettiget],
    stoerst: int,
    alternativer: Sequence[str],
    regler: Voteringsregler,
    ordlyd: Voteringsord = BOKMAAL,
) -> str:
    """Like `navnesetning` where there were more than two `alternativer`: who of a split party voted for which other
    than `stoerst`, the one with most votes."""
    if not regler.navn_ved_delt_parti:
        return ""
    split = delte_partier(partistemmer_av(stemmer, berettigede))
    others = [(side, ordlyd.for_.format(objekt=navn)) for side, navn in enumerate(alternativer) if side != stoerst]
    told = []
    for svar, hva in (*others, (Stemme.BLANK, "blankt")):
        named = [
            f"{rad.navn} ({rad.parti})"
            for rad in berettigede
            if rad.parti in split and stemmer.get(rad.person_id) == svar
        ]
        told += [f"{', '.join(named)} {hva}"] if named else []
    return ordlyd.delte_flere.format(hvem="; ".join(told)) if told else ""
