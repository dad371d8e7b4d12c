"""Who of a list is elected: in its order, but with both genders as the law asks, as far as possible. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from saksbehandling.errors import Reason
from saksbehandling.valg.kodeverk import Kjoenn
from saksbehandling.valg.regelsett import Valgregler
from saksbehandling.valg.values import Kandidat, Liste, Valgte


def velg_fra_listen(kandidater: Sequence[Kandidat], plasser: int, regler: Valgregler) -> Valgte:
    """The members, and as substitutes those who follow, `varatillegg` more than the members."""
    medlemmer = i_balanse(kandidater, plasser, regler)
    resten = [ett for ett in kandidater if ett not in medlemmer]
    varamedlemmer = i_balanse(resten, plasser + regler.varatillegg if plasser else 0, regler)
    opp = tuple(ett for ett in medlemmer if ett not in kandidater[:plasser])
    return Valgte(medlemmer, varamedlemmer, opp)


def i_balanse(kandidater: Sequence[Kandidat], antall: int, regler: Valgregler) -> tuple[Kandidat, ...]:
    """The first `antall`, where the last of the majority gender give way to the next of the other, as far as there are.

    A candidate whose gender nobody told neither moves up nor gives way.
    """
    chosen = list(kandidater[:antall])
    for kjoenn in Kjoenn:
        waiting = [ett for ett in kandidater[antall:] if ett.kjoenn is kjoenn]
        while waiting and sum(ett.kjoenn is kjoenn for ett in chosen) < regler.minst(len(chosen)):
            giving_way = next((ett for ett in reversed(chosen) if ett.kjoenn not in (kjoenn, None)), None)
            if giving_way is None:
                break
            chosen.remove(giving_way)
            chosen.append(waiting.pop(0))
    return tuple(ett for ett in kandidater if ett in chosen)


def ubalanse(lister: Iterable[Liste], regler: Valgregler) -> Iterable[Reason]:
    """The lists with too few of a gender among their candidates; a list without genders is passed over."""
    for liste in lister:
        told = Counter(ett.kjoenn for ett in liste.kandidater)
        if told[None]:
            continue
        minst = regler.minst(len(liste.kandidater))
        for kjoenn in Kjoenn:
            if told[kjoenn] < minst:
                text = f"Listen {liste.navn} har {told[kjoenn]} av kjønnet {kjoenn.value}, og skal ha minst {minst}."
                yield Reason(f"{text} Rett listen.", regler.kjoenn, "lister")
