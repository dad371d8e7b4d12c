"""The sentence of the minutes, in both written forms of Norwegian."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from saksbehandling.richtext import parse_notation
from saksbehandling.votering.kodeverk import Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.ordlyd import BOKMAAL, NYNORSK, genitiv, protokollsetning
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.values import RESTEN, Forslag, Objekt, Segment, Stiller, Voteringsdata

GRUNNTEKST = [Segment(f"A{at}", parse_notation(f"Avsnitt nummer {at}.")) for at in range(1, 6)]
ALLE = Objekt(tuple(segment.id for segment in GRUNNTEKST))
P1, P2 = Objekt(forslag=("P1",)), Objekt(forslag=("P2",))


def forslag(
    nummer: int, *navn: str, kind: Forslagstype = Forslagstype.TILLEGG, maal: str | None = None, gruppe: bool = False
) -> Forslag:
    movers = tuple(Stiller(ett, "" if gruppe else ett.split()[-1]) for ett in navn)
    return Forslag(f"P{nummer}", nummer, kind, parse_notation("Ny tekst."), movers, maal=maal)


def sentence(
    *objekter: Objekt,
    forslag: Sequence[Forslag] = (),
    form: Voteringsform = Voteringsform.FOR_MOT,
    nynorsk: bool = False,
    **facts: Any,
) -> str:
    ballot = Voteringsdata(1, form, objekter, **facts)
    return protokollsetning(ballot, forslag, GRUNNTEKST, LOVEN, NYNORSK if nynorsk else BOKMAAL)


@pytest.mark.parametrize(
    ("navn", "expected"),
    [
        ("Lie", "Lies"),
        ("Aas", "Aas’"),
        ("Marx", "Marx’"),
        ("Schulz", "Schulz’"),
        ("BERGS", "BERGS’"),
        ("Næss", "Næss’"),
    ],
)
def test_genitive(navn: str, expected: str) -> None:
    assert genitiv(navn) == expected


@pytest.mark.parametrize(
    ("objekt", "expected"),
    [
        (ALLE, "Innstillingen"),
        (Objekt(("A1", "A2", "A4", "A5")), "Innstillingen unntatt avsnitt 3"),
        (Objekt(("A1", "A3", "A5")), "Innstillingen unntatt avsnitt 2 og 4"),
        (Objekt(("A3",)), "Innstillingen avsnitt 3"),
        (Objekt(("A1", "A2")), "Innstillingen avsnitt 1 og 2"),
        (RESTEN, "Resten av innstillingen"),
        (Objekt(("A3",), ("P1",)), "Innstillingen avsnitt 3 og Lies forslag"),
        (Objekt(forslag=("P1", "P2")), "Lies forslag og Aas’ forslag"),
    ],
)
def test_what_is_voted_on_is_named(objekt: Objekt, expected: str) -> None:
    moved = [forslag(1, "Kari Lie"), forslag(2, "Per Aas")]
    assert sentence(objekt, forslag=moved, enstemmig=True) == f"{expected} ble enstemmig vedtatt."


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ([forslag(1, "Kari Lie")], "Lies forslag"),
        ([forslag(1, "Kari Lie"), forslag(2, "Kari Lie", kind=Forslagstype.STRYKNING)], "Lies tilleggsforslag"),
        ([forslag(1, "Kari Lie", kind=Forslagstype.ALTERNATIVT), forslag(2, "Kari Lie")], "Lies alternative forslag"),
        ([forslag(1, "Kari Lie"), forslag(2, "Kari Lie")], "Lies tilleggsforslag nr. 1"),
        ([forslag(1, "Kari Lie"), forslag(2, "Ola Lie")], "Kari Lies forslag"),
        ([forslag(1, "Kari Lie", "Per Aas")], "Fellesforslaget fra Lie og Aas"),
        ([forslag(1, "Elevrådets medlemmer", gruppe=True)], "Forslaget fra Elevrådets medlemmer"),
        ([forslag(1)], "Forslaget nr. 1"),
    ],
)
def test_a_proposal_is_named_so_that_it_cannot_be_mistaken(moved: list[Forslag], expected: str) -> None:
    assert sentence(P1, forslag=moved, enstemmig=True) == f"{expected} ble enstemmig vedtatt."


MOT = {"stemmer_mot": 5, "partistemmer": {Stemme.MOT: {"V": 3, "KrF": 2}}}
FOR = {"stemmer_for": 5, "partistemmer": {Stemme.FOR: {"Ap": 2, "R": 3}}}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (MOT, "Lies forslag ble vedtatt mot 5 stemmer (3V, 2KrF)."),
        ({"stemmer_mot": 1}, "Lies forslag ble vedtatt mot 1 stemme."),
        ({"stemmer_mot": 0}, "Lies forslag ble enstemmig vedtatt."),
        (FOR, "Lies forslag fikk 5 stemmer (2Ap, 3R) og falt."),
        ({"stemmer_for": 0}, "Lies forslag fikk ingen stemmer og falt."),
        ({"stemmer_mot": 20, "til_stede": 35}, "Lies forslag fikk 15 stemmer og falt."),
        (
            {"stemmer_for": 4, "stemmer_mot": 4, "moeteleders_stemme": Stemme.FOR},
            "Lies forslag ble vedtatt med 4 mot 4 stemmer, der møtelederens stemme avgjorde.",
        ),
        (
            {"stemmer_for": 4, "stemmer_mot": 4, "moeteleders_stemme": Stemme.MOT},
            "Lies forslag falt med 4 mot 4 stemmer, der møtelederens stemme avgjorde.",
        ),
        ({"stemmer_for": 4, "stemmer_mot": 4}, "Voteringen over Lies forslag ga ikke noe flertall."),
        ({"form": Voteringsform.ENIGHET}, "Det ble enighet om Lies forslag uten votering."),
        ({"form": Voteringsform.PROEVE}, "Det ble holdt prøvevotering over Lies forslag."),
        (
            {"form": Voteringsform.PROEVE, "stemmer_for": 9, "stemmer_mot": 4},
            "Ved prøvevotering over Lies forslag var 9 for og 4 mot.",
        ),
    ],
)
def test_the_outcome_is_told_with_the_votes_of_the_minority(facts: dict[str, Any], expected: str) -> None:
    assert sentence(P1, forslag=[forslag(1, "Kari Lie")], **facts) == expected


A3 = Objekt(("A3",))
BETWEEN = "Ved alternativ votering mellom innstillingen avsnitt 3 og Lies forslag ble"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (MOT, f"{BETWEEN} innstillingen vedtatt mot 5 stemmer (3V, 2KrF) avgitt for Lies forslag."),
        (FOR, f"{BETWEEN} Lies forslag vedtatt mot 5 stemmer (2Ap, 3R) avgitt for innstillingen."),
        ({"enstemmig": True}, f"{BETWEEN} innstillingen enstemmig vedtatt."),
        ({"stemmer_for": 0}, f"{BETWEEN} Lies forslag enstemmig vedtatt."),
        (
            {"stemmer_for": 6, "stemmer_mot": 6, "moeteleders_stemme": Stemme.MOT},
            f"{BETWEEN} Lies forslag vedtatt med 6 mot 6 stemmer avgitt for innstillingen,"
            " der møtelederens stemme avgjorde.",
        ),
        (
            {"stemmer_per_objekt": (12, 3)},
            f"{BETWEEN} innstillingen vedtatt med 12 av 15 stemmer. Lies forslag fikk 3 stemmer.",
        ),
    ],
)
def test_an_alternative_ballot_names_both_and_whom_the_minority_stood_with(
    facts: dict[str, Any], expected: str
) -> None:
    moved = [forslag(1, "Kari Lie", kind=Forslagstype.STRYKNING, maal="A3")]
    assert sentence(A3, P1, forslag=moved, form=Voteringsform.ALTERNATIV, **facts) == expected


def test_against_a_paragraph_only_proposals_that_touch_it_could_be_meant() -> None:
    moved = [forslag(1, "Kari Lie", kind=Forslagstype.STRYKNING, maal="A3"), forslag(2, "Kari Lie")]
    told = sentence(A3, P1, forslag=moved, form=Voteringsform.ALTERNATIV, enstemmig=True)
    assert told.startswith("Ved alternativ votering mellom innstillingen avsnitt 3 og Lies forslag ble")
    assert sentence(P2, forslag=moved, enstemmig=True).startswith("Lies tilleggsforslag ")


def test_two_parts_of_the_same_text_keep_their_full_names() -> None:
    told = sentence(Objekt(("A1",)), Objekt(("A2",)), form=Voteringsform.ALTERNATIV, stemmer_mot=3)
    assert told.endswith("ble innstillingen avsnitt 1 vedtatt mot 3 stemmer avgitt for innstillingen avsnitt 2.")


AMONG = "Ved alternativ votering mellom innstillingen, Lies forslag og Aas’ forslag"


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        (
            (5, 4, 4),
            "fikk ingen flertall. Innstillingen fikk 5 stemmer, Lies forslag fikk 4 stemmer"
            " og Aas’ forslag fikk 4 stemmer.",
        ),
        (
            (5, 4, 1),
            "fikk ingen flertall. Innstillingen fikk 5 stemmer, Lies forslag fikk 4 stemmer"
            " og Aas’ forslag fikk 1 stemme."
            " Det voteres på nytt mellom de andre, og Aas’ forslag falt.",
        ),
        (
            (1, 9, 0),
            "ble Lies forslag vedtatt med 9 av 10 stemmer. Innstillingen fikk 1 stemme"
            " og Aas’ forslag fikk ingen stemmer.",
        ),
    ],
)
def test_of_several_alternatives_each_is_told_with_its_votes(votes: tuple[int, ...], expected: str) -> None:
    moved = [forslag(1, "Kari Lie"), forslag(2, "Per Aas")]
    told = sentence(ALLE, P1, P2, forslag=moved, form=Voteringsform.ALTERNATIV, stemmer_per_objekt=votes)
    assert told == f"{AMONG} {expected}"


def test_the_parties_behind_each_of_several_alternatives() -> None:
    moved = [forslag(1, "Kari Lie"), forslag(2, "Per Aas")]
    told = sentence(
        ALLE,
        P1,
        P2,
        forslag=moved,
        form=Voteringsform.ALTERNATIV,
        nynorsk=True,
        stemmer_per_objekt=(5, 3, 1),
        partier_per_objekt=({"Ap": 4, "V": 1}, {"H": 3}, {"R": 1}),
    )
    assert "vart innstillinga vedteken med 5 av 9 røyster (4Ap, 1V). Framlegget frå Lie fekk 3 røyster (3H) og" in told


@pytest.mark.parametrize(
    ("objekter", "facts", "expected"),
    [
        ((ALLE,), {"enstemmig": True}, "Innstillinga vart samrøystes vedteken."),
        ((P1,), MOT, "Framlegget frå Lie vart vedteke mot 5 røyster (3V, 2KrF)."),
        ((P1,), {"stemmer_mot": 1}, "Framlegget frå Lie vart vedteke mot 1 røyst."),
        ((P1,), FOR, "Framlegget frå Lie fekk 5 røyster (2Ap, 3R) og fall."),
        ((P1, P2), {"enstemmig": True}, "Framlegget frå Lie og framlegget frå Aas vart samrøystes vedtekne."),
        ((RESTEN,), {"enstemmig": True}, "Resten av innstillinga vart samrøystes vedteken."),
        ((P1,), {"form": Voteringsform.ENIGHET}, "Det vart semje om framlegget frå Lie utan røysting."),
        (
            (A3, P1),
            MOT | {"form": Voteringsform.ALTERNATIV},
            "Ved alternativ røysting mellom innstillinga avsnitt 3 og framlegget frå Lie vart innstillinga vedteken"
            " mot 5 røyster (3V, 2KrF) gjevne for framlegget frå Lie.",
        ),
    ],
)
def test_nynorsk_bends_the_participle(objekter: tuple[Objekt, ...], facts: dict[str, Any], expected: str) -> None:
    moved = [forslag(1, "Kari Lie"), forslag(2, "Per Aas")]
    assert sentence(*objekter, forslag=moved, nynorsk=True, **facts) == expected
