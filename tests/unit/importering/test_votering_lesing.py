from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.importering.votering_lesing import les_setninger, stemmeavvik


@pytest.mark.parametrize(
    ("tekst", "felt"),
    [
        ("Innstillingen ble enstemmig vedtatt.", {"gjelder": "Innstillingen", "enstemmig": True, "vedtatt": True}),
        ("Forslag til vedtak enstemmig vedtatt.", {"gjelder": "Forslag til vedtak", "enstemmig": True}),
        ("Enstemmig vedtatt.", {"gjelder": "", "enstemmig": True}),
        ("Tilrådinga vart samrøystes vedteke.", {"gjelder": "Tilrådinga", "enstemmig": True, "vedtatt": True}),
        ("Lis forslag falt mot 3 stemmer (2Ap, R).", {"vedtatt": False, "mot_partier": (("Ap", 2), ("R", 1))}),
        ("Lis forslag ble ikke vedtatt.", {"gjelder": "Lis forslag", "vedtatt": False, "mot_stemmer": None}),
        ("Lis forslag ble vedtatt mot én stemme (H).", {"mot_stemmer": 1, "mot_partier": (("H", 1),)}),
        ("Lis forslag falt med 11 mot 24 stemmer.", {"for_stemmer": 11, "mot_stemmer": 24, "vedtatt": False}),
        ("J. I. Lis forslag ble vedtatt mot 2 stemmer (2H)", {"gjelder": "J. I. Lis forslag", "mot_stemmer": 2}),
        (
            "Lis forslag fikk 5 stemmer (2Ap, R, SP, MDG) og falt.",
            {"for_stemmer": 5, "for_partier": (("Ap", 2), ("R", 1), ("Sp", 1), ("MDG", 1)), "vedtatt": False},
        ),
        ("Ved prøvevotering ble innstillingen vedtatt.", {"proeve": True, "gjelder": "innstillingen"}),
        (
            "Ved alternativ votering mellom Lis forslag og Moes forslag ble Moes forslag vedtatt mot 6 stemmer (6H)"
            " avgitt for Lis forslag.",
            {
                "gjelder": "Lis forslag",
                "andre": "Moes forslag",
                "vinner_skrevet": "Moes forslag",
                "avgitt_for": "Lis forslag",
                "mot_stemmer": 6,
            },
        ),
    ],
)
def test_a_sentence_is_taken_apart(tekst: str, felt: dict[str, Any]) -> None:
    (setning,), rest = les_setninger(tekst)
    assert rest == ""
    assert setning.tekst == tekst
    assert {navn: getattr(setning, navn) for navn in felt} == felt


def test_sentences_without_full_stops_are_told_apart_by_their_verbs() -> None:
    setninger, rest = les_setninger("Innstillinga ble vedtatt Lis forslag falt Moes forslag ble enstemmig vedtatt")
    assert [(en.gjelder, en.vedtatt, en.enstemmig) for en in setninger] == [
        ("Innstillinga", True, False),
        ("Lis forslag", False, False),
        ("Moes forslag", True, True),
    ]
    assert rest == ""


@pytest.mark.parametrize("tekst", ["Møtet ble avsluttet kl. 20.", "Vedtatt forslag fra: Ap, V", "x" * 5000, ""])
def test_other_text_is_left(tekst: str) -> None:
    assert les_setninger(tekst)[1].strip(" .") == tekst.strip(" .") or not les_setninger(tekst)[1]


def test_votes_that_do_not_add_up_are_told() -> None:
    (setning,), _ = les_setninger("Lis forslag ble vedtatt mot 7 stemmer (3V, 2KrF).")
    assert list(stemmeavvik(setning)) == ["Setningen sier 7 stemmer, men partiene gir 5"]


partier = st.lists(
    st.tuples(st.sampled_from(["Ap", "H", "Sp", "V", "FrP", "SV", "R", "KrF", "MDG"]), st.integers(1, 40)),
    min_size=1,
    unique_by=lambda par: par[0],
)


@given(partier)
def test_every_written_vote_is_read(stemmer: list[tuple[str, int]]) -> None:
    liste = ", ".join(f"{antall}{parti}" for parti, antall in stemmer)
    antall = sum(antall for _, antall in stemmer)
    (setning,), rest = les_setninger(f"Lis forslag ble vedtatt mot {antall} stemmer ({liste}).")
    assert (list(setning.mot_partier), setning.mot_stemmer, rest) == (stemmer, antall, "")
    assert list(stemmeavvik(setning)) == []
