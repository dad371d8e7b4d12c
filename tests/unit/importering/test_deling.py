from __future__ import annotations

import pytest

from saksbehandling.importering.deling import Art, del_pakke, del_protokoll
from saksbehandling.importering.linjer import del_i_linjer


@pytest.mark.parametrize(
    ("linje", "navn", "rest"),
    [
        ("Behandling:", "behandling", []),
        ("**Formannskapets behandling**", "behandling", []),
        ("Handsaming i møtet", "behandling", []),
        ("Avstemning", "votering", []),
        ("RØYSTING:", "votering", []),
        ("Votering: Lis forslag falt.", "votering", ["Lis forslag falt."]),
        ("VEDTAK", "vedtak", []),
        ("Kommunestyrets vedtak:", "vedtak", []),
        ("Vedtak: En båt kjøpes.", "vedtak", ["En båt kjøpes."]),
        ("Innstilling:", "vedtak", []),
        ("Forslag til vedtak", "grunnlag", []),
        ("Kommunedirektørens innstilling", "grunnlag", []),
    ],
)
def test_headings_of_sections(linje: str, navn: str, rest: list[str]) -> None:
    hode, (seksjon,) = del_protokoll(del_i_linjer(linje))
    assert (hode, seksjon.navn, [en.tekst for en in seksjon.linjer]) == ([], navn, rest)


@pytest.mark.parametrize(
    "linje", ["Uttalelse: Vi vil ha båt.", "Behandling: god", "Forslag til vedtak: Båt", "Vedtaket står ved lag."]
)
def test_text_that_only_begins_like_a_heading(linje: str) -> None:
    assert del_protokoll(del_i_linjer(linje))[1] == []


def test_a_heading_inside_the_decision_is_its_text() -> None:
    _, seksjoner = del_protokoll(del_i_linjer("Vedtak\nSaken sendes videre\nINNSTILLING:\nEn båt.\nVotering\nFalt."))
    assert [(en.navn, len(en.linjer)) for en in seksjoner] == [("vedtak", 3), ("votering", 1)]


def test_documents_begin_at_their_heading_or_at_their_head() -> None:
    tekst = (
        "Noe\nSaksprotokoll\nUtvalg: A\nMøtedato: 1.2.2021\nx\nUtvalg: B\n\nDato: 1.2.2021\ny\nSaksframlegg\nz\n"
        "Utvalg: i en tabell"
    )
    dokumenter = del_pakke(del_i_linjer(tekst))
    assert [(en.art, en.linje, len(en.linjer)) for en in dokumenter] == [
        (Art.INNLEDNING, 1, 1),
        (Art.PROTOKOLL, 2, 3),
        (Art.PROTOKOLL, 6, 3),
        (Art.FRAMLEGG, 10, 2),
    ]
