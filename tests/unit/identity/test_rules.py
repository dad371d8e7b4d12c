"""The one permission check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import (
    PUBLIKUM,
    Identitet,
    Synlighet,
    felles_lesere,
    har_tillatelse,
    kan_lese,
    lesere,
)

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


def synligheter(unntatt: st.SearchStrategy[bool]) -> st.SearchStrategy[Synlighet]:
    return st.builds(
        Synlighet,
        publisert=st.booleans(),
        unntatt=unntatt,
        utsendt_til=st.frozensets(st.integers(1, 3)),
        ansvarlig_id=st.none() | st.integers(6, 8),
        raadgivere=st.frozensets(st.integers(1, 3)),
        inhabile=st.frozensets(st.integers(6, 8)),
    )


@given(synligheter(st.just(True)))
def test_publikum_ser_aldri_noe_unntatt(synlighet: Synlighet) -> None:
    assert not kan_lese(PUBLIKUM, lesere(synlighet))


@given(
    st.lists(synligheter(st.booleans()), min_size=1, max_size=4),
    st.frozensets(st.tuples(st.sampled_from(Rolle), st.none() | st.integers(1, 3)), max_size=3),
)
def test_det_som_har_ord_fra_flere_leses_bare_av_dem_som_ser_alle(
    synligheter: list[Synlighet], roller: frozenset[tuple[Rolle, int | None]]
) -> None:
    alle, hvem = [lesere(ett) for ett in synligheter], Identitet("Åse Ærlig", 7, roller)
    if kan_lese(hvem, felles_lesere(*alle)):
        assert all(kan_lese(hvem, ett) for ett in alle)
    sekretaer = Identitet("Berit Skriver", 9, frozenset({(Rolle.SEKRETARIAT, None)}))
    assert kan_lese(sekretaer, felles_lesere(*alle))


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
