"""Names of a split party after an entry by party: who is asked for, and the same record as by person. Pure rules.

Minutes name the persons where a party split (kommuneloven § 11-4, Prop. 46 L (2017-2018) p. 157).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.errors import Reason
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.personstemmer import Stemmeberettiget, delte_partier
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.values import Voteringsdata

_FORMER = (Voteringsform.FOR_MOT, Voteringsform.ALTERNATIV)


@dataclass(frozen=True, slots=True)
class Delt:
    """A party that split: `antall` of its `medlemmer` voted with the minority."""

    parti: str
    antall: int
    medlemmer: tuple[Stemmeberettiget, ...]


def delte(
    votering: Voteringsdata, mindretall: Stemme, berettigede: Sequence[Stemmeberettiget], regler: Voteringsregler
) -> tuple[Delt, ...]:
    """The split parties of a ballot whose names the law asks for and nobody has given.

    Empty where those who may vote now are not those who voted: then nobody can tell the others' votes.
    """
    tally = votering.partistemmer
    if not regler.navn_ved_delt_parti or votering.personstemmer or votering.form not in _FORMER:
        return ()
    voted = sum((Counter(dict(parties)) for parties in tally.values()), Counter[str]())
    if voted != Counter(rad.parti for rad in berettigede):
        return ()
    return tuple(
        Delt(parti, tally[mindretall][parti], tuple(rad for rad in berettigede if rad.parti == parti))
        for parti in delte_partier(tally)
        if parti in tally.get(mindretall, {})
    )


def kontroller_navn(delt: Sequence[Delt], navngitte: Collection[int], regler: Voteringsregler) -> list[Reason]:
    """Why these cannot be the minority of the split parties: each party has as many as its tally says."""
    reasons = []
    for ett in delt:
        named = sum(rad.person_id in navngitte for rad in ett.medlemmer)
        if named != ett.antall:
            text = f"{ett.antall} fra {ett.parti} stemte med mindretallet, men {named} er krysset av."
            reasons.append(Reason(text, regler.hjemmel.protokoll, "person"))
    return reasons


def personer_av(
    votering: Voteringsdata, mindretall: Stemme, navngitte: Collection[int], berettigede: Sequence[Stemmeberettiget]
) -> Mapping[int, Stemme]:
    """The vote of everybody: those of a party that did not split voted as it did."""
    flertall = Stemme.FOR if mindretall is Stemme.MOT else Stemme.MOT
    whole = {parti: stemme for stemme, tally in votering.partistemmer.items() for parti in tally}
    split = set(delte_partier(votering.partistemmer))
    return {
        rad.person_id: (mindretall if rad.person_id in navngitte else flertall)
        if rad.parti in split
        else whole[rad.parti]
        for rad in berettigede
    }
