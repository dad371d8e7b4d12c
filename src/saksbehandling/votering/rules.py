"""The counting rules of ballots: what was counted, who won, and everything that is wrong with a registration. Pure.

Minutes count the minority: «vedtatt mot 5 stemmer», «fikk 5 stemmer og falt». The against-count is therefore a fact,
while a for-count exists only where attendance at that ballot was recorded; nothing is inferred from seats.

The values are in `votering.values`, the versioned rules in `votering.regelsett`, party tallies as text in
`votering.partistemmer`, and the sentence of the minutes in `votering.ordlyd`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from saksbehandling.errors import Reason
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.regelsett import VedLikhet, Voteringsregler
from saksbehandling.votering.values import Organ, Voteringsdata


class Avgjort(StrEnum):
    """By what a ballot was settled, or why it is not."""

    ENIGHET = "enighet"
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


def stemmer_for(votering: Voteringsdata) -> int | None:
    """The votes for: as counted, else those present less against and blank; None without attendance."""
    return _votes(votering, Stemme.FOR, Stemme.MOT)


def stemmer_mot(votering: Voteringsdata) -> int | None:
    """The votes against: as counted, else 0 when unanimous, else those present less for and blank; or None."""
    return _votes(votering, Stemme.MOT, Stemme.FOR)


def er_enstemmig(votering: Voteringsdata) -> bool:
    """Whether nobody who voted was against: said so, or counted (34-0 is unanimous although nobody calls it that)."""
    if votering.form is Voteringsform.ENIGHET or votering.stemmer_per_objekt:
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


def kontroller_votering(
    votering: Voteringsdata,
    organ: Organ,
    regler: Voteringsregler,
    til_stede_per_parti: Mapping[str, int] | None = None,
) -> list[Reason]:
    """Every reason why this ballot cannot have happened as registered (domain guide M7-M11, M14); empty when sound.

    `til_stede_per_parti`: party code -> members present at the ballot, None where attendance is not recorded.
    What is unknown (seats, attendance, counts) is not checked.
    """
    negative = list(_negative(votering, regler))
    if negative:
        return negative
    return [
        *_attendance(votering, organ, regler, til_stede_per_parti),
        *_sums(votering, regler),
        *_brackets(votering, regler),
        *_parties(votering, organ, regler, til_stede_per_parti),
        *_persons(votering, regler),
        *_unanimity(votering, regler),
        *_settled(votering, organ, regler),
    ]


def minste_antall(organ: Organ, regler: Voteringsregler) -> int | None:
    """How many members must vote for the body to be vedtaksfør (67 seats: 34); None where seats are unknown."""
    return None if organ.plasser is None else ceil(regler.quorum_broek * organ.plasser)


def _counted(votering: Voteringsdata, stemme: Stemme) -> int | None:
    stated = {
        Stemme.FOR: votering.stemmer_for,
        Stemme.MOT: votering.stemmer_mot,
        Stemme.BLANK: votering.blanke,
    }[stemme]
    bracket = votering.partistemmer.get(stemme)
    return sum(bracket.values()) if stated is None and bracket else stated


def _votes(votering: Voteringsdata, stemme: Stemme, other: Stemme) -> int | None:
    counted = _counted(votering, stemme)
    if counted is not None:
        return counted
    if votering.enstemmig and stemme is Stemme.MOT:
        return 0
    others = 0 if votering.enstemmig else _counted(votering, other)
    if votering.til_stede is None or others is None:
        return None
    return votering.til_stede - others - (_counted(votering, Stemme.BLANK) or 0)


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


def _negative(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    fields = ("til_stede", "stemmer_for", "stemmer_mot", "blanke")
    for name in fields:
        if (getattr(votering, name) or 0) < 0:
            yield Reason("Et antall kan ikke være mindre enn null.", regler.hjemmel.protokoll, name)
    for tally in votering.partistemmer.values():
        for parti, antall in tally.items():
            if antall < 1:
                text = f"{parti} er ført med {antall} stemmer. Antallet må være minst 1."
                yield Reason(text, regler.hjemmel.protokoll, "partistemmer")
    if any(votes < 0 for votes in votering.stemmer_per_objekt):
        yield Reason("Et antall kan ikke være mindre enn null.", regler.hjemmel.protokoll, "stemmer_per_objekt")


def _cast(votering: Voteringsdata) -> int:
    """All votes that somebody counted."""
    return sum(_counted(votering, stemme) or 0 for stemme in Stemme) + sum(votering.stemmer_per_objekt)


def _everything_counted(votering: Voteringsdata) -> bool:
    against = votering.enstemmig or _counted(votering, Stemme.MOT) is not None
    return bool(votering.stemmer_per_objekt) or (against and _counted(votering, Stemme.FOR) is not None)


def _attendance(
    votering: Voteringsdata, organ: Organ, regler: Voteringsregler, per_parti: Mapping[str, int] | None
) -> Iterable[Reason]:
    present = votering.til_stede
    voting = _cast(votering) if present is None and _everything_counted(votering) else present
    if voting is None:
        return
    hjemmel = regler.hjemmel
    if organ.plasser is not None and voting > organ.plasser:
        text = f"{voting} er ført til stede, men {organ.navn} har {organ.plasser} plasser."
        yield Reason(text, hjemmel.stemmeplikt, "til_stede")
    if present is not None and per_parti is not None and present > sum(per_parti.values()):
        text = f"{present} er ført til stede, men frammøtet viser {sum(per_parti.values())} medlemmer."
        yield Reason(text, hjemmel.stemmeplikt, "til_stede")
    needed = minste_antall(organ, regler)
    if needed is not None and voting < needed and votering.form is not Voteringsform.PROEVE:
        text = f"{organ.navn} er ikke vedtaksført: {voting} stemte, og minst {needed} må stemme."
        yield Reason(text, hjemmel.quorum, "til_stede")


def _sums(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    present, cast = votering.til_stede, _cast(votering)
    if present is not None and cast > present:
        text = f"{cast} stemmer er ført, men bare {present} medlemmer var til stede."
        yield Reason(text, regler.hjemmel.stemmeplikt, "stemmer_mot")
    if present is not None and cast < present and _everything_counted(votering):
        text = f"{present - cast} av {present} til stede mangler stemme. Medlemmer som er til stede, plikter å stemme."
        yield Reason(text, regler.hjemmel.stemmeplikt, "stemmer_for")
    if _counted(votering, Stemme.BLANK) and not votering.valg:
        yield Reason("Blanke stemmer kan bare gis ved valg og ansettelser.", regler.hjemmel.stemmeplikt, "blanke")


def _brackets(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    counts = {Stemme.FOR: stemmer_for(votering), Stemme.MOT: stemmer_mot(votering), Stemme.BLANK: votering.blanke}
    for stemme, tally in votering.partistemmer.items():
        total, stated = sum(tally.values()), counts[stemme]
        if stated is not None and tally and total != stated:
            text = f"Partiene har til sammen {total} stemmer ({stemme.value}), men det er oppgitt {stated}."
            yield Reason(text, regler.hjemmel.protokoll, "partistemmer")


def _votes_per_party(votering: Voteringsdata) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for tally in votering.partistemmer.values():
        for parti, antall in tally.items():
            total[parti] = total.get(parti, 0) + antall
    return total


def _parties(
    votering: Voteringsdata, organ: Organ, regler: Voteringsregler, per_parti: Mapping[str, int] | None
) -> Iterable[Reason]:
    # Attendance goes before seats: a substitute may come from another party.
    limit, what = (organ.partiplasser, "plasser") if per_parti is None else (per_parti, "til stede")
    if not limit and per_parti is None:
        return
    for parti, votes in _votes_per_party(votering).items():
        if votes > limit.get(parti, 0):
            text = f"{parti} har {limit.get(parti, 0)} {what} i {organ.navn}, men er ført med {votes} stemmer."
            yield Reason(text, regler.hjemmel.stemmeplikt, "partistemmer")


def _persons(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    counts = {Stemme.FOR: stemmer_for(votering), Stemme.MOT: stemmer_mot(votering), Stemme.BLANK: votering.blanke}
    for stemme, stated in counts.items():
        named = sum(1 for vote in votering.personstemmer.values() if vote is stemme)
        if stated is not None and named > stated:
            text = f"{named} personer er ført med stemmen {stemme.value}, men det er oppgitt {stated}."
            yield Reason(text, regler.hjemmel.protokoll, "personstemmer")


def _unanimity(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    against = _counted(votering, Stemme.MOT)
    if against and votering.enstemmig:
        text = f"Voteringen er ført som enstemmig, men {against} stemte mot."
        yield Reason(text, regler.hjemmel.flertall, "enstemmig")
    if votering.form is Voteringsform.ENIGHET and (_cast(votering) or votering.personstemmer):
        text = "Enighet uten votering har ingen stemmetall. Ta bort tallene eller velg en annen voteringsform."
        yield Reason(text, regler.hjemmel.flertall, "voteringsform")


def _settled(votering: Voteringsdata, organ: Organ, regler: Voteringsregler) -> Iterable[Reason]:
    if votering.stemmer_per_objekt and len(votering.stemmer_per_objekt) != len(votering.objekter):
        yield Reason("Hvert alternativ må ha sitt stemmetall.", regler.hjemmel.protokoll, "stemmer_per_objekt")
    if votering.moeteleders_stemme is Stemme.BLANK and not votering.valg:
        yield Reason("Møtelederen kan ikke stemme blankt.", regler.hjemmel.stemmeplikt, "moeteleders_stemme")
    if not _may_be_a_minority(votering, organ):
        text = f"Stemmetallet kan ikke være et mindretall i {organ.navn}. Registrer hvor mange som var til stede."
        yield Reason(text, regler.hjemmel.flertall, "til_stede")
    utfall = avgjoer(votering, regler)
    if utfall.vinner is None and not _may_stay_unsettled(votering, regler):
        felt = "stemmer_mot" if stemmer_mot(votering) is None else "moeteleders_stemme"
        yield Reason(utfall.begrunnelse, utfall.hjemmel, felt)


def _may_stay_unsettled(votering: Voteringsdata, regler: Voteringsregler) -> bool:
    """A trial binds nobody; a new ballot follows among several alternatives; a lot follows a tied election."""
    tied_election = votering.valg and stemmer_for(votering) is not None and stemmer_mot(votering) is not None
    by_lot = tied_election and regler.ved_likhet_valg is VedLikhet.LODDTREKNING
    return votering.form is Voteringsform.PROEVE or bool(votering.stemmer_per_objekt) or by_lot


def _may_be_a_minority(votering: Voteringsdata, organ: Organ) -> bool:
    """False where one side alone was counted and holds so many that the other cannot have beaten it."""
    counts = [votes for votes in (stemmer_for(votering), stemmer_mot(votering)) if votes is not None]
    return organ.plasser is None or len(counts) != 1 or 2 * counts[0] < organ.plasser
