"""Ballots between more than two alternatives: what they settle, what falls, and what is asked next.

The whole table of three alternatives, over whole texts and over one paragraph, against what a person would read out.
"""

from __future__ import annotations

from itertools import product

import pytest

from saksbehandling.richtext import parse_notation
from saksbehandling.vedtak.konsolidering import Beregning, konsolider
from saksbehandling.vedtak.lesing import Voteringsutkast, flere_alternativer, neste_votering
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.values import Forslag, Objekt, Organ, Segment, Voteringsdata

ALTERNATIV = Voteringsform.ALTERNATIV
TEKST = [Segment("A1", parse_notation("Tekst A1."))]
# Three whole texts; and the paragraph, a change of it and its deletion.
HELE = (Forslagstype.ALTERNATIVT, Forslagstype.ALTERNATIVT)
AVSNITT = (Forslagstype.ENDRING, Forslagstype.STRYKNING)
SIDER = (Objekt(("A1",)), Objekt(forslag=("P1",)), Objekt(forslag=("P2",)))
STEMMER = [votes for votes in product(range(10), repeat=3) if sum(votes) == 9]


def forslag(typer: tuple[Forslagstype, Forslagstype]) -> list[Forslag]:
    maal = None if typer is HELE else "A1"
    return [Forslag(f"P{nr}", nr, typer[nr - 1], parse_notation(f"Tekst P{nr}."), maal=maal) for nr in (1, 2)]


def foerste(votes: tuple[int, ...]) -> Voteringsdata:
    return Voteringsdata(1, ALTERNATIV, SIDER, til_stede=9, stemmer_per_objekt=votes)


def mellom(en: int, to: int, vinner: int) -> Voteringsdata:
    tall = (6, 3) if vinner == en else (3, 6)
    return Voteringsdata(2, ALTERNATIV, (SIDER[en], SIDER[to]), 9, *tall)


def beregn(typer: tuple[Forslagstype, Forslagstype], *voteringer: Voteringsdata) -> Beregning:
    return konsolider(TEKST, forslag(typer), voteringer, [], Organ("Styret", 9), Behandlingstype.VEDTAK, LOVEN)


def ventet(typer: tuple[Forslagstype, Forslagstype], vinner: int) -> list[str]:
    return [] if typer is AVSNITT and vinner == 2 else [("A1", "P1", "P2")[vinner]]


def utfall(vinner: int) -> dict[str, Forslagsstatus]:
    return {f"P{nr}": Forslagsstatus.VEDTATT if nr == vinner else Forslagsstatus.FALT for nr in (1, 2)}


@pytest.mark.parametrize("typer", [HELE, AVSNITT])
def test_every_result_of_three_alternatives(typer: tuple[Forslagstype, Forslagstype]) -> None:
    for votes in STEMMER:
        beregning = beregn(typer, foerste(votes))
        vinner = next((side for side, antall in enumerate(votes) if antall > 4), None)
        if vinner is not None:
            assert [ett.opphav_id for ett in beregning.avsnitt] == ventet(typer, vinner), votes
            assert beregning.forslagsutfall == utfall(vinner), votes
            assert beregning.kan_fattes, votes
        else:
            _en_til(typer, votes)


def _en_til(typer: tuple[Forslagstype, Forslagstype], votes: tuple[int, ...]) -> None:
    """None won: it cannot be decided on; a second ballot between any two that are left settles all."""
    beregning = beregn(typer, foerste(votes))
    assert not beregning.kan_fattes, votes
    nest_flest = sorted(votes)[1]
    igjen = [side for side, antall in enumerate(votes) if antall >= nest_flest]
    falt = {f"P{side}" for side in (1, 2) if side not in igjen}
    assert {key for key, status in beregning.forslagsutfall.items() if status is Forslagsstatus.FALT} == falt, votes
    if len(igjen) > 2:
        return
    for vinner in igjen:
        siste = beregn(typer, foerste(votes), mellom(igjen[0], igjen[1], vinner))
        assert siste.kan_fattes, (votes, vinner)
        assert [ett.opphav_id for ett in siste.avsnitt] == ventet(typer, vinner), (votes, vinner)
        assert siste.forslagsutfall == utfall(vinner), (votes, vinner)


@pytest.mark.parametrize("typer", [HELE, AVSNITT])
def test_the_page_is_told_what_shuts_each_other_out(typer: tuple[Forslagstype, Forslagstype]) -> None:
    assert flere_alternativer(TEKST, forslag(typer), [], LOVEN) == (("A1",), ("P1",), ("P2",))
    assert flere_alternativer(TEKST, forslag(typer)[:1], [], LOVEN) == ()


@pytest.mark.parametrize("typer", [HELE, AVSNITT])
@pytest.mark.parametrize(("votes", "neste"), [((1, 4, 4), (1, 2)), ((4, 1, 4), (0, 2)), ((4, 4, 1), (0, 1))])
def test_the_two_with_most_votes_are_asked_again(
    typer: tuple[Forslagstype, Forslagstype], votes: tuple[int, ...], neste: tuple[int, int]
) -> None:
    over, mot = ((*SIDER[side].segmenter, *SIDER[side].forslag) for side in neste)
    assert neste_votering(TEKST, forslag(typer), [foerste(votes)], LOVEN) == Voteringsutkast(ALTERNATIV, over, mot)


def test_what_has_fallen_is_not_voted_on_again() -> None:
    igjen = Voteringsdata(2, Voteringsform.FOR_MOT, (SIDER[2],), 9, 5, 4)
    beregning = beregn(HELE, foerste((4, 4, 1)), igjen)
    assert any("Forslag 2 er falt i votering 1 og avgjøres ikke på nytt" in grunn.text for grunn in beregning.mangler)
