"""The rules of elections: pure functions on frozen values. This is their door.

`regelsett` the versioned law · `dhondt` seats to lists · `kjoennsbalanse` who of a list · `ordlyd` the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from saksbehandling.errors import Reason
from saksbehandling.valg.dhondt import fordel
from saksbehandling.valg.kjoennsbalanse import ubalanse, velg_fra_listen
from saksbehandling.valg.kodeverk import Valgform
from saksbehandling.valg.regelsett import Valgregler
from saksbehandling.valg.values import Kandidat, Liste, Valgte, Valgutfall


def forholdsvalg(lister: Sequence[Liste], plasser: int, lodd: Sequence[str], regler: Valgregler) -> Valgutfall:
    """Seats by lists (kommuneloven §§ 7-5 and 7-6), members and substitutes in list order with both genders."""
    fordeling = fordel({liste.navn: liste.stemmer for liste in lister}, plasser, lodd)
    if fordeling.lodd_mellom:
        return Valgutfall(lodd_mellom=fordeling.lodd_mellom)
    valgte = {
        liste.navn: velg_fra_listen(liste.kandidater, fordeling.plasser[liste.navn], regler)
        for liste in lister
        if fordeling.plasser[liste.navn]
    }
    short = [
        Reason(
            f"Listen {liste.navn} fikk {antall} plasser, men har {len(liste.kandidater)} kandidater. Før flere navn.",
            regler.oppgjoer,
            "lister",
        )
        for liste in lister
        if (antall := fordeling.plasser[liste.navn]) > len(liste.kandidater)
    ]
    return Valgutfall(valgte, ved_lodd=fordeling.ved_lodd, grunner=tuple(short))


def flertallsvalg(
    kandidater: Sequence[Liste], blanke: int, omgang: int, lodd: Sequence[str], regler: Valgregler
) -> Valgutfall:
    """One is elected (kommuneloven § 7-8): by more than half in the first round, by most in the second, then by lot."""
    best = max(kandidat.stemmer for kandidat in kandidater)
    leading = [kandidat.navn for kandidat in kandidater if kandidat.stemmer == best]
    cast = sum(kandidat.stemmer for kandidat in kandidater) + (blanke if regler.blanke_er_avgitt else 0)
    if omgang == 1 and 2 * best <= cast:
        return Valgutfall(ny_omgang=True)
    drawn = [navn for navn in lodd if navn in leading]
    if len(leading) > 1 and not drawn:
        return Valgutfall(lodd_mellom=tuple(leading))
    winner = leading[0] if len(leading) == 1 else drawn[0]
    return Valgutfall({winner: Valgte((Kandidat(winner),))}, ved_lodd=len(leading) > 1)


def avtalevalg(lister: Sequence[Liste], plasser: int, regler: Valgregler) -> Valgutfall:
    """The members that all have agreed on (kommuneloven § 7-7): each list holds as many as it is to have.

    `Liste.stemmer` says how many seats the parties agreed that the list gets; those after them are substitutes.
    """
    sum_ = sum(liste.stemmer for liste in lister)
    reasons = []
    if sum_ != plasser:
        text = f"Avtalen fordeler {sum_} plasser, men det skal velges {plasser}."
        reasons.append(Reason(text, regler.avtalevalg, "lister"))
    valgte = {}
    for liste in lister:
        medlemmer, resten = liste.kandidater[: liste.stemmer], liste.kandidater[liste.stemmer :]
        valgte[liste.navn] = Valgte(medlemmer, resten)
        most = liste.stemmer + regler.varatillegg
        if len(medlemmer) < liste.stemmer:
            text = f"Listen {liste.navn} skal ha {liste.stemmer} plasser, men har {len(medlemmer)} navn."
            reasons.append(Reason(text, regler.avtalevalg, "lister"))
        if len(resten) > most:
            text = f"Listen {liste.navn} har {len(resten)} varamedlemmer, og kan ha {most}."
            reasons.append(Reason(text, regler.avtalevalg, "lister"))
    elected = [Liste(navn, 0, rad.medlemmer) for navn, rad in valgte.items()]
    return Valgutfall(valgte, grunner=(*reasons, *ubalanse(elected, regler)))


def kontroller_valg(
    valgform: Valgform,
    lister: Sequence[Liste],
    plasser: int,
    blanke: int,
    til_stede: int | None,
    regler: Valgregler,
) -> list[Reason]:
    """Every reason why the election cannot have been so. `til_stede`: who may vote; None where nobody recorded them."""
    return [
        *_lists(valgform, lister, plasser),
        *_votes(valgform, lister, blanke, til_stede, regler),
        *(ubalanse(lister, regler) if valgform is Valgform.FORHOLDSVALG else ()),
    ]


def _lists(valgform: Valgform, lister: Sequence[Liste], plasser: int) -> Iterable[Reason]:
    if plasser < 1:
        yield Reason("Skriv hvor mange som skal velges.", felt="plasser")
    if valgform is Valgform.FLERTALLSVALG and plasser > 1:
        yield Reason("Et flertallsvalg gjelder én person. Hold et valg for hver.", felt="plasser")
    if not lister:
        yield Reason("Skriv hvem som er foreslått, med stemmetall.", felt="lister")
    names = Counter(liste.navn.casefold() for liste in lister)
    names += Counter(ett.navn.casefold() for liste in lister for ett in liste.kandidater)
    for navn, ganger in names.items():
        if ganger > 1:
            yield Reason(f"«{navn}» er ført {ganger} ganger.", felt="lister")


def _votes(
    valgform: Valgform, lister: Sequence[Liste], blanke: int, til_stede: int | None, regler: Valgregler
) -> Iterable[Reason]:
    if valgform is Valgform.AVTALEVALG or not lister:
        return
    cast = sum(liste.stemmer for liste in lister)
    if cast == 0:
        yield Reason("Ingen stemmer er ført.", regler.forholdsvalg, "lister")
    if til_stede is not None and cast + blanke != til_stede:
        text = f"{cast + blanke} stemmer er ført, blanke medregnet, men {til_stede} har stemme i saken."
        yield Reason(f"{text} Rett tallene eller frammøtet.", felt="lister")


__all__ = ["avtalevalg", "flertallsvalg", "forholdsvalg", "kontroller_valg"]
