"""From a read treatment to rows: registers, base texts, and the sides of a ballot."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.importering.lagring import Behandlingslagring
from saksbehandling.importering.pakke import Deltaker
from saksbehandling.importering.registre import Registre, kode
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Partitype


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def registre(tj: Tjenester) -> Registre:
    return Registre(tj.session, tj.utvalg)


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("Rådet for ungdom", "raadet-for-ungdom"),
        ("Miljø- og næringsutvalget", "miljoe-og-naeringsutvalget"),
        ("  Café Élite! ", "cafe-elite"),
    ],
)
def test_a_code_fits_in_an_address(navn: str, ventet: str) -> None:
    assert kode(navn) == ventet


@pytest.mark.parametrize("skrevet", ["Økonomilaget", "økonomilaget", "ØKONOMILAGET"])
def test_a_party_is_one_however_it_is_written(registre: Registre, skrevet: str) -> None:
    assert registre.parti(skrevet) is registre.parti("Økonomilaget")


def test_a_person_is_made_once_with_the_last_word_as_family_name(registre: Registre) -> None:
    person = registre.person("Kari Anne Lie")
    assert (person.fornavn, person.etternavn) == ("Kari Anne", "Lie")
    assert registre.person("Kari Anne Lie") is person


def test_who_moves_is_of_a_party_of_a_group_or_no_person(registre: Registre) -> None:
    av_parti, av_gruppe, samlet = (
        registre.stiller(deltaker)
        for deltaker in (
            Deltaker("Kari Lie", "Sp"),
            Deltaker("Else Moen", gruppe="Pensjonistforeningen"),
            Deltaker("rådets medlemmer"),
        )
    )
    assert av_parti.parti is not None
    assert av_gruppe.parti is not None
    assert (av_parti.parti.partitype, av_gruppe.parti.partitype) == (Partitype.PARTI, Partitype.ORGANISASJON)
    assert (samlet.person, samlet.parti) == (None, None)


def test_equal_base_texts_are_one_and_none_is_none(tj: Tjenester, registre: Registre) -> None:
    lagring = Behandlingslagring(tj.session, tj.felles.clock, registre, Saksmappe())
    en, lik, annen = (lagring.grunntekst([parse_notation(tekst)]) for tekst in ("Ny kai.", "Ny kai.", "Ny kai"))
    assert en is lik
    assert annen is not en
    assert lagring.grunntekst([]) is None
