from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import InvalidFile, SaksbehandlingError
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.pakke import Arkivsak, Behandling, Pakke, Saksnummer
from saksbehandling.importering.tolkning import les_pakke
from saksbehandling.richtext import plain_text
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagstype, Voteringsform


@pytest.fixture(scope="session")
def lest(pakker: SimpleNamespace) -> Pakke:
    return les_pakke(pakker.pakke(), "badehuset.txt")


def av(pakke: Pakke, utvalg: str) -> Behandling:
    return next(en for en in pakke.behandlinger if en.utvalg == utvalg)


def test_the_packet_knows_its_case(lest: Pakke) -> None:
    assert (lest.tittel, lest.arkivsak, lest.sak) == (
        "Plan for badehuset",
        Arkivsak(2021, 345),
        Saksnummer("PS", 33, 2021),
    )
    assert lest.overskrift == "Saksdokumenter - sak PS 0033/21"
    assert lest.uforstaatt == ()
    assert [en.kode for en in lest.advarsler] == ["sideskift"]


@pytest.mark.parametrize(
    ("utvalg", "type_", "dato", "sak"),
    [
        ("Eldrerådet", Behandlingstype.UTTALELSE, date(2021, 2, 3), Saksnummer(None, 4, 2021)),
        ("Kulturkomiteen", Behandlingstype.INNSTILLING, date(2021, 2, 10), Saksnummer(None, 12, 2021)),
        ("Kommunestyret", Behandlingstype.VEDTAK, date(2021, 2, 24), Saksnummer("PS", 33, 2021)),
    ],
)
def test_each_treatment_has_its_key_and_kind(
    lest: Pakke, utvalg: str, type_: Behandlingstype, dato: date, sak: Saksnummer
) -> None:
    behandling = av(lest, utvalg)
    assert (behandling.type, behandling.moetedato, behandling.sak) == (type_, dato, sak)


def test_base_texts_follow_time_not_packet_order(lest: Pakke) -> None:
    fra = {en.utvalg: (en.grunnlag_fra, len(en.grunnlag)) for en in lest.behandlinger}
    assert fra == {
        "Eldrerådet": ("saksframlegget", 3),
        "Kulturkomiteen": ("saksframlegget", 3),
        "Kommunestyret": ("Kulturkomiteen 12/21 10.02.2021", 4),
    }


def test_the_council_s_ballots_point_at_paragraphs_and_proposals(lest: Pakke) -> None:
    behandling = av(lest, "Kommunestyret")
    foerste, alternativ, tillegg = behandling.voteringer
    assert (foerste.objekter[0].avsnitt, foerste.enstemmig) == ((1, 2, 4), True)
    assert (alternativ.form, alternativ.vinner) == (Voteringsform.ALTERNATIV, 0)
    assert (alternativ.objekter[0].avsnitt, alternativ.objekter[1].forslag) == ((3,), (2,))
    assert (alternativ.mot_stemmer, alternativ.mot_partier) == (4, (("SV", 3), ("R", 1)))
    assert (tillegg.objekter[0].forslag, tillegg.mot_partier) == ((1,), (("H", 5), ("FrP", 2)))


def test_proposals_and_remarks_share_the_minuted_order(lest: Pakke) -> None:
    behandling = av(lest, "Kommunestyret")
    assert [(ett.nr, ett.type, ett.gjelder_avsnitt) for ett in behandling.forslag] == [
        (1, Forslagstype.TILLEGG, None),
        (2, Forslagstype.STRYKNING, 3),
    ]
    assert behandling.forslag[0].paa_vegne_av == ("SV", "R", "MDG")
    (merknad,) = behandling.merknader
    assert (merknad.nr, merknad.av.parti, merknad.tilsluttet_av) == (3, "V", ("H",))


