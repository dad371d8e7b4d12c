"""Names after an entry by party between more than two alternatives: that the record is the one of a roll call."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.navngiving_flere import DeltFlere, delte_flere, kontroller_svar, svar_av
from saksbehandling.votering.personstemmer import Stemmeberettiget, Svar, navnesetning_flere, partistemmer_av
from saksbehandling.votering.regelsett import KOMMUNELOVEN_1992, KOMMUNELOVEN_2018
from saksbehandling.votering.values import Objekt, Voteringsdata

BLANK = Stemme.BLANK
SALEN = [Stemmeberettiget(nr, f"{parti}{nr}", parti) for nr, parti in enumerate(("Ap", "Ap", "Ap", "H", "H", "SV"))]
OBJEKTER = tuple(Objekt(forslag=(f"f{nr}",)) for nr in range(3))
NAVN = ("innstillingen", "forslag 1", "forslag 2")


def ballot(svar: dict[int, Svar]) -> Voteringsdata:
    """As an entry by party leaves it."""
    tally = partistemmer_av(svar, SALEN)
    per_side = tuple(tally.get(side, {}) for side in range(3))
    return Voteringsdata(
        1,
        Voteringsform.ALTERNATIV,
        OBJEKTER,
        6,
        partistemmer={BLANK: tally[BLANK]} if BLANK in tally else {},
        stemmer_per_objekt=tuple(sum(parties.values()) for parties in per_side),
        partier_per_objekt=per_side,
    )


DELT = ballot({0: 0, 1: 0, 2: 1, 3: 2, 4: 2, 5: BLANK})


def test_every_roll_call_is_won_back_from_its_tally_and_the_votes_of_the_parties_that_split() -> None:
    for votes in product((0, 1, 2, BLANK), repeat=len(SALEN)):
        svar: dict[int, Svar] = dict(enumerate(votes))
        votering = ballot(svar)
        delt = delte_flere(votering, SALEN, KOMMUNELOVEN_2018)
        told = {rad.person_id: svar[rad.person_id] for ett in delt for rad in ett.medlemmer}
        assert kontroller_svar(delt, told, KOMMUNELOVEN_2018) == []
        assert svar_av(votering, told, SALEN) == svar


def test_only_the_parties_that_split_are_asked_for() -> None:
    assert delte_flere(DELT, SALEN, KOMMUNELOVEN_2018) == (DeltFlere("Ap", {0: 2, 1: 1}, tuple(SALEN[:3])),)


@pytest.mark.parametrize(
    ("votering", "berettigede", "regler"),
    [
        (replace(DELT, personstemmer={"Ap0": Stemme.FOR}), SALEN, KOMMUNELOVEN_2018),
        (DELT, SALEN[1:], KOMMUNELOVEN_2018),
        (DELT, SALEN, KOMMUNELOVEN_1992),
        (Voteringsdata(1, Voteringsform.FOR_MOT, OBJEKTER[:1]), SALEN, KOMMUNELOVEN_2018),
    ],
    ids=["known already", "others are present now", "the act of 1992", "not between several"],
)
def test_nobody_is_asked_for_where_it_is_known_or_cannot_be(votering, berettigede, regler) -> None:
    assert delte_flere(votering, berettigede, regler) == ()


@pytest.mark.parametrize("svar", [{}, {0: 0, 1: 0}, {0: 0, 1: 1, 2: 1}, {0: 0, 1: 0, 2: 2}])
def test_the_votes_are_as_many_as_the_tally_says(svar: dict[int, Svar]) -> None:
    (grunn,) = kontroller_svar(delte_flere(DELT, SALEN, KOMMUNELOVEN_2018), svar, KOMMUNELOVEN_2018)
    assert grunn.text.startswith("Fra Ap stemte 2 for alternativ 1, 1 for alternativ 2.")
    assert grunn.hjemmel == "kommuneloven § 11-4"


@pytest.mark.parametrize(
    ("svar", "says"),
    [
        ((0, 0, 1, 2, 2, 0), "Fra partier som delte seg, stemte Ap2 (Ap) for forslag 1."),
        (
            (0, 1, BLANK, 2, 0, 0),
            "Fra partier som delte seg, stemte Ap1 (Ap) for forslag 1; H3 (H) for forslag 2; Ap2 (Ap) blankt.",
        ),
        ((0, 0, 0, 1, 1, 2), ""),
    ],
)
def test_the_minutes_name_who_of_a_split_party_did_not_vote_for_the_largest(svar: tuple[Svar, ...], says: str) -> None:
    stemmer = dict(enumerate(svar))
    assert navnesetning_flere(stemmer, SALEN, 0, NAVN, KOMMUNELOVEN_2018) == says
    assert navnesetning_flere(stemmer, SALEN, 0, NAVN, KOMMUNELOVEN_1992) == ""
