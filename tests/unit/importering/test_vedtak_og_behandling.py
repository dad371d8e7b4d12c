from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from saksbehandling.importering.deling import Seksjon
from saksbehandling.importering.linjer import Kontekst, del_i_linjer
from saksbehandling.importering.pakke import Behandling, Vedtakstekst
from saksbehandling.importering.tolkning import les_pakke
from saksbehandling.importering.vedtak_lesing import les_vedtak
from saksbehandling.richtext import plain_text
from saksbehandling.votering.kodeverk import Behandlingstype


def vedtak(tekst: str) -> Vedtakstekst:
    return les_vedtak(Seksjon("vedtak", "Vedtak:", list(del_i_linjer(tekst))), Kontekst(tekst))


@pytest.mark.parametrize(
    ("tekst", "innledning"),
    [
        ("En båt kjøpes.", ()),
        (
            "Saken sendes kommunestyret med slik\n\nINNSTILLING:\n\nEn båt kjøpes.",
            ("Saken sendes kommunestyret med slik", "INNSTILLING:"),
        ),
        (
            "Saken sendes kommunestyret med slik innstilling:\n\nEn båt kjøpes.",
            ("Saken sendes kommunestyret med slik innstilling:",),
        ),
        ("Rådet gir følgende uttalelse:\n\nEn båt kjøpes.", ("Rådet gir følgende uttalelse:",)),
        ("**UTTALELSE:**\n\nEn båt kjøpes.", ("UTTALELSE:",)),
    ],
)
def test_the_lead_in_is_no_part_of_the_text(tekst: str, innledning: tuple[str, ...]) -> None:
    lest = vedtak(tekst)
    assert lest.innledning == innledning
    assert [plain_text(segment) for segment in lest.avsnitt] == ["En båt kjøpes."]


def test_each_remark_under_the_decision_is_its_own() -> None:
    lest = vedtak("En båt.\n\nFLERTALLSMERKNAD - H, V:\n\nRød.\n\nMindretallsmerknad: SV\n\nGrønn.\n\nOg stor.")
    assert [(en.partier, plain_text(en.blokker)) for en in lest.merknader] == [
        (("H", "V"), "Rød."),
        (("SV",), "Grønn.\nOg stor."),
    ]


def protokoll(pakker: SimpleNamespace, **felt: object) -> Behandling:
    (behandling,) = les_pakke(replace(pakker.raad(), **felt).tekst(), "fil.txt").behandlinger
    return behandling


@pytest.mark.parametrize(
    ("utvalg", "tittel", "vedtakslinjer", "type_"),
    [
        ("Formannskapet", "Til uttalelse: Båt", ["En båt."], Behandlingstype.UTTALELSE),
        (
            "Formannskapet",
            "Båt",
            ["Saken sendes kommunestyret med slik", "INNSTILLING:", "En båt."],
            Behandlingstype.INNSTILLING,
        ),
        ("Formannskapet", "Båt", ["En båt."], Behandlingstype.VEDTAK),
        ("Byutviklingskomiteen", "Båt", ["En båt."], Behandlingstype.INNSTILLING),
        ("Råd for eldre", "Båt", ["En båt."], Behandlingstype.UTTALELSE),
        ("Bystyret", "Båt", [], Behandlingstype.VEDTAK),
    ],
)
def test_the_kind_of_treatment(
    pakker: SimpleNamespace, utvalg: str, tittel: str, vedtakslinjer: list[str], type_: Behandlingstype
) -> None:
    assert protokoll(pakker, utvalg=utvalg, tittel=tittel, vedtak=vedtakslinjer).type is type_


@pytest.mark.parametrize(
    ("tekst", "utfall"),
    [
        ("Kari Nes ba om å få sin habilitet vurdert. Hun ble enstemmig erklært inhabil.", "inhabil"),
        ("Kari Nes reiste spørsmålet. Rådet sluttet seg til at hun kjennes habil.", "habil"),
        ("Kari Nes vart kjend ugild etter kommunelova § 11-10.", "inhabil"),
        ("Kari Nes spurte om habilitet.", None),
    ],
)
def test_habilitet_is_what_the_minutes_say(pakker: SimpleNamespace, tekst: str, utfall: str | None) -> None:
    behandling = protokoll(pakker, behandling=[tekst], votering=[])
    assert [(en.navn, en.utfall, en.tekst) for en in behandling.habilitet] == (
        [("Kari Nes", utfall, tekst)] if utfall else []
    )


def test_saksordfoerer_and_signature_are_taken_out_of_the_text(pakker: SimpleNamespace) -> None:
    behandling = protokoll(
        pakker,
        vedtak=["En båt.", "Saksordfører: Kari Nes (H)"],
        votering=["Sundvik kommune\t", "Elektronisk dokumentert godkjenning uten underskrift"],
    )
    assert behandling.saksordfoerer
    assert (behandling.saksordfoerer.navn, behandling.saksordfoerer.parti) == ("Kari Nes", "H")
    assert behandling.avslutning == ("Sundvik kommune", "Elektronisk dokumentert godkjenning uten underskrift")
    assert behandling.vedtak
    assert [plain_text(segment) for segment in behandling.vedtak.avsnitt] == ["En båt."]


def test_an_empty_result_and_no_decision_are_none(pakker: SimpleNamespace) -> None:
    behandling = protokoll(
        pakker, vedtak=[], resultat="", behandling=["Saken ble utsatt til rådets møte 3. mars 2021."], votering=[]
    )
    assert (behandling.resultat, behandling.vedtak, behandling.utsatt_til) == (None, None, date(2021, 3, 3))


def test_the_title_without_the_name_of_the_document(pakker: SimpleNamespace) -> None:
    assert protokoll(pakker).tittel == "Saksprotokoll - Til uttalelse: Plan for badehuset"
    assert protokoll(pakker).sakstittel == "Til uttalelse: Plan for badehuset"


def test_a_number_of_another_year_is_told(pakker: SimpleNamespace) -> None:
    pakke = les_pakke(replace(pakker.raad(), sak="4/20").tekst(), "fil.txt")
    assert [en.kode for en in pakke.advarsler] == ["saksaar"]