def test_the_council_s_decision_ends_before_the_remark(lest: Pakke) -> None:
    vedtak = av(lest, "Kommunestyret").vedtak
    assert vedtak
    assert [plain_text(segment).split()[0] for segment in vedtak.avsnitt] == [
        "Sundvik",
        "Planen",
        "Badehuset",
        "Kommunestyret",
        "Det",
    ]
    assert [(en.overskrift, en.partier) for en in vedtak.merknader] == [("MERKNAD - V, H:", ("V", "H"))]


def test_a_party_code_is_normalised_and_kept(lest: Pakke) -> None:
    (stiller,) = av(lest, "Kulturkomiteen").forslag[0].stillere
    assert (stiller.navn, stiller.parti, stiller.skrevet) == ("Kari Nes", "Ap", "AP")


def test_the_order_of_the_documents_does_not_matter(pakker: SimpleNamespace, lest: Pakke) -> None:
    deler = [pakker.SAKSFRAMLEGG, *(en.tekst() for en in pakker.protokoller())]

    @given(st.permutations(deler))
    def same(rekkefoelge: list[str]) -> None:
        annen = som_golden(les_pakke(pakker.pakke(rekkefoelge), "stokket.txt"))
        assert _uten_linjer(annen) == _uten_linjer(som_golden(lest))

    same()


def test_a_cut_off_packet_is_read_or_refused_but_never_breaks(pakker: SimpleNamespace) -> None:
    hele = pakker.pakke()

    @given(st.integers(0, len(hele)), st.integers(0, len(hele)))
    def cut(fra: int, til: int) -> None:
        with contextlib.suppress(SaksbehandlingError):
            les_pakke(hele[fra:til], "avkuttet.txt")

    cut()


def test_lines_in_any_order_are_read_or_refused(pakker: SimpleNamespace) -> None:
    linjer = [linje for linje in pakker.pakke().split("\n") if linje]

    @given(st.lists(st.sampled_from(linjer), max_size=40))
    def mixed(utvalg: list[str]) -> None:
        with contextlib.suppress(SaksbehandlingError):
            les_pakke("\n".join(utvalg), "rotet.txt")

    mixed()


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(tekst: str) -> None:
    with pytest.raises(SaksbehandlingError):
        les_pakke(tekst, "tilfeldig.txt")


@pytest.mark.parametrize(
    ("tekst", "sier"),
    [
        ("  \n\n", "er tom"),
        ("Utvalg: X\n\x07", "linje 2 har et styretegn"),
        ("Bare et brev om badehuset.\n", "Det ble lett gjennom 1 linjer etter «Utvalg:»"),
        (
            "Brev\n\nSaksprotokoll\n\nUtvalg: Eldrerådet\n\nSak: 4/21\n",
            "fra linje 3 i «fil.txt» mangler møtedato i hodet",
        ),
    ],
)
def test_what_is_no_protocol_is_refused_with_the_reason(tekst: str, sier: str) -> None:
    with pytest.raises(InvalidFile) as feil:
        les_pakke(tekst, "fil.txt")
    assert sier in str(feil.value)
    assert "fil.txt" in str(feil.value)


def test_a_protocol_without_a_date_is_kept_as_text(pakker: SimpleNamespace) -> None:
    pakke = les_pakke(pakker.pakke([replace(pakker.raad(), dato="").tekst(), pakker.utvalg().tekst()]), "fil.txt")
    assert [en.utvalg for en in pakke.behandlinger] == ["Kulturkomiteen"]
    assert "Rampen må være bred nok." in "\n".join(plain_text(notat.blokker) for notat in pakke.uforstaatt)
    assert [(en.kode, en.linje) for en in pakke.advarsler] == [("ufullstendig_hode", 5)]


def test_the_same_treatment_twice_counts_once(pakker: SimpleNamespace) -> None:
    tekst = pakker.utvalg().tekst()
    pakke = les_pakke(pakker.pakke([tekst, tekst]), "fil.txt")
    assert (len(pakke.behandlinger), len(pakke.uforstaatt)) == (1, 1)
    assert [en.kode for en in pakke.advarsler] == ["dobbelt_behandling"]


