from __future__ import annotations

from collections.abc import Callable

import pytest

from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.chart import (
    ROOT,
    SYSTEM,
    Cancel,
    Chart,
    If,
    Kind,
    Raise,
    SendDelayed,
    SendParent,
    Titler,
)
from saksbehandling.workflow_engine.compiler import compile_chart

MakeChart = Callable[..., Chart]
Source = Callable[..., bytes]

RICH = """
<sb:hendelse navn="ferdig" nb="Gjør ferdig" nn="Gjer ferdig" en="Finish"/>
<sb:forvalter tillatelser="lese skrive"/>
<state id="a" initial="a2" sb:venter="true" sb:stasjon="besoekt" sb:merke="utsatt" sb:hjemmel="lov § 1">
  <sb:tittel nb="En" nn="Ein" en="One"/>
  <sb:tillatelse navn="skrive" roller="skriver sjef"/>
  <sb:tillatelse navn="lese" roller=""/>
  <sb:frist navn="svarfrist" dager="14" hendelse="frist.svar"/>
  <invoke type="urn:saksbehandling:1" src="uttalelse"/>
  <onentry><raise event="inn"/><send event="purring" delay="2d" id="p"/></onentry>
  <onexit><cancel sendid="p"/></onexit>
  <history id="minne" type="deep"><transition target="a2"/></history>
  <state id="a1"/>
  <state id="a2"/>
  <transition event="ferdig frist.*" target="slutt" cond="klar" sb:roller="sjef" sb:hjemmel="lov § 2">
    <if cond="x"><send target="#_parent" event="en"/><elseif cond="y"/><else/><raise event="to"/></if>
  </transition>
  <transition event="nød" target="slutt"/>
</state>
<parallel id="p"><state id="p1"/><state id="p2"/></parallel>
<final id="slutt"/>
"""


def test_it_reads_everything_that_is_supported(make_chart: MakeChart) -> None:
    chart = make_chart(RICH.replace("nød", "noed"), initial="a1")
    a = chart.states["a"]
    assert list(chart.states) == [ROOT, "a", "minne", "a1", "a2", "p", "p1", "p2", "slutt"]
    assert (a.kind, a.venter, a.stasjon, a.merke, a.hjemmel) == (Kind.COMPOUND, True, "besoekt", "utsatt", "lov § 1")
    assert a.titler == Titler("En", "Ein", "One")
    assert a.tillatelser == {"skrive": {"skriver", "sjef"}, "lese": frozenset()}
    assert (a.children, a.histories, a.delsaker) == (("a1", "a2"), ("minne",), ("uttalelse",))
    assert [(f.navn, f.dager, f.hendelse) for f in a.frister] == [("svarfrist", 14, "frist.svar")]
    assert [type(action) for action in a.onentry] == [Raise, SendDelayed]
    assert isinstance(a.onentry[1], SendDelayed)
    assert (a.onentry[1].name, a.onentry[1].seconds) == ("p", 2 * 86400)
    assert isinstance(a.onexit[0], Cancel)
    assert a.initial is not None
    assert a.initial.targets == ("a2",)
    assert chart.states["minne"].deep
    assert chart.states["a1"].ancestors == ("a", ROOT)
    assert chart.states[ROOT].initial is not None
    assert chart.states[ROOT].initial.targets == ("a1",)
    assert chart.hendelser["ferdig"].nn == "Gjer ferdig"
    assert chart.forvaltede == ("lese", "skrive")


def test_it_reads_transitions(make_chart: MakeChart) -> None:
    first, second = make_chart(RICH.replace("nød", "noed")).states["a"].transitions
    assert (first.events, first.targets, str(first.cond), first.hjemmel) == (
        ("ferdig", "frist"),
        ("slutt",),
        "klar",
        "lov § 2",
    )
    assert first.roller == {"sjef"}
    assert second.roller == {SYSTEM}
    (choice,) = first.actions
    assert isinstance(choice, If)
    assert [(str(cond) if cond else None, [type(a) for a in inner]) for cond, inner in choice.branches] == [
        ("x", [SendParent]),
        ("y", []),
        (None, [Raise]),
    ]


@pytest.mark.parametrize(
    ("descriptor", "event", "expected"),
    [
        ("a", "a", True),
        ("a", "a.b", True),
        ("a", "ab", False),
        ("a.b", "a", False),
        ("a.*", "a.b.c", True),
        ("a.*", "a", True),
        ("*", "hva.som.helst", True),
        ("b a", "a.c", True),
    ],
)
def test_events_match_by_prefix(make_chart: MakeChart, descriptor: str, event: str, expected: bool) -> None:
    chart = make_chart(f'<state id="s"><transition event="{descriptor}"/></state>')
    assert chart.transitions[0].matches(event) is expected


