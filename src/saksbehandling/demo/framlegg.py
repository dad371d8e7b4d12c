"""The saksframlegg and the innstilling of a generated case. Pure."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from saksbehandling.demo.skjermet import Skjermet
from saksbehandling.demo.spraak import Forteller, Tema

_MAANEDER = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Innstilling:
    """`segmenter`: one text each. `oppfoelging`: the last of them, when it asks for something; None otherwise."""

    segmenter: tuple[str, ...]
    oppfoelging: str | None = None


def saksframlegg(rng: random.Random, forteller: Forteller, tema: Tema) -> str:
    """Three to eight paragraphs under headings; the theme's own facts always among them."""
    deler = [
        ("bakgrunn", forteller.avsnitt("bakgrunn", rng.randint(2, 3))),
        ("fakta", " ".join(forteller.flere(tema.fakta, rng.randint(2, 3)))),
        ("hoering", forteller.avsnitt("hoering", rng.randint(1, 3))),
        ("vurdering", " ".join(forteller.flere(tema.hensyn, rng.randint(1, 2)))),
        ("vurdering", forteller.avsnitt("vurdering", rng.randint(2, 3))),
        ("oekonomi", forteller.avsnitt("oekonomi", rng.randint(1, 2))),
        ("klima", forteller.avsnitt("klima", rng.randint(1, 2))),
        ("konklusjon", forteller.avsnitt("konklusjon", 1)),
    ]
    unnvaerlige = [2, 4, 5, 6, 7]
    uten = set(rng.sample(unnvaerlige, rng.randint(0, len(unnvaerlige))))
    return _sett_sammen(forteller, [del_ for nr, del_ in enumerate(deler) if nr not in uten])


def innstilling(rng: random.Random, forteller: Forteller, tema: Tema, frist: dt.date) -> Innstilling:
    """One to four segments; now and then one introduces a list, or the last asks the kommunedirektør for something."""
    segmenter = [forteller.en("vedtak"), *forteller.flere(tema.tiltak, rng.randint(0, 2))]
    if rng.random() < 0.2:
        segmenter[1:] = [*segmenter[1:2], _med_liste(rng, forteller)]
    if rng.random() < 0.35:
        bestilling = forteller.en("oppfoelging", frist=dato_i_ord(frist))
        return Innstilling((*segmenter, bestilling), bestilling)
    return Innstilling(tuple(segmenter))


def skjermet_framlegg(forteller: Forteller, skjermet: Skjermet) -> str:
    """A short one about what is screened."""
    vurdering = ("vurdering", forteller.avsnitt("vurdering", 2))
    konklusjon = ("konklusjon", forteller.avsnitt("konklusjon", 1))
    return _sett_sammen(forteller, [("bakgrunn", forteller.fyll(skjermet.tekst)), vurdering, konklusjon])


def dato_i_ord(dato: dt.date) -> str:
    """As a letter writes it: 1. mars 2026."""
    return f"{dato.day}. {_MAANEDER[dato.month - 1]} {dato.year}"


def _sett_sammen(forteller: Forteller, deler: list[tuple[str, str]]) -> str:
    linjer: list[str] = []
    for nr, (slag, avsnitt) in enumerate(deler):
        if nr == 0 or deler[nr - 1][0] != slag:
            linjer.append(f"# {forteller.en(f'overskrift_{slag}')}")
        linjer.append(avsnitt)
    return "\n\n".join(linjer)


def _med_liste(rng: random.Random, forteller: Forteller) -> str:
    punkter = forteller.flere(forteller.setninger["liste_punkt"], rng.randint(2, 4))
    nummerert = rng.random() < 0.5
    linjer = [f"{nr}. {punkt}" if nummerert else f"- {punkt}" for nr, punkt in enumerate(punkter, 1)]
    return "\n".join([forteller.en("liste_innledning"), "", *linjer])
