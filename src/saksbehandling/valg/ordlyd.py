"""The words of an election: the result as it stands in the decision, and the sentence of the minutes. Pure.

In bokmål and nynorsk, as the body writes (`malform`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.richtext import Blocks, parse_notation
from saksbehandling.valg.kodeverk import Valgform
from saksbehandling.valg.values import Kandidat, Liste, Valgutfall


@dataclass(frozen=True, slots=True)
class Valgord:
    """The words of one written form of Norwegian. `former`: what an election of each form is called."""

    en_velges: str
    flere_velges: str
    varamedlemmer: str
    former: Mapping[Valgform, str]
    enstemmig: str
    skriftlig: str
    stemmer: str
    blanke: str
    ny_omgang: str
    lodd: str
    valgt: str
    plasser: str
    kjoenn: str


VALGORD: Mapping[str, Valgord] = {
    "nb": Valgord(
        en_velges="Som {verv} velges {navn}.",
        flere_velges="Som {verv} velges:",
        varamedlemmer="Varamedlemmer for {liste}, i denne rekkefølgen:",
        former={form: form.value for form in Valgform},
        enstemmig="Avtalevalg av {verv} ble enstemmig vedtatt.",
        skriftlig="skriftlig {form}",
        stemmer="Ved {form} av {verv} ble stemmene slik: {stemmer}.",
        blanke="blanke {antall}",
        ny_omgang="Ingen fikk mer enn halvparten av stemmene, og det ble stemt på nytt.",
        lodd="Ved stemmelikhet ble det trukket lodd.",
        valgt="{navn} ble valgt.",
        plasser="Plassene ble fordelt slik: {plasser}.",
        kjoenn="Av hensyn til kjønnsbalansen rykket {navn} opp.",
    ),
    "nn": Valgord(
        en_velges="Som {verv} blir {navn} vald.",
        flere_velges="Som {verv} blir desse valde:",
        varamedlemmer="Varamedlemmer for {liste}, i denne rekkjefølgja:",
        former={
            Valgform.FLERTALLSVALG: "fleirtalsval",
            Valgform.FORHOLDSVALG: "forholdsval",
            Valgform.AVTALEVALG: "avtaleval",
        },
        enstemmig="Avtaleval av {verv} vart samrøystes vedteke.",
        skriftlig="skriftleg {form}",
        stemmer="Ved {form} av {verv} vart røystene slik: {stemmer}.",
        blanke="blanke {antall}",
        ny_omgang="Ingen fekk meir enn halvparten av røystene, og det vart røysta på nytt.",
        lodd="Ved likt røystetal vart det trekt lodd.",
        valgt="{navn} vart vald.",
        plasser="Plassane vart fordelte slik: {plasser}.",
        kjoenn="Av omsyn til kjønnsbalansen rykte {navn} opp.",
    ),
}


def resultattekst(verv: str, valgform: Valgform, utfall: Valgutfall, malform: str = "nb") -> Blocks:
    """«Som leder av komiteen velges Kari Lie.», or the members and substitutes list by list."""
    ord_ = VALGORD[malform]
    if valgform is Valgform.FLERTALLSVALG:
        (navn,) = utfall.valgte
        return parse_notation(ord_.en_velges.format(verv=_liten(verv), navn=navn))
    lines = [ord_.flere_velges.format(verv=_liten(verv))]
    lines += [f"- {ett.navn} ({liste})" for liste, valgte in utfall.valgte.items() for ett in valgte.medlemmer]
    for liste, valgte in utfall.valgte.items():
        if valgte.varamedlemmer:
            lines += ["", ord_.varamedlemmer.format(liste=liste)]
            lines += [f"{nr}. {ett.navn}" for nr, ett in enumerate(valgte.varamedlemmer, 1)]
    return parse_notation("\n".join(lines))


def valgsetning(
    verv: str,
    valgform: Valgform,
    lister: Sequence[Liste],
    blanke: int,
    utfall: Valgutfall,
    *,
    hemmelig: bool,
    malform: str = "nb",
) -> str:
    """What the minutes say of the ballot: the form, the votes, and what a lot or the gender rule decided."""
    ord_ = VALGORD[malform]
    if valgform is Valgform.AVTALEVALG:
        return ord_.enstemmig.format(verv=_liten(verv))
    form = ord_.former[valgform]
    votes = [f"{liste.navn} {liste.stemmer}" for liste in lister]
    votes += [ord_.blanke.format(antall=blanke)] if blanke else []
    parts = [
        ord_.stemmer.format(
            form=ord_.skriftlig.format(form=form) if hemmelig else form, verv=_liten(verv), stemmer=", ".join(votes)
        )
    ]
    if utfall.ny_omgang:
        parts.append(ord_.ny_omgang)
    if utfall.ved_lodd:
        parts.append(ord_.lodd)
    if utfall.avgjort:
        parts += _valgt(valgform, utfall, ord_)
    return " ".join(parts)


def _valgt(valgform: Valgform, utfall: Valgutfall, ord_: Valgord) -> list[str]:
    if valgform is Valgform.FLERTALLSVALG:
        return [ord_.valgt.format(navn=next(iter(utfall.valgte)))]
    seats = ", ".join(f"{liste} {len(valgte.medlemmer)}" for liste, valgte in utfall.valgte.items())
    moved = _navn([ett for valgte in utfall.valgte.values() for ett in valgte.rykket_opp])
    return [ord_.plasser.format(plasser=seats), *([ord_.kjoenn.format(navn=moved)] if moved else [])]


def _navn(kandidater: Sequence[Kandidat]) -> str:
    return ", ".join(ett.navn for ett in kandidater)


def _liten(verv: str) -> str:
    return verv[:1].lower() + verv[1:]