def test_different_archive_cases_are_told(pakker: SimpleNamespace) -> None:
    deler = [pakker.raad().tekst(), replace(pakker.utvalg(), arkivsak="20/1").tekst()]
    pakke = les_pakke(pakker.pakke(deler), "fil.txt")
    assert pakke.arkivsak == Arkivsak(2021, 345)
    assert [en.kode for en in pakke.advarsler] == ["ulik_arkivsak"]


def test_text_before_the_first_document_is_kept() -> None:
    tekst = (
        "Hei, her er saken.\n\nUtvalg: Eldrerådet\nMøtedato: 03.02.2021\nSak: 4/21\n\nBehandling\n\nSaken ble drøftet."
    )
    pakke = les_pakke(tekst, "fil.txt")
    assert [plain_text(notat.blokker) for notat in pakke.uforstaatt] == ["Hei, her er saken."]
    assert [en.kode for en in pakke.advarsler] == ["foran_pakken", "mangler_arkivsak"]
    assert (pakke.arkivsak, pakke.tittel, pakke.saksframlegg) == (None, "", None)


def test_a_body_s_treatment_as_one_heading_line() -> None:
    tekst = (
        "Formannskapets behandling av sak 7/2021 i møte den 09.03.2021:\n\nBehandling:\n\nSaken ble drøftet.\n\n"
        "Votering:\n\nEnstemmig vedtatt.\n\nFormannskapets vedtak:\n\nPlanen godkjennes."
    )
    (behandling,) = les_pakke(tekst, "fil.txt").behandlinger
    assert (behandling.utvalg, str(behandling.sak), behandling.moetedato) == ("Formannskapet", "7/21", date(2021, 3, 9))
    assert behandling.vedtak
    assert plain_text(behandling.vedtak.avsnitt[0]) == "Planen godkjennes."


def test_an_innstilling_before_a_separate_vedtak_is_the_base_text() -> None:
    tekst = (
        "Utvalg: Formannskapet\nMøtedato: 09.03.2021\nSak: 7/21\nKommunedirektørens innstilling:\n"
        "Planen godkjennes.\nBehandling:\nVotering:\nInnstillingen ble enstemmig vedtatt.\n"
        "Vedtak:\nPlanen godkjennes.\n"
    )
    (behandling,) = les_pakke(tekst, "fil.txt").behandlinger
    assert behandling.grunnlag_fra == "saksprotokollen"
    assert behandling.voteringer[0].objekter[0].avsnitt == (1,)
    assert behandling.vedtak
    assert behandling.vedtak.avsnitt == behandling.grunnlag


def test_a_postponed_case_sends_on_the_text_that_follows_it_and_not_the_postponement(pakker: SimpleNamespace) -> None:
    utsatt = replace(
        pakker.utvalg(),
        dato="01.02.2021",
        sak="9/21",
        vedtak=["Saken utsettes til møtet 10.02.2021."],
        behandling=["Kari Nes (Ap), forslag", "Saken utsettes til møtet 10.02.2021."],
        votering=["Nes utsettelsesforslag ble vedtatt mot 1 stemme (1H)."],
    )
    foelger = ["Følgende innstilling følger saken.", "Badehuset rives."]
    uten = les_pakke(pakker.pakke([utsatt.tekst(), pakker.utvalg().tekst()]), "fil.txt")
    med = les_pakke(
        pakker.pakke([replace(utsatt, vedtak=utsatt.vedtak + foelger).tekst(), pakker.utvalg().tekst()]), "fil.txt"
    )
    assert (uten.behandlinger[1].grunnlag, uten.behandlinger[0].utsatt_til) == ((), date(2021, 2, 10))
    assert [plain_text(segment) for segment in med.behandlinger[1].grunnlag] == ["Badehuset rives."]


def _uten_linjer(verdier: dict[str, object]) -> dict[str, object]:
    return {noekkel: verdi for noekkel, verdi in verdier.items() if noekkel != "advarsler"}
