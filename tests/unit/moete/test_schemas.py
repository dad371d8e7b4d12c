"""What is typed in forms: dates, times, numbers, names, parties; and how a refused form comes back."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from webob.multidict import MultiDict

from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.moete.oppmoete import hoppet_over, vara_for
from saksbehandling.moete.schemas import Felter, avvist, finn_medlem, les_partier
from saksbehandling.utvalg.models import Funksjon


def felter(**verdier: str) -> Felter:
    return Felter(MultiDict({f"s-{navn}": verdi for navn, verdi in verdier.items()}), "s")


def medlem(navn: str, parti: str = "Ap", ident: int = 0, gruppe: int = 1, vara: int | None = None) -> Any:
    person = SimpleNamespace(navn=navn, navnevarianter=[navn.replace("å", "aa")])
    funksjon = Funksjon.VARAMEDLEM if vara else Funksjon.MEDLEM
    return SimpleNamespace(
        id=ident, person=person, person_id=navn + parti, parti=SimpleNamespace(kode=parti), gruppe_id=gruppe,
        funksjon=funksjon, vararekkefoelge=vara,
    )  # fmt: skip


class TestFelter:
    @pytest.mark.parametrize("skrevet", ["2019-08-29", "29.08.2019", "29.8.2019", " 29.08.2019 "])
    def test_a_date_as_people_and_browsers_write_it(self, skrevet: str) -> None:
        assert felter(dato=skrevet).dato("dato") == dt.date(2019, 8, 29)

    @pytest.mark.parametrize("skrevet", ["31.02.2019", "2019-13-01", "i morgen", "290819"])
    def test_no_date(self, skrevet: str) -> None:
        with pytest.raises(InvalidInput, match=r"ikke en dato. Skriv den som 29\.08\.2019"):
            felter(dato=skrevet).dato("dato")

    @pytest.mark.parametrize(("skrevet", "tid"), [("17.30", (17, 30)), ("9:05", (9, 5)), ("1730", (17, 30))])
    def test_a_time_of_day(self, skrevet: str, tid: tuple[int, int]) -> None:
        assert felter(kl=skrevet).klokkeslett("kl") == dt.time(*tid)

    @pytest.mark.parametrize("skrevet", ["24.00", "17.60", "fem", "17"])
    def test_no_time_of_day(self, skrevet: str) -> None:
        with pytest.raises(InvalidInput, match="ikke et klokkeslett"):
            felter(kl=skrevet).klokkeslett("kl")

    @pytest.mark.parametrize("skrevet", ["-1", "1,5", "x", "1" * 10, "²"])
    def test_no_number(self, skrevet: str) -> None:
        with pytest.raises(InvalidInput, match="ikke et tall"):
            felter(n=skrevet).tall("n")

    def test_empty_is_nothing(self) -> None:
        tomt = felter()
        assert (tomt.dato("a"), tomt.klokkeslett("a"), tomt.tall("a"), tomt.blokker("a")) == (None, None, None, ())


class TestFinnMedlem:
    ALLE = (medlem("Kari Lie"), medlem("Kari Lie", "H"), medlem("Åge Å"), medlem("Pål Bø", "V"))

    @pytest.mark.parametrize("skrevet", ["Pål Bø (V)", "pål bø", "  PÅL   BØ ", "Paal Bø"])
    def test_by_name_with_or_without_party(self, skrevet: str) -> None:
        assert finn_medlem(self.ALLE, skrevet, "Styret", "person").person.navn == "Pål Bø"

    def test_two_of_the_same_name_are_told_apart_by_party(self) -> None:
        assert finn_medlem(self.ALLE, "Kari Lie (H)", "Styret", "person").parti.kode == "H"
        with pytest.raises(
            InvalidInput, match=r"Flere heter «Kari Lie» i Styret. Velg en av dem: Kari Lie \(Ap\), Kari"
        ):
            finn_medlem(self.ALLE, "Kari Lie", "Styret", "person")

    @pytest.mark.parametrize(
        ("skrevet", "raad"), [("Pål Bøe (V)", r"Mente du Pål Bø \(V\)\?"), ("Xyz", "Velg en fra listen")]
    )
    def test_nobody(self, skrevet: str, raad: str) -> None:
        with pytest.raises(InvalidInput, match=raad) as feil:
            finn_medlem(self.ALLE, skrevet, "Styret", "person")
        assert feil.value.felt == "person"


class TestPartier:
    PARTIER: Any = tuple(SimpleNamespace(kode=kode) for kode in ("Ap", "H", "Syns- og hørselslaget"))

    def test_in_the_order_typed_each_once(self) -> None:
        assert [parti.kode for parti in les_partier("h; AP, H,", self.PARTIER, "p")] == ["H", "Ap"]

    def test_an_organisation_keeps_its_og(self) -> None:
        assert len(les_partier("Syns- og hørselslaget", self.PARTIER, "p")) == 1

    def test_unknown(self) -> None:
        with pytest.raises(InvalidInput, match=r"Ukjent parti: «Xp». Kjente partier: Ap, H"):
            les_partier("Ap, Xp", self.PARTIER, "p")


class TestVara:
    ALLE = (
        medlem("A", ident=1), medlem("B", ident=2), medlem("C", ident=3, gruppe=2),
        medlem("V1", ident=4, vara=1), medlem("V2", ident=5, vara=2), medlem("W1", ident=6, gruppe=2, vara=1),
    )  # fmt: skip

    def inne(self, *ider: int) -> list[Any]:
        return [rad for rad in self.ALLE if rad.id in ider]

    def test_substitutes_stand_in_within_their_group_in_elected_order(self) -> None:
        funnet = vara_for(self.inne(4, 5, 6), self.ALLE)
        assert {vara: fast.id for vara, fast in funnet.items()} == {4: 1, 5: 2, 6: 3}

    def test_nobody_of_the_group_is_absent(self) -> None:
        assert vara_for(self.inne(1, 2, 4), self.ALLE) == {}

    @pytest.mark.parametrize(("ider", "hoppet"), [((1, 5), [4]), ((1, 4), []), ((1, 4, 5), []), ((1, 2, 3), [])])
    def test_who_is_passed_over(self, ider: tuple[int, ...], hoppet: list[int]) -> None:
        assert [rad.id for rad in hoppet_over(self.inne(*ider), self.ALLE)] == hoppet


def test_a_refused_form_keeps_its_words_and_places_each_reason() -> None:
    post = MultiDict([("s-a", "skrevet"), ("s-b", "1"), ("s-b", "2"), ("annet-a", "x")])
    utfylling = avvist(
        "s", post, Refusal([Reason("Én.", "§ 1", "alfa"), Reason("To.", felt="alfa"), "Tre."]), {"alfa": "a"}
    )
    assert utfylling.verdi("s-a", "vanlig") == "skrevet"
    assert utfylling.verdi("t-a", "vanlig") == "vanlig"
    assert (utfylling.valgt("s-b", 2), utfylling.valgt("s-b", 3, True), utfylling.valgt("t-b", 3, True)) == (
        True,
        False,
        True,
    )
    assert utfylling.feil == {"s-a": "Én. To."}
    assert utfylling.grunner == [("Én.", "s-a", "§ 1"), ("To.", "s-a", None), ("Tre.", None, None)]
