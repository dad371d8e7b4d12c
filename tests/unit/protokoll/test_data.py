from __future__ import annotations

import datetime as dt
import json
from dataclasses import FrozenInstanceError, fields

import pytest

from saksbehandling.errors import InvalidInput
from saksbehandling.protokoll.data import Saksprotokolldata, Stemmelinje, fra_json, som_verdier, til_json
from saksbehandling.richtext import plain_text


def test_the_stored_form_comes_back_as_it_was(protokolldata) -> None:
    stored = json.loads(json.dumps(til_json(protokolldata())))
    assert fra_json(stored) == protokolldata()


def test_the_least_protocol_comes_back_too(protokolldata) -> None:
    full = protokolldata()
    needed = ("kommune", "utvalg", "moetedato", "sak", "tittel", "dokumenttittel", "arkivsak")
    least = Saksprotokolldata(*(getattr(full, name) for name in needed))
    assert fra_json(til_json(least)) == least
    assert som_verdier(least)["har_vedtak"] is False
    assert som_verdier(least)["godkjenning"] is None


def test_every_field_is_stored_and_shown(protokolldata) -> None:
    names = {field.name for field in fields(Saksprotokolldata)}
    assert names <= set(til_json(protokolldata()))
    assert names - {"stemmer"} <= set(som_verdier(protokolldata()))  # these stand with each ballot


def test_the_sides_stand_with_their_ballot(protokolldata) -> None:
    sides = ((Stemmelinje("For", "H 2"), Stemmelinje("Mot", "R 1")),)
    data = protokolldata(voteringer=("Første.", "Andre."), stemmer=sides)
    assert fra_json(til_json(data)) == data
    assert som_verdier(data)["voteringsliste"] == [
        {"setning": "Første.", "stemmer": [{"side": "For", "hvem": "H 2"}, {"side": "Mot", "hvem": "R 1"}]},
        {"setning": "Andre.", "stemmer": []},
    ]


def test_values_are_what_templates_show(protokolldata) -> None:
    values = som_verdier(protokolldata())
    assert (values["moetedato"], values["saksnummer"], values["godkjenning"]["dato"]) == (
        dt.date(2024, 3, 14),
        "PS 12/24",
        dt.date(2024, 3, 18),
    )
    assert plain_text(values["vedtak"]).startswith("Kommunestyret bygger")
    assert [one["nummer"] for one in values["vedtaksavsnitt"]] == [1, 2, 3]
    assert [one["er_notat"] for one in values["behandling"]] == [True, False, False]


@pytest.mark.parametrize(
    "damage",
    [
        {"versjon": 2},
        {"moetedato": "i går"},
        {"vedtak": [[{"type": "skjema"}]]},
        {"behandling": [{"art": "sang", "overskrift": "", "tekst": []}]},
        {"utvalg": ...},
        {"godkjenning": {"maate": "x"}},
    ],
)
def test_damaged_data_are_refused(protokolldata, damage) -> None:
    stored = {**til_json(protokolldata()), **damage}
    with pytest.raises(InvalidInput):
        fra_json({name: value for name, value in stored.items() if value is not ...})


def test_the_data_are_frozen(protokolldata) -> None:
    with pytest.raises(FrozenInstanceError):
        protokolldata().sak = "13/24"
