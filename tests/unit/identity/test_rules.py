"""The one permission check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import PUBLIKUM, Identitet, Synlighet, har_tillatelse, kan_lese, lesere

BYSTYRET, MANGFOLD = 1, 2


def person(*roller: tuple[Rolle, int | None], bruker_id: int = 7) -> Identitet:
    return Identitet("Åse Ærlig", bruker_id, frozenset(roller))


SEKRETAER = person((Rolle.SEKRETARIAT, None))
SAKSBEHANDLER = person((Rolle.SAKSBEHANDLER, None))
REPRESENTANT = person((Rolle.REPRESENTANT, BYSTYRET))
RAADSSEKRETAER = person((Rolle.RAADSSEKRETAER, MANGFOLD))
ADMINISTRATOR = person((Rolle.ADMINISTRATOR, None))
ARKIVAR = person((Rolle.ARKIVAR, None))


@pytest.mark.parametrize(
    ("hvem", "synlighet", "ser"),
    [
        (PUBLIKUM, Synlighet(publisert=True), True),
        (PUBLIKUM, Synlighet(), False),
        (PUBLIKUM, Synlighet(publisert=True, unntatt=True), False),
        (SAKSBEHANDLER, Synlighet(), True),
        (SAKSBEHANDLER, Synlighet(unntatt=True), False),
        (SAKSBEHANDLER, Synlighet(unntatt=True, ansvarlig_id=7), True),
        (SEKRETAER, Synlighet(unntatt=True), True),
        (ARKIVAR, Synlighet(unntatt=True), True),
        (ADMINISTRATOR, Synlighet(), False),
        (ADMINISTRATOR, Synlighet(unntatt=True), False),
        (ADMINISTRATOR, Synlighet(publisert=True), True),
        (REPRESENTANT, Synlighet(), False),
        (REPRESENTANT, Synlighet(utsendt_til=frozenset({BYSTYRET})), True),
        (REPRESENTANT, Synlighet(unntatt=True, utsendt_til=frozenset({BYSTYRET})), True),
        (REPRESENTANT, Synlighet(utsendt_til=frozenset({MANGFOLD})), False),
        (RAADSSEKRETAER, Synlighet(raadgivere=frozenset({MANGFOLD})), True),
        (RAADSSEKRETAER, Synlighet(raadgivere=frozenset({BYSTYRET})), False),
    ],
)
def test_hvem_som_ser(hvem: Identitet, synlighet: Synlighet, ser: bool) -> None:
    assert kan_lese(hvem, lesere(synlighet)) is ser


@given(
    st.builds(
        Synlighet,
        publisert=st.booleans(),
        unntatt=st.just(True),
        utsendt_til=st.frozensets(st.integers(1, 3)),
        ansvarlig_id=st.none() | st.integers(1, 9),
        raadgivere=st.frozensets(st.integers(1, 3)),
    )
)
def test_publikum_ser_aldri_noe_unntatt(synlighet: Synlighet) -> None:
    assert not kan_lese(PUBLIKUM, lesere(synlighet))


@pytest.mark.parametrize(
    ("hvem", "tillatelse", "utvalg_id", "kan"),
    [
        (SAKSBEHANDLER, "opprett_sak", None, True),
        (REPRESENTANT, "opprett_sak", None, False),
        (PUBLIKUM, "opprett_sak", None, False),
        (SEKRETAER, "registrer_behandling", BYSTYRET, True),
        (RAADSSEKRETAER, "registrer_behandling", MANGFOLD, True),
        (RAADSSEKRETAER, "registrer_behandling", BYSTYRET, False),
        (SEKRETAER, "finnes_ikke", BYSTYRET, False),
    ],
)
def test_hvem_som_kan(hvem: Identitet, tillatelse: str, utvalg_id: int | None, kan: bool) -> None:
    flyt = {"registrer_behandling": frozenset({"sekretariat", "raadssekretaer"})}
    assert har_tillatelse(hvem, tillatelse, flyt, utvalg_id) is kan
