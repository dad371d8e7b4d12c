"""The rules of proposals and ballots: pure functions on frozen values. This is their door.

`values` what they compute on · `regelsett` the versioned law · `telling` counts and outcome · `kontroll` what can be
wrong with a registration · `stilling` how a treatment stands after its ballots · `objektkontroll` what a ballot may be
about · `kollisjoner` proposals in each other's way · `partistemmer` tallies as text · `ordlyd` the sentence of the
minutes.
"""

from saksbehandling.votering.kollisjoner import Kollisjon, kollisjoner
from saksbehandling.votering.kontroll import kontroller_votering, minste_antall
from saksbehandling.votering.objektkontroll import kontroller_objekter
from saksbehandling.votering.ordlyd import VOTERINGSORD, Voteringsord, genitiv, kortnavn, objektnavn, protokollsetning
from saksbehandling.votering.partistemmer import format_partistemmer, parse_partistemmer
from saksbehandling.votering.regelsett import REGELSETT, VedLikhet, Voteringsregler, regler_for
from saksbehandling.votering.telling import Avgjort, Utfall, avgjoer, er_enstemmig, stemmer_for, stemmer_mot, ute
from saksbehandling.votering.values import (
    RESTEN,
    Forslag,
    Merknad,
    Objekt,
    Organ,
    Segment,
    Stiller,
    Voteringsdata,
)

__all__ = [
    "REGELSETT",
    "RESTEN",
    "VOTERINGSORD",
    "Avgjort",
    "Forslag",
    "Kollisjon",
    "Merknad",
    "Objekt",
    "Organ",
    "Segment",
    "Stiller",
    "Utfall",
    "VedLikhet",
    "Voteringsdata",
    "Voteringsord",
    "Voteringsregler",
    "avgjoer",
    "er_enstemmig",
    "format_partistemmer",
    "genitiv",
    "kollisjoner",
    "kontroller_objekter",
    "kontroller_votering",
    "kortnavn",
    "minste_antall",
    "objektnavn",
    "parse_partistemmer",
    "protokollsetning",
    "regler_for",
    "stemmer_for",
    "stemmer_mot",
    "ute",
]
