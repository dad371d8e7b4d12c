"""When a seat in a body is free: who else sits there, who leads, and how many there is room for."""

from __future__ import annotations

import datetime as dt

import pytest

from saksbehandling.errors import Conflict, InvalidInput
from saksbehandling.utvalg.medlemskap import krev_i_perioden, krev_ledig, overlapper
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Person, Utvalgsperiode, Valgperiode

PERIODE = Utvalgsperiode(valgperiode=Valgperiode(navn="2015-2019", fra=dt.date(2015, 10, 1), til=dt.date(2019, 9, 30)))
ANNE, BERIT, CATO = (Person(fornavn=navn, etternavn="Prøve") for navn in ("Anne", "Berit", "Cato"))
MEDLEM, LEDER, VARA = Funksjon.MEDLEM, Funksjon.LEDER, Funksjon.VARAMEDLEM
Tid = tuple[int | None, int | None]


def plass(person: Person = ANNE, funksjon: Funksjon = MEDLEM, tid: Tid = (None, None)) -> Medlemskap:
    """A seat from and to a day of May 2018; None: from the start of the period, or to its end."""
    fra, til = (dag and dt.date(2018, 5, dag) for dag in tid)
    return Medlemskap(person=person, funksjon=funksjon, fra=fra, til=til)


@pytest.mark.parametrize(
    ("dag", "innenfor"),
    [
        (dt.date(2015, 9, 30), False),
        (dt.date(2015, 10, 1), True),
        (dt.date(2019, 9, 30), True),
        (dt.date(2019, 10, 1), False),
    ],
)
def test_a_day_lies_within_the_election_period(dag: dt.date, innenfor: bool) -> None:
    if innenfor:
        krev_i_perioden(PERIODE, dag, "fra")
        return
    with pytest.raises(InvalidInput, match=r"utenfor valgperioden, 01\.10\.2015 til 30\.09\.2019") as feil:
        krev_i_perioden(PERIODE, dag, "fra")
    assert feil.value.felt == "fra"


@pytest.mark.parametrize(
    ("en", "annen", "samtidig"),
    [
        ((None, None), (None, None), True),
        ((None, 10), (10, None), True),  # both days count
        ((None, 10), (11, None), False),
        ((5, 10), (None, None), True),
        ((5, 10), (6, 7), True),
        ((5, 10), (11, 12), False),
        ((5, None), (None, 4), False),
    ],
)
def test_two_seats_overlap_where_they_share_a_day(en: Tid, annen: Tid, samtidig: bool) -> None:
    assert overlapper(plass(tid=en), plass(tid=annen)) is samtidig
    assert overlapper(plass(tid=annen), plass(tid=en)) is samtidig


@pytest.mark.parametrize(
    ("nytt", "andre", "plasser", "grunn"),
    [
        (plass(), [], None, None),
        (plass(), [plass(ANNE)], None, "Anne Prøve sitter alt"),
        (plass(funksjon=VARA), [plass(ANNE)], None, "Anne Prøve sitter alt"),
        (plass(tid=(11, None)), [plass(ANNE, tid=(None, 10))], None, None),  # back after leaving
        (plass(funksjon=LEDER), [plass(BERIT, LEDER)], None, "Berit Prøve leder"),
        (plass(funksjon=LEDER, tid=(11, None)), [plass(BERIT, LEDER, (None, 10))], None, None),
        (plass(funksjon=MEDLEM), [plass(BERIT, LEDER)], None, None),
        (plass(), [plass(BERIT)], 1, "Alle de 1 plassene"),
        (plass(), [plass(BERIT)], 2, None),
        (plass(), [plass(BERIT), plass(CATO)], None, None),  # nobody has recorded how many seats there are
        (plass(), [plass(BERIT, VARA)], 1, None),  # substitutes take no seat
        (plass(funksjon=VARA), [plass(BERIT)], 1, None),
        (plass(funksjon=LEDER), [plass(BERIT)], 1, "Alle de 1 plassene"),  # the leader takes one
        # Two who follow each other in one seat leave the other free; on the day that both have, they do not.
        (plass(), [plass(BERIT, tid=(None, 10)), plass(CATO, tid=(11, None))], 2, None),
        (plass(), [plass(BERIT, tid=(None, 10)), plass(CATO, tid=(10, None))], 2, "Alle de 2 plassene"),
        (plass(tid=(12, None)), [plass(BERIT, tid=(None, 10)), plass(CATO, tid=(10, None))], 2, None),
    ],
)
def test_whether_a_seat_is_free(
    nytt: Medlemskap, andre: list[Medlemskap], plasser: int | None, grunn: str | None
) -> None:
    if grunn is None:
        krev_ledig(nytt, andre, plasser)
        return
    with pytest.raises(Conflict, match=grunn):
        krev_ledig(nytt, andre, plasser)
