"""Invented people. The surnames are made up from farm-name parts, so that nobody real is meant."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass


def _ord(tekst: str) -> tuple[str, ...]:
    return tuple(tekst.split())


_TRE_LIKE = re.compile(r"(.)\1\1")
_FORNAVN = _ord("""
    Anne Åse Øyvind Håkon Ingrid Bjørn Solveig Torbjørn Kjersti Pål Mari Jørgen Sølvi Tormod Ragna Knut Gro Asbjørn
    Sissel Geir Tone Frøydis Sverre Åshild Magne Synnøve Trygve Ellen Børge Vigdis Even Marte Sindre Ylva Ådne Hedda
    Ørjan Live Vegard Nora Gaute Turid Roald Embla Stian Ragnhild Eirik Birgit Odd Malin Terje Hilde Jostein Kari
    Aksel Gunvor Leif Oddny Sigurd Mona Arnfinn Tuva Steinar Åsta Lasse Ida Rune Jorunn Mathias Elin Svein Randi Amir
    Leyla Yusuf Fatima Minh Zofia Samira Dawit Elena Tomasz Nasrin Hawa
""")
_ANDRE_FORNAVN = {
    fornavn: andre
    for andre, fornavnene in {
        "Marie": "Anne Ingrid Kari Elin Randi Mona",
        "Berit": "Anne Åse Gro Tone Oddny",
        "Sofie": "Nora Hedda Ida",
        "Olav": "Knut Odd Svein Magne Leif",
        "Erik": "Rune Roald Geir Bjørn",
        "Johan": "Lasse Knut Aksel Håkon",
        "Martin": "Pål Stian Sindre Vegard",
        "Kristin": "Ragnhild Turid Synnøve Hilde Ellen",
    }.items()
    for fornavn in fornavnene.split()
}
_FORLEDD = _ord("""
    Kvern Bjørke Solem Grønn Åker Sæter Røys Furu Tver Hegg Skår Sval Myr Eike Vass Brått Nøst Ulve Hassel Stubb Fjære
    Ørn Varg Kråk Sveins Rogn Tors Elve Høg Linde Mørk Aspe
""")
_ETTERLEDD = _ord("voll lid mo tun stad nes haugen rud vik bakk heim gjelten mælen støen")
_ANDRE_ETTERNAVN = _ord("""
    Rahimzai Tesfalem Farahani Warsame Kowalik Sivakumaran Haddouche Tran-Dinh Osmanoglu Jankauskaite Belay Noorzad
""")


@dataclass(frozen=True, slots=True, order=True)
class Navn:
    fornavn: str
    etternavn: str

    def __str__(self) -> str:
        return f"{self.fornavn} {self.etternavn}"


def nye_navn(rng: random.Random) -> Iterator[Navn]:
    """Names without end, no two alike (at least some thousands before it becomes slow)."""
    brukt: set[Navn] = set()
    while True:
        navn = Navn(_fornavn(rng), _etternavn(rng))
        if navn not in brukt:
            brukt.add(navn)
            yield navn


def _fornavn(rng: random.Random) -> str:
    foerste = rng.choice(_FORNAVN)
    andre = _ANDRE_FORNAVN.get(foerste)
    return f"{foerste}{rng.choice(' -')}{andre}" if andre and rng.random() < 0.4 else foerste


def _etternavn(rng: random.Random) -> str:
    if rng.random() < 0.06:
        return rng.choice(_ANDRE_ETTERNAVN)
    etternavn = _slektsnavn(rng)
    return f"{_slektsnavn(rng)} {etternavn}" if rng.random() < 0.08 else etternavn


def _slektsnavn(rng: random.Random) -> str:
    """Two farm-name parts; where they meet, three equal letters become two, as Norwegian spells."""
    return _TRE_LIKE.sub(r"\1\1", rng.choice(_FORLEDD) + rng.choice(_ETTERLEDD))
