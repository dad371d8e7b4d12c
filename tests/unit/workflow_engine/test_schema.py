from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.chart import Titler
from saksbehandling.workflow_engine.definition import DEFINITION_RULES, read_definition
from saksbehandling.workflow_engine.schema import Felt, Felttype, FormSchema, compile_schema
from saksbehandling.workflow_engine.source import read

Source = Callable[..., bytes]
T = 'nb="B" nn="N" en="E"'
END = '<state id="a"><transition event="x" target="s"/></state><final id="s"/>'
FORM = f"""<sb:felt navn="navn" type="tekst" paakrevd="true" nb="Navnet" nn="Namnet" en="The name"/>
<sb:felt navn="antall" type="tall" nb="Antall" nn="Tal" en="Number"/>
<sb:felt navn="dag" type="dato" nb="Dagen" nn="Dagen" en="The day"/>
<sb:felt navn="vei" type="valg" nb="Veien" nn="Vegen" en="The way">
<sb:valg verdi="kort" nb="Kort" nn="Kort" en="Short"/>
<sb:valg verdi="lang" nb="Lang" nn="Lang" en="Long"/></sb:felt>
<sb:felt navn="ja" type="ja_nei" nb="Enig" nn="Samd" en="Agreed"/>{END}"""


def schema_of(content: bytes) -> FormSchema:
    return compile_schema(read("skjema.scxml", content, DEFINITION_RULES))


@pytest.fixture
def form(source: Source) -> FormSchema:
    return schema_of(source(FORM))


def test_the_fields_are_those_declared_in_their_order(form: FormSchema) -> None:
    assert [(felt.navn, felt.type) for felt in form.felter] == [
        ("navn", Felttype.TEKST),
        ("antall", Felttype.TALL),
        ("dag", Felttype.DATO),
        ("vei", Felttype.VALG),
        ("ja", Felttype.JA_NEI),
    ]
    assert form.felter[0] == Felt("navn", Felttype.TEKST, Titler("Navnet", "Namnet", "The name"), True)
    assert form.felter[3].valg == (("kort", Titler("Kort", "Kort", "Short")), ("lang", Titler("Lang", "Lang", "Long")))


@pytest.mark.parametrize(
    ("field", "given", "clean"),
    [
        ("navn", "  Ås  ", "Ås"),
        ("antall", "1 250", 1250),
        ("antall", "1\N{NO-BREAK SPACE}250", 1250),
        ("antall", "\N{MINUS SIGN}3", -3),
        ("antall", 0, 0),
        ("dag", "29.8.2019", "2019-08-29"),
        ("dag", "2019-08-29", "2019-08-29"),
        ("dag", dt.date(2019, 8, 29), "2019-08-29"),
        ("vei", "lang", "lang"),
        ("ja", "ja", True),
        ("ja", "Nei", False),
        ("ja", False, False),
    ],
)
def test_what_people_write_becomes_clean(form: FormSchema, field: str, given: Any, clean: Any) -> None:
    values, reasons = form.validate({"navn": "x", field: given})
    assert reasons == ()
    assert values[field] == clean
    assert type(values[field]) is type(clean)


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        ("navn", "   ", "«Navnet» må fylles ut."),
        ("navn", "a\x00b", "«Navnet» har tegn som ikke kan skrives ut; lim inn teksten uten formatering."),
        ("navn", "x" * 20_001, "«Navnet» må være tekst på høyst 20000 tegn."),
        ("navn", 3, "«Navnet» må være tekst på høyst 20000 tegn."),
        ("antall", "tolv", "«Antall» må være et helt tall, som 1250."),
        ("antall", "1,5", "«Antall» må være et helt tall, som 1250."),
        ("antall", True, "«Antall» må være et helt tall, som 1250."),
        ("dag", "31.2.2019", "«Dagen» må være en dato, som 29.08.2019."),
        ("vei", "bred", "«Veien» må være en av: Kort, Lang."),
        ("vei", ["kort"], "«Veien» må være en av: Kort, Lang."),
        ("ja", "kanskje", "«Enig» må besvares med ja eller nei."),
        ("ukjent", "x", "«ukjent» finnes ikke i skjemaet."),
    ],
)
def test_what_cannot_be_taken_is_explained(form: FormSchema, field: str, given: Any, message: str) -> None:
    values, (reason,) = form.validate({"navn": "x", field: given})
    assert (reason.text, reason.felt) == (message, field)
    assert field not in values


def test_every_reason_is_told_at_once(form: FormSchema) -> None:
    values, reasons = form.validate({"antall": "x", "dag": "x"})
    assert (values, [reason.felt for reason in reasons]) == ({}, ["navn", "antall", "dag"])


def test_fields_left_empty_are_left_out(form: FormSchema) -> None:
    assert form.validate({"navn": "x", "antall": "", "ja": None}) == ({"navn": "x"}, ())


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (f'<sb:felt navn="x" type="ord" {T}/>', r"skjema\.scxml:1: type=\"ord\" er ukjent"),
        (f'<sb:felt navn="x" type="valg" {T}/>', "bare et felt av typen «valg» har <sb:valg>"),
        (f'<sb:felt navn="x" type="tall" {T}><sb:valg verdi="a" {T}/></sb:felt>', "bare et felt av typen «valg»"),
        (f'<sb:felt navn="x" type="tall" {T}/>\n<sb:felt navn="x" type="dato" {T}/>', r":2: feltet «x» er erklært to"),
        (f'<sb:felt navn="X Y" type="tall" {T}/>', "er ikke et gyldig navn"),
        (
            f'<sb:felt navn="x" type="valg" {T}><sb:valg verdi="a" {T}/><sb:valg verdi="a" {T}/></sb:felt>',
            "to valg har samme verdi",
        ),
        ('<sb:felt navn="x" type="tall" nb="B" nn="N"/>', "mangler attributtet en"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(source: Source, fields: str, message: str) -> None:
    with pytest.raises(SetupError, match=message):
        schema_of(source(fields + END))


def test_a_deadline_says_where_its_length_comes_from(source: Source) -> None:
    body = END.replace("<trans", '<sb:frist navn="f" dager="3" hendelse="x" kilde="reglement § 4"/><trans', 1)
    definition = read_definition("skjema.scxml", source(body))
    assert definition.kilder == {("a", "f"): "reglement § 4"}
    assert definition.form == FormSchema()


ANYTHING = st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.lists(st.text())
EVERY_FIELD = FormSchema(
    tuple(
        Felt(kind.value, kind, Titler("B", "N", "E"), False, (("a", Titler("A", "A", "A")),) if kind == "valg" else ())
        for kind in Felttype
    )
)


@given(st.dictionaries(st.sampled_from([*map(str, Felttype), "annet"]), ANYTHING))
def test_whatever_comes_in_what_comes_out_is_clean_json(values: dict[str, Any]) -> None:
    clean, reasons = EVERY_FIELD.validate(values)
    assert json.loads(json.dumps(clean)) == clean
    assert EVERY_FIELD.validate(clean) == (clean, ())
    assert clean.keys() | {reason.felt for reason in reasons} <= values.keys()
