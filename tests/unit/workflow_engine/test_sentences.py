"""Who may do what in which state, in sentences."""

from __future__ import annotations

import pytest

from saksbehandling.workflow_engine.chart import Chart, Titler
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.expressions import parse
from saksbehandling.workflow_engine.sentences import Said, by_role, by_state
from saksbehandling.workflow_engine.sentences_conditions import Vocabulary, bans, clause, without_bans

HEAD = (
    '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" '
    'name="proeve" sb:versjon="1"><sb:tittel nb="Prøve" nn="Prøve" en="Trial"/>'
    '<sb:rolle navn="skriver" nb="skriver" nn="skrivar" en="clerk"/>'
    '<sb:rolle navn="sjef" nb="sjef" nn="sjef" en="boss"/>'
    '<sb:hendelse navn="send" nb="Send" nn="Send" en="Submit"/>'
    '<sb:hendelse navn="frist" nb="Fristen gikk ut" nn="Fristen gjekk ut" en="Time ran out"/>'
    '<sb:forvalter tillatelser="rette"/><sb:tillatelse navn="rette" roller=""/>'
)
BODY = """
<state id="alt">
  <transition event="trekk" target="slutt" sb:roller="sjef" sb:noedutgang="true" cond="not In('b')"/>
  <transition event="svar"/>
  <state id="a"><sb:tittel nb="Åpen" nn="Open" en="Open"/>
    <sb:tillatelse navn="rette" roller="sjef skriver"/>
    <sb:frist navn="f" dager="1" hendelse="frist"/><invoke type="urn:saksbehandling:1" src="delsak"/>
    <transition event="send" target="b" sb:roller="skriver sjef" sb:hjemmel="loven § 1"
                cond="ferdig and minst('sum', 3)"/>
    <transition event="frist"/></state>
  <state id="b"><sb:tittel nb="Hos sjefen" nn="Hos sjefen" en="With the boss"/>
    <sb:tillatelse navn="rette" roller="sjef"/>
    <transition event="send frist" target="slutt" sb:roller="sjef system"/></state>
</state>
<final id="slutt"><sb:tittel nb="Slutt" nn="Slutt" en="End"/></final>
"""
WORDS = Vocabulary(
    tillatelser={"rette": Titler("rette teksten", "rette teksten", "edit the text")},
    vilkaar={
        "ferdig": Titler("teksten er ferdig", "teksten er ferdig", "the text is done"),
        "minst": Titler("«{0}» er minst {1}", "«{0}» er minst {1}", "«{0}» is at least {1}"),
    },
    felter={"sum": Titler("Sum", "Sum", "Total")},
    names={"delsak": Titler("Uttalelse", "Fråsegn", "Statement")},
)


def chart_of(body: str = BODY) -> Chart:
    return compile_chart("proeve.scxml", f"{HEAD}{body}</scxml>".encode())


def of(said: list[Said], id: str) -> Said:
    return next(each for each in said if each.id == id)


def test_a_state_says_who_may_and_what_can_happen() -> None:
    said = of(by_state(chart_of(), WORDS), "a")
    assert said.title == "Åpen"
    assert said.kan == ("Skriver og sjef kan rette teksten i «Åpen».",)
    assert said.skjer == (
        "Frist: 1 dag. Når den går ut, skjer «Fristen gikk ut».",
        "Her kan det startes delsaker av slaget «Uttalelse».",
        "«Send» kan gjøres av skriver eller sjef, hvis teksten er ferdig og «Sum» er minst 3. "
        "Saken går da til «Hos sjefen». (loven § 1)",
        "«Fristen gikk ut» skjer av seg selv. Saken blir stående.",
        "«trekk» kan gjøres av sjef. Saken går da til «Slutt». Dette er en nødutgang.",
    )


def test_what_a_state_rules_out_is_not_said_there() -> None:
    said = of(by_state(chart_of(), WORDS), "b")
    assert not [sentence for sentence in said.skjer if "trekk" in sentence]
    assert said.skjer == (
        "«Send / Fristen gikk ut» kan gjøres av sjef. Det kan også skje av seg selv. Saken går da til «Slutt».",
    )


def test_an_end_says_that_it_is_one() -> None:
    said = of(by_state(chart_of(), WORDS), "slutt")
    assert (said.kan, said.skjer) == ((), ("Her er saken slutt.",))


