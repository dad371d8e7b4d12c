"""How the parties of Nidarvik vote: by bloc, with some independence, never beyond their seats. Pure."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping

_BLOKKER = (frozenset({"Ap", "MDG", "SV", "Sp", "R"}), frozenset({"H", "FrP", "V", "PP", "KrF"}))


def medstillere(rng: random.Random, parti: str, seter: Mapping[str, int]) -> tuple[str, ...]:
    """The parties on whose behalf a proposal is moved, the mover's among them; often none."""
    if rng.random() < 0.7:
        return ()
    med = {andre for andre in seter if andre in _blokk(parti) and rng.random() < 0.4}
    return tuple(andre for andre in seter if andre in med or andre == parti) if med - {parti} else ()


def stem_over(
    rng: random.Random, parti: str, med: Collection[str], seter: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Votes for and against a proposal of `parti`, by party, with every seat voting."""
    stoette = {
        andre: andre == parti or andre in med or rng.random() < (0.7 if andre in _blokk(parti) else 0.35)
        for andre in seter
    }
    stemmer_for: dict[str, int] = {}
    stemmer_mot: dict[str, int] = {}
    for andre, antall in seter.items():
        utbrytere = 1 if antall >= 4 and andre != parti and andre not in med and rng.random() < 0.1 else 0
        med_partiet, mot_partiet = (stemmer_for, stemmer_mot) if stoette[andre] else (stemmer_mot, stemmer_for)
        med_partiet[andre] = antall - utbrytere
        if utbrytere:
            mot_partiet[andre] = utbrytere
    return stemmer_for, stemmer_mot


def mindretall(rng: random.Random, seter: Mapping[str, int]) -> dict[str, int]:
    """Votes against the innstilling by party: usually none, never half of the body."""
    mot: dict[str, int] = {}
    for parti in rng.sample(list(seter), rng.choice((0, 0, 0, 1, 2))):
        if 2 * (sum(mot.values()) + seter[parti]) < sum(seter.values()):
            mot[parti] = seter[parti]
    return {parti: mot[parti] for parti in seter if parti in mot}


def tilslutning(rng: random.Random, parti: str, seter: Mapping[str, int]) -> tuple[str, ...]:
    """The parties that join a remark of `parti`: now and then nearly everybody, in no fixed order."""
    vilje = rng.choice((0.0, 0.2, 0.9))
    andre = [ett for ett in seter if ett != parti and rng.random() < vilje]
    rng.shuffle(andre)
    return tuple(andre)


def _blokk(parti: str) -> frozenset[str]:
    return next(blokk for blokk in _BLOKKER if parti in blokk)
