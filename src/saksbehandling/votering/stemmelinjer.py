"""Which parties voted for what, and the persons by name where a party split, as lines for the minutes.

Kommuneloven § 11-4, Prop. 46 L (2017-2018) p. 157. Nothing is inferred: a side that nobody counted has no line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.models import Votering
from saksbehandling.votering.ordlyd import Voteringsord, objektnavn
from saksbehandling.votering.personstemmer import Svar, delte_partier
from saksbehandling.votering.values import Forslag, Objekt, Segment, Voteringsdata

Linje = tuple[str, str]
"""What was voted for, and by whom."""

_SIDER = {Stemme.FOR: "For", Stemme.MOT: "Mot", Stemme.BLANK: "Blankt"}


def stemmelinjer(
    votering: Votering,
    data: Voteringsdata,
    forslag: Sequence[Forslag],
    grunntekst: Sequence[Segment],
    parti_av: Mapping[int, str],
    ordlyd: Voteringsord,
) -> tuple[Linje, ...]:
    """A line for each side that has recorded votes. `parti_av`: person id -> party code on the day of the meeting."""
    tall: dict[Svar, dict[str, int]] = {}
    for side in votering.alternativstemmer:
        tall.setdefault(side.side, {})[side.parti.kode] = side.antall
    for rad in votering.partistemmer:
        tall.setdefault(rad.stemme, {})[rad.parti.kode] = rad.antall
    navn: dict[tuple[Svar, str], list[str]] = {}
    for person in votering.personstemmer:
        navn.setdefault((person.svar, parti_av.get(person.person_id, "")), []).append(person.person.navn)
    navngis = votering.voteringsform is Voteringsform.ALTERNATIV and all(map(_kjent, data.objekter))
    objekter = objektnavn(data, forslag, grunntekst, ordlyd) if navngis else []
    sider = [svar for svar in (*range(len(objekter)), *_SIDER) if svar in tall]
    return tuple((_side(svar, objekter), ", ".join(hvem(svar, tall, navn))) for svar in sider)


def hvem(
    stemme: Svar, tall: Mapping[Svar, Mapping[str, int]], navn: Mapping[tuple[Svar, str], Sequence[str]]
) -> list[str]:
    """The parties of one side: «H 3», and where the party split «Ap 2 (Kari Lie; Ola By)»."""
    delte = delte_partier(tall)
    kjente = {parti: navn[stemme, parti] for parti in tall[stemme] if parti in delte and (stemme, parti) in navn}
    return [
        f"{parti} {antall} ({'; '.join(kjente[parti])})" if parti in kjente else f"{parti} {antall}"
        for parti, antall in tall[stemme].items()
    ]


def _kjent(objekt: Objekt) -> bool:
    """An imported ballot may be about what nobody could tell from the old minutes."""
    return bool(objekt.segmenter or objekt.resten or objekt.forslag)


def _side(svar: Svar, objekter: Sequence[str]) -> str:
    """Of two alternatives, FOR is the first and MOT the other."""
    if isinstance(svar, Stemme):
        nummer = list(_SIDER).index(svar)
        return f"For {objekter[nummer]}" if nummer < min(len(objekter), 2) else _SIDER[svar]
    return f"For {objekter[svar]}"
