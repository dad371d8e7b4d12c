"""The words of an election: the result as it stands in the decision, and the sentence of the minutes. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from saksbehandling.richtext import Blocks, parse_notation
from saksbehandling.valg.kodeverk import Valgform
from saksbehandling.valg.values import Kandidat, Liste, Valgutfall


def resultattekst(verv: str, valgform: Valgform, utfall: Valgutfall) -> Blocks:
    """«Som leder av komiteen velges Kari Lie.», or the members and substitutes list by list."""
    if valgform is Valgform.FLERTALLSVALG:
        (navn,) = utfall.valgte
        return parse_notation(f"Som {_liten(verv)} velges {navn}.")
    lines = [f"Som {_liten(verv)} velges:"]
    lines += [f"- {ett.navn} ({liste})" for liste, valgte in utfall.valgte.items() for ett in valgte.medlemmer]
    for liste, valgte in utfall.valgte.items():
        if valgte.varamedlemmer:
            lines += ["", f"Varamedlemmer for {liste}, i denne rekkefølgen:"]
            lines += [f"{nr}. {ett.navn}" for nr, ett in enumerate(valgte.varamedlemmer, 1)]
    return parse_notation("\n".join(lines))


def valgsetning(
    verv: str, valgform: Valgform, lister: Sequence[Liste], blanke: int, utfall: Valgutfall, *, hemmelig: bool
) -> str:
    """What the minutes say of the ballot: the form, the votes, and what a lot or the gender rule decided."""
    if valgform is Valgform.AVTALEVALG:
        return f"Avtalevalg av {_liten(verv)} ble enstemmig vedtatt."
    skriftlig = "skriftlig " if hemmelig else ""
    votes = [f"{liste.navn} {liste.stemmer}" for liste in lister]
    votes += [f"blanke {blanke}"] if blanke else []
    parts = [f"Ved {skriftlig}{valgform.value} av {_liten(verv)} ble stemmene slik: {', '.join(votes)}."]
    if utfall.ny_omgang:
        parts.append("Ingen fikk mer enn halvparten av stemmene, og det ble stemt på nytt.")
    if utfall.ved_lodd:
        parts.append("Ved stemmelikhet ble det trukket lodd.")
    if utfall.avgjort:
        parts.append(_valgt(valgform, utfall))
    return " ".join(parts)


def _valgt(valgform: Valgform, utfall: Valgutfall) -> str:
    if valgform is Valgform.FLERTALLSVALG:
        return f"{next(iter(utfall.valgte))} ble valgt."
    seats = ", ".join(f"{liste} {len(valgte.medlemmer)}" for liste, valgte in utfall.valgte.items())
    moved = _navn([ett for valgte in utfall.valgte.values() for ett in valgte.rykket_opp])
    gender = f" Av hensyn til kjønnsbalansen rykket {moved} opp." if moved else ""
    return f"Plassene ble fordelt slik: {seats}.{gender}"


def _navn(kandidater: Sequence[Kandidat]) -> str:
    return ", ".join(ett.navn for ett in kandidater)


def _liten(verv: str) -> str:
    return verv[:1].lower() + verv[1:]
