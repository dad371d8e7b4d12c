from __future__ import annotations

from collections.abc import Callable

import pytest

from saksbehandling.errors import Reason, SetupError
from saksbehandling.vakter import VAKTER
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.expressions import Guard
from saksbehandling.workflow_engine.registry import Registry, report

MakeChart = Callable[..., Chart]

BODY = """
<sb:hendelse navn="ferdig" nb="Ferdig" nn="Ferdig" en="Done"/>
<state id="a"><sb:tittel nb="A" nn="A" en="A"/>
  <transition event="ferdig" target="slutt" cond="stor_nok(3, unntak=false)" sb:roller="sjef"/></state>
<final id="slutt"><sb:tittel nb="Slutt" nn="Slutt" en="End"/></final>
"""


def stor_nok(subject: int, grense: int, unntak: bool = False) -> str | None:
    return None if subject >= grense or unntak else f"Tallet er under {grense}."


def test_a_guard_is_asked_with_its_arguments() -> None:
    registry = Registry()
    registry.add_guard("stor_nok", stor_nok)
    registry.add_guard("med_hjemmel", lambda _subject: Reason("Nei.", "lov § 1"))
    assert registry.ask(Guard("stor_nok", (3,)), 3) == ()
    assert registry.ask(Guard("stor_nok", (3,)), 2) == (Reason("Tallet er under 3."),)
    assert registry.ask(Guard("stor_nok", (), (("grense", 3), ("unntak", True))), 2) == ()
    assert registry.ask(Guard("med_hjemmel"), 1) == (Reason("Nei.", "lov § 1"),)


def test_a_sound_set_passes(make_chart: MakeChart) -> None:
    registry = Registry()
    registry.add(make_chart(BODY))
    registry.add_guard("stor_nok", stor_nok)
    registry.check()
    assert report(registry) == ["proeve.scxml: proeve versjon 1, 2 tilstander, 1 overganger"]


@pytest.mark.parametrize(
    ("name", "guard", "message"),
    [
        ("annet", stor_nok, r"proeve.scxml:3: vilkåret «stor_nok» er ikke registrert.*Kjente: annet"),
        ("stor_nok", lambda subject: None, r"proeve.scxml:3: .*«stor_nok\(3, unntak=false\)» har argumenter"),
    ],
)
def test_an_unknown_or_wrongly_called_guard_is_found(
    make_chart: MakeChart, name: str, guard: Callable[..., None], message: str
) -> None:
    registry = Registry()
    registry.add(make_chart(BODY))
    registry.add_guard(name, guard)
    with pytest.raises(SetupError, match=message):
        registry.check()


def test_guards_within_if_are_checked_too(make_chart: MakeChart) -> None:
    registry = Registry()
    registry.add(make_chart(BODY.replace('sb:roller="sjef"/>', 'sb:roller="sjef"><if cond="ukjent"/></transition>')))
    registry.add_guard("stor_nok", stor_nok)
    with pytest.raises(SetupError, match="«ukjent» er ikke registrert"):
        registry.check()


def test_sub_case_kinds_must_exist(make_chart: MakeChart) -> None:
    registry = Registry()
    registry.add(
        make_chart(BODY.replace("<sb:tittel", '<invoke type="urn:saksbehandling:1" src="barn"/><sb:tittel', 1))
    )
    registry.add_guard("stor_nok", stor_nok)
    with pytest.raises(SetupError, match=r"proeve\.scxml:2: delsaken «barn» i «a» finnes ikke"):
        registry.check()


def test_faults_of_the_verifier_stop_the_load(make_chart: MakeChart) -> None:
    with pytest.raises(SetupError) as caught:
        Registry().add(make_chart('<state id="a"/><state id="b"/>'))
    assert len(str(caught.value).splitlines()) > 3


def test_charts_are_found_by_version(make_chart: MakeChart) -> None:
    registry = Registry()
    first = make_chart(BODY)
    second = Chart(**{**first.__dict__, "versjon": 2})
    registry.add(second)
    registry.add(first)
    assert registry.chart("proeve") is second
    assert registry.chart("proeve", 1) is first
    with pytest.raises(SetupError, match=r"«annet» finnes ikke\. Kjente: proeve 1, proeve 2"):
        registry.chart("annet")
    with pytest.raises(SetupError, match="«proeve» versjon 1 finnes allerede"):
        registry.add(first)


def test_two_guards_cannot_share_a_name() -> None:
    registry = Registry()
    registry.add_guard("a", stor_nok)
    with pytest.raises(SetupError):
        registry.add_guard("a", stor_nok)


def test_the_shipped_definitions_are_sound() -> None:
    registry = Registry.load()
    assert [chart.id for chart in registry.charts()] == [
        *("behandling", "etatsuttalelse", "henvendelse", "innbyggerforslag", "interpellasjon_spoersmaal"),
        *("oppfoelging_av_vedtak", "politisk_sak", "reguleringsplan", "skjenkebevilling", "uttalelse"),
    ]
    for name, guard in VAKTER.items():
        registry.add_guard(name, guard)
    registry.check()
    assert report(registry)[6].startswith("politisk_sak.scxml: politisk_sak versjon 1, ")
