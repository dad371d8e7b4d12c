from __future__ import annotations

from collections.abc import Callable

import pytest

from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.verifier import verify, verify_event_titles, verify_family, verify_senders

MakeChart = Callable[..., Chart]

SOUND = """
<sb:hendelse navn="ferdig" nb="Ferdig" nn="Ferdig" en="Done"/>
<sb:forvalter tillatelser="skrive"/>
<state id="a"><sb:tittel nb="A" nn="A" en="A"/>
  <sb:tillatelse navn="skrive" roller="skriver"/>
  <sb:frist navn="f" dager="3" hendelse="frist.f"/>
  <transition event="frist.f"/>
  <transition event="ferdig" target="b" sb:roller="skriver"/>
</state>
<state id="b" sb:venter="true"><sb:tittel nb="B" nn="B" en="B"/>
  <sb:tillatelse navn="skrive" roller=""/>
  <transition event="barn.ferdig" target="slutt"/>
</state>
<final id="slutt"><sb:tittel nb="Slutt" nn="Slutt" en="End"/></final>
"""


def found(chart: Chart) -> list[str]:
    return [finding.what for finding in verify(chart)]


def test_a_sound_definition_has_no_findings(make_chart: MakeChart) -> None:
    assert found(make_chart(SOUND)) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "<final",
            '<state id="oe"><sb:tillatelse navn="skrive" roller=""/><sb:tittel nb="Ø" nn="Ø" en="Ø"/>'
            '<transition event="ferdig" target="slutt" sb:roller="sjef"/></state><final',
            "tilstanden «oe» kan aldri nås",
        ),
        ('target="slutt"', 'target="a"', "fra «a» fører ingen vei til en slutt uten nødutganger"),
        (
            'target="slutt"',
            'target="slutt" sb:noedutgang="true"',
            "fra «b» fører ingen vei til en slutt uten nødutganger",
        ),
        (' sb:venter="true"', "", "ingen rolle kan gjøre noe i «b»"),
        (
            'event="barn.ferdig" target="slutt"',
            'event="ferdig" target="slutt" sb:roller="sjef"',
            "«b» venter på en delsak eller frist, men ingen slik hendelse har en overgang",
        ),
        ('target="b" sb:roller="skriver"', 'target="b"', "ingen rolle kan gjøre noe i «a»"),
        (
            'target="b" sb:roller="skriver"',
            'target="b" sb:roller="skriver" sb:noedutgang="true"',
            "ingen rolle kan gjøre noe i «a»",
        ),
        ('<transition event="frist.f"/>', "", "fristen «f» sender «frist.f», som ikke har noen overgang"),
        (
            '<transition event="frist.f"/>',
            '<transition event="frist.f" target="b" sb:roller="sjef"/>',
            "fristen «f» sender «frist.f», som ikke har noen overgang",
        ),
        (
            '<transition event="frist.f"/>',
            '<transition event="frist.f"><send event="purring" delay="1d"/></transition>',
            "utsettelsen «purring» sender «purring», som ikke har noen overgang",
        ),
        ('<sb:tillatelse navn="skrive" roller=""/>', "", "tillatelsen «skrive» er ikke satt i «b»"),
        ('navn="skrive" roller=""', 'navn="skrivee" roller=""', "tillatelsen «skrivee» forvaltes ikke"),
        ("</final>", '<transition event="x" target="a"/></final>', "slutten «slutt» har overganger ut"),
        ('<sb:tittel nb="B" nn="B" en="B"/>', "", "tilstanden «b» mangler tittel"),
        ('<sb:tittel nb="Slutt" nn="Slutt" en="End"/>', "", "tilstanden «slutt» mangler tittel"),
        ('<sb:hendelse navn="ferdig" nb="Ferdig" nn="Ferdig" en="Done"/>', "", "hendelsen «ferdig» mangler tittel"),
        ("final", "state", "definisjonen har ingen slutt"),
        (
            "<sb:forvalter",
            '<sb:hendelse navn="nekt" nb="Nekt" nn="Nekt" en="Deny"/><sb:forvalter',
            "hendelsen «nekt» er erklært, men har ingen overgang",
        ),
        (
            "<sb:forvalter",
            '<sb:rolle navn="vakt" nb="vakt" nn="vakt" en="guard"/><sb:forvalter',
            "rollen «vakt» er erklært, men kan ingenting",
        ),
        ('roller="skriver"/>\n  <sb:frist', 'roller=""/><sb:frist', "ingen har tillatelsen «skrive» i noen tilstand"),
        (
            '<transition event="ferdig" target="b" sb:roller="skriver"/>',
            '<transition event="ferdig" target="b" sb:roller="skriver"/>'
            '<transition event="ferdig" target="slutt" cond="x" sb:roller="skriver"/>',
            "overgangen fra «a» ved «ferdig» blir aldri tatt: en før den tas alltid",
        ),
    ],
)
def test_a_seeded_fault_is_found(make_chart: MakeChart, old: str, new: str, finding: str) -> None:
    assert old in SOUND
    assert finding in found(make_chart(SOUND.replace(old, new)))


