"""The ballot that the registration page proposes next."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.richtext import parse_notation
from saksbehandling.vedtak.lesing import Voteringsutkast, neste_votering
from saksbehandling.vedtak.rekkefoelge import INNSTILLINGEN
from saksbehandling.vedtak.rules import konsolider
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018 as LOVEN
from saksbehandling.votering.values import Forslag, Objekt, Organ, Segment, Voteringsdata

TEKST = [Segment(f"s{nr}", parse_notation(f"Avsnitt {nr}.")) for nr in (1, 2, 3)]
FOR_MOT, ALTERNATIV = Voteringsform.FOR_MOT, Voteringsform.ALTERNATIV


def forslag(nr: int, slag: Forslagstype = Forslagstype.TILLEGG, maal: str | None = None) -> Forslag:
    return Forslag(f"f{nr}", nr, slag, parse_notation(f"Forslag {nr}."), maal=maal)


def holdt(nr: int, utkast: Voteringsutkast, *, mot: int = 0) -> Voteringsdata:
    """The proposed ballot, held: unanimous, or with so many against of eleven."""
    sider = (utkast.objekter, utkast.mot_objekter) if utkast.mot_objekter else (utkast.objekter,)
    return Voteringsdata(
        nr,
        utkast.form,
        tuple(
            Objekt(tuple(key for key in side if key.startswith("s")), tuple(key for key in side if key.startswith("f")))
            for side in sider
        ),
        til_stede=11,
        enstemmig=not mot,
        partistemmer={Stemme.MOT: {"Ap": mot}} if mot else {},
    )


def gang(alle: list[Forslag], mot: list[int], tekst: list[Segment] = TEKST) -> list[Voteringsutkast]:
    """The ballots proposed one after the other, with so many against in each (then none)."""
    holdte: list[Voteringsdata] = []
    utkastene: list[Voteringsutkast] = []
    while (utkast := neste_votering(tekst, alle, holdte, LOVEN)) is not None:
        assert len(utkastene) < 30, "Den samme voteringen foreslås igjen og igjen."
        utkastene.append(utkast)
        holdte.append(holdt(len(holdte) + 1, utkast, mot=mot[len(holdte)] if len(holdte) < len(mot) else 0))
    return utkastene


def test_the_order_of_the_guided_case() -> None:
    alle = [forslag(1), forslag(2), forslag(3, Forslagstype.STRYKNING, "s3"), forslag(4)]
    assert gang(alle, []) == [
        Voteringsutkast(FOR_MOT, ("s1", "s2")),
        Voteringsutkast(ALTERNATIV, ("s3",), ("f3",)),
        Voteringsutkast(FOR_MOT, ("f1",)),
        Voteringsutkast(FOR_MOT, ("f2",)),
        Voteringsutkast(FOR_MOT, ("f4",)),
    ]


def test_procedure_goes_first_and_ends_it() -> None:
    alle = [forslag(1), forslag(2, Forslagstype.UTSETTELSE)]
    assert gang(alle, []) == [Voteringsutkast(FOR_MOT, ("f2",))]


def test_a_fallen_postponement_is_followed_by_the_substance() -> None:
    alle = [forslag(1, Forslagstype.UTSETTELSE)]
    assert gang(alle, [8])[1] == Voteringsutkast(FOR_MOT, ("s1", "s2", "s3"))


def test_the_whole_text_stands_against_an_alternative() -> None:
    alle = [forslag(1, Forslagstype.ALTERNATIVT)]
    assert gang(alle, []) == [Voteringsutkast(ALTERNATIV, ("s1", "s2", "s3"), ("f1",))]


def test_several_changes_of_one_paragraph_are_taken_one_by_one() -> None:
    alle = [forslag(1, Forslagstype.ENDRING, "s2"), forslag(2, Forslagstype.STRYKNING, "s2")]
    foerste, andre, *_ = gang(alle, [0, 8])
    assert foerste.objekter == ("s1", "s3")
    assert andre == Voteringsutkast(FOR_MOT, ("f2",))


def test_a_paragraph_that_is_changed_is_not_changed_again() -> None:
    alle = [forslag(1, Forslagstype.ENDRING, "s2"), forslag(2, Forslagstype.ENDRING, "s2")]
    assert [ett.objekter for ett in gang(alle, [])] == [("s1", "s3"), ("f2",)]


def test_what_is_withdrawn_is_not_proposed() -> None:
    assert gang([replace(forslag(1), status=Forslagsstatus.TRUKKET)], []) == [
        Voteringsutkast(FOR_MOT, ("s1", "s2", "s3"))
    ]


def test_nothing_to_vote_on() -> None:
    assert neste_votering([], [], [], LOVEN) is None


SLAG = st.sampled_from([slag for slag in Forslagstype if slag is not Forslagstype.ALTERNATIVT])


@given(
    st.lists(st.tuples(SLAG, st.sampled_from(["s1", "s2", "s3"])), max_size=6),
    st.lists(st.sampled_from([0, 0, 3, 8]), max_size=12),
)
def test_following_the_proposals_leaves_nothing_but_what_has_lapsed(
    valg: list[tuple[Forslagstype, str]], mot: list[int]
) -> None:
    med_maal = (Forslagstype.ENDRING, Forslagstype.STRYKNING)
    alle = [forslag(nr, slag, maal if slag in med_maal else None) for nr, (slag, maal) in enumerate(valg, 1)]
    holdte = [holdt(nr, ett, mot=mot[nr - 1] if nr <= len(mot) else 0) for nr, ett in enumerate(gang(alle, mot), 1)]
    organ = Organ("Kommunestyret", 11, {"Ap": 11})
    assert konsolider(TEKST, alle, holdte, [], organ, Behandlingstype.VEDTAK, LOVEN, lukk=True).mangler == ()


def test_the_order_of_the_chair_is_followed_after_procedure() -> None:
    tillegg, endring, utsett = forslag(1), forslag(2, Forslagstype.ENDRING, "s2"), forslag(3, Forslagstype.UTSETTELSE)
    orden = ("f3", "f1", "f2", INNSTILLINGEN)
    alle, holdte = [tillegg, endring, utsett], [holdt(1, Voteringsutkast(FOR_MOT, ("f3",)), mot=9)]
    assert neste_votering(TEKST, alle, [], LOVEN, orden) == Voteringsutkast(FOR_MOT, ("f3",))
    gangen = []
    while (utkast := neste_votering(TEKST, alle, holdte, LOVEN, orden)) is not None:
        gangen.append(utkast)
        holdte.append(holdt(len(holdte) + 1, utkast))
    assert gangen == [
        Voteringsutkast(FOR_MOT, ("f1",)),
        Voteringsutkast(ALTERNATIV, ("s2",), ("f2",)),
        Voteringsutkast(FOR_MOT, ("s1", "s3")),
    ]
