"""Names of a split party after an entry by party between more than two alternatives, like `navngiving`. Pure rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.errors import Reason
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.personstemmer import Stemmeberettiget, Svar, delte_partier
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.values import Voteringsdata


@dataclass(frozen=True, slots=True)
class DeltFlere:
    """A party that split. `antall`: how many of its `medlemmer` voted so."""

    parti: str
    antall: Mapping[Svar, int]
    medlemmer: tuple[Stemmeberettiget, ...]


def delte_flere(
    votering: Voteringsdata, berettigede: Sequence[Stemmeberettiget], regler: Voteringsregler
) -> tuple[DeltFlere, ...]:
    """The split parties whose names the law asks for and nobody has given; empty as `navngiving.delte` is."""
    tally = _tall(votering)
    if not regler.navn_ved_delt_parti or votering.personstemmer or not votering.stemmer_per_objekt:
        return ()
    voted = sum((Counter(dict(parties)) for parties in tally.values()), Counter[str]())
    if voted != Counter(rad.parti for rad in berettigede):
        return ()
    return tuple(
        DeltFlere(
            parti,
            {svar: parties[parti] for svar, parties in tally.items() if parti in parties},
            tuple(rad for rad in berettigede if rad.parti == parti),
        )
        for parti in delte_partier(tally)
    )


def kontroller_svar(delt: Sequence[DeltFlere], svar: Mapping[int, Svar], regler: Voteringsregler) -> list[Reason]:
    """Why the members of the split parties cannot have voted so: each party has the tally that was entered."""
    reasons = []
    for ett in delt:
        told = Counter(svar[rad.person_id] for rad in ett.medlemmer if rad.person_id in svar)
        if told != Counter(dict(ett.antall)):
            expected = ", ".join(f"{antall} {svarord(valg)}" for valg, antall in ett.antall.items())
            text = f"Fra {ett.parti} stemte {expected}. Valgene for medlemmene gir et annet tall."
            reasons.append(Reason(text, regler.hjemmel.protokoll, "person"))
    return reasons


def svar_av(
    votering: Voteringsdata, delte: Mapping[int, Svar], berettigede: Sequence[Stemmeberettiget]
) -> Mapping[int, Svar]:
    """The vote of everybody. `delte`: person id -> vote, of the split parties; the others voted as their party did."""
    whole = {parti: svar for svar, parties in _tall(votering).items() for parti in parties}
    return {rad.person_id: delte.get(rad.person_id, whole[rad.parti]) for rad in berettigede}


def svarord(svar: Svar) -> str:
    """What it is called where the alternatives are told by their numbers."""
    return "blankt" if isinstance(svar, Stemme) else f"for alternativ {svar + 1}"


def _tall(votering: Voteringsdata) -> Mapping[Svar, Mapping[str, int]]:
    blank = votering.partistemmer.get(Stemme.BLANK)
    tally: dict[Svar, Mapping[str, int]] = dict(enumerate(votering.partier_per_objekt))
    return {**tally, Stemme.BLANK: blank} if blank else tally
