"""What the W3C's plan leaves to a human eye, and In() without a data model: short documents of our own, by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.dialect import compile_definition
from conformance.platform import Platform, Session
from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine import interpreter
from saksbehandling.workflow_engine.compiler import compile_chart

HERE = Path(__file__).parent
END = '<final id="slutt"/>'


def run(body: str, attributes: str = "") -> Session:
    text = f'<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" {attributes}>{body}</scxml>'
    platform = Platform()
    session = platform.start(compile_definition("proeve.scxml", text.encode(), HERE))
    platform.run()
    return session


def test_178_two_parameters_of_the_same_name_are_both_sent() -> None:
    session = run(
        '<state id="a"><onentry><send event="e"><param name="antall" expr="2"/><param name="antall" expr="3"/></send>'
        '</onentry><transition event="e" target="slutt"><log label="sendt" expr="_event.raw"/></transition></state>'
        + END
    )
    assert session.model.log == [("sendt", (("antall", 2), ("antall", 3)))]


def test_230_a_forwarded_event_is_the_same_in_both_sessions() -> None:
    fields = "[_event.name, _event.type, _event.sendid, _event.origin, _event.origintype, _event.invokeid, _event.data]"
    log = f'<log label="felt" expr="{fields}"/>'
    session = run(
        '<state id="a"><onentry><send event="for_sent" delay="9s"/></onentry><invoke id="barn" autoforward="true">'
        '<content><scxml version="1.0"><state id="i"><onentry><send event="ut" target="#_parent">'
        '<param name="antall" expr="7"/></send></onentry>'
        f'<transition event="ut" target="ferdig">{log}</transition></state><final id="ferdig"/></scxml></content>'
        f'</invoke><transition event="ut">{log}</transition><transition event="done.invoke" target="slutt"/></state>'
        + END
    )
    (inner,) = [each for each in session.platform.sessions.values() if each.parent]
    assert session.configuration.active == {"slutt"}
    assert session.model.log == inner.model.log != []
    assert session.model.log[0][1][-2:] == ["barn", {"antall": 7}]


def test_250_a_cancelled_session_leaves_its_states_innermost_first() -> None:
    session = run(
        '<state id="a"><onentry><send event="avbryt" delay="1s"/></onentry><invoke><content><scxml version="1.0">'
        '<state id="ytre"><onexit><log expr="\'ytre\'"/></onexit><state id="indre"><onexit><log expr="\'indre\'"/>'
        '</onexit></state></state><final id="ferdig"><onentry><log expr="\'ikke avbrutt\'"/></onentry></final></scxml>'
        '</content></invoke><transition event="avbryt" target="slutt"/></state>' + END
    )
    _, inner = session.platform.sessions.values()
    assert inner.over
    assert [value for _, value in inner.model.log] == ["indre", "ytre"]


def test_301_a_script_that_cannot_be_fetched_makes_the_document_refused() -> None:
    with pytest.raises(SetupError, match="finnes ikke"):
        run('<script src="file:finnes_ikke.js"/><state id="a"/>')


def test_307_substructure_of_data_not_loaded_yet_behaves_as_substructure_that_is_not_there() -> None:
    read = '<onentry><assign location="kopi" expr="sent.finnes_ikke"/></onentry>'
    session = run(
        '<datamodel><data id="kopi"/></datamodel>'
        f'<state id="a">{read}<transition event="error.execution" target="b"><log label="a" expr="_event.name"/>'
        f'</transition></state><state id="b"><datamodel><data id="sent" expr="1"/></datamodel>{read}'
        '<transition event="error.execution" target="slutt"><log label="b" expr="_event.name"/></transition></state>'
        + END,
        'binding="late"',
    )
    assert session.model.log == [("a", "error.execution"), ("b", "error.execution")]


def test_313_an_illegal_expression_raises_an_error() -> None:
    session = run(
        '<datamodel><data id="v" expr="1"/></datamodel><state id="a"><onentry><assign location="v" expr="return"/>'
        '<raise event="videre"/></onentry><transition event="error.execution" target="slutt"/></state>' + END
    )
    assert session.configuration.active == {"slutt"}


def test_314_and_not_before_it_is_evaluated() -> None:
    session = run(
        '<datamodel><data id="v" expr="1"/></datamodel>'
        '<state id="s"><transition event="error.execution" target="feil"/>'
        '<state id="a"><transition target="b"/></state><state id="b"><onentry><assign location="v" expr="return"/>'
        '</onentry><transition event="error.execution" target="slutt"/></state></state><state id="feil"/>' + END
    )
    assert session.configuration.active == {"slutt"}


def test_415_a_top_final_state_ends_it_before_the_event_that_it_raised() -> None:
    session = run(
        '<final id="slutt"><onentry><raise event="e"/><log expr="\'inn\'"/></onentry>'
        '<onexit><log expr="_event.name"/></onexit></final>'
    )
    assert session.over
    assert session.model.log == [("", "inn")]  # on the way out there was still no event to name


def test_436_in_is_true_of_active_states_alone_in_the_product_s_own_data_model() -> None:
    chart = compile_chart(
        "proeve.scxml",
        b'<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" name="p" '
        b'sb:versjon="1"><parallel id="p"><state id="x"><transition cond="In(\'utenfor\')" target="feil"/>'
        b'<transition cond="In(\'y\')" target="slutt"/><transition target="feil"/></state><state id="y"/></parallel>'
        b'<state id="utenfor"/><final id="feil"/><final id="slutt"/></scxml>',
    )
    assert interpreter.start(chart, lambda _guard: ()).configuration.active == {"slutt"}
