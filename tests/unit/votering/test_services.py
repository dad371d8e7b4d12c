"""Recording proposals, remarks and ballots: what is stored, and everything that is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.jobs.models import Utboks
from saksbehandling.moete.models import Habilitetsutfall, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Medlemskap
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.models import Forslag, Merknad, Votering
from saksbehandling.votering.services import Voteringsinndata, forslag_i, voteringer_i
from saksbehandling.votering.services_forslag import Stillerdata

TEKST = parse_notation("Kaia får ladepunkt for ferger.")


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(tj: Tjenester, session: Session) -> Moetesak:
    """In a body of Ap 4, H 3 and SV 2, all present."""
    return raad.behandling(tj, raad.utvalg(session), raad.sak(tj))


def tillegg(tj: Tjenester, moetesak: Moetesak, parti: str = "Ap", **felter: Any) -> Forslag:
    felter = {"forslagstype": Forslagstype.TILLEGG, "blokker": TEKST, **felter}
    return tj.forslag.fremsett(moetesak, stillere=[raad.stiller(tj, moetesak.utvalg, parti)], **felter)


def voter(tj: Tjenester, moetesak: Moetesak, *objekter: Segment | Forslag, **felter: Any) -> Votering:
    felter = {"voteringsform": Voteringsform.FOR_MOT, "enstemmig": not felter, **felter}
    return tj.voteringer.registrer(moetesak, Voteringsinndata(objekter=objekter, **felter))


def forslag_medlem(tj: Tjenester, forslag: Forslag) -> Medlemskap:
    return raad.medlem(tj, forslag.moetesak.utvalg, "H")


def tall(votering: Votering) -> dict[tuple[str, Stemme], int]:
    return {(rad.parti.kode, rad.stemme): rad.antall for rad in votering.partistemmer}


def grunner(avslag: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [grunn.text for grunn in avslag.value.reasons]


def test_proposals_and_remarks_share_one_series_and_one_order(tj: Tjenester, moetesak: Moetesak) -> None:
    en = tillegg(tj, moetesak)
    to = tj.forslag.merk(moetesak, TEKST, raad.stiller(tj, moetesak.utvalg, "SV"))
    tre = tillegg(tj, moetesak, "H", paa_vegne_av=[raad.parti(tj.session, "H"), raad.parti(tj.session, "SV")])
    assert [(rad.nummer, rad.rekkefoelge) for rad in (en, to, tre)] == [(1, 1), (2, 2), (3, 3)]
    assert [rad.parti.kode for rad in tre.paa_vegne_av] == ["H", "SV"]
    assert (en.stillere[0].navn, en.stillere[0].parti) == ("Ap1 Ap1sen", raad.parti(tj.session, "Ap"))
    assert en.betegnelse == "tilleggsforslag"
    assert forslag_i(tj.session, moetesak) == [en, tre]


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"stillere": []}, "stiller"),
        ({"blokker": ()}, "tekst"),
        ({"forslagstype": Forslagstype.ENDRING}, "maal"),
        ({"forslagstype": Forslagstype.STRYKNING, "blokker": ()}, "maal"),
    ],
)
def test_a_proposal_without_mover_text_or_target_is_refused(
    tj: Tjenester, moetesak: Moetesak, felter: dict[str, Any], felt: str
) -> None:
    felter = {
        "forslagstype": Forslagstype.TILLEGG,
        "blokker": TEKST,
        "stillere": [raad.stiller(tj, moetesak.utvalg, "Ap")],
        **felter,
    }
    with pytest.raises(InvalidInput) as feil:
        tj.forslag.fremsett(moetesak, **felter)
    assert feil.value.felt == felt


@pytest.mark.parametrize("felt", ["maal", "anker"])
def test_a_target_of_another_text_is_refused(tj: Tjenester, moetesak: Moetesak, felt: str) -> None:
    fremmed = raad.segmenter(raad.behandling(tj, moetesak.utvalg, raad.sak(tj)))[0]
    with pytest.raises(InvalidInput) as feil:
        tillegg(tj, moetesak, **{felt: fremmed})
    assert feil.value.felt == felt


def test_a_paragraph_that_fell_cannot_be_amended(tj: Tjenester, moetesak: Moetesak) -> None:
    avsnitt = raad.segmenter(moetesak)[1]
    voter(tj, moetesak, avsnitt, mot_partier={"Ap": 4, "H": 3}, for_partier={"SV": 2})
    with pytest.raises(Refusal, match="Avsnitt 2 er falt"):
        tillegg(tj, moetesak, forslagstype=Forslagstype.ENDRING, maal=avsnitt)
    assert forslag_i(tj.session, moetesak) == []


def test_a_proposal_is_withdrawn_until_it_is_voted_on(tj: Tjenester, moetesak: Moetesak) -> None:
    trukket, votert = tillegg(tj, moetesak), tillegg(tj, moetesak)
    tj.forslag.trekk(trukket)
    voter(tj, moetesak, votert)
    assert trukket.utfall is Forslagsstatus.TRUKKET
    with pytest.raises(Refusal, match="Forslag 2 er votert over"):
        tj.forslag.trekk(votert)
    with pytest.raises(Refusal, match="trukket"):
        voter(tj, moetesak, trukket)


def test_parties_join_a_remark_once_each_in_order(tj: Tjenester, moetesak: Moetesak) -> None:
    merknad = tj.forslag.merk(moetesak, TEKST, raad.stiller(tj, moetesak.utvalg, "SV"))
    ap, h, sv = (raad.parti(tj.session, kode) for kode in ("Ap", "H", "SV"))
    tj.forslag.slutt_til(merknad, [h, sv, h])
    tj.forslag.slutt_til(merknad, [ap, h])
    assert [(rad.parti.kode, rad.rekkefoelge) for rad in merknad.tilslutninger] == [("H", 1), ("Ap", 2)]


@pytest.mark.parametrize(("blokker", "av", "felt"), [((), None, "tekst"), (TEKST, Stillerdata("Publikum"), "stiller")])
def test_a_remark_needs_a_text_and_a_party(
    tj: Tjenester, moetesak: Moetesak, blokker: Any, av: Stillerdata | None, felt: str
) -> None:
    with pytest.raises(InvalidInput) as feil:
        tj.forslag.merk(moetesak, blokker, av or raad.stiller(tj, moetesak.utvalg, "SV"))
    assert feil.value.felt == felt


def test_a_ballot_stores_what_was_counted_and_says_it_in_words(tj: Tjenester, moetesak: Moetesak) -> None:
    votering = voter(tj, moetesak, tillegg(tj, moetesak), mot_partier={"H": 2, "SV": 1})
    assert (votering.nummer, votering.til_stede, votering.vinner) == (1, 9, 0)
    assert (votering.stemmer_for, votering.stemmer_mot) == (6, 3)
    assert tall(votering) == {
        ("H", Stemme.MOT): 2,
        ("SV", Stemme.MOT): 1,
        ("Ap", Stemme.FOR): 4,
        ("H", Stemme.FOR): 1,
        ("SV", Stemme.FOR): 1,
    }
    assert votering.setning.endswith("vedtatt mot 3 stemmer (2H, 1SV).")


def test_entry_by_person_gives_the_same_record_as_entry_by_party(tj: Tjenester, moetesak: Moetesak) -> None:
    berettigede = tj.voteringer.stemmeberettigede(moetesak)
    mot = {rad.person_id for rad in berettigede if rad.parti == "SV"} | {berettigede[0].person_id}
    personer = {rad.person_id: Stemme.MOT if rad.person_id in mot else Stemme.FOR for rad in berettigede}
    partivis = voter(tj, moetesak, tillegg(tj, moetesak), mot_partier={berettigede[0].parti: 1, "SV": 2})
    personvis = voter(tj, moetesak, tillegg(tj, moetesak), personstemmer=personer)
    assert tall(personvis) == tall(partivis)
    for felt in ("til_stede", "stemmer_for", "stemmer_mot", "enstemmig", "vinner", "voteringsform"):
        assert getattr(personvis, felt) == getattr(partivis, felt), felt
    assert {rad.person_id: rad.stemme for rad in personvis.personstemmer} == personer


def test_all_persons_for_is_unanimous(tj: Tjenester, moetesak: Moetesak) -> None:
    personer = {rad.person_id: Stemme.FOR for rad in tj.voteringer.stemmeberettigede(moetesak)}
    personvis, enstemmig = (
        voter(tj, moetesak, tillegg(tj, moetesak), personstemmer=personer),
        voter(tj, moetesak, tillegg(tj, moetesak)),
    )
    assert personvis.enstemmig
    assert tall(personvis) == tall(enstemmig)


def test_who_is_inhabil_or_silent_is_named(tj: Tjenester, moetesak: Moetesak) -> None:
    foerst, sist = tj.voteringer.stemmeberettigede(moetesak)[::8]
    personer = {rad.person_id: Stemme.FOR for rad in tj.voteringer.stemmeberettigede(moetesak)}
    del personer[sist.person_id]
    person = tj.utvalg.person(foerst.person_id)
    tj.habilitet.vurder(moetesak, person, Habilitetsutfall.INHABIL, TEKST)
    forslag = tillegg(tj, moetesak)
    with pytest.raises(Refusal) as avslag:
        voter(tj, moetesak, forslag, personstemmer=personer)
    assert [grunn.split(".")[0] for grunn in grunner(avslag)] == [
        f"{foerst.navn} er inhabil i saken og kan ikke stemme",
        f"1 til stede mangler stemme: {sist.navn}",
    ]


def test_an_alternative_ballot_has_two_sides(tj: Tjenester, moetesak: Moetesak) -> None:
    avsnitt = raad.segmenter(moetesak)[2]
    strykning = tillegg(tj, moetesak, forslagstype=Forslagstype.STRYKNING, blokker=(), maal=avsnitt)
    votering = voter(
        tj,
        moetesak,
        avsnitt,
        voteringsform=Voteringsform.ALTERNATIV,
        mot_objekter=[strykning],
        mot_partier={"SV": 2},
    )
    assert [(rad.side, rad.segment, rad.forslag) for rad in votering.objekter] == [
        (0, avsnitt, None),
        (1, None, strykning),
    ]
    assert votering.vinner == 0


def test_a_trial_decides_nothing(tj: Tjenester, moetesak: Moetesak) -> None:
    forslag = tillegg(tj, moetesak)
    proeve = voter(tj, moetesak, forslag, voteringsform=Voteringsform.PROEVE, mot_partier={"Ap": 4, "H": 3})
    assert proeve.vinner is None
    assert voter(tj, moetesak, forslag).nummer == 2


def test_the_sentence_of_the_minutes_may_be_written_by_hand(tj: Tjenester, moetesak: Moetesak) -> None:
    votering = voter(tj, moetesak, tillegg(tj, moetesak), enstemmig=True, setning="Forslaget fikk alles støtte.")
    assert votering.setning == "Forslaget fikk alles støtte."


def test_nothing_to_vote_on_is_refused(tj: Tjenester, moetesak: Moetesak) -> None:
    with pytest.raises(InvalidInput) as feil:
        voter(tj, moetesak)
    assert feil.value.felt == "objekter"


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"stemmer_for": 6, "stemmer_mot": 4}, ["10 stemmer er ført, men bare 9"]),
        ({"mot_partier": {"SV": 3}}, ["SV har 2 til stede"]),
        ({"mot_partier": {"Rødt": 1}}, ["Rødt har 0 til stede"]),
        ({"mot_partier": {"H": 1}, "stemmer_mot": 2}, ["Partiene har til sammen 1 stemmer"]),
        ({"til_stede": 12, "mot_partier": {"H": 1}}, ["Kommunestyret har 9 plasser", "frammøtet viser 9"]),
        ({"til_stede": 3, "enstemmig": True}, ["ikke vedtaksført"]),
        ({"enstemmig": True, "mot_partier": {"H": 1}}, ["enstemmig, men 1 stemte mot"]),
        ({"stemmer_for": 20, "mot_partier": {"SV": 3}}, ["23 stemmer er ført", "SV har 2 til stede"]),
    ],
)
def test_what_cannot_have_been_is_refused_with_every_reason(
    tj: Tjenester, moetesak: Moetesak, felter: dict[str, Any], ventet: list[str]
) -> None:
    forslag = tillegg(tj, moetesak)
    with pytest.raises(Refusal) as avslag:
        voter(tj, moetesak, forslag, **{"enstemmig": False, **felter})
    sagt = grunner(avslag)
    assert all(any(del_ in grunn for grunn in sagt) for del_ in ventet), sagt
    assert voteringer_i(tj.session, moetesak) == []


def test_nothing_is_decided_twice(tj: Tjenester, moetesak: Moetesak) -> None:
    forslag = tillegg(tj, moetesak)
    voter(tj, moetesak, forslag)
    with pytest.raises(Refusal, match="avgjøres ikke på nytt"):
        voter(tj, moetesak, forslag)


def test_somebody_elses_proposal_is_refused(tj: Tjenester, moetesak: Moetesak) -> None:
    fremmed = tillegg(tj, raad.behandling(tj, moetesak.utvalg, raad.sak(tj)))
    with pytest.raises(Refusal):
        voter(tj, moetesak, fremmed)


def test_the_last_ballot_is_taken_back_and_leaves_the_index(tj: Tjenester, moetesak: Moetesak) -> None:
    forslag = tillegg(tj, moetesak)
    foerste, andre = voter(tj, moetesak, *raad.segmenter(moetesak)), voter(tj, moetesak, forslag)
    borte = f"votering:{andre.id}"
    tj.voteringer.angre_siste(moetesak)
    assert voteringer_i(tj.session, moetesak) == [foerste]
    assert [borte] in [rad.nyttelast.get("fjernet") for rad in tj.session.query(Utboks)]
    assert voter(tj, moetesak, forslag).nummer == 2


def test_there_must_be_a_ballot_to_take_back(tj: Tjenester, moetesak: Moetesak) -> None:
    with pytest.raises(Refusal, match="ingen votering å angre"):
        tj.voteringer.angre_siste(moetesak)


@pytest.mark.parametrize(
    "handling",
    [
        lambda tj, forslag, _: tillegg(tj, forslag.moetesak),
        lambda tj, forslag, _: tj.forslag.trekk(forslag),
        lambda tj, forslag, _: tj.forslag.merk(forslag.moetesak, TEKST, raad.stiller(tj, forslag.moetesak.utvalg, "H")),
        lambda tj, _, merknad: tj.forslag.slutt_til(merknad, [raad.parti(tj.session, "H")]),
        lambda tj, forslag, _: voter(tj, forslag.moetesak, forslag),
        lambda tj, forslag, _: tj.voteringer.angre_siste(forslag.moetesak),
        lambda tj, forslag, _: tj.vedtak.fatt(forslag.moetesak, raad.SEKRETAER),
    ],
    ids=["forslag", "trekk", "merknad", "tilslutning", "votering", "angre", "fatt"],
)
def test_nothing_is_recorded_when_the_treatment_is_over(
    tj: Tjenester, moetesak: Moetesak, handling: Callable[[Tjenester, Forslag, Merknad], object]
) -> None:
    forslag = tillegg(tj, moetesak)
    merknad = tj.forslag.merk(moetesak, TEKST, raad.stiller(tj, moetesak.utvalg, "SV"))
    voter(tj, moetesak, *raad.segmenter(moetesak))
    tj.vedtak.fatt(moetesak, raad.SEKRETAER, lukk=True)
    with pytest.raises(Refusal, match="er avsluttet"):
        handling(tj, forslag, merknad)
