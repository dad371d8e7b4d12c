"""What a ballot may be about: procedure first, nothing twice, nothing amended that is gone; and no other order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from saksbehandling.richtext import parse_notation
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.objektkontroll import kontroller_objekter
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.values import RESTEN, Forslag, Objekt, Segment, Voteringsdata

GRUNNTEKST = [Segment(key, parse_notation(f"Teksten i {key}.")) for key in ("A1", "A2", "A3")]
TYPER = {
    "stryk": Forslagstype.STRYKNING,
    "endre": Forslagstype.ENDRING,
    "endre2": Forslagstype.ENDRING,
    "tillegg": Forslagstype.TILLEGG,
    "alt": Forslagstype.ALTERNATIVT,
    "alt2": Forslagstype.ALTERNATIVT,
    "utsett": Forslagstype.UTSETTELSE,
    "trukket": Forslagstype.TILLEGG,
    "maalloes": Forslagstype.ENDRING,
}
MED_MAAL = ("stryk", "endre", "endre2")


def forslag(*keys: str) -> list[Forslag]:
    return [
        Forslag(
            key,
            at,
            TYPER[key],
            parse_notation(f"Ny tekst {key}."),
            maal="A3" if key in MED_MAAL else None,
            status=Forslagsstatus.TRUKKET if key == "trukket" else Forslagsstatus.FRAMSATT,
        )
        for at, key in enumerate(keys, 1)
    ]


def over(*keys: str) -> Objekt:
    return Objekt(
        tuple(key for key in keys if key.startswith("A")), tuple(key for key in keys if not key.startswith("A"))
    )


def ballot(
    nummer: int, *sides: Objekt, for_: bool = True, form: Voteringsform | None = None, **facts: Any
) -> Voteringsdata:
    kind = form or (Voteringsform.ALTERNATIV if len(sides) > 1 else Voteringsform.FOR_MOT)
    counts = {"stemmer_mot": 3} if for_ else {"stemmer_for": 3}
    return Voteringsdata(nummer, kind, sides, **(counts | facts))


def reasons(moved: list[Forslag], *ballots: Voteringsdata) -> list[str]:
    *earlier, now = ballots
    return [reason.text for reason in kontroller_objekter(now, GRUNNTEKST, moved, earlier, LOVEN)]


ALLE = over("A1", "A2", "A3")


@pytest.mark.parametrize(
    ("keys", "ballots"),
    [
        ((), [(ALLE,)]),
        ((), [(over("A1", "A2"),), (RESTEN,)]),
        (("tillegg",), [(over("tillegg"),), (ALLE,)]),
        (("tillegg",), [(ALLE,), (over("tillegg"),)]),
        (("stryk",), [(over("A1", "A2"),), (over("A3"), over("stryk"))]),
        (("stryk",), [(over("stryk"),), (RESTEN,)]),
        (("endre",), [(over("endre"),), (ALLE,)]),
        (("endre",), [(ALLE,), (over("endre"),)]),
        (("alt",), [(ALLE, over("alt"))]),
        (("utsett",), [(over("utsett"),)]),
        (("maalloes",), [(over("A2"), over("maalloes"))]),
        (("tillegg", "alt"), [(over("tillegg", "alt"),)]),
    ],
)
def test_the_body_chooses_its_order(keys: tuple[str, ...], ballots: list[tuple[Objekt, ...]]) -> None:
    held = [ballot(at, *sides) for at, sides in enumerate(ballots, 1)]
    for count in range(1, len(held) + 1):
        assert reasons(forslag(*keys), *held[:count]) == []


@pytest.mark.parametrize(
    ("keys", "ballots", "says"),
    [
        ((), [ballot(1, ALLE), ballot(2, over("A2"))], "Avsnitt 2 er vedtatt i votering 1"),
        ((), [ballot(1, over("A2"), for_=False), ballot(2, ALLE)], "Avsnitt 2 er falt i votering 1"),
        (("tillegg",), [ballot(1, over("tillegg")), ballot(2, over("tillegg"))], "Forslag 1 er vedtatt i votering 1"),
        (
            ("stryk",),
            [ballot(1, over("A3"), over("stryk")), ballot(2, over("stryk"))],
            "Forslag 1 er falt i votering 1",
        ),
        (("stryk", "endre"), [ballot(1, over("stryk")), ballot(2, over("endre"))], "Avsnitt 3 er strøket. Forslag 2"),
        (("endre",), [ballot(1, over("A3"), for_=False), ballot(2, over("endre"))], "Avsnitt 3 er falt. Forslag 1"),
        (("endre", "endre2"), [ballot(1, over("endre")), ballot(2, over("endre2"))], "alt endret etter forslag 1"),
        (("alt", "endre"), [ballot(1, over("alt")), ballot(2, over("endre"))], "Avsnitt 3 er bortfalt. Forslag 2"),
        (("alt",), [ballot(1, ALLE), ballot(2, over("alt"))], "vil erstatte en tekst som alt er vedtatt"),
        (("alt", "alt2"), [ballot(1, over("alt")), ballot(2, over("alt2"))], "vil erstatte en tekst"),
        (("utsett",), [ballot(1, ALLE)], "Forslag 1 om utsettelse må avgjøres først"),
        (("utsett",), [ballot(1, over("A1")), ballot(2, over("utsett"))], "alt votert over realiteten"),
        (("utsett",), [ballot(1, over("utsett")), ballot(2, ALLE)], "Forslag om utsettelse er vedtatt"),
        (("utsett", "tillegg"), [ballot(1, over("utsett", "tillegg"))], "for seg selv"),
        (("trukket",), [ballot(1, over("trukket"))], "Forslag 1 er trukket"),
        (("maalloes",), [ballot(1, over("maalloes"))], "sier ikke hvilket avsnitt"),
        ((), [ballot(1, over("A9"))], "et avsnitt som ikke hører til"),
        ((), [ballot(1, over("ukjent"))], "et forslag som ikke er framsatt"),
        ((), [ballot(1)], "mangler noe å stemme over"),
        ((), [ballot(1, ALLE), ballot(2, RESTEN)], "mangler noe å stemme over"),
        ((), [ballot(1, over("A1"), form=Voteringsform.ALTERNATIV)], "trenger to alternativer"),
        ((), [ballot(1, over("A1"), over("A1"))], "ført to ganger"),
    ],
)
def test_what_may_not_be_voted_on_is_named(keys: tuple[str, ...], ballots: list[Voteringsdata], says: str) -> None:
    [reason] = reasons(forslag(*keys), *ballots)
    assert re.search(says, reason)


def test_a_fallen_motion_to_postpone_lets_the_case_go_on() -> None:
    assert reasons(forslag("utsett"), ballot(1, over("utsett"), for_=False), ballot(2, ALLE)) == []


def test_a_trial_decides_nothing_and_may_come_at_any_time() -> None:
    trial = ballot(1, ALLE, form=Voteringsform.PROEVE)
    assert reasons(forslag("utsett"), trial) == []
    assert reasons([], trial, ballot(2, ALLE)) == []


def test_every_reason_is_given() -> None:
    moved = forslag("utsett", "trukket", "maalloes")
    assert len(reasons(moved, ballot(1, over("trukket", "maalloes")))) == 3


def test_an_unsettled_ballot_leaves_its_objects_open() -> None:
    tie = ballot(1, ALLE, stemmer_for=3, stemmer_mot=3)
    assert reasons([], tie, ballot(2, ALLE)) == []


def test_an_earlier_ballot_that_cannot_have_been_held_counts_for_nothing() -> None:
    assert reasons(forslag("trukket"), ballot(1, over("A1", "trukket")), ballot(2, ALLE)) == []
