"""The decision text computed from base text, proposals and ballots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import InvalidInput
from saksbehandling.richtext import Blocks, parse_notation, plain_text, segments, to_notation
from saksbehandling.vedtak.konsolidering import Beregning, Opphav, er_flertallsmerknad, konsolider, resterende
from saksbehandling.vedtak.ordlyd import ALLTID, BOKMAAL, NYNORSK, Ordvalg, Vedtaksord, vedtaksord_for
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.values import RESTEN, Forslag, Merknad, Objekt, Organ, Segment, Stiller, Voteringsdata

PLASSER = {"Ap": 10, "H": 7, "SV": 3, "R": 1}
STYRET = Organ("Kommunestyret", 21, PLASSER)
UTVALGET = Organ("Utvalg for skole", overordnet="Kommunestyret")
S = Forslagsstatus


def base(*texts: str) -> list[Segment]:
    return [Segment(f"A{at}", parse_notation(text)) for at, text in enumerate(texts, 1)]


GRUNNTEKST = base(
    "Skolen får nytt tak.", "Arbeidet har tre mål:\n- tett\n- varmt\n- stille", "Sfo flytter inn til høsten"
)


def forslag(key: str, kind: Forslagstype = Forslagstype.TILLEGG, text: str | None = None, **more: Any) -> Forslag:
    blokker = parse_notation(f"Tekst {key}." if text is None else text)
    return Forslag(key, int(key[1:]), kind, blokker, (Stiller(f"Kari {key}", key),), **more)


def over(*keys: str) -> Objekt:
    return Objekt(tuple(key for key in keys if key[0] == "A"), tuple(key for key in keys if key[0] != "A"))


ALLE = over("A1", "A2", "A3")


def held(*ballots: Objekt | tuple[Objekt, ...] | Voteringsdata, tap: Sequence[int] = ()) -> list[Voteringsdata]:
    """Ballots in order; a pair is an alternative one. Those numbered in `tap` go against the first side."""
    made = []
    for nummer, ballot in enumerate(ballots, 1):
        if isinstance(ballot, Voteringsdata):
            made.append(ballot)
            continue
        sides = ballot if isinstance(ballot, tuple) else (ballot,)
        form = Voteringsform.ALTERNATIV if len(sides) > 1 else Voteringsform.FOR_MOT
        counts = {"stemmer_for": 3} if nummer in tap else {"stemmer_mot": 3}
        made.append(Voteringsdata(nummer, form, sides, **counts))
    return made


def beregn(moved: Sequence[Forslag], ballots: Sequence[Voteringsdata], **more: Any) -> Beregning:
    arguments: dict[str, Any] = {
        "grunntekst": GRUNNTEKST,
        "merknader": [],
        "organ": STYRET,
        "behandlingstype": Behandlingstype.VEDTAK,
        "regler": LOVEN,
    }
    return konsolider(forslag=moved, voteringer=ballots, **(arguments | more))


def origins(beregning: Beregning) -> list[str]:
    return [avsnitt.opphav_id for avsnitt in beregning.avsnitt]


STRYK3 = forslag("P1", Forslagstype.STRYKNING, "", maal="A3")
ENDRE2 = forslag("P2", Forslagstype.ENDRING, "Arbeidet har ett mål.", maal="A2")
TILLEGG = forslag("P3")
ALTERNATIV = forslag("P4", Forslagstype.ALTERNATIVT, "Skolen rives.\n\nTomta selges.")
UTSETT = forslag("P5", Forslagstype.UTSETTELSE, "Saken utsettes til høsten.")
ENDRE3 = forslag("P6", Forslagstype.ENDRING, "Sfo blir der den er.", maal="A3")


@pytest.mark.parametrize(
    ("moved", "ballots", "expected", "utfall"),
    [
        ([], held(ALLE), ["A1", "A2", "A3"], []),
        ([], held(over("A1", "A3"), RESTEN), ["A1", "A2", "A3"], []),
        ([], held(over("A1", "A3"), RESTEN, tap=[2]), ["A1", "A3"], []),
        ([TILLEGG], held(TILLEGG_OVER := over("P3"), ALLE), ["A1", "A2", "A3", "P3"], [S.VEDTATT]),
        ([TILLEGG], held(ALLE, TILLEGG_OVER, tap=[2]), ["A1", "A2", "A3"], [S.FALT]),
        ([STRYK3], held(over("A1", "A2"), (over("A3"), over("P1"))), ["A1", "A2", "A3"], [S.FALT]),
        ([STRYK3], held(over("A1", "A2"), (over("A3"), over("P1")), tap=[2]), ["A1", "A2"], [S.VEDTATT]),
        ([STRYK3], held(over("P1"), RESTEN), ["A1", "A2"], [S.VEDTATT]),
        ([STRYK3], held(over("A1", "A2"), over("P1"), tap=[2]), ["A1", "A2", "A3"], [S.FALT]),
        ([STRYK3], held(over("P1"), RESTEN, tap=[1]), ["A1", "A2", "A3"], [S.FALT]),
        ([STRYK3], held(ALLE, over("P1")), ["A1", "A2"], [S.VEDTATT]),
        ([ENDRE2], held((over("A2"), over("P2")), RESTEN, tap=[1]), ["A1", "P2", "A3"], [S.VEDTATT]),
        ([ENDRE2], held((over("A2"), over("P2")), RESTEN), ["A1", "A2", "A3"], [S.FALT]),
        ([ENDRE2], held(over("P2"), ALLE), ["A1", "P2", "A3"], [S.VEDTATT]),
        ([ENDRE2], held(over("P2"), ALLE, tap=[2]), [], [S.BORTFALT]),
        ([ENDRE2], held(ALLE, over("P2")), ["A1", "P2", "A3"], [S.VEDTATT]),
        ([STRYK3, ENDRE3], held(over("P1"), RESTEN), ["A1", "A2"], [S.VEDTATT, S.BORTFALT]),
        ([ENDRE3], held(over("A3"), RESTEN, tap=[1]), ["A1", "A2"], [S.BORTFALT]),
        ([ALTERNATIV], held((ALLE, over("P4")), tap=[1]), ["P4", "P4"], [S.VEDTATT]),
        ([ALTERNATIV], held((ALLE, over("P4"))), ["A1", "A2", "A3"], [S.FALT]),
        ([ALTERNATIV, ENDRE2], held(over("P4")), ["P4", "P4"], [S.VEDTATT, S.BORTFALT]),
        ([ALTERNATIV, TILLEGG], held(over("P3"), over("P4")), ["P4", "P4", "P3"], [S.VEDTATT, S.VEDTATT]),
        ([ALTERNATIV], held(ALLE, over("P4"), tap=[1]), ["P4", "P4"], [S.VEDTATT]),
        ([TILLEGG, ENDRE2], held(ALLE, over("P2", "P3")), ["A1", "P2", "A3", "P3"], [S.VEDTATT, S.VEDTATT]),
    ],
)
def test_the_text_follows_the_ballots(
    moved: list[Forslag], ballots: list[Voteringsdata], expected: list[str], utfall: list[Forslagsstatus]
) -> None:
    beregning = beregn(moved, ballots)
    assert beregning.mangler == ()
    assert origins(beregning) == expected
    assert list(beregning.forslagsutfall.values()) == utfall


def test_each_paragraph_knows_its_origin_and_its_ballots() -> None:
    beregning = beregn([ENDRE2, TILLEGG], held(over("P2"), ALLE, over("P3")))
    assert [(ett.opphav, ett.voteringer) for ett in beregning.avsnitt] == [
        (Opphav.SEGMENT, (2,)),
        (Opphav.FORSLAG, (1, 2)),
        (Opphav.SEGMENT, (2,)),
        (Opphav.FORSLAG, (3,)),
    ]
    assert beregning.avsnitt[0].blokker == GRUNNTEKST[0].blokker


def test_additions_stand_at_their_anchor_and_otherwise_in_ballot_order() -> None:
    moved = [forslag("P1"), forslag("P2", anker="A1"), forslag("P3"), forslag("P4", anker="A1")]
    beregning = beregn(moved, held(over("P3"), over("P4"), over("P1"), over("P2"), ALLE))
    assert origins(beregning) == ["A1", "P4", "P2", "A2", "A3", "P3", "P1"]


def test_an_anchor_that_is_struck_still_marks_the_place() -> None:
    moved = [STRYK3, forslag("P2", anker="A3"), forslag("P3")]
    beregning = beregn(moved, held(over("P1"), over("P3"), over("P2"), RESTEN))
    assert origins(beregning) == ["A1", "A2", "P2", "P3"]


def test_the_order_of_the_secretary_moves_what_it_names_and_nothing_else() -> None:
    moved = [forslag(f"P{at}") for at in (1, 2, 3)]
    ballots = held(ALLE, over("P1"), over("P2"), over("P3"))
    assert origins(beregn(moved, ballots, rekkefoelge=["P3", "P1"])) == ["A1", "A2", "A3", "P3", "P2", "P1"]
    assert origins(beregn(moved, ballots, rekkefoelge=["A3", "A1"])) == ["A3", "A2", "A1", "P1", "P2", "P3"]
    assert origins(beregn(moved, ballots, rekkefoelge=["finnes ikke"])) == ["A1", "A2", "A3", "P1", "P2", "P3"]


def test_an_alternative_keeps_its_order_around_a_change() -> None:
    alternative = forslag("P1", Forslagstype.ALTERNATIVT, "En.\n\nTo.\n\nTre.")
    change = forslag("P2", Forslagstype.ENDRING, "Ny to.", maal="P1#2")
    beregning = beregn([alternative, change], held(over("P1"), over("P2")))
    assert plain_text(beregning.blokker) == "En.\nNy to.\nTre."


def test_an_alternative_that_was_struck_gives_way_to_another() -> None:
    first = forslag("P1", Forslagstype.ALTERNATIVT, "En.")
    strike = forslag("P2", Forslagstype.STRYKNING, "", maal="P1#1")
    second = forslag("P3", Forslagstype.ALTERNATIVT, "To.")
    beregning = beregn([first, strike, second], held(over("P1"), over("P2"), over("P3")))
    assert plain_text(beregning.blokker) == "To."
    assert beregning.forslagsutfall == {"P1": S.BORTFALT, "P2": S.VEDTATT, "P3": S.VEDTATT}


def test_an_adopted_postponement_ends_the_rest_and_carries_the_text() -> None:
    beregning = beregn([UTSETT, TILLEGG], held(over("P5")))
    assert beregning.mangler == ()
    assert beregning.forslagsutfall == {"P5": S.VEDTATT, "P3": S.BORTFALT}
    assert beregning.uavgjort == ()
    assert beregning.innledning == ()
    assert beregning.prosedyre is not None
    assert [ett.opphav_id for ett in beregning.prosedyre.foelger] == ["A1", "A2", "A3"]
    assert plain_text(beregning.blokker[:2]) == "Saken utsettes til høsten.\nFølgende innstilling følger saken."


def test_a_dismissed_case_carries_nothing() -> None:
    beregning = beregn([forslag("P1", Forslagstype.AVVISNING, "Saken avvises.")], held(over("P1")))
    assert beregning.prosedyre is not None
    assert beregning.prosedyre.foelger == ()
    assert plain_text(beregning.blokker) == "Saken avvises."


def test_a_fallen_postponement_changes_nothing() -> None:
    beregning = beregn([UTSETT], held(over("P5"), ALLE, tap=[1]))
    assert beregning.prosedyre is None
    assert origins(beregning) == ["A1", "A2", "A3"]


def test_what_is_passed_on_is_no_part_of_the_text() -> None:
    beregning = beregn([forslag("P1", Forslagstype.OVERSENDELSE)], held(ALLE, over("P1")))
    assert origins(beregning) == ["A1", "A2", "A3"]
    assert [ett.opphav_id for ett in beregning.oversendt] == ["P1"]


def test_agreement_without_a_ballot_adopts_and_a_trial_does_not() -> None:
    agreed = Voteringsdata(1, Voteringsform.ENIGHET, (ALLE,))
    trial = Voteringsdata(1, Voteringsform.PROEVE, (ALLE,), enstemmig=True)
    assert origins(beregn([], [agreed])) == ["A1", "A2", "A3"]
    assert beregn([], [trial]).uavgjort == ("A1", "A2", "A3")


def test_what_is_open_is_named_until_it_is_closed() -> None:
    withdrawn = forslag("P9", status=S.TRUKKET)
    beregning = beregn([TILLEGG, withdrawn], held(over("A1")))
    assert [reason.text for reason in beregning.mangler] == [
        "Avsnitt 2, 3 er ikke avgjort. Hold votering over det som står igjen.",
        "Forslag 3 fra Kari P3 er ikke avgjort. Voter over det, eller bekreft at det er bortfalt.",
    ]
    assert beregning.forslagsutfall == {"P3": S.FRAMSATT, "P9": S.TRUKKET}
    assert not beregning.kan_fattes
    closed = beregn([TILLEGG, withdrawn], held(ALLE), lukk=True)
    assert closed.forslagsutfall == {"P3": S.BORTFALT, "P9": S.TRUKKET}
    assert closed.kan_fattes


def test_closing_leaves_undecided_paragraphs_open() -> None:
    assert len(beregn([], held(over("A1")), lukk=True).mangler) == 1


@pytest.mark.parametrize(
    ("ballots", "says"),
    [
        (held(ALLE, over("A1")), "Votering 2: Avsnitt 1 er vedtatt i votering 1"),
        (
            held(ALLE, Voteringsdata(2, Voteringsform.FOR_MOT, (over("P3"),), til_stede=4, stemmer_mot=1)),
            "Votering 2: ",
        ),
        (held(ALLE, Voteringsdata(2, Voteringsform.FOR_MOT, (over("P3"),))), "Votering 2: Stemmetallene mangler"),
    ],
)
def test_a_ballot_that_cannot_have_been_held_does_not_count(ballots: list[Voteringsdata], says: str) -> None:
    beregning = beregn([TILLEGG], ballots)
    assert origins(beregning) == ["A1", "A2", "A3"]
    assert beregning.mangler[0].text.startswith(says)


def test_a_tied_election_waits_for_its_lot() -> None:
    tie = Voteringsdata(1, Voteringsform.FOR_MOT, (over("P3"),), stemmer_for=10, stemmer_mot=10, valg=True)
    lot = Voteringsdata(3, Voteringsform.ENIGHET, (over("P3"),))
    waiting = beregn([TILLEGG], [tie, Voteringsdata(2, Voteringsform.FOR_MOT, (ALLE,), enstemmig=True)])
    assert "loddtrekning" in waiting.mangler[0].text
    drawn = beregn([TILLEGG], [tie, Voteringsdata(2, Voteringsform.FOR_MOT, (ALLE,), enstemmig=True), lot])
    assert drawn.mangler == ()
    assert origins(drawn)[-1] == "P3"


def test_ballots_count_in_their_order_however_they_are_given() -> None:
    ballots = held(over("P3"), over("P7"), ALLE)
    moved = [TILLEGG, forslag("P7")]
    assert beregn(moved, ballots[::-1]) == beregn(moved, ballots)


# Wrapping words


@pytest.mark.parametrize(
    ("kind", "organ", "nynorsk", "expected"),
    [
        (Behandlingstype.VEDTAK, STYRET, False, []),
        (Behandlingstype.INNSTILLING, UTVALGET, False, ["Saken sendes kommunestyret med slik", "INNSTILLING:"]),
        (Behandlingstype.UTTALELSE, Organ("Eldrerådet"), False, ["Eldrerådet gir følgende", "UTTALELSE:"]),
        (Behandlingstype.INNSTILLING, UTVALGET, True, ["Saka blir send til kommunestyret med slik", "TILRÅDING:"]),
        (Behandlingstype.UTTALELSE, Organ("Eldrerådet"), True, ["Eldrerådet gjev følgjande", "FRÅSEGN:"]),
    ],
)
def test_the_words_around_the_text(kind: Behandlingstype, organ: Organ, nynorsk: bool, expected: list[str]) -> None:
    more = {"ordlyd": NYNORSK} if nynorsk else {}
    beregning = beregn([], held(ALLE), organ=organ, behandlingstype=kind, **more)
    assert [plain_text((block,)) for block in beregning.innledning] == expected
    assert beregning.blokker[: len(expected)] == beregning.innledning


@pytest.mark.parametrize(
    ("dato", "malform", "utvalgstype", "ventet"),
    [
        ((2019, 1, 1), "nb", "komite", "alle"),
        ((2020, 1, 1), "nb", "komite", "nye"),
        ((2020, 1, 1), "nb", "raad", "raadets"),
        ((2019, 1, 1), "nb", "raad", "alle"),
        ((2020, 1, 1), "nn", "raad", "nynorske"),
    ],
)
def test_the_words_are_chosen_by_day_written_form_and_kind_of_body(
    dato: tuple[int, int, int], malform: str, utvalgstype: str, ventet: str
) -> None:
    def ord_(navn: str) -> Vedtaksord:
        return replace(BOKMAAL, foelger_saken=navn)

    ordvalg = [
        Ordvalg(ALLTID, "nb", ord_("alle")),
        Ordvalg(dt.date(2020, 1, 1), "nb", ord_("raadets"), "raad"),
        Ordvalg(dt.date(2019, 6, 1), "nb", ord_("nye")),
        Ordvalg(ALLTID, "nn", ord_("nynorske")),
    ]
    assert vedtaksord_for(dt.date(*dato), malform, utvalgstype, ordvalg).foelger_saken == ventet


def test_an_unknown_written_form_has_no_words() -> None:
    with pytest.raises(InvalidInput, match="målformen «se»"):
        vedtaksord_for(dt.date(2019, 1, 1), "se", "raad")


def test_a_body_named_by_more_words_keeps_its_capital() -> None:
    organ = Organ("Utvalget", overordnet="Lillevik kommunestyre")
    beregning = beregn([], held(ALLE), organ=organ, behandlingstype=Behandlingstype.INNSTILLING)
    assert plain_text(beregning.innledning[:1]) == "Saken sendes Lillevik kommunestyre med slik"


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("Eldrerådet tar saken til orientering.", False),
        ("Rådet foreslår å ta saken til etterretning.", False),
        ("Eldrerådet ber om flere benker.", True),
        ("Eldrerådet tar saken til orientering.\n\nDet trengs flere benker.", True),
    ],
)
def test_taking_note_of_a_case_is_no_statement(text: str, wrapped: bool) -> None:
    moved = [forslag("P1", text=text)]
    more = {"grunntekst": [], "organ": Organ("Eldrerådet"), "behandlingstype": Behandlingstype.UTTALELSE}
    assert bool(beregn(moved, held(over("P1")), **more).innledning) == wrapped


def test_nothing_adopted_has_no_words_around_it() -> None:
    more = {"organ": UTVALGET, "behandlingstype": Behandlingstype.INNSTILLING}
    assert beregn([], held(ALLE, tap=[1]), **more).blokker == ()


# Remarks


@pytest.mark.parametrize(
    ("parti", "tilsluttet", "organ", "told", "majority"),
    [
        ("Ap", ("R",), STYRET, None, True),
        ("SV", ("H",), STYRET, None, False),
        ("Ap", (), STYRET, True, False),
        ("SV", ("Ap", "SV"), STYRET, None, True),
        ("Ap", ("H",), Organ("Rådet"), None, False),
        ("Ap", ("H",), Organ("Rådet"), True, True),
        ("Ap", ("H", "PP"), STYRET, None, True),
        ("SV", ("PP",), STYRET, True, True),
        ("Ap", (), Organ("Utvalget", 20, {"Ap": 10}), None, False),
    ],
)
def test_a_majority_of_the_seats_makes_it_the_remark_of_the_majority(
    parti: str, tilsluttet: tuple[str, ...], organ: Organ, told: bool | None, majority: bool
) -> None:
    assert er_flertallsmerknad(Merknad("M1", parti, tilsluttet, (), told), organ) is majority


def test_the_remark_follows_the_decision_under_the_names_as_minuted() -> None:
    remark = Merknad("M1", "SV", ("H", "Ap", "SV"), parse_notation("Vi minner om skolen."))
    minority = Merknad("M2", "R", (), parse_notation("Vi er uenige."))
    beregning = beregn([], held(ALLE), merknader=[remark, minority])
    [shown] = beregning.flertallsmerknader
    assert (shown.overskrift, shown.merknad_id) == ("FLERTALLSMERKNAD - SV, H, Ap:", "M1")
    assert plain_text(beregning.blokker[-2:]) == "FLERTALLSMERKNAD - SV, H, Ap:\nVi minner om skolen."


# Numbered base texts


NUMMERERT = [
    Segment(f"A{at}", blokker) for at, blokker in enumerate(segments(parse_notation("1. En.\n2. To.\n3. Tre.")), 1)
]


def test_a_numbered_base_is_numbered_anew() -> None:
    moved = [forslag("P1", Forslagstype.STRYKNING, "", maal="A2"), forslag("P2", text="Fire.\n\n- a\n- b")]
    beregning = beregn(moved, held(over("P1"), RESTEN, over("P2")), grunntekst=NUMMERERT)
    assert plain_text(beregning.blokker) == "1. En.\n2. Tre.\n3. Fire.\n- a\n- b"


def test_a_point_written_with_a_number_gets_the_number_of_its_place() -> None:
    moved = [forslag("P1", Forslagstype.ENDRING, "2. Ny to.", maal="A2"), forslag("P2", text="9. Fire.")]
    beregning = beregn(moved, held(over("P1"), RESTEN, over("P2")), grunntekst=NUMMERERT)
    assert plain_text(beregning.blokker) == "1. En.\n2. Ny to.\n3. Tre.\n4. Fire."


def test_headings_and_tables_are_no_points() -> None:
    grunntekst = base("# Del en", "1. En.")
    beregning = beregn([forslag("P1", text="a\tb")], held(RESTEN, over("P1")), grunntekst=grunntekst)
    assert plain_text(beregning.blokker) == "Del en\n1. En.\na\tb"


# Properties


TEXTS = st.lists(
    st.sampled_from(["Et vedtak.", "Mål:\n1. en\n2. to", "Punkt:\n- a\n- b", "Uten punktum", "1. Nummerert"]),
    min_size=1,
    max_size=5,
)
KINDS = st.sampled_from([Forslagstype.TILLEGG, Forslagstype.STRYKNING, Forslagstype.ENDRING, Forslagstype.OVERSENDELSE])


@st.composite
def treatments(draw: st.DrawFn) -> tuple[list[Segment], list[Forslag], list[Voteringsdata]]:
    """Any base text, any proposals to it, and ballots on some of it in any order, won and lost."""
    grunntekst = base(*draw(TEXTS))
    moved = []
    for at in range(1, draw(st.integers(0, 5)) + 1):
        kind = draw(KINDS)
        maal = draw(st.sampled_from(grunntekst)).id if kind in (Forslagstype.STRYKNING, Forslagstype.ENDRING) else None
        anker = draw(st.sampled_from([None, *(segment.id for segment in grunntekst)]))
        moved.append(forslag(f"P{at}", kind, f"Forslagets tekst {at}.", maal=maal, anker=anker))
    keys = draw(st.permutations([segment.id for segment in grunntekst] + [ett.id for ett in moved]))
    asked = keys[: draw(st.integers(0, len(keys)))]
    lost = [at for at in range(1, len(asked) + 1) if draw(st.booleans())]
    return grunntekst, moved, held(*(over(key) for key in asked), tap=lost)


@given(TEXTS)
def test_the_innstilling_alone_gives_the_innstilling(texts: list[str]) -> None:
    grunntekst = base(*texts)
    beregning = beregn([], held(Objekt(tuple(segment.id for segment in grunntekst))), grunntekst=grunntekst)
    numbered = all(text.startswith("1.") for text in texts)
    expected: Blocks = tuple(block for segment in grunntekst for block in segment.blokker)
    if numbered:
        assert [line[-9:] for line in plain_text(beregning.blokker).splitlines()] == ["Nummerert"] * len(texts)
    else:
        assert beregning.blokker == expected


@given(st.permutations(range(1, 7)))
def test_independent_additions_stand_in_the_order_of_their_ballots(order: list[int]) -> None:
    moved = [forslag(f"P{at}") for at in range(1, 7)]
    beregning = beregn(moved, held(ALLE, *(over(f"P{at}") for at in order)))
    assert origins(beregning)[3:] == [f"P{at}" for at in order]


@given(treatments())
def test_no_text_of_a_fallen_proposal_or_paragraph_is_in_the_decision(
    treatment: tuple[list[Segment], list[Forslag], list[Voteringsdata]],
) -> None:
    grunntekst, moved, ballots = treatment
    beregning = beregn(moved, ballots, grunntekst=grunntekst)
    written = to_notation(beregning.blokker)
    for ett in moved:
        shown = f"Forslagets tekst {ett.nummer}." in written
        adopted = beregning.forslagsutfall[ett.id] is S.VEDTATT
        textual = ett.forslagstype in (Forslagstype.TILLEGG, Forslagstype.ENDRING)
        assert shown == (adopted and textual)
    assert set(origins(beregning)).isdisjoint(beregning.uavgjort)


@given(treatments())
def test_every_proposal_ends_in_one_state_when_the_treatment_is_closed(
    treatment: tuple[list[Segment], list[Forslag], list[Voteringsdata]],
) -> None:
    grunntekst, moved, ballots = treatment
    closed = beregn(moved, ballots, grunntekst=grunntekst, lukk=True)
    assert closed.forslagsutfall.keys() == {ett.id for ett in moved}
    assert S.FRAMSATT not in closed.forslagsutfall.values()


@given(treatments())
def test_open_proposals_are_never_dropped(
    treatment: tuple[list[Segment], list[Forslag], list[Voteringsdata]],
) -> None:
    grunntekst, moved, ballots = treatment
    beregning = beregn(moved, ballots, grunntekst=grunntekst)
    named = " ".join(reason.text for reason in beregning.mangler)
    for key, status in beregning.forslagsutfall.items():
        assert status is not S.FRAMSATT or f"Forslag {key[1:]} fra" in named


@given(treatments())
def test_lists_inside_a_paragraph_are_never_touched(
    treatment: tuple[list[Segment], list[Forslag], list[Voteringsdata]],
) -> None:
    grunntekst, moved, ballots = treatment
    beregning = beregn(moved, ballots, grunntekst=grunntekst)
    by_id = {segment.id: segment.blokker for segment in grunntekst}
    for avsnitt in beregning.avsnitt:
        if avsnitt.opphav is Opphav.SEGMENT:
            assert avsnitt.blokker[1:] == by_id[avsnitt.opphav_id][1:]


@given(treatments())
def test_the_rest_is_what_no_ballot_has_decided(
    treatment: tuple[list[Segment], list[Forslag], list[Voteringsdata]],
) -> None:
    grunntekst, moved, ballots = treatment
    rest = resterende(grunntekst, moved, ballots, LOVEN)
    settled = [*ballots, Voteringsdata(99, Voteringsform.FOR_MOT, (Objekt(rest),), enstemmig=True)] if rest else ballots
    assert beregn(moved, settled, grunntekst=grunntekst).uavgjort == ()