def test_a_role_says_all_its_states_in_one_sentence() -> None:
    assert of(by_role(chart_of(), WORDS), "sjef").kan == ("Sjef kan rette teksten i «Åpen» og «Hos sjefen».",)
    assert of(by_role(chart_of(), WORDS), "sjef").skjer == (
        "Sjef kan velge «trekk» i «Åpen». Dette er en nødutgang.",
        "Sjef kan velge «Send» i «Åpen», hvis teksten er ferdig og «Sum» er minst 3. (loven § 1)",
        "Sjef kan velge «Send / Fristen gikk ut» i «Hos sjefen».",
    )


def test_a_permission_in_every_state_is_said_so() -> None:
    everywhere = '<sb:tillatelse navn="rette" roller="skriver"/>'
    body = f'<state id="a">{everywhere}</state><state id="b">{everywhere}</state>'
    assert of(by_role(chart_of(body), WORDS), "skriver").kan == ("Skriver kan rette teksten i alle tilstander.",)


@pytest.mark.parametrize(
    ("spraak", "sentence"),
    [
        ("nn", "«Send» kan gjerast av skrivar eller sjef, dersom teksten er ferdig og «Sum» er minst 3."),
        ("en", "«Submit» can be done by clerk or boss, if the text is done and «Total» is at least 3."),
    ],
)
def test_it_speaks_the_other_languages_too(spraak: str, sentence: str) -> None:
    assert any(each.startswith(sentence) for each in of(by_state(chart_of(), WORDS, spraak), "a").skjer)


def test_what_has_no_title_is_named_by_itself() -> None:
    said = of(by_state(chart_of(), Vocabulary()), "a")
    assert said.kan == ("Skriver og sjef kan «rette» i «Åpen».",)
    assert "hvis «ferdig» og «minst('sum', 3)»" in said.skjer[2]


def test_two_states_of_the_same_name_are_told_apart() -> None:
    title = '<sb:tittel nb="{0}" nn="{0}" en="{0}"/>'
    body = "".join(
        f'<state id="{name}">{title.format(name)}<state id="{name}_i">{title.format("I utvalget")}</state></state>'
        for name in ("foerste", "annen")
    )
    assert [said.title for said in by_state(chart_of(body), WORDS)] == [
        "I utvalget (foerste)",
        "I utvalget (annen)",
    ]


PARALLEL = (
    '<parallel id="p"><state id="en"><sb:tillatelse navn="rette" roller="skriver"/></state>'
    '<state id="to"><sb:tillatelse navn="rette" roller="sjef"/>'
    '<transition event="send" target="slutt" sb:roller="sjef" cond="not In(\'en\')"/></state></parallel>'
    '<final id="slutt"/>'
)


def test_branches_that_both_decide_say_so() -> None:
    said = of(by_state(chart_of(PARALLEL), WORDS), "en")
    assert said.kan == ("Skriver kan rette teksten i «en», så langt det som går samtidig også tillater det.",)


def test_between_branches_a_state_that_is_ruled_out_is_still_a_condition() -> None:
    said = of(by_state(chart_of(PARALLEL), WORDS), "to")
    assert said.skjer[0].startswith("«Send» kan gjøres av sjef, hvis saken ikke står i «en».")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("ferdig", "teksten er ferdig"),
        ("not ferdig", "det ikke er slik at teksten er ferdig"),
        ("In('a')", "saken står i «Åpen»"),
        ("not In('a')", "saken ikke står i «Åpen»"),
        ("not In('a') and ferdig and not In('b')", "teksten er ferdig og saken ikke står i «Åpen» eller «Hos sjefen»"),
        ("In('a') or In('b')", "saken står i «Åpen» eller «Hos sjefen»"),
        ("ferdig or In('b')", "enten teksten er ferdig eller saken står i «Hos sjefen»"),
        ("minst('sum', 3)", "«Sum» er minst 3"),
        ("minst('annet', 3)", "«annet» er minst 3"),
    ],
)
def test_conditions_are_clauses(condition: str, words: str) -> None:
    assert clause(chart_of(), parse(condition), WORDS, "nb") == words


@pytest.mark.parametrize(
    ("condition", "banned", "left"),
    [
        ("ferdig", set(), "ferdig"),
        ("not In('a')", {"a"}, None),
        ("not In('a') and ferdig", {"a"}, "ferdig"),
        ("not In('a') and ferdig and x and not In('b')", {"a", "b"}, "(ferdig and x)"),
        ("not In('a') or ferdig", set(), "(not In('a') or ferdig)"),
    ],
)
def test_bans_are_taken_out_of_a_condition(condition: str, banned: set[str], left: str | None) -> None:
    expression = parse(condition)
    assert bans(expression) == banned
    rest = without_bans(expression)
    assert (str(rest) if rest else None) == left