def test_a_finding_names_its_line(make_chart: MakeChart) -> None:
    (finding,) = verify(make_chart(SOUND.replace('<transition event="frist.f"/>', "")))
    assert str(finding).startswith("proeve.scxml:5: fristen «f»")
    assert str(finding).endswith("uten roller.")


def test_parallel_branches_may_wait_for_each_other(make_chart: MakeChart) -> None:
    titled = '<sb:tittel nb="T" nn="T" en="T"/>'
    chart = make_chart(f"""
        <sb:hendelse navn="ferdig" nb="Ferdig" nn="Ferdig" en="Done"/>
        <sb:forvalter tillatelser="skrive"/>
        <parallel id="p"><transition event="done.state.p" target="slutt"/>
          <state id="x"><sb:tillatelse navn="skrive" roller="sjef"/>
            <state id="x1">{titled}<transition event="ferdig" target="x2" sb:roller="sjef"/></state>
            <final id="x2"/></state>
          <state id="y">
            <state id="y1" sb:venter="true">{titled}<transition event="barn" target="y2"/></state>
            <final id="y2"/></state>
        </parallel><final id="slutt">{titled}</final>""")
    assert found(chart) == []


def test_what_a_sub_case_sends_must_be_heard_by_the_parent(make_chart: MakeChart) -> None:
    parent = make_chart(SOUND, name="mor")
    child = make_chart(
        """<state id="a"><transition event="e" target="slutt"><send target="#_parent" event="barn.ferdig"/>
        <if cond="x"><send target="#_parent" event="barn.ukjent"/></if></transition></state><final id="slutt"/>""",
        name="barn",
    )
    (finding,) = verify_family(parent, child)
    assert finding.what == "«barn.ukjent» sendes til «mor», som ikke tar imot hendelsen"
    assert (finding.file, finding.line) == ("barn.scxml", 2)


CHILD = """<state id="a"><transition event="e" target="slutt"><if cond="x">
<send target="#_parent" event="barn.ferdig"/><else/><send target="#_parent" event="barn.ikke"/></if></transition>
</state><final id="slutt"/>"""
STARTS = '<invoke type="urn:saksbehandling:1" src="barn"/>'


def test_a_sub_case_must_be_heard_where_it_may_start(make_chart: MakeChart) -> None:
    child = make_chart(CHILD, name="barn")
    hears = make_chart(SOUND.replace("<transition", f"{STARTS}<transition", 1), name="mor")
    assert [finding.what for finding in verify_family(hears, child)][1:] == [
        "«a» tar ikke imot «barn.ferdig» eller «barn.ikke» fra «barn»"
    ]
    one = SOUND.replace('<transition event="barn', f'{STARTS}<transition event="barn')
    (finding,) = verify_family(make_chart(one, name="mor"), child)
    assert finding.what == "«barn.ikke» sendes til «mor», som ikke tar imot hendelsen"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("", "", None),
        ('event="barn.ferdig"', 'event="barn.fredig"', "ingen sender «barn.fredig», som overgangen fra «b» venter på"),
        ('event="barn.ferdig"', 'event="barn"', None),
        ('<sb:frist navn="f" dager="3" hendelse="frist.f"/>', "", "ingen sender «frist.f», som overgangen fra «a»"),
        ('target="b" sb:roller="skriver"', 'target="b"', "ingen sender «ferdig», som overgangen fra «a» venter på"),
        ('target="b" sb:roller="skriver"', 'target="b" sb:roller="skriver system"', "ingen sender «ferdig»"),
        ('event="frist.f"', 'event="frist.f ferdig" sb:roller="skriver system"', None),
    ],
)
def test_the_system_waits_for_nothing_that_nobody_sends(
    make_chart: MakeChart, old: str, new: str, finding: str | None
) -> None:
    child = make_chart(CHILD, name="barn")
    found = [each.what for each in verify_senders(make_chart(SOUND.replace(old, new)), [child])]
    assert (found == []) if finding is None else (len(found) == 1 and found[0].startswith(finding))


def test_a_deadline_is_heard_only_where_it_runs(make_chart: MakeChart) -> None:
    moved = SOUND.replace('<transition event="frist.f"/>', "").replace(
        '<transition event="barn', '<transition event="frist.f"/><transition event="barn'
    )
    child = make_chart(CHILD, name="barn")
    (finding,) = verify_senders(make_chart(moved), [child])
    assert finding.what == "ingen sender «frist.f», som overgangen fra «b» venter på"


def test_what_stands_in_the_history_has_a_title(make_chart: MakeChart) -> None:
    chart = make_chart(SOUND.replace("<transition", f"{STARTS}<transition", 1))
    found = verify_event_titles(chart, [make_chart(CHILD, name="barn")])
    assert [finding.what for finding in found] == [
        f"hendelsen «{event}» mangler tittel" for event in ("frist.f", "barn.ferdig", "barn.ikke")
    ]
