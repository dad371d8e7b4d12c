from __future__ import annotations

from collections.abc import Callable

import pytest

from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.trial_runs import play, read_runs

MakeChart = Callable[..., Chart]
BODY = """
<sb:hendelse navn="send" nb="Send" nn="Send" en="Send"/><sb:forvalter tillatelser="skrive"/>
<state id="a"><sb:tillatelse navn="skrive" roller="skriver"/>
  <transition event="stopp" target="slutt" sb:roller="sjef" sb:noedutgang="true"/>
  <transition event="send" target="b" cond="klar and not sperret" sb:roller="skriver"/></state>
<state id="b"><sb:frist navn="svar" dager="3" hendelse="frist.svar"/>
  <invoke type="urn:saksbehandling:1" src="barn"/>
  <transition event="frist.svar" target="slutt"><send target="#_parent" event="b.ferdig"/></transition></state>
<final id="slutt"/>
"""
RUNS = """# En liten prøve
== Svar etter fristen
2024-03-01 | start | | | a | | skrive: skriver
2024-03-04 | ikke send | | klar; sperret | a
2024-03-04 | send | skriver | klar | b | svar 2024-03-07 | delsaker: barn
2024-03-08 | frist.svar | system | | slutt ^b.ferdig
== Stoppet
2024-03-01 | (i) | | | a | | skrive: skriver
2024-03-02 | stopp! | sjef | | slutt
"""


def found(chart: Chart, text: str) -> list[str]:
    return [str(finding) for finding in play(chart, read_runs("proeve.txt", text))]


def test_a_definition_that_does_what_its_runs_say_has_no_findings(make_chart: MakeChart) -> None:
    assert found(make_chart(BODY), RUNS) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| klar | b |", "| klar | a |", "saken kommer til «b», ikke «a»"),
        ("send | skriver |", "send | sjef |", "hendelsen er ikke mulig i «a»"),
        ("send | skriver |", "send | skriver sjef |", "hendelsen er ikke mulig i «a»"),
        ("stopp! | sjef", "stopp! | sjef skriver", "rollen «skriver» kan ikke gjøre det"),
        ("ikke send | | klar; sperret", "ikke send | | klar", "rollen «skriver» kan også gjøre det"),
        ("| klar | b", "| klar; rolig | b", "vilkåret «rolig» hindrer ikke"),
        ("| klar | b", "| | b", "hendelsen er ikke mulig i «a»"),
        ("2024-03-08 | frist", "2024-03-07 | frist", "fristen går først ut etter 07.03.2024"),
        ("svar 2024-03-07", "svar 2024-03-06", "fristene som løper, er «svar» 07.03.2024, ikke «svar» 06.03.2024"),
        ("svar 2024-03-07 ", "", "fristene som løper, er «svar» 07.03.2024, ikke ingen"),
        ("a | | skrive: skriver\n2024-03-04", "a\n2024-03-04", "«skrive» er gitt til skriver, ikke ingen"),
        ("delsaker: barn", "", "«delsaker» er gitt til barn, ikke ingen"),
        ("slutt ^b.ferdig", "slutt", "det meldes «b.ferdig» til saken over, ikke «»"),
        ("stopp!", "stopp", "overgangen er en nødutgang"),
        ("(i) | | | a", "(i) | | | c", "tilstanden «c» finnes ikke"),
        ("2024-03-02 | stopp! | sjef | | slutt\n", "", "overgangen fra «a» ved «stopp» er ikke prøvd"),
    ],
)
def test_what_is_otherwise_is_found(make_chart: MakeChart, old: str, new: str, message: str) -> None:
    assert old in RUNS
    (finding,) = found(make_chart(BODY), RUNS.replace(old, new, 1))
    assert message in finding


def test_a_finding_names_the_definition_and_the_run(make_chart: MakeChart) -> None:
    (finding,) = found(make_chart(BODY), RUNS.replace("| klar | b |", "| klar | a |"))
    assert finding.startswith("proeve.scxml:5: prøveløpet «Svar etter fristen» (proeve.txt:5), «send» den 04.03.2024: ")
    assert finding.endswith("Rett definisjonen, eller prøveløpet.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-03-01 | start", r"proeve\.txt:1: et steg står før det første løpet"),
        ("== A\n2024-3-1 | start", r"proeve\.txt:2: steget kan ikke leses"),
        ("== A\n2024-03-01 | start | | | a | svar", r"proeve\.txt:2: steget kan ikke leses"),
        ("== A\n2024-03-01 | a | b | c | d | | f: g | h", r"proeve\.txt:2: steget har 8 kolonner"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(SetupError, match=message):
        read_runs("proeve.txt", text)
