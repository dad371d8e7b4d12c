"""Names after an entry by party: who is asked for, and that the record is the one of a roll call."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.navngiving import Delt, delte, kontroller_navn, personer_av
from saksbehandling.votering.personstemmer import Stemmeberettiget, partistemmer_av
from saksbehandling.votering.regelsett import KOMMUNELOVEN_1992, KOMMUNELOVEN_2018
from saksbehandling.votering.values import RESTEN, Voteringsdata

FOR, MOT = Stemme.FOR, Stemme.MOT
SALEN = [Stemmeberettiget(nr, f"{parti}{nr}", parti) for nr, parti in enumerate(("Ap", "Ap", "Ap", "H", "H", "SV"))]
DELT = Voteringsdata(
    1, Voteringsform.FOR_MOT, (RESTEN,), 6, partistemmer={FOR: {"Ap": 2, "H": 2}, MOT: {"Ap": 1, "SV": 1}}
)


def test_every_roll_call_is_won_back_from_its_tally_and_the_names_of_the_minority() -> None:
    for stemmene in product((FOR, MOT), repeat=len(SALEN)):
        personer = dict(enumerate(stemmene))
        votering = replace(DELT, partistemmer=partistemmer_av(personer, SALEN))
        delt = delte(votering, MOT, SALEN, KOMMUNELOVEN_2018)
        navngitte = {rad.person_id for ett in delt for rad in ett.medlemmer if personer[rad.person_id] is MOT}
        assert kontroller_navn(delt, navngitte, KOMMUNELOVEN_2018) == []
        assert personer_av(votering, MOT, navngitte, SALEN) == personer


def test_only_the_parties_that_split_are_asked_for() -> None:
    assert delte(DELT, MOT, SALEN, KOMMUNELOVEN_2018) == (Delt("Ap", 1, tuple(SALEN[:3])),)


@pytest.mark.parametrize(
    "votering",
    [
        replace(DELT, form=Voteringsform.PROEVE),
        replace(DELT, personstemmer={"Ap1": FOR}),
        replace(DELT, partistemmer={MOT: {"Ap": 1, "SV": 1}}),  # the others are not known
        replace(DELT, partistemmer={FOR: {"Ap": 3, "H": 2}, MOT: {"SV": 1}}),
    ],
)
def test_nobody_is_asked_for_where_it_is_known_or_cannot_be(votering: Voteringsdata) -> None:
    assert delte(votering, MOT, SALEN, KOMMUNELOVEN_2018) == ()


def test_the_act_of_1992_asks_for_no_names_and_absence_is_not_guessed_at() -> None:
    assert delte(DELT, MOT, SALEN, KOMMUNELOVEN_1992) == ()
    assert delte(DELT, MOT, SALEN[1:], KOMMUNELOVEN_2018) == ()


@pytest.mark.parametrize("navngitte", [set(), {0, 1}, {3}])
def test_as_many_are_named_as_the_tally_says(navngitte: set[int]) -> None:
    (grunn,) = kontroller_navn(delte(DELT, MOT, SALEN, KOMMUNELOVEN_2018), navngitte, KOMMUNELOVEN_2018)
    assert grunn.text.startswith("1 fra Ap stemte med mindretallet")
    assert grunn.hjemmel == "kommuneloven § 11-4"
