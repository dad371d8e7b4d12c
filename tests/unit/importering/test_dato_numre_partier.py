from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.importering.dato import finn_dato
from saksbehandling.importering.numre import finn_arkivsak, finn_saksnummer
from saksbehandling.importering.pakke import Arkivsak, Deltaker, Saksnummer
from saksbehandling.importering.partier import les_deltakere, les_liste, les_stemmer, normaliser


@pytest.mark.parametrize(
    ("skrevet", "dato"),
    [
        ("25.4.2019", date(2019, 4, 25)),
        ("Sundvik, 05.04.19", date(2019, 4, 5)),
        ("torsdag 8. desember 2011 kl. 18", date(2011, 12, 8)),
        ("2019-08-29", date(2019, 8, 29)),
        ("1.12.98", date(1998, 12, 1)),
        ("31.02.2019", None),
        ("sak 12/19", None),
        ("kapittel 3.3 og 4.1.12345", None),
        ("", None),
    ],
)
def test_dates_as_written(skrevet: str, dato: date | None) -> None:
    assert finn_dato(skrevet) == dato


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_day_is_read_in_every_form(dag: date) -> None:
    for form in (f"{dag:%d.%m.%Y}", f"{dag.day}.{dag.month}.{dag.year}", f"{dag:%d.%m.%y}", dag.isoformat()):
        assert finn_dato(f"Møtet var {form}.") == dag


@pytest.mark.parametrize(
    ("skrevet", "nummer"),
    [
        ("87/19", Saksnummer(None, 87, 2019)),
        ("PS 0087/19", Saksnummer("PS", 87, 2019)),
        ("PS 36/2013", Saksnummer("PS", 36, 2013)),
        ("Sak 114 /13", Saksnummer(None, 114, 2013)),
        ("uten nummer", None),
        ("54/32/1", None),
    ],
)
def test_case_numbers_as_written(skrevet: str, nummer: Saksnummer | None) -> None:
    assert finn_saksnummer(skrevet) == nummer


def test_archive_numbers_have_the_year_first() -> None:
    assert finn_arkivsak("19/8286") == finn_arkivsak("2019/8286") == Arkivsak(2019, 8286)
    assert (str(Arkivsak(2009, 7)), str(Saksnummer("PS", 87, 2009)), finn_arkivsak("-")) == ("09/7", "87/09", None)


@pytest.mark.parametrize(
    ("skrevet", "kode"),
    [("AP", "Ap"), ("frp", "FrP"), ("Høyre", "H"), ("Kristeleg Folkeparti", "KrF"), ("BL", "BL"), ("RØDT", "R")],
)
def test_party_codes(skrevet: str, kode: str) -> None:
    assert normaliser(skrevet) == kode


def test_lists_of_parties_keep_their_order() -> None:
    assert les_liste("Ap, H, FRP og KRF:") == ("Ap", "H", "FrP", "KrF")


@pytest.mark.parametrize(
    ("skrevet", "stemmer"),
    [("2Ap, R", (("Ap", 2), ("R", 1))), ("12 AP og 3 H", (("Ap", 12), ("H", 3))), ("", None), ("3, 4", None)],
)
def test_votes_of_parties(skrevet: str, stemmer: tuple[tuple[str, int], ...] | None) -> None:
    assert les_stemmer(skrevet) == stemmer


def test_people_with_party_or_organisation() -> None:
    assert les_deltakere("Kari Nes (AP), Ola Li (Velferdstinget) og Per Moe (SAFO)") == (
        Deltaker("Kari Nes", parti="Ap", skrevet="AP"),
        Deltaker("Ola Li", gruppe="Velferdstinget", skrevet="Velferdstinget"),
        Deltaker("Per Moe", gruppe="SAFO", skrevet="SAFO"),
    )
