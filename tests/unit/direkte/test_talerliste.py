"""The floor: asked for, given, taken, and what happens to who waits when the meeting moves on."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from factories import raad
from factories.direkte import Salen, salen
from saksbehandling.clock import FixedClock
from saksbehandling.direkte.kodeverk import Innleggstype
from saksbehandling.direkte.rules import Taletider
from saksbehandling.direkte.talerliste import poster_i, taletider
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.moete.models import Habilitetsutfall
from saksbehandling.richtext import parse_notation

INNLEGG, REPLIKK = Innleggstype.INNLEGG, Innleggstype.REPLIKK


@pytest.fixture
def sal(session: Session, klokke: FixedClock) -> Salen:
    return salen(session, klokke, saker=2)


def be(sal: Salen, nr: int, slag: Innleggstype = INNLEGG) -> int:
    return sal.tj.talere.be_om_ordet(sal.moete, sal.medlemmer[nr], slag).id


def statuser(sal: Salen) -> list[str]:
    return [post.status.value for post in poster_i(sal.tj.session, sal.moetesak)]


def test_the_next_gets_the_floor_for_the_time_of_the_body(sal: Salen, klokke: FixedClock) -> None:
    sal.tj.talere.sett_taletider(sal.moete, Taletider(innlegg=180, replikk=60))
    foerste, _andre = be(sal, 0), be(sal, 1)
    sal.tj.talere.gi_ordet(sal.moete)
    svar = be(sal, 2, REPLIKK)
    klokke.set(klokke.now() + dt.timedelta(minutes=2))
    sal.tj.talere.gi_ordet(sal.moete)
    poster = {post.id: post for post in poster_i(sal.tj.session, sal.moetesak)}
    assert statuser(sal) == ["ferdig", "venter", "taler"]
    assert (poster[foerste].taletid, poster[svar].taletid, poster[svar].replikk_til_id) == (180, 60, foerste)
    assert poster[foerste].sluttet == poster[foerste].startet + dt.timedelta(minutes=2)  # type: ignore[operator]


def test_a_new_speech_ends_the_replies_to_the_one_before(sal: Salen) -> None:
    be(sal, 0)
    sal.tj.talere.gi_ordet(sal.moete)
    be(sal, 1, REPLIKK)
    andre = be(sal, 2)
    sal.tj.talere.gi_ordet(sal.moete, andre)
    assert statuser(sal) == ["ferdig", "strøket", "taler"]


def test_nobody_waits(sal: Salen) -> None:
    with pytest.raises(Refusal, match="Ingen venter"):
        sal.tj.talere.gi_ordet(sal.moete)


def test_only_who_is_in_the_room_and_not_inhabil(sal: Salen) -> None:
    sal.tj.moeter.registrer_oppmoete(sal.moete, sal.medlemmer[1:], kl=dt.time(18))
    with pytest.raises(Refusal, match="ikke ført som til stede"):
        be(sal, 0)
    person = sal.medlemmer[1].person
    sal.tj.habilitet.vurder(sal.moetesak, person, Habilitetsutfall.INHABIL, parse_notation("Eier tomten."))
    with pytest.raises(Refusal, match="inhabil"):
        be(sal, 1)


def test_a_member_takes_only_themselves_off_the_list(sal: Salen) -> None:
    post = be(sal, 0)
    with pytest.raises(InvalidInput, match="deg selv"):
        sal.tj.talere.stryk(sal.moete, post, sal.medlemmer[1].person_id)
    sal.tj.talere.stryk(sal.moete, post, sal.medlemmer[0].person_id)
    assert statuser(sal) == ["strøket"]


def test_the_gavel_and_the_next_item_empty_the_list(sal: Salen) -> None:
    be(sal, 0)
    sal.tj.talere.gi_ordet(sal.moete)
    be(sal, 1)
    sal.tj.direkte.klubb(sal.moete)
    assert statuser(sal) == ["ferdig", "strøket"]
    assert sal.direkte.klubbet is not None
    neste = next(sak for sak in sal.moete.saksliste.saker if sak is not sal.moetesak)  # type: ignore[union-attr]
    sal.tj.direkte.ta_opp(sal.moete, neste, raad.SEKRETAER, raad.MOETE)
    assert (sal.direkte.moetesak, sal.direkte.klubbet) == (neste, None)
    assert neste.flyt is not None
    assert neste.flyt.aktive == "til_behandling"


def test_speaking_times_hold_from_the_day_of_the_meeting(sal: Salen) -> None:
    sal.tj.talere.sett_taletider(sal.moete, Taletider(innlegg=180))
    sal.tj.talere.sett_taletider(sal.moete, Taletider(innlegg=120, replikker=3))
    assert taletider(sal.tj.session, sal.moete) == Taletider(innlegg=120, replikker=3)
    foer = raad.moete(sal.tj, sal.moete.utvalg, raad.MOETE - dt.timedelta(days=30))
    assert taletider(sal.tj.session, foer) == Taletider()


def test_a_meeting_that_is_over_takes_no_more(sal: Salen) -> None:
    sal.tj.direkte.avslutt(sal.moete)
    with pytest.raises(Refusal, match="ikke i gang"):
        be(sal, 0)
    sal.tj.direkte.start(sal.moete)
    with pytest.raises(Refusal, match="Ingen sak er oppe"):
        be(sal, 0)
