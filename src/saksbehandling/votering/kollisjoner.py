"""Proposals that get in each other's way, told before the ballots. Pure.

Nothing is refused for it: the presiding member puts them against each other, or one falls away with the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.values import Forslag


@dataclass(frozen=True, slots=True)
class Kollisjon:
    """Two proposals, by number, the lower first; `tekst`: what happens, as a sentence."""

    numre: tuple[int, int]
    tekst: str


def kollisjoner(forslag: Sequence[Forslag], avsnitt: Mapping[str, int]) -> list[Kollisjon]:
    """Every pair of open proposals that cannot both be adopted as they stand. `avsnitt`: segment id to its number."""
    aapne = sorted((ett for ett in forslag if ett.status is Forslagsstatus.FRAMSATT), key=lambda ett: ett.nummer)
    par = [(en, to, _mellom(en, to, avsnitt)) for en, to in combinations(aapne, 2)]
    return [Kollisjon((en.nummer, to.nummer), tekst) for en, to, tekst in par if tekst]


def _mellom(en: Forslag, to: Forslag, avsnitt: Mapping[str, int]) -> str | None:
    if Forslagstype.ALTERNATIVT in (en.forslagstype, to.forslagstype):
        return _alternativer(en, to)
    if en.maal is not None and en.maal == to.maal:
        return _samme_avsnitt(en, to, avsnitt.get(en.maal, 0))
    return _tillegg_til_stroeket(en, to, avsnitt)


def _alternativer(en: Forslag, to: Forslag) -> str | None:
    if en.forslagstype is to.forslagstype:
        return f"Forslag {en.nummer} og {to.nummer} vil begge erstatte hele teksten. Bare ett av dem kan vedtas."
    alternativ, annet = (en, to) if en.forslagstype is Forslagstype.ALTERNATIVT else (to, en)
    if annet.maal is None:
        return None
    return f"Blir forslag {alternativ.nummer} vedtatt, faller forslag {annet.nummer}: avsnittet det gjelder, er borte."


def _samme_avsnitt(en: Forslag, to: Forslag, nummer: int) -> str | None:
    typer = {en.forslagstype, to.forslagstype}
    if typer == {Forslagstype.ENDRING}:
        return f"Forslag {en.nummer} og {to.nummer} endrer begge avsnitt {nummer}. Bare ett av dem kan vedtas."
    if typer == {Forslagstype.STRYKNING}:
        return f"Forslag {en.nummer} og {to.nummer} stryker begge avsnitt {nummer}. Én votering avgjør begge."
    if typer == {Forslagstype.ENDRING, Forslagstype.STRYKNING}:
        endring, strykning = (en, to) if en.forslagstype is Forslagstype.ENDRING else (to, en)
        return f"Forslag {endring.nummer} endrer avsnitt {nummer}, som forslag {strykning.nummer} vil stryke."
    return None


def _tillegg_til_stroeket(en: Forslag, to: Forslag, avsnitt: Mapping[str, int]) -> str | None:
    for tillegg, strykning in ((en, to), (to, en)):
        if strykning.forslagstype is Forslagstype.STRYKNING and tillegg.anker == strykning.maal is not None:
            nummer = avsnitt.get(strykning.maal or "", 0)
            return (
                f"Forslag {tillegg.nummer} skal stå etter avsnitt {nummer}, som forslag {strykning.nummer} vil stryke."
            )
    return None
