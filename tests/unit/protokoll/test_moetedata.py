"""The frozen data of a møteprotokoll: stored and read back, and what a reader without access gets."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from factories.protokoll import saksprotokolldata
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.errors import InvalidInput
from saksbehandling.maler.slag import Malslag
from saksbehandling.protokoll.malslag import MALSLAG
from saksbehandling.protokoll.moetedata import (
    Forfallslinje,
    Frammoetelinje,
    Moeteprotokolldata,
    Protokollsak,
    fra_json,
    offentlig,
    som_verdier,
    synlig,
    til_json,
)

SAK = saksprotokolldata()
KLAGE = saksprotokolldata(tittel="Klage fra Ola Hansen", dokumenttittel="Saksprotokoll - Klage fra Ola Hansen")
MOETE = Moeteprotokolldata(
    "Fjordvik kommune",
    "Kommunestyret",
    dt.date(2024, 3, 14),
    "17.00",
    "20.15",
    "Rådhuset",
    (Frammoetelinje("Kari Lie", "Sp", "Medlem", "Per Ås", "kom kl. 17.40"),),
    (Forfallslinje("Per Ås", "Sp", "Kari Lie"),),
    27,
    (Protokollsak(1, "PS 12/24", SAK.tittel, "", SAK), Protokollsak(2, "PS 13/24", "Klagesak", "offl. § 13", KLAGE)),
)


def test_the_stored_form_comes_back_as_it_was() -> None:
    assert fra_json(json.loads(json.dumps(til_json(MOETE)))) == MOETE


@pytest.mark.parametrize("skade", [{"versjon": 2}, {"moetedato": "i går"}, {"saker": [{}]}, {"frammoete": [{"x": 1}]}])
def test_damaged_data_are_refused(skade: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        fra_json({**til_json(MOETE), **skade})


@pytest.mark.parametrize("malform", ["nb", "nn"])
def test_what_a_reader_may_not_read_is_in_no_shape_of_it(malform: str) -> None:
    vist = synlig(replace(MOETE, malform=malform), {2: ("Klagesak", "offl. § 13")})
    assert offentlig(vist)
    assert not offentlig(MOETE)
    dokument = tekst_fra_docx(DocxRenderer().render("moeteprotokoll", som_verdier(vist), public_data=til_json(vist)))
    for form in (json.dumps(til_json(vist)), repr(som_verdier(vist)), dokument):
        assert "Hansen" not in form
    assert "PS 13/24 Klagesak" in dokument
    assert "offl. § 13" in dokument
    assert dokument.count("Arbeidet starter i mai.") == 1


def test_a_case_that_was_screened_after_the_freeze_is_hidden_too() -> None:
    vist = synlig(MOETE, {1: ("En sak", "offl. § 23"), 2: ("Klagesak", "offl. § 13")})
    assert [(ett.tittel, ett.hjemmel, ett.sak) for ett in vist.saker] == [
        ("En sak", "offl. § 23", None),
        ("Klagesak", "offl. § 13", None),
    ]


@pytest.mark.parametrize("malform", ["nb", "nn"])
@pytest.mark.parametrize("slag", MALSLAG.values(), ids=MALSLAG)
def test_the_shipped_templates_show_every_field_of_the_examples(slag: Malslag, malform: str) -> None:
    navn = next(navn for navn, ett in MALSLAG.items() if ett is slag)
    assert DocxRenderer()._templates.get(navn, slag.eksempel(malform)).problems(slag.eksempel(malform)) == ()
