from __future__ import annotations

import pytest

from saksbehandling.importering.forslag_lesing import les_innslag
from saksbehandling.importering.linjer import Kontekst, del_i_linjer
from saksbehandling.importering.pakke import Notat
from saksbehandling.importering.voteringsdel import Voteringsdel, les_voteringsdel, skill_ut_voteringer
from saksbehandling.richtext import parse_notation, plain_text, segments

GRUNNLAG = segments(parse_notation("Badehuset åpnes.\n\nTaket tettes i år.\n\nRampen tettes i år."))
FORSLAG = """Ola Li (H), tilleggsforslag:

Kommunen kjøper en båt.

Ola Li (H), strykningsforslag:

Avsnitt 2 strykes.

Eva Moe (SV), tilleggsforslag:

Kommunen kjøper en bøye."""


def les(votering: str, forslag: str = FORSLAG) -> tuple[Voteringsdel, Kontekst]:
    kontekst = Kontekst(votering)
    innslag = les_innslag(del_i_linjer(forslag), GRUNNLAG, kontekst)
    return les_voteringsdel(del_i_linjer(votering), innslag, len(GRUNNLAG), kontekst), kontekst


@pytest.mark.parametrize(
    ("setning", "avsnitt", "forslag"),
    [
        ("Innstillingen ble enstemmig vedtatt.", (1, 2, 3), ()),
        ("Innstillingen avsnitt 1 og 3 ble enstemmig vedtatt.", (1, 3), ()),
        ("Innstillingen punkt 2-3 ble enstemmig vedtatt.", (2, 3), ()),
        ("Innstillingen med unntak av avsnitt 2 ble enstemmig vedtatt.", (1, 3), ()),
        ("Moes forslag falt.", (), (3,)),
        ("Eva Moe sitt forslag falt.", (), (3,)),
        ("Forslag fra Moe falt.", (), (3,)),
        ("SVs forslag falt.", (), (3,)),
        ("Forslag nr. 3 falt.", (), (3,)),
        ("Lis tilleggsforslag falt.", (), (1,)),
        ("Lis strykningsforslag falt.", (), (2,)),
        ("Strykningsforslaget falt.", (), (2,)),
    ],
)
def test_the_object_of_a_ballot(setning: str, avsnitt: tuple[int, ...], forslag: tuple[int, ...]) -> None:
    del_, kontekst = les(setning)
    (objekt,) = del_.voteringer[0].objekter
    assert (objekt.avsnitt, objekt.forslag) == (avsnitt, forslag)
    assert kontekst.advarsler == []


@pytest.mark.parametrize("setning", ["Lis forslag falt.", "Berges forslag falt.", "Tilleggsforslaget falt."])
def test_an_unclear_object_is_not_guessed(setning: str) -> None:
    del_, kontekst = les(setning)
    assert not del_.voteringer[0].objekter[0].forstaatt
    assert [(en.kode, en.linje) for en in kontekst.advarsler] == [("ukjent_voteringsobjekt", 1)]


def test_a_proposal_that_is_named_elsewhere_is_ruled_out() -> None:
    del_, kontekst = les("Lis tilleggsforslag ble enstemmig vedtatt. Lis forslag falt.")
    assert [votering.objekter[0].forslag for votering in del_.voteringer] == [(1,), (2,)]
    assert kontekst.advarsler == []


def test_an_alternative_ballot_finds_the_proposal_aimed_at_the_paragraph() -> None:
    del_, _ = les(
        "Ved alternativ votering mellom innstillingen avsnitt 2 og Lis forslag ble Lis forslag"
        " vedtatt mot 3 stemmer (3R)."
    )
    (votering,) = del_.voteringer
    assert [objekt.forslag for objekt in votering.objekter] == [(), (2,)]
    assert (votering.vinner, votering.mot_partier) == (1, (("R", 3),))


def test_an_unclear_winner_is_told() -> None:
    del_, kontekst = les("Ved alternativ votering mellom Moes forslag og Lis tilleggsforslag ble resten vedtatt.")
    assert del_.voteringer[0].vinner is None
    assert [en.kode for en in kontekst.advarsler] == ["ukjent_vinner"]


def test_a_bare_unanimous_vote_is_about_the_innstilling_only_without_proposals() -> None:
    uten, _ = les("Enstemmig vedtatt.", "Saken ble drøftet.")
    med, kontekst = les("Enstemmig vedtatt.")
    assert uten.voteringer[0].objekter[0].hele_innstillingen
    assert not med.voteringer[0].objekter[0].forstaatt
    assert [en.kode for en in kontekst.advarsler] == ["ukjent_voteringsobjekt"]


def test_a_sentence_broken_over_two_lines_is_read() -> None:
    del_, kontekst = les("Moes forslag ble vedtatt mot 5 stemmer (3V,\n\n2KrF).")
    assert del_.voteringer[0].mot_partier == (("V", 3), ("KrF", 2))
    assert kontekst.advarsler == []


def test_other_lines_are_kept_as_notes_with_a_warning() -> None:
    del_, kontekst = les("Moes forslag falt.\n\nDet ble ringt med bjelle.")
    assert isinstance(del_.innslag[-1], Notat)
    assert plain_text(del_.innslag[-1].blokker) == "Det ble ringt med bjelle."
    assert [(en.kode, en.linje) for en in kontekst.advarsler] == [("ukjent_votering", 3)]


def test_wrong_sums_are_told_and_kept() -> None:
    del_, kontekst = les("Moes forslag ble vedtatt mot 9 stemmer (3V, 2KrF).")
    assert (del_.voteringer[0].mot_stemmer, del_.voteringer[0].mot_partier) == (9, (("V", 3), ("KrF", 2)))
    assert [en.kode for en in kontekst.advarsler] == ["stemmetall"]


def test_ballots_at_the_end_of_the_minutes_are_found_only_where_they_name_a_mover() -> None:
    linjer = del_i_linjer(f"{FORSLAG}\n\nPlanen ble vedtatt.\n\nMoe sitt forslag ble enstemmig vedtatt av rådet.")
    forhandlinger, voteringer = skill_ut_voteringer(linjer)
    assert [linje.tekst for linje in voteringer] == ["Moe sitt forslag ble enstemmig vedtatt av rådet."]
    assert len(forhandlinger) == len(linjer) - 1