S = '<state id="s"/>'
FAULTS = [
    ("", 1, "ingen tilstander"),
    (f"<final/>{S}", 1, "<final> mangler attributtet id"),
    (f"{S}\n{S}", 2, "«s» er brukt før, på linje 1"),
    ('<state id="s t"/>', 1, "ikke et gyldig navn"),
    ('<state id="æ"/>', 1, "ikke et gyldig navn"),
    (f"{S}\n<script>alert(1)</script>", 2, "<script> støttes ikke"),
    (f"{S}\n<datamodel/>", 2, "<datamodel> støttes ikke"),
    ('<state id="s">\n<transition event="e"><assign location="x"/></transition></state>', 2, "<assign> støttes ikke"),
    (f"{S}\n<annet xmlns='urn:annet'/>", 2, "navnerommet «urn:annet» er ukjent"),
    (f"{S}\n<sb:noe/>", 2, "<sb:noe> støttes ikke"),
    (f"{S}\n<state xmlns='' id='t'/>", 2, "støttes ikke"),
    (f"{S}\nhei", 1, "løs tekst"),
    ('<state id="s" onclick="x"/>', 1, "kan ikke ha attributtet onclick"),
    ('<state id="s" sb:farge="x"/>', 1, "kan ikke ha attributtet sb:farge"),
    ('<state id="s" sb:venter="ja"/>', 1, 'sb:venter="ja" er ukjent'),
    ('<state id="s" sb:stasjon="ja"/>', 1, 'sb:stasjon="ja" er ukjent'),
    ('<state id="s" initial="t"/>', 1, "initial viser til «t», som ikke finnes"),
    ('<state id="s" initial="t"><state id="u"/></state>\n<state id="t"/>', 1, "«t» ligger ikke i tilstanden"),
    ('<state id="s" initial="u"><initial><transition target="u"/></initial><state id="u"/></state>', 1, "både"),
    ('<state id="s"><initial/><state id="u"/></state>', 1, "<initial> mangler <transition>"),
    ('<state id="s"><initial><transition target="u" event="e"/></initial><state id="u"/></state>', 1, "bare ha target"),
    ('<state id="s">\n<history id="h"/><state id="u"/></state>', 2, "<history> mangler <transition>"),
    ('<state id="s"><history id="h"><transition target="t"/></history></state><state id="t"/>', 1, "«t» ligger ikke"),
    (
        '<state id="s"><history id="h" type="dyp"><transition target="u"/></history><state id="u"/></state>',
        1,
        'type="dyp" er ukjent',
    ),
    ('<parallel id="p"/>', 1, "ingen grener"),
    ('<state id="s"><transition/></state>', 1, "verken hendelse eller"),
    ('<state id="s"><transition target="s"/></state>', 1, "verken hendelse eller"),
    ('<state id="s">\n\n<transition event="e" target="t"/></state>', 3, "target viser til «t», som ikke finnes"),
    ('<state id="s"><transition event="e" target=""/></state>', 1, "target er tomt"),
    ('<state id="s"><transition event="e" target="s t"/></state><state id="t"/>', 1, "kan ikke være aktive samtidig"),
    ('<state id="s"><transition event="e" target="s t"/><state id="t"/></state>', 1, "kan ikke være aktive samtidig"),
    ('<state id="s"><transition event="e..f" target="s"/></state>', 1, "«e..f» er ikke et gyldig navn"),
    ('<state id="s"><transition event="e" type="rask"/></state>', 1, 'type="rask" er ukjent'),
    ('<state id="s"><transition event="e" sb:roller="konge"/></state>', 1, "rollen «konge» er ikke erklært"),
    ('<state id="s"><transition event="e"\ncond="a =="/></state>', 2, "kan ikke leses: tegn 3"),
    ('<state id="s"><transition event="e" cond="In(\'t\')"/></state>', 1, "tilstanden «t», som ikke finnes"),
    ('<state id="s"><onentry><raise event="*"/></onentry></state>', 1, "ikke et gyldig navn"),
    ('<state id="s"><onentry><send event="e"/></onentry></state>', 1, "kjent mottaker"),
    ('<state id="s"><onentry><send event="e" target="http://x"/></onentry></state>', 1, "kjent mottaker"),
    ('<state id="s"><onentry><send event="e" target="#_parent" delay="1d"/></onentry></state>', 1, "kjent mottaker"),
    ('<state id="s"><onentry><send event="e" delay="snart"/></onentry></state>', 1, 'delay="snart"'),
    ('<state id="s"><onentry><if cond="a"><else/><else/></if></onentry></state>', 1, "etter <else>"),
    ('<state id="s"><invoke type="http" src="x"/></state>', 1, "<invoke> av typen «http»"),
    ('<state id="s"><sb:frist navn="f" dager="to" hendelse="e"/></state>', 1, 'dager="to"'),
    ('<state id="s"><sb:frist navn="f" dager="-1" hendelse="e"/></state>', 1, 'dager="-1"'),
    ('<state id="s"><sb:tittel nb="En" en="One"/></state>', 1, "<sb:tittel> mangler attributtet nn"),
    ('<state id="s"><sb:tillatelse navn="x" roller="konge"/></state>', 1, "rollen «konge» er ikke erklært"),
    ('<state id="s"><sb:tillatelse navn="x" roller=""/><sb:tillatelse navn="x" roller=""/></state>', 1, "to ganger"),
    (f'{S}<sb:rolle navn="skriver" nb="" nn="" en=""/>', 1, "«skriver» er erklært to ganger"),
    (f'{S}<sb:tittel nb="" nn="" en=""/>', 1, "<sb:tittel> står to ganger"),
    ('<state id="s">', 2, "ikke gyldig XML"),
]


