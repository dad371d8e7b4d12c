"""Which sentences of a decision ask for something, of whom and until when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.richtext import parse_notation
from saksbehandling.vedtak.oppdrag import Oppdrag, finn_frist, finn_oppdrag

ASKS = [
    ("Bystyret ber rådmannen legge fram en plan for gangveien.", "Rådmannen"),
    ("Kommunestyret ber kommunedirektøren om å komme tilbake med en sak.", "Kommunedirektøren"),
    ("Formannskapet ber derfor administrasjonen vurdere andre tomter.", "Administrasjonen"),
    ("Kommunestyret pålegger kommunedirektøren å varsle naboene.", "Kommunedirektøren"),
    ("Utvalget anmoder rådmannen om en orientering.", "Rådmannen"),
    ("Kommunedirektøren bes om å utrede et ladenett.", "Kommunedirektøren"),
    ("Rådmannen får i oppdrag å forhandle med eieren.", "Rådmannen"),
    ("Kommunedirektøren gis i oppdrag å lyse ut arbeidet.", "Kommunedirektøren"),
    ("Administrasjonen blir bedt om å måle støyen.", "Administrasjonen"),
    ("Kommunedirektøren skal rapportere til bystyret hvert år.", "Kommunedirektøren"),
    ("Saken legges fram på nytt når tilbudene er kommet.", ""),
    ("Det utarbeides en plan for vedlikehold.", ""),
    ("Bystyret ber om en sak om parkering.", ""),
    ("Bystyret forventer at planen følges opp hvert år.", ""),
    ("Ordføreren bes ta kontakt med nabokommunen.", "Ordføreren"),
    ("Heradsstyret ber rådmannen leggje fram ei sak om ferja.", "Rådmannen"),
    ("Kommunestyret ber difor kommunedirektøren greie ut ei løysing.", "Kommunedirektøren"),
    ("Kommunedirektøren får i oppdrag å lage ein plan.", "Kommunedirektøren"),
    ("Administrasjonen vert beden om å kome tilbake.", "Administrasjonen"),
    ("Kommunestyret pålegg rådmannen å varsle grunneigarane.", "Rådmannen"),
    ("Det skal utarbeidast ein plan for kaia.", ""),
    ("Saka skal leggjast fram for kommunestyret før budsjettet.", ""),
    ("Kommunestyret oppmodar kommunedirektøren om å skunde seg.", "Kommunedirektøren"),
    ("Formannskapet bed kommunedirektøren sjå på eit samarbeid.", "Kommunedirektøren"),
    ("Kommunestyret ventar at planen vert følgd opp.", ""),
]


@pytest.mark.parametrize(("setning", "ansvarlig"), ASKS)
def test_a_sentence_that_asks_is_found(setning: str, ansvarlig: str) -> None:
    assert finn_oppdrag([parse_notation(setning)]) == (Oppdrag(setning, ansvarlig),)


@pytest.mark.parametrize(
    "setning",
    [
        "Kommunestyret vedtar planen slik den er lagt fram i vedlegg 1.",
        "Sundvik kommune bygger ny kai ved fergeleiet.",
        "Rådmannens forslag tas til følge.",
        "Saken tas til orientering.",
        "Arbeidet lyses ut før sommeren.",
        "Kommunestyret ber ikke om flere utredninger.",
        "Kommunedirektøren skal ikke varsle naboene.",
        "Kommunestyret takkar administrasjonen for arbeidet.",
        "Planen gjelder fra 1. januar 2020.",
        "Ordføreren har fullmakt til å undertegne avtalen.",
        "Saka vert teken til vitande.",
    ],
)
def test_a_sentence_that_decides_is_left_alone(setning: str) -> None:
    assert finn_oppdrag([parse_notation(setning)]) == ()


def test_of_a_paragraph_only_the_sentence_that_asks() -> None:
    tekst = "Planen vedtas. Kommunestyret ber rådmannen varsle naboene innen 1. juni 2020. Naboene har rett til svar."
    (oppdrag,) = finn_oppdrag([parse_notation(tekst)])
    assert oppdrag == Oppdrag(
        "Kommunestyret ber rådmannen varsle naboene innen 1. juni 2020.", "Rådmannen", dt.date(2020, 6, 1)
    )


def test_each_point_of_a_list_is_asked_for() -> None:
    tekst = "Kommunestyret ber kommunedirektøren om å:\n- varsle naboene\n- legge fram en plan før sommeren 2020"
    assert finn_oppdrag([parse_notation(tekst)]) == (
        Oppdrag("Kommunestyret ber kommunedirektøren om å: varsle naboene", "Kommunedirektøren"),
        Oppdrag(
            "Kommunestyret ber kommunedirektøren om å: legge fram en plan før sommeren 2020",
            "Kommunedirektøren",
            dt.date(2020, 6, 30),
        ),
    )


def test_a_list_that_nobody_is_asked_for_is_text() -> None:
    tekst = "Kaia skal ha:\n- lys\n- benker"
    assert finn_oppdrag([parse_notation(tekst)]) == ()


@pytest.mark.parametrize(
    ("tekst", "frist"),
    [
        ("innen 1. juni 2020", (2020, 6, 1)),
        ("innen den 15. mars 2021", (2021, 3, 15)),
        ("senest 01.12.2019", (2019, 12, 1)),
        ("innan utgangen av mai 2020", (2020, 5, 31)),
        ("før februar 2020", (2020, 2, 29)),
        ("i 1. halvår 2020", (2020, 6, 30)),
        ("i løpet av 4. kvartal 2020", (2020, 12, 31)),
        ("før sommeren 2020", (2020, 6, 30)),
        ("i løpet av 2020", (2020, 12, 31)),
        ("innan utgangen av 2020", (2020, 12, 31)),
        ("innen 31. juni 2020", None),
        ("før jul", None),
        ("vedtatt 1. juni 2020", None),
        ("i 2020", None),
    ],
)
def test_the_deadline_that_a_text_names(tekst: str, frist: tuple[int, int, int] | None) -> None:
    assert finn_frist(f"Rådmannen bes svare {tekst}.") == (dt.date(*frist) if frist else None)


@given(st.lists(st.sampled_from([setning for setning, _ in ASKS] + ["Planen vedtas."]), max_size=6, unique=True))
def test_what_is_found_stands_in_the_text_in_that_order(setninger: list[str]) -> None:
    tekst = " ".join(setninger)
    funnet = [oppdrag.tekst for oppdrag in finn_oppdrag([parse_notation(tekst)])]
    assert funnet == [setning for setning in setninger if setning != "Planen vedtas."]
