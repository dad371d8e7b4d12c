from __future__ import annotations

import pytest

from saksbehandling.importering.forslag_lesing import les_innslag, slutt_til
from saksbehandling.importering.linjer import Kontekst, del_i_linjer
from saksbehandling.importering.pakke import Forslag, Innslag, Merknad, Notat
from saksbehandling.richtext import parse_notation, plain_text, segments
from saksbehandling.votering.kodeverk import Forslagstype

GRUNNLAG = segments(parse_notation("Badehuset åpnes.\n\nTaket tettes i år.\n\nRampen tettes i år."))


def les(tekst: str) -> tuple[tuple[Innslag, ...], Kontekst]:
    kontekst = Kontekst(tekst)
    return les_innslag(del_i_linjer(tekst), GRUNNLAG, kontekst), kontekst


def ett(tekst: str) -> Forslag:
    innslag, _ = les(tekst)
    (forslag,) = (en for en in innslag if isinstance(en, Forslag))
    return forslag


@pytest.mark.parametrize(
    ("overskrift", "stillere", "type_", "pva"),
    [
        ("Ola Li (SV), tilleggsforslag:", [("Ola Li", "SV")], Forslagstype.TILLEGG, ()),
        ("Ola Li (AP), forslag", [("Ola Li", "Ap")], Forslagstype.TILLEGG, ()),
        ("Ola Li (V), endringsforslag pva V, H og KRF:", [("Ola Li", "V")], Forslagstype.ENDRING, ("V", "H", "KrF")),
        ("Ola Li (H) fremmet følgende alternative forslag:", [("Ola Li", "H")], Forslagstype.ALTERNATIVT, ()),
        ("Ola Li (Sp) la fram følgjande oversendingsframlegg:", [("Ola Li", "Sp")], Forslagstype.OVERSENDELSE, ()),
        (
            "Ola Li (H), Eva Moe (V) og Per Ås (KrF), fellesforslag:",
            [("Ola Li", "H"), ("Eva Moe", "V"), ("Per Ås", "KrF")],
            Forslagstype.TILLEGG,
            (),
        ),
        (
            "AP v/Ola Li fremmet følgende forslag på vegne av AP og SV:",
            [("Ola Li", "Ap")],
            Forslagstype.TILLEGG,
            ("Ap", "SV"),
        ),
        ("Tilleggsforslag fra Ola Li (R):", [("Ola Li", "R")], Forslagstype.TILLEGG, ()),
        ("**Ola Li (FrP), strykningsforslag:**", [("Ola Li", "FrP")], Forslagstype.STRYKNING, ()),
    ],
)
def test_headings_of_proposals(
    overskrift: str, stillere: list[tuple[str, str]], type_: Forslagstype, pva: tuple[str, ...]
) -> None:
    forslag = ett(f"{overskrift}\n\nKommunen kjøper en båt.")
    assert [(en.navn, en.parti) for en in forslag.stillere] == stillere
    assert (forslag.type, forslag.paa_vegne_av) == (type_, pva)
    assert plain_text(forslag.blokker) == "Kommunen kjøper en båt."


@pytest.mark.parametrize(
    ("tekst", "type_"),
    [
        ("Saken utsettes til høsten.", Forslagstype.UTSETTELSE),
        ("Saken sendes tilbake til kommunedirektøren.", Forslagstype.TILBAKESENDELSE),
        ("Saken avvises.", Forslagstype.AVVISNING),
        ("Forslaget oversendes formannskapet.", Forslagstype.OVERSENDELSE),
        ("Andre setning strykes.", Forslagstype.STRYKNING),
        ("Ordet «båt» erstattes med «ferge».", Forslagstype.ENDRING),
        ("Kommunen kjøper en båt.", Forslagstype.TILLEGG),
    ],
)
def test_a_bare_forslag_is_known_by_its_text(tekst: str, type_: Forslagstype) -> None:
    forslag = ett(f"Ola Li (H), forslag:\n\n{tekst}")
    assert (forslag.type, forslag.type_skrevet) == (type_, "forslag")


