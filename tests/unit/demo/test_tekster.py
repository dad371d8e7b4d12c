"""The words of the guided case: shape, and that they are our own."""

from __future__ import annotations

from typing import Any

import pytest

from saksbehandling import richtext
from saksbehandling.demo import tekster
from saksbehandling.demo.seter import ORGANER, ORGANISASJONER, PARTIER, seter
from saksbehandling.votering.kodeverk import Forslagstype

ALLE_FORSLAG = [
    *tekster.KOMITE_FOERSTE_MOETE,
    *tekster.KOMITE_ANDRE_MOETE,
    *tekster.BYSTYRETS_FORSLAG,
    *(forslag for forslagene in tekster.RAADENES_FORSLAG.values() for forslag in forslagene),
]


def _strenger(verdi: Any) -> list[str]:
    if isinstance(verdi, str):
        return [verdi]
    if isinstance(verdi, tuple):
        return [tekst for ett in verdi for tekst in _strenger(ett)]
    if isinstance(verdi, dict):
        return [tekst for ett in verdi.values() for tekst in _strenger(ett)]
    return [verdi.tekst] if hasattr(verdi, "tekst") else []


ALLE_TEKSTER = [tekst for navn, verdi in vars(tekster).items() if navn.isupper() for tekst in _strenger(verdi)]


def test_the_innstilling_has_three_segments_and_five_goals_in_the_second() -> None:
    samlet = richtext.segments(richtext.parse_notation("\n\n".join(tekster.INNSTILLING)))
    assert len(samlet) == 3
    introduksjon, liste = samlet[1]
    assert isinstance(introduksjon, richtext.Paragraph)
    assert isinstance(liste, richtext.List)
    assert liste.ordered
    assert len(liste.items) == 5


def test_the_saksframlegg_has_headings_a_list_and_a_table_whose_rows_are_whole() -> None:
    blokker = richtext.parse_notation(tekster.SAKSFRAMLEGG)
    assert {type(blokk) for blokk in blokker} == {richtext.Heading, richtext.Paragraph, richtext.List, richtext.Table}
    (tabell,) = (blokk for blokk in blokker if isinstance(blokk, richtext.Table))
    assert [len(rad) for rad in tabell.rows] == [3] * 6


@pytest.mark.parametrize("tekst", ALLE_TEKSTER)
def test_every_text_survives_the_notation(tekst: str) -> None:
    blokker = richtext.parse_notation(tekst)
    assert richtext.parse_notation(richtext.to_notation(blokker)) == blokker


def test_movers_and_joiners_are_of_known_parties() -> None:
    partier = {*PARTIER, *ORGANISASJONER}
    merknad = tekster.BYSTYRETS_MERKNAD
    nevnt = {parti for forslag in ALLE_FORSLAG for parti in (forslag.parti, *forslag.paa_vegne_av)}
    assert nevnt | {merknad.parti, *merknad.tilslutning} <= partier
    assert set(tekster.RAADENES_FORSLAG) | set(tekster.TIL_ORIENTERING) <= set(ORGANER)
    for utvalg, forslagene in tekster.RAADENES_FORSLAG.items():
        assert {forslag.parti for forslag in forslagene} <= set(seter(utvalg, "2015–2019"))


def test_bystyrets_proposals_are_those_of_the_guided_case() -> None:
    assert [(forslag.parti, forslag.forslagstype) for forslag in tekster.BYSTYRETS_FORSLAG] == [
        ("SV", Forslagstype.TILLEGG),
        ("MDG", Forslagstype.TILLEGG),
        ("MDG", Forslagstype.STRYKNING),
        ("FrP", Forslagstype.TILLEGG),
    ]
    strykning = tekster.BYSTYRETS_FORSLAG[2]
    assert strykning.gjelder_segment == 3
    assert strykning.sitat == tekster.INNSTILLING[2]
    assert len(tekster.BYSTYRETS_MERKNAD.tilslutning) == 9


def test_only_notes_leave_room_for_names() -> None:
    med_plass = {navn for navn, verdi in vars(tekster).items() if navn.isupper() and "{" in "".join(_strenger(verdi))}
    assert med_plass == {"NOTAT_ORIENTERING", "NOTAT_GJENNOMGANG", "NOTAT_UTSATT_TIL", "HABILITET"}
