"""Whether somebody may do something with a thing: seeing it comes first, then the role in that state and body."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.policy import tillater
from saksbehandling.identity.rules import PUBLIKUM, Identitet, Synlighet, lesere

UTVALG = SimpleNamespace(id=3)
SEKRETAER = Identitet("Sekretær", 1, frozenset({(Rolle.SEKRETARIAT, None)}))
RAADSSEKRETAER = Identitet("Rådssekretær", 2, frozenset({(Rolle.RAADSSEKRETAER, 3)}))
ANNET_RAADS = Identitet("Annet råds", 3, frozenset({(Rolle.RAADSSEKRETAER, 4)}))
SAKSBEHANDLER = Identitet("Saksbehandler", 4, frozenset({(Rolle.SAKSBEHANDLER, None)}))
ADMINISTRATOR = Identitet("Administrator", 5, frozenset({(Rolle.ADMINISTRATOR, None)}))


class Flyt:
    """Stands for the workflow: in this state these roles may register."""

    def permissions(self, _flyt: Any) -> dict[str, frozenset[str]]:
        return {"registrer": frozenset({"sekretariat", "raadssekretaer"})}


def ting(**synlighet: Any) -> SimpleNamespace:
    return SimpleNamespace(
        lesere=lesere(Synlighet(raadgivere=frozenset({3}), **synlighet)), flyt=object(), utvalg=UTVALG
    )


@pytest.mark.parametrize(
    ("hvem", "tillatelse", "kan"),
    [
        (SEKRETAER, "les", True),
        (SEKRETAER, "registrer", True),
        (RAADSSEKRETAER, "registrer", True),
        (ANNET_RAADS, "registrer", False),
        (SAKSBEHANDLER, "les", True),
        (SAKSBEHANDLER, "registrer", False),
        (ADMINISTRATOR, "les", False),
        (ADMINISTRATOR, "registrer", False),
        (PUBLIKUM, "les", False),
        (PUBLIKUM, "registrer", False),
        (SEKRETAER, "noe ingen har tenkt på", False),
    ],
)
def test_a_draft_is_for_those_who_work_on_it(hvem: Identitet, tillatelse: str, kan: bool) -> None:
    assert tillater(hvem, tillatelse, ting(), Flyt()) is kan  # type: ignore[arg-type]


def test_whoever_may_not_see_a_thing_may_do_nothing_with_it() -> None:
    unntatt = SimpleNamespace(lesere=frozenset({"rolle:arkivar"}), flyt=object(), utvalg=UTVALG)
    assert not tillater(SEKRETAER, "registrer", unntatt, Flyt())  # type: ignore[arg-type]


def test_everybody_reads_what_is_published_unless_it_is_exempt() -> None:
    assert tillater(PUBLIKUM, "les", ting(publisert=True), Flyt())  # type: ignore[arg-type]
    assert not tillater(PUBLIKUM, "les", ting(publisert=True, unntatt=True), Flyt())  # type: ignore[arg-type]
    assert not tillater(SAKSBEHANDLER, "les", ting(publisert=True, unntatt=True), Flyt())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hvem", "tillatelse", "kan"),
    [(SEKRETAER, "opprett_moete", True), (SAKSBEHANDLER, "opprett_moete", False), (PUBLIKUM, "les", False)],
)
def test_what_belongs_to_no_thing_is_decided_by_role(hvem: Identitet, tillatelse: str, kan: bool) -> None:
    assert tillater(hvem, tillatelse, SimpleNamespace(), Flyt()) is kan  # type: ignore[arg-type]
