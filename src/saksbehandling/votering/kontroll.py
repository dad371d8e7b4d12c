"""Everything that can be wrong with the registration of a ballot. Pure; each reason names its law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from saksbehandling.errors import Reason
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.regelsett import VedLikhet, Voteringsregler
from saksbehandling.votering.telling import avgjoer, stemmer_for, stemmer_mot, talt
from saksbehandling.votering.values import Organ, Voteringsdata


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
        *_sums(votering, organ, regler),
        *_brackets(votering, regler),
        *_parties(votering, organ, regler, til_stede_per_parti),
        *_persons(votering, regler),
        *_unanimity(votering, regler),
        *_settled(votering, organ, regler),
    ]


def minste_antall(organ: Organ, regler: Voteringsregler) -> int | None:
    """How many members must vote for the body to be vedtaksfør (67 seats: 34); None where seats are unknown."""
    return None if organ.plasser is None else ceil(regler.quorum_broek * organ.plasser)


def _negative(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    fields = ("til_stede", "stemmer_for", "stemmer_mot", "blanke")
    for name in fields:
        if (getattr(votering, name) or 0) < 0:
            yield Reason("Et antall kan ikke være mindre enn null.", regler.hjemmel.protokoll, name)
    for tally in (*votering.partistemmer.values(), *votering.partier_per_objekt):
        for parti, antall in tally.items():
            if antall < 1:
                text = f"{parti} er ført med {antall} stemmer. Antallet må være minst 1."
                yield Reason(text, regler.hjemmel.protokoll, "partistemmer")
    if any(votes < 0 for votes in votering.stemmer_per_objekt):
        yield Reason("Et antall kan ikke være mindre enn null.", regler.hjemmel.protokoll, "stemmer_per_objekt")


def _cast(votering: Voteringsdata) -> int:
    """All votes that somebody counted."""
    return sum(talt(votering, stemme) or 0 for stemme in Stemme) + sum(votering.stemmer_per_objekt)


def _everything_counted(votering: Voteringsdata) -> bool:
    against = votering.enstemmig or talt(votering, Stemme.MOT) is not None
    return bool(votering.stemmer_per_objekt) or (against and talt(votering, Stemme.FOR) is not None)


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


def _sums(votering: Voteringsdata, organ: Organ, regler: Voteringsregler) -> Iterable[Reason]:
    present, cast = votering.til_stede, _cast(votering)
    if present is not None and cast > present:
        text = f"{cast} stemmer er ført, men bare {present} medlemmer var til stede."
        yield Reason(text, regler.hjemmel.stemmeplikt, "stemmer_mot")
    if present is not None and cast < present and _everything_counted(votering):
        text = f"{present - cast} av {present} til stede mangler stemme. Medlemmer som er til stede, plikter å stemme."
        yield Reason(text, regler.hjemmel.stemmeplikt, "stemmer_for")
    if talt(votering, Stemme.BLANK) and not (votering.valg or votering.ansettelse or organ.blanke_tillatt):
        text = f"I {organ.navn} kan blanke stemmer bare gis ved valg og ansettelser."
        yield Reason(text, regler.hjemmel.stemmeplikt, "blanke")


def _brackets(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    counts = {Stemme.FOR: stemmer_for(votering), Stemme.MOT: stemmer_mot(votering), Stemme.BLANK: votering.blanke}
    for stemme, tally in votering.partistemmer.items():
        total, stated = sum(tally.values()), counts[stemme]
        if stated is not None and tally and total != stated:
            text = f"Partiene har til sammen {total} stemmer ({stemme.value}), men det er oppgitt {stated}."
            yield Reason(text, regler.hjemmel.protokoll, "partistemmer")


def _votes_per_party(votering: Voteringsdata) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for tally in (*votering.partistemmer.values(), *votering.partier_per_objekt):
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
        if stated is not None and named > max(stated, 0):
            text = f"{named} personer er ført med stemmen {stemme.value}, men det er oppgitt {stated}."
            yield Reason(text, regler.hjemmel.protokoll, "personstemmer")


def _unanimity(votering: Voteringsdata, regler: Voteringsregler) -> Iterable[Reason]:
    against = talt(votering, Stemme.MOT)
    if against and votering.enstemmig:
        text = f"Voteringen er ført som enstemmig, men {against} stemte mot."
        yield Reason(text, regler.hjemmel.flertall, "enstemmig")
    if votering.form.uten_tall and (_cast(votering) or votering.personstemmer):
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