@pytest.mark.parametrize(
    ("tekst", "avsnitt", "advarsler"),
    [
        ('Følgende strykes:\n\n"Taket tettes i år".', 2, 0),
        ("Stryk «Taket   tettes i år.»", 2, 0),
        ("Avsnitt 3 strykes.", 3, 0),
        ("Avsnitt 9 strykes.", None, 1),
        ("Stryk «tettes i år».", None, 1),
        ("Stryk «Kaia bygges».", None, 1),
    ],
)
def test_a_deletion_is_aimed_at_the_paragraph_that_it_quotes(tekst: str, avsnitt: int | None, advarsler: int) -> None:
    innslag, kontekst = les(f"Ola Li (H), strykningsforslag:\n\n{tekst}")
    (forslag,) = innslag
    assert isinstance(forslag, Forslag)
    assert forslag.gjelder_avsnitt == avsnitt
    assert [en.kode for en in kontekst.advarsler] == ["ukjent_avsnitt"] * advarsler


def test_notes_stand_between_proposals_and_one_paragraph_is_one_note() -> None:
    innslag, _ = les(
        "Kultursjefen orienterte.\n\nOrdføreren delte ut:\n\n- et kart\n\nOla Li (H), forslag:\n\nEn båt."
        "\n\nOla Li (H) ba om ordet igjen.\n\nSå var det pause."
    )
    assert [type(en) for en in innslag] == [Notat, Notat, Forslag, Notat, Notat]
    assert [en.linje for en in innslag] == [1, 3, 7, 11, 13]
    assert plain_text(innslag[1].blokker) == "Ordføreren delte ut:\n- et kart"


def test_a_collective_proposal_is_its_own_sentence() -> None:
    innslag, _ = les("Rådet medlemmer foreslår å ta saken til etterretning.\n\nMøtet ble hevet.")
    forslag = innslag[0]
    assert isinstance(forslag, Forslag)
    assert (forslag.stillere[0].navn, forslag.stillere[0].skrevet) == ("rådets medlemmer", "Rådet medlemmer")
    assert (forslag.type_skrevet, forslag.overskrift) == ("ta saken til etterretning", "")
    assert isinstance(innslag[1], Notat)


def test_a_withdrawn_proposal_is_marked_where_only_one_can_be_meant() -> None:
    tekst = "Ola Li (H), tilleggsforslag:\n\nEn båt.\n\nOla Li (H), endringsforslag:\n\nAvsnitt 1: Båten.\n\n"
    trukket, _ = les(f"{tekst}Ola Li (H) trakk tilleggsforslaget.")
    uklart, _ = les(f"{tekst}Ola Li (H) trakk sitt forslag.")
    assert [en.trukket for en in trukket if isinstance(en, Forslag)] == [True, False]
    assert [en.trukket for en in uklart if isinstance(en, Forslag)] == [False, False]


def test_an_empty_proposal_is_told() -> None:
    _, kontekst = les("Ola Li (H), forslag:")
    assert [(en.kode, en.linje) for en in kontekst.advarsler] == [("tomt_forslag", 1)]


MERKNAD = "Eva Moe (SV), merknad:\n\nBåten bør være rød."


@pytest.mark.parametrize(
    ("setning", "partier"),
    [
        ("Ap, H og PP sluttet seg til merknaden fra SV.", ("Ap", "H", "PP")),
        ("H slutta seg til merknaden.", ("H",)),
        ("Ap og V slutta seg til merknaden frå SV.", ("Ap", "V")),
        ("Ap sluttet seg til merknaden fra Moe.", ("Ap",)),
    ],
)
def test_parties_join_a_remark(setning: str, partier: tuple[str, ...]) -> None:
    innslag = slutt_til(setning, les(MERKNAD)[0])
    assert innslag
    assert isinstance(innslag[0], Merknad)
    assert (innslag[0].tilsluttet_av, innslag[0].tilslutning) == (partier, (setning,))


@pytest.mark.parametrize("setning", ["Ap sluttet seg til merknaden fra Rødt.", "Komiteen sluttet seg til dette."])
def test_other_sentences_join_nothing(setning: str) -> None:
    assert slutt_til(setning, les(MERKNAD)[0]) is None
