"""What was counted in a ballot, and who won. Pure.

Minutes count the minority: «vedtatt mot 5 stemmer», «fikk 5 stemmer og falt». The against-count is therefore a fact,
while a for-count exists only where attendance at that ballot was recorded; nothing is inferred from seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.regelsett import VedLikhet, Voteringsregler
from saksbehandling.votering.values import Voteringsdata


class Avgjort(StrEnum):
    """By what a ballot was settled, or why it is not."""

    ENIGHET = "enighet"
    VALG = "valg"
    ENSTEMMIG = "enstemmig"
    FLERTALL = "flertall"
    MOETELEDERS_STEMME = "moeteleders_stemme"
    UAVGJORT = "uavgjort"


@dataclass(frozen=True, slots=True)
class Utfall:
    """The outcome of a ballot.

    `vinner`: the side that won. FOR_MOT: 0 adopted, 1 fell. ALTERNATIV: the place of the object. None: not settled.
    """

    vinner: int | None
    avgjort_ved: Avgjort
    hjemmel: str
    begrunnelse: str = ""

    @property
    def vedtatt(self) -> bool:
        return self.vinner == 0


def talt(votering: Voteringsdata, stemme: Stemme) -> int | None:
    """The votes that somebody counted: the number stated, else the sum of the parties; None where neither is known."""
    stated = {
        Stemme.FOR: votering.stemmer_for,
        Stemme.MOT: votering.stemmer_mot,
        Stemme.BLANK: votering.blanke,
    }[stemme]
    bracket = votering.partistemmer.get(stemme)
    return sum(bracket.values()) if stated is None and bracket else stated


def stemmer_for(votering: Voteringsdata) -> int | None:
    """The votes for: as counted, else those present less against and blank; None without attendance."""
    return _votes(votering, Stemme.FOR, Stemme.MOT)


def stemmer_mot(votering: Voteringsdata) -> int | None:
    """The votes against: as counted, else 0 when unanimous, else those present less for and blank; or None."""
    return _votes(votering, Stemme.MOT, Stemme.FOR)


def er_enstemmig(votering: Voteringsdata) -> bool:
    """Whether nobody who voted was against: said so, or counted (34-0 is unanimous although nobody calls it that)."""
    if votering.form.uten_tall or votering.stemmer_per_objekt:
        return False
    return votering.enstemmig or (stemmer_mot(votering) == 0 and stemmer_for(votering) != 0)


def avgjoer(votering: Voteringsdata, regler: Voteringsregler) -> Utfall:
    """Who won (kommuneloven § 11-9; 1992 § 35 nr. 1): more than half of the votes cast, blank ones not counted.

    Where only one side was counted and attendance is unknown, the counted side is the minority, as minutes are
    written. A tie is settled by the presiding member's one vote, in elections by lot, which is then held and
    registered as a ballot of its own.
    """
    if votering.form is Voteringsform.ENIGHET:
        return Utfall(0, Avgjort.ENIGHET, regler.hjemmel.flertall)
    if votering.form is Voteringsform.VALG:
        return Utfall(0, Avgjort.VALG, regler.hjemmel.likhet_valg)
    if votering.stemmer_per_objekt:
        return _among_several(votering.stemmer_per_objekt, regler)
    if er_enstemmig(votering):
        return Utfall(0, Avgjort.ENSTEMMIG, regler.hjemmel.flertall)
    for_, mot = stemmer_for(votering), stemmer_mot(votering)
    if for_ is None or mot is None:
        return _by_the_counted_minority(for_, mot, regler)
    if for_ == mot:
        return _tie(votering, regler)
    return Utfall(0 if for_ > regler.flertall * (for_ + mot) else 1, Avgjort.FLERTALL, regler.hjemmel.flertall)


def ute(votering: Voteringsdata) -> tuple[int, ...]:
    """The sides that are out after a ballot between more than two that nobody won: all but the two with most votes.

    Those with as many votes as the second stay too. The law asks for a majority and leaves the way to it to the body.
    """
    votes = votering.stemmer_per_objekt
    second = sorted(votes)[-2] if len(votes) > 1 else 0
    return tuple(side for side, antall in enumerate(votes) if antall < second)


def _votes(votering: Voteringsdata, stemme: Stemme, other: Stemme) -> int | None:
    counted = talt(votering, stemme)
    if counted is not None:
        return counted
    if votering.enstemmig and stemme is Stemme.MOT:
        return 0
    others = 0 if votering.enstemmig else talt(votering, other)
    if votering.til_stede is None or others is None:
        return None
    return votering.til_stede - others - (talt(votering, Stemme.BLANK) or 0)


def _among_several(votes: tuple[int, ...], regler: Voteringsregler) -> Utfall:
    best = max(votes)
    if best > regler.flertall * sum(votes):
        return Utfall(votes.index(best), Avgjort.FLERTALL, regler.hjemmel.flertall)
    why = "Ingen av alternativene fikk flertall. Stem på nytt mellom de to som fikk flest stemmer."
    return Utfall(None, Avgjort.UAVGJORT, regler.hjemmel.flertall, why)


def _by_the_counted_minority(for_: int | None, mot: int | None, regler: Voteringsregler) -> Utfall:
    if for_ is None and mot is None:
        why = "Stemmetallene mangler. Skriv hvor mange som stemte mot, eller at voteringen var enstemmig."
        return Utfall(None, Avgjort.UAVGJORT, regler.hjemmel.flertall, why)
    return Utfall(0 if for_ is None else 1, Avgjort.FLERTALL, regler.hjemmel.flertall)


def _tie(votering: Voteringsdata, regler: Voteringsregler) -> Utfall:
    hjemmel = regler.hjemmel.likhet_valg if votering.valg else regler.hjemmel.likhet
    if (regler.ved_likhet_valg if votering.valg else regler.ved_likhet) is VedLikhet.LODDTREKNING:
        why = "Det er stemmelikhet i et valg. Valget avgjøres ved loddtrekning."
        return Utfall(None, Avgjort.UAVGJORT, hjemmel, why)
    sides = {Stemme.FOR: 0, Stemme.MOT: 1}
    if votering.moeteleders_stemme in sides:
        return Utfall(sides[votering.moeteleders_stemme], Avgjort.MOETELEDERS_STEMME, hjemmel)
    why = "Det er stemmelikhet, og møtelederens egen stemme avgjør. Registrer hva møtelederen stemte."
    return Utfall(None, Avgjort.UAVGJORT, hjemmel, why)
