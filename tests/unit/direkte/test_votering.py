"""Electronic ballots: the same record as a typed one, and no vote lost or counted twice."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories import raad
from factories.direkte import Salen, salen
from saksbehandling.clock import FixedClock
from saksbehandling.direkte.models import Direkteendring, ElektroniskStemme, ElektroniskVotering, HemmeligOpptelling
from saksbehandling.direkte.votering import objekter_i
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.moete.models import Habilitetsutfall
from saksbehandling.richtext import parse_notation
from saksbehandling.votering.kodeverk import Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.models import Personstemme, Votering
from saksbehandling.votering.personstemmer import Svar
from saksbehandling.votering.services import Alternativ, Voteringsinndata, forslag_i

FOR, MOT, BLANK = Stemme.FOR, Stemme.MOT, Stemme.BLANK
_innsending = count()


@pytest.fixture
def sal(session: Session, klokke: FixedClock) -> Salen:
    return salen(session, klokke)


def aapne(sal: Salen, *, hemmelig: bool = False) -> ElektroniskVotering:
    return sal.tj.elektronisk.aapne(sal.moete, Voteringsform.FOR_MOT, sal.avsnitt, hemmelig=hemmelig)


def stem(sal: Salen, votering: ElektroniskVotering, nr: int, stemme: Stemme, innsending: str = "") -> None:
    sendt = innsending or f"i{next(_innsending)}"
    sal.tj.elektronisk.stem(sal.moete, votering.id, sal.medlemmer[nr].person_id, stemme, sendt)


def alle_stemmer(sal: Salen, votering: ElektroniskVotering, mot: tuple[int, ...] = ()) -> None:
    for nr in range(len(sal.medlemmer)):
        stem(sal, votering, nr, MOT if nr in mot else FOR)


def test_the_record_is_that_of_a_typed_tally(sal: Salen) -> None:
    votering = aapne(sal)
    alle_stemmer(sal, votering, mot=(3, 7, 8))
    foert = sal.tj.elektronisk.lukk(sal.moete)
    sal.tj.voteringer.angre_siste(sal.moetesak)
    tastet = sal.tj.voteringer.registrer(
        sal.moetesak,
        Voteringsinndata(
            Voteringsform.FOR_MOT, raad.segmenter(sal.moetesak), mot_partier={"Ap": 1, "SV": 2}, stemmer_mot=3
        ),
    )
    assert (foert.setning, foert.vinner, foert.stemmer_mot) == (tastet.setning, tastet.vinner, tastet.stemmer_mot)
    assert (foert.stemmer_for, foert.til_stede) == (6, 9)


def test_the_votes_are_kept_by_name(sal: Salen, session: Session) -> None:
    alle_stemmer(sal, aapne(sal), mot=(8,))
    sal.tj.elektronisk.lukk(sal.moete)
    stemmer = {rad.person_id: rad.stemme for rad in session.scalars(sa.select(Personstemme))}
    assert stemmer == {rad.person_id: MOT if nr == 8 else FOR for nr, rad in enumerate(sal.medlemmer)}


def test_unanimous(sal: Salen) -> None:
    alle_stemmer(sal, aapne(sal))
    assert "enstemmig" in sal.tj.elektronisk.lukk(sal.moete).setning


@pytest.fixture
def flere(sal: Salen) -> list[list[str]]:
    """The whole text, and two that would take its place."""
    for parti in ("H", "SV"):
        tekst = parse_notation(f"Kaia flyttes, mener {parti}.")
        stiller = [raad.stiller(sal.tj, sal.moete.utvalg, parti)]
        sal.tj.forslag.fremsett(sal.moetesak, Forslagstype.ALTERNATIVT, tekst, stiller)
    return [sal.avsnitt, *([f"f{rad.id}"] for rad in forslag_i(sal.tj.session, sal.moetesak))]


def aapne_flere(sal: Salen, flere: list[list[str]], *, hemmelig: bool = False) -> ElektroniskVotering:
    return sal.tj.elektronisk.aapne(sal.moete, Voteringsform.ALTERNATIV, [], alternativer=flere, hemmelig=hemmelig)


def test_between_several_the_record_is_that_of_a_roll_call_and_of_a_typed_tally(
    sal: Salen, flere: list[list[str]]
) -> None:
    svar = dict(zip((rad.person_id for rad in sal.medlemmer), (0, 1, 1, 1, 1, 1, 2, 2, 2), strict=True))
    votering = aapne_flere(sal, flere)
    assert sal.tj.elektronisk.mulige_svar(votering) == [0, 1, 2]
    for person, side in svar.items():
        sal.tj.elektronisk.stem(sal.moete, votering.id, person, side, f"i{person}")
    foert = [_skrevet(sal.tj.elektronisk.lukk(sal.moete))]
    alle = objekter_i(sal.tj.session, sal.moetesak)
    objekter = [[alle[noekkel] for noekkel in side] for side in flere]
    partier: list[dict[str, int]] = [{"Ap": 1}, {"Ap": 3, "H": 2}, {"H": 1, "SV": 2}]
    for alternativer, personstemmer in (
        ([Alternativ(ett) for ett in objekter], svar),
        ([Alternativ(ett, tall) for ett, tall in zip(objekter, partier, strict=True)], {}),
    ):
        sal.tj.voteringer.angre_siste(sal.moetesak)
        inndata = Voteringsinndata(Voteringsform.ALTERNATIV, alternativer=alternativer, personstemmer=personstemmer)
        foert.append(_skrevet(sal.tj.voteringer.registrer(sal.moetesak, inndata)))
    elektronisk, opprop, partivis = foert
    assert elektronisk == opprop
    assert elektronisk[:-1] == partivis[:-1]
    assert sorted(side for _, side in elektronisk[-1]) == sorted(svar.values())


def _skrevet(votering: Votering) -> tuple[Any, ...]:
    tall = [(rad.side, rad.parti.kode, rad.antall) for rad in votering.alternativstemmer]
    personer = [(rad.person_id, rad.svar) for rad in votering.personstemmer]
    return votering.setning, votering.vinner, votering.til_stede, votering.enstemmig, tall, sorted(personer)


@pytest.mark.parametrize("svar", [FOR, BLANK, 3, -1])
def test_between_several_only_one_of_them_can_be_chosen(sal: Salen, flere: list[list[str]], svar: Svar) -> None:
    votering = aapne_flere(sal, flere)
    with pytest.raises(InvalidInput, match="Velg hva du stemmer"):
        sal.tj.elektronisk.stem(sal.moete, votering.id, sal.medlemmer[0].person_id, svar, "x")


def test_between_several_it_is_open_and_between_three_or_more(sal: Salen, flere: list[list[str]]) -> None:
    with pytest.raises(InvalidInput, match="voteres det åpent"):
        aapne_flere(sal, flere, hemmelig=True)
    with pytest.raises(InvalidInput, match="tre alternativer eller flere"):
        aapne_flere(sal, flere[:2])


def test_blank_where_the_body_allows_it(sal: Salen, monkeypatch: pytest.MonkeyPatch) -> None:
    votering = aapne(sal)
    assert sal.tj.elektronisk.mulige_svar(votering) == [FOR, MOT]
    monkeypatch.setattr(type(sal.tj.utvalg), "blanke_tillatt", lambda *_args: True)
    assert sal.tj.elektronisk.mulige_svar(votering) == [FOR, MOT, BLANK]
    stem(sal, votering, 0, BLANK)
    for nr in range(1, 9):
        stem(sal, votering, nr, FOR)
    foert = sal.tj.elektronisk.lukk(sal.moete)
    assert (foert.blanke, foert.stemmer_for, foert.vinner) == (1, 8, 0)


def test_what_is_sent_twice_counts_once_and_an_old_sending_changes_nothing(sal: Salen, session: Session) -> None:
    votering = aapne(sal)
    stem(sal, votering, 0, FOR, "første")
    stem(sal, votering, 0, FOR, "første")
    stem(sal, votering, 0, MOT, "andre")
    sekvens = sal.direkte.sekvens
    stem(sal, votering, 0, FOR, "første")  # the network delivers it again, late
    (rad,) = session.scalars(sa.select(ElektroniskStemme)).all()
    assert (rad.stemme, sal.direkte.sekvens) == (MOT, sekvens)


def test_it_closes_only_when_all_have_voted_or_are_noted_as_gone(sal: Salen) -> None:
    votering = aapne(sal)
    for nr in range(8):
        stem(sal, votering, nr, FOR)
    with pytest.raises(Refusal, match=r"1 har ikke stemt: SV2 SV2sen.*§ 8-1"):
        sal.tj.elektronisk.lukk(sal.moete)
    sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[:8], kl=dt.time(18))
    assert sal.tj.elektronisk.lukk(sal.moete).til_stede == 8


def test_who_leaves_after_voting_is_named_until_the_secretary_decides(sal: Salen) -> None:
    votering = aapne(sal)
    alle_stemmer(sal, votering)
    sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[1:], kl=dt.time(18))
    with pytest.raises(Refusal, match="Ap1 Ap1sen har stemt, men"):
        sal.tj.elektronisk.lukk(sal.moete)
    sal.tj.elektronisk.stryk_stemme(sal.moete, sal.medlemmer[0].person_id)
    assert sal.tj.elektronisk.lukk(sal.moete).til_stede == 8


def test_who_leaves_between_two_ballots_is_in_the_first_and_not_in_the_second(sal: Salen) -> None:
    foerste, *resten = sal.avsnitt
    votering = sal.tj.elektronisk.aapne(sal.moete, Voteringsform.FOR_MOT, [foerste])
    alle_stemmer(sal, votering)
    alle = sal.tj.elektronisk.lukk(sal.moete)
    sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[1:], kl=dt.time(18))
    votering = sal.tj.elektronisk.aapne(sal.moete, Voteringsform.FOR_MOT, resten)
    with pytest.raises(Refusal, match="ikke ført som til stede"):
        stem(sal, votering, 0, FOR)
    for nr in range(1, 9):
        stem(sal, votering, nr, FOR)
    uten_ham = sal.tj.elektronisk.lukk(sal.moete)
    assert (alle.til_stede, uten_ham.til_stede) == (9, 8)
    assert len(alle.personstemmer) - len(uten_ham.personstemmer) == 1


def test_who_may_not_vote(sal: Salen) -> None:
    votering = aapne(sal)
    person = sal.medlemmer[1].person
    sal.tj.habilitet.vurder(sal.moetesak, person, Habilitetsutfall.INHABIL, parse_notation("Eier tomten."))
    with pytest.raises(Refusal, match="inhabil i saken"):
        stem(sal, votering, 1, FOR)
    vara = raad.medlem(sal.tj, sal.moete.utvalg, "Ap", vara=True)
    with pytest.raises(Refusal, match="ikke ført som til stede"):
        sal.tj.elektronisk.stem(sal.moete, votering.id, vara.person_id, FOR, "x")


def test_a_closed_ballot_takes_no_vote_and_the_next_has_votes_of_its_own(sal: Salen) -> None:
    votering = aapne(sal)
    sal.tj.elektronisk.avbryt(sal.moete)
    with pytest.raises(Refusal, match="ikke åpen lenger"):
        stem(sal, votering, 0, FOR)
    neste = aapne(sal)
    stem(sal, neste, 0, FOR)
    with pytest.raises(Refusal, match="ikke åpen lenger"):
        stem(sal, votering, 0, FOR)


def test_the_chairs_own_vote_decides_a_tie(sal: Salen) -> None:
    sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[:8], kl=dt.time(18))
    votering = aapne(sal)
    for nr in range(8):
        stem(sal, votering, nr, FOR if nr < 4 else MOT)  # Ap1, who leads, is for
    assert sal.tj.elektronisk.lukk(sal.moete).vinner == 0


def test_a_secret_ballot_keeps_no_link_between_person_and_vote(sal: Salen, session: Session) -> None:
    votering = aapne(sal, hemmelig=True)
    alle_stemmer(sal, votering, mot=(2, 5))
    with pytest.raises(Refusal, match="kan ikke finnes igjen"):
        stem(sal, votering, 0, MOT)
    with pytest.raises(Refusal, match="hemmelig"):
        sal.tj.elektronisk.stryk_stemme(sal.moete, sal.medlemmer[0].person_id)
    foert = sal.tj.elektronisk.lukk(sal.moete)
    assert (foert.stemmer_for, foert.stemmer_mot, foert.partistemmer, foert.personstemmer) == (7, 2, [], [])
    assert {(rad.stemme, tuple(rad.innsendinger)) for rad in session.scalars(sa.select(ElektroniskStemme))} == {
        (None, ())
    }
    assert {rad.stemme: rad.antall for rad in session.scalars(sa.select(HemmeligOpptelling))} == {FOR: 7, MOT: 2}


class TestAapning:
    def test_only_one_at_a_time_and_nothing_else_meanwhile(self, sal: Salen) -> None:
        aapne(sal)
        with pytest.raises(Refusal, match="alt åpen"):
            aapne(sal)
        for handling in (sal.tj.direkte.klubb, sal.tj.direkte.avslutt):
            with pytest.raises(Refusal, match="En votering er åpen"):
                handling(sal.moete)

    def test_too_few_present(self, sal: Salen) -> None:
        sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[:4], kl=dt.time(18))
        with pytest.raises(Refusal, match="minst 5 må være det"):
            aapne(sal)

    @pytest.mark.parametrize(
        ("form", "objekter", "feil"),
        [
            (Voteringsform.FOR_MOT, [], "Velg hva"),
            (Voteringsform.FOR_MOT, ["s999"], "hører til saken"),
            (Voteringsform.ENIGHET, ["s1"], "Velg om det voteres"),
        ],
    )
    def test_what_cannot_be_voted_on(self, sal: Salen, form: Voteringsform, objekter: list[str], feil: str) -> None:
        with pytest.raises(InvalidInput, match=feil):
            sal.tj.elektronisk.aapne(sal.moete, form, objekter)

    def test_nothing_is_decided_twice(self, sal: Salen) -> None:
        alle_stemmer(sal, aapne(sal))
        sal.tj.elektronisk.lukk(sal.moete)
        with pytest.raises(Refusal):
            aapne(sal)


def test_each_change_has_the_next_number(sal: Salen, session: Session) -> None:
    alle_stemmer(sal, aapne(sal))
    sal.tj.elektronisk.lukk(sal.moete)
    numre = session.scalars(sa.select(Direkteendring.sekvens).order_by(Direkteendring.sekvens)).all()
    assert list(numre) == list(range(1, sal.direkte.sekvens + 1))
    assert sal.tj.session.scalar(sa.select(sa.func.count()).select_from(ElektroniskStemme)) == 9
