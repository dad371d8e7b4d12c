"""Reads ballot sentences: what was voted on, how it went, and exactly the votes that the sentence states.

Extraction has often lost the full stops, so sentences are found by their verb, not by punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saksbehandling.importering.partier import les_stemmer

_TALLORD = {"en": 1, "én": 1, "ei": 1, "ett": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5}
_TALL = rf"\d+|{'|'.join(_TALLORD)}"
_BLE = r"(?:ble|blei|vart|vert|blir)"
_ENSTEMMIG = r"(?P<enstemmig>(?i:enstemmig|einstemmig|samrøystes))"
_JA = r"(?i:vedtatt|vedteke|vedteken|vedtekne|godkjent|godkjend|tiltrådt|valgt|vald)"
_NEI = r"(?i:ikke vedtatt|ikkje vedteke|falt|fall|forkastet|forkasta|nedstemt|nedrøysta|avvist)"
_MOT = rf"(?:\s+mot\s+(?P<mot>{_TALL})\s+(?:stemmer?|røyster?))"
_MED_MOT = r"(?:\s+med\s+(?P<for>\d+)\s+(?:stemmer\s+)?mot\s+(?P<mot_av>\d+)(?:\s+stemmer?|\s+røyster?)?)"
_PARTIER = r"(?:\s*\((?P<partier>[^)]*)\))?"
_AVGITT = r"(?:\s+(?:avgitt|avgjeve|gitt)\s+for\s+(?P<annet>[^.]+?))?"
_SLUTT = r"\s*(?:\.(?=\s|$)|(?=\s+[A-ZÆØÅ])|$)"
_TALLDEL = rf"(?:{_MOT}|{_MED_MOT})?{_PARTIER}{_AVGITT}"
_ALTERNATIV = re.compile(
    rf"Ved\s+(?:alternativ|kontra)\s*(?:votering|avstemning|røysting)\s+mellom\s+(?P<a>.+?)\s+og\s+(?P<b>.+?)\s+{_BLE}\s+"
    rf"(?P<vinner>.+?)\s+(?:{_ENSTEMMIG}\s+)?(?:{_JA}){_TALLDEL}{_SLUTT}"
)
_FIKK = re.compile(
    rf"(?P<gjelder>.+?)\s+(?:fikk|fekk)\s+(?P<for>{_TALL})\s+(?:stemmer?|røyster?)\s*(?:\((?P<partier>[^)]*)\))?"
    rf"\s+og\s+(?P<utfall>{_NEI}|{_BLE}\s+(?:{_JA}|{_NEI})){_SLUTT}"
)
_ENKEL = re.compile(
    rf"(?P<proeve>Ved\s+prøve(?:votering|røysting)\s+{_BLE}\s+)?(?P<gjelder>.*?)\s*(?:\b{_BLE}\s+)?(?:{_ENSTEMMIG}\s+)?"
    rf"\b(?P<utfall>{_NEI}|{_JA})\b(?:\s+av\s+[a-zæøå][\wæøå-]*)?{_TALLDEL}{_SLUTT}"
)
_LENGSTE_LINJE = 2000  # longer text is no line of ballots


@dataclass(frozen=True, slots=True)
class Setning:
    """A ballot sentence taken apart; objects are still words. `andre` is set for an alternative ballot only.

    `vinner_skrevet` and `avgitt_for` are the words for the alternative that won and for the other.
    """

    tekst: str
    gjelder: str
    vedtatt: bool
    andre: str | None = None
    vinner_skrevet: str | None = None
    avgitt_for: str | None = None
    proeve: bool = False
    enstemmig: bool = False
    for_stemmer: int | None = None
    mot_stemmer: int | None = None
    for_partier: tuple[tuple[str, int], ...] = ()
    mot_partier: tuple[tuple[str, int], ...] = ()


def les_setninger(tekst: str) -> tuple[list[Setning], str]:
    """The ballot sentences at the start of `tekst`, and the rest that is none."""
    setninger = []
    rest = tekst.strip()
    while rest and len(rest) <= _LENGSTE_LINJE:
        found = _ALTERNATIV.match(rest) or _FIKK.match(rest) or _ENKEL.match(rest)
        if not found or not found[0]:
            break
        setninger.append(_setning(found))
        rest = rest[found.end() :].strip()
    return setninger, rest


def stemmeavvik(setning: Setning) -> Iterator[str]:
    """Where the parties' figures do not add up to the number in the sentence."""
    for sum_, partier in ((setning.for_stemmer, setning.for_partier), (setning.mot_stemmer, setning.mot_partier)):
        talt = sum(antall for _, antall in partier)
        if sum_ is not None and partier and talt != sum_:
            yield f"Setningen sier {sum_} stemmer, men partiene gir {talt}"


def _setning(found: re.Match[str]) -> Setning:
    felt = found.groupdict()
    partier = les_stemmer(felt["partier"] or "") or ()
    har_fikk = found.re is _FIKK
    return Setning(
        tekst=found[0].strip(),
        gjelder=(felt.get("a") or felt.get("gjelder") or "").strip(),
        vedtatt=_vedtatt(felt.get("utfall")),
        andre=felt.get("b"),
        vinner_skrevet=felt.get("vinner"),
        avgitt_for=felt.get("annet"),
        proeve=bool(felt.get("proeve")),
        enstemmig=bool(felt.get("enstemmig")),
        for_stemmer=_tall(felt.get("for")),
        mot_stemmer=_tall(felt.get("mot") or felt.get("mot_av")),
        for_partier=partier if har_fikk else (),
        mot_partier=() if har_fikk else partier,
    )


def _vedtatt(utfall: str | None) -> bool:
    return utfall is None or not re.search(_NEI, utfall)


def _tall(ord_: str | None) -> int | None:
    if ord_ is None:
        return None
    return _TALLORD.get(ord_.lower()) or int(ord_)