@pytest.mark.parametrize(("body", "line", "what"), FAULTS, ids=[what for _, _, what in FAULTS])
def test_a_fault_names_file_line_and_what(source: Source, body: str, line: int, what: str) -> None:
    with pytest.raises(SetupError) as caught:
        compile_chart("feil.scxml", source(body))
    assert str(caught.value).startswith(f"feil.scxml:{line}: ")
    assert what in str(caught.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "ikke gyldig XML"),
        (b"<scxml version='1.0' name='x'/>", "rotelementet"),
        (b"<!DOCTYPE scxml><scxml xmlns='http://www.w3.org/2005/07/scxml'/>", "DOCTYPE"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><scxml xmlns='http://www.w3.org/2005/07/scxml'>&a;</scxml>", "DOCTYPE"),
        (
            b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
            b"<scxml xmlns='http://www.w3.org/2005/07/scxml'>&a;</scxml>",
            "DOCTYPE",
        ),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16"), "DOCTYPE"),
        (b"<a>" * 400, "ikke gyldig XML"),
        (b" " * (512 * 1024 + 1), "524289 byte"),
        (b"<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' name='x'/>", "sb:versjon"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused(content: bytes, what: str) -> None:
    with pytest.raises(SetupError, match=what):
        compile_chart("x.scxml", content)


@pytest.mark.parametrize(("old", "new"), [('version="1.0"', 'version="2.0"'), ('sb:versjon="1"', 'sb:versjon="null"')])
def test_the_versions_are_checked(source: Source, old: str, new: str) -> None:
    with pytest.raises(SetupError):
        compile_chart("x.scxml", source(S).replace(old.encode(), new.encode(), 1))


def test_permissions_are_those_of_the_innermost_state(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <sb:forvalter tillatelser="lese skrive slette"/>
        <sb:tillatelse navn="lese" roller="skriver sjef"/>
        <state id="a"><sb:tillatelse navn="skrive" roller="skriver"/>
          <state id="a1"><sb:tillatelse navn="skrive" roller="sjef"/></state>
          <state id="a2"/>
        </state>""")
    assert chart.permissions({"a", "a1"}) == {"lese": {"skriver", "sjef"}, "skrive": {"sjef"}, "slette": frozenset()}
    assert chart.permissions({"a", "a2"})["skrive"] == {"skriver"}


def test_parallel_branches_must_agree_on_a_permission(make_chart: MakeChart) -> None:
    chart = make_chart("""
        <sb:forvalter tillatelser="skrive"/>
        <parallel id="p"><sb:tillatelse navn="skrive" roller="skriver"/>
          <state id="x"><sb:tillatelse navn="skrive" roller="skriver sjef"/></state>
          <state id="y"><state id="aapen"/>
            <state id="laast"><sb:tillatelse navn="skrive" roller=""/></state></state>
        </parallel>""")
    assert chart.permissions({"p", "x", "y", "aapen"})["skrive"] == {"skriver", "sjef"}
    assert chart.permissions({"p", "x", "y", "laast"})["skrive"] == frozenset()


def test_the_chart_cannot_be_changed(make_chart: MakeChart) -> None:
    chart = make_chart(S)
    with pytest.raises(TypeError):
        chart.states["t"] = chart.states["s"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        chart.states["s"].venter = True  # type: ignore[misc]
