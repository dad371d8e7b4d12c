from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.tolkning import les_pakke


@pytest.fixture(scope="session")
def verdier(pakker: SimpleNamespace) -> dict[str, Any]:
    return som_golden(les_pakke(pakker.pakke(), "badehuset.txt"))


def test_it_is_json_and_in_time_order(verdier: dict[str, Any]) -> None:
    assert json.loads(json.dumps(verdier)) == verdier
    assert [en["utvalg"] for en in verdier["behandlinger"]] == ["Eldrerådet", "Kulturkomiteen", "Kommunestyret"]
    assert (verdier["arkivsak"], verdier["tittel"]) == ("21/345", "Plan for badehuset")
    assert [set(en) for en in verdier["advarsler"]] == [{"linje", "tekst"}]


def test_plain_ballots_stand_beside_their_proposals(verdier: dict[str, Any]) -> None:
    raad, utvalg, _ = verdier["behandlinger"]
    assert [(en["av"], en.get("parti"), en.get("gruppe"), en["votering"]) for en in raad["forslag"]] == [
        ("Arne Vik", "Sp", None, "enstemmig vedtatt"),
        ("Else Moen", None, "Pensjonistforeningen", "enstemmig vedtatt"),
    ]
    assert raad["vedtak_rekkefoelge"] == ["Moen", "Vik"]
    assert (utvalg["innstilling_votering"], len(utvalg["innstilling_avsnitt"])) == ("enstemmig vedtatt", 4)
    assert "voteringer" not in utvalg
    assert "vedtak_rekkefoelge" not in utvalg


def test_ballots_with_counts_refer_to_numbered_proposals(verdier: dict[str, Any]) -> None:
    kommunestyre = verdier["behandlinger"][2]
    assert [(en["nr"], en["type"]) for en in kommunestyre["forslag"]] == [
        (1, "tilleggsforslag"),
        (2, "strykningsforslag"),
        (3, "merknad"),
    ]
    foerst, *resten = kommunestyre["voteringer"]
    assert foerst == {"gjelder": "innstillingen unntatt avsnitt 3", "utfall": "vedtatt", "enstemmig": True}
    assert resten == [
        {
            "gjelder": "innstillingen avsnitt 3 mot forslag 2",
            "form": "alternativ votering",
            "utfall": "innstillingen vedtatt",
            "mot": 4,
            "mot_partier": {"SV": 3, "R": 1},
        },
        {"gjelder": "forslag 1", "utfall": "vedtatt", "mot": 7, "mot_partier": {"H": 5, "FrP": 2}},
    ]
    assert (kommunestyre["merknad_tilsluttet_av"], kommunestyre["merknad_i_vedtak"]) == (["H"], "MERKNAD - V, H")


def test_lists_are_counted(verdier: dict[str, Any]) -> None:
    framlegg = verdier["saksframlegg"]
    assert (framlegg["innstilling_liste_under_avsnitt_2"], framlegg["vedlegg"]) == (3, 2)


def test_a_decision_with_the_body_as_subject_is_told_as_what_it_does(pakker: SimpleNamespace) -> None:
    protokoll = replace(pakker.raad(), vedtak=["Eldrerådet tar saken til etterretning."], behandling=[], votering=[])
    (behandling,) = som_golden(les_pakke(protokoll.tekst(), "fil.txt"))["behandlinger"]
    assert behandling["vedtak"] == "tar saken til etterretning"
    assert behandling["vedtak_avsnitt"] == ["Eldrerådet tar saken til etterretning."]


def test_a_lost_alternative_and_a_trial_vote_and_an_unclear_one(pakker: SimpleNamespace) -> None:
    protokoll = replace(
        pakker.kommunestyre(),
        votering=[
            "Ved prøvevotering ble Aas tilleggsforslag vedtatt.",
            "Ved alternativ votering mellom innstillingen avsnitt 3 og Aas forslag ble Aas forslag vedtatt.",
            "Bergs forslag falt med 2 mot 9 stemmer.",
        ],
    )
    deler = [pakker.SAKSFRAMLEGG, protokoll.tekst()]
    (behandling,) = som_golden(les_pakke(pakker.pakke(deler), "fil.txt"))["behandlinger"]
    assert behandling["voteringer"] == [
        {"gjelder": "forslag 1", "utfall": "vedtatt", "form": "prøvevotering"},
        {
            "gjelder": "innstillingen avsnitt 3 mot forslag 2",
            "form": "alternativ votering",
            "utfall": "forslag 2 vedtatt",
        },
        {"gjelder": "Bergs forslag", "utfall": "falt", "for": 2, "mot": 9},
    ]


def test_a_postponement_has_its_proper_name(pakker: SimpleNamespace) -> None:
    protokoll = replace(
        pakker.utvalg(),
        vedtak=["Saken utsettes til høsten."],
        behandling=["Kari Nes (Ap), forslag", "Saken utsettes til høsten."],
        votering=["Nes utsettelsesforslag ble enstemmig vedtatt"],
    )
    (behandling,) = som_golden(les_pakke(protokoll.tekst(), "fil.txt"))["behandlinger"]
    assert [(en["type"], en["votering"]) for en in behandling["forslag"]] == [
        ("utsettelsesforslag", "enstemmig vedtatt")
    ]
