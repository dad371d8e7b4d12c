"""The order of the speaking list, and who sees a closed item."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.direkte.kodeverk import Innleggstype, Talerstatus
from saksbehandling.direkte.rules import (
    Innsyn,
    Talerverdi,
    Taletider,
    hovedinnlegg,
    hvorfor_ikke,
    i_orden,
    ser_saken,
)
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet

INNLEGG, REPLIKK, SVAR = Innleggstype.INNLEGG, Innleggstype.REPLIKK, Innleggstype.SVARREPLIKK
VENTER, TALER, FERDIG, STROEKET = Talerstatus
KVELD = dt.datetime(2019, 8, 29, 16, 0, tzinfo=dt.UTC)


def post(
    nr: int, slag: Innleggstype = INNLEGG, status: Talerstatus = VENTER, *, person: int | None = None, til: int = 0
) -> Talerverdi:
    """A request at `nr` minutes past; those that began did so at the same minute."""
    naar = KVELD + dt.timedelta(minutes=nr)
    return Talerverdi(nr, person or nr, slag, status, naar, naar if status in (TALER, FERDIG) else None, til or None)


def test_replies_come_before_speeches_and_whoever_asked_first_before_others() -> None:
    poster = [post(5), post(2), post(9, SVAR), post(8, REPLIKK), post(7, REPLIKK), post(1, status=TALER), post(3)]
    assert [ett.id for ett in i_orden(poster)] == [7, 8, 9, 2, 3, 5]


@given(st.lists(st.tuples(st.sampled_from(Innleggstype), st.sampled_from(Talerstatus)), max_size=12))
def test_everybody_who_waits_is_there_once(valg: list[tuple[Innleggstype, Talerstatus]]) -> None:
    poster = [post(nr, slag, status) for nr, (slag, status) in enumerate(valg, 1)]
    assert sorted(ett.id for ett in i_orden(poster)) == [ett.id for ett in poster if ett.status is VENTER]


def test_replies_answer_the_last_speech_that_began() -> None:
    hoved = hovedinnlegg([post(1, status=FERDIG), post(2, status=FERDIG), post(3, REPLIKK, TALER), post(4)])
    assert hoved is not None
    assert hoved.id == 2


@pytest.mark.parametrize(
    ("slag", "person", "poster", "strek", "grunn"),
    [
        (INNLEGG, 1, [], False, ""),
        (INNLEGG, 1, [post(1)], False, "står alt på talerlisten"),
        (INNLEGG, 1, [post(1, status=FERDIG)], False, ""),
        (INNLEGG, 1, [], True, "satt strek"),
        (REPLIKK, 1, [], False, "ikke noe å svare på"),
        (REPLIKK, 1, [post(1, status=TALER)], False, "ditt eget innlegg"),
        (REPLIKK, 2, [post(1, status=TALER)], True, ""),
        (REPLIKK, 5, [post(1, status=TALER), post(2, REPLIKK, til=1), post(3, REPLIKK, FERDIG, til=1)], False, "flere"),
        (REPLIKK, 5, [post(1, status=TALER), post(2, REPLIKK, til=1), post(3, REPLIKK, STROEKET, til=1)], False, ""),
        (SVAR, 2, [post(1, status=FERDIG)], False, "Bare den som hadde innlegget"),
        (SVAR, 1, [post(1, status=FERDIG)], False, ""),
    ],
)
def test_who_may_ask_for_the_floor(
    slag: Innleggstype, person: int, poster: list[Talerverdi], strek: bool, grunn: str
) -> None:
    grunner = hvorfor_ikke(slag, person, poster, Taletider(replikker=2), strek=strek)
    assert bool(grunner) == bool(grunn)
    assert all(grunn in ett.text for ett in grunner)


LESERE = frozenset({"utvalg:7", "rolle:sekretariat"})
MEDLEM = Identitet("Kari", 3, frozenset({(Rolle.REPRESENTANT, 7)}))
SEKRETAER = Identitet("Berit", 4, frozenset({(Rolle.SEKRETARIAT, None)}))
FREMMED = Identitet("Ola", 5, frozenset({(Rolle.REPRESENTANT, 8)}))
PUBLIKUM = Identitet("Publikum")


@pytest.mark.parametrize(
    ("identitet", "person", "leder", "aapen", "lukket"),
    [
        (PUBLIKUM, None, False, True, False),
        (FREMMED, 9, False, True, False),
        (MEDLEM, 1, False, True, True),  # present
        (MEDLEM, 2, False, True, False),  # not in the room
        (MEDLEM, 3, False, True, False),  # present and inhabil
        (MEDLEM, 3, True, True, False),  # leads the meeting, but is inhabil
        (SEKRETAER, None, True, True, True),
        (FREMMED, None, True, True, False),  # may lead, but not read the case
    ],
)
def test_who_sees_the_item(identitet: Identitet, person: int | None, leder: bool, aapen: bool, lukket: bool) -> None:
    for doerene, ventet in ((False, aapen), (True, lukket)):
        innsyn = Innsyn(doerene, LESERE, inhabile=frozenset({3}), til_stede=frozenset({1, 3}))
        assert ser_saken(innsyn, identitet, person, leder_moetet=leder) is ventet
