from __future__ import annotations

import pytest

from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.stemmelinjer import hvem

NAVN = {(Stemme.FOR, "Ap"): ["Kari Lie", "Ola By"], (Stemme.MOT, "Ap"): ["Eva Moe"], (Stemme.FOR, "H"): ["Jon Li"]}


@pytest.mark.parametrize(
    ("against", "navn", "for_", "mot"),
    [
        ({"Ap": 1}, NAVN, ["Ap 2 (Kari Lie; Ola By)", "H 3"], ["Ap 1 (Eva Moe)"]),
        ({"Ap": 1}, {}, ["Ap 2", "H 3"], ["Ap 1"]),
        ({"R": 1}, NAVN, ["Ap 2", "H 3"], ["R 1"]),
    ],
    ids=["a split party by name", "names that nobody recorded", "no party split"],
)
def test_names_are_given_where_a_party_split(against, navn, for_, mot) -> None:
    tall = {Stemme.FOR: {"Ap": 2, "H": 3}, Stemme.MOT: against}
    assert (hvem(Stemme.FOR, tall, navn), hvem(Stemme.MOT, tall, navn)) == (for_, mot)
