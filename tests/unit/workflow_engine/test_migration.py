from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import OSLO, FixedClock
from saksbehandling.errors import InvalidInput, Refusal, SetupError
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.migration import MIGRATION, MigrationService, report
from saksbehandling.workflow_engine.migration_map import read_map
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET, WorkflowService

Source = Callable[..., bytes]
CLOCK = FixedClock(dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC))
LATER = FixedClock(dt.datetime(2024, 3, 8, 9, 30, tzinfo=dt.UTC))
T = '<sb:tittel nb="T" nn="T" en="T"/>'
EVENTS = "".join(f'<sb:hendelse navn="{name}" nb="H" nn="H" en="H"/>' for name in ("fram", "pause", "slutt"))
KONTROLL = '<sb:frist navn="kontroll" dager="30" hendelse="frist.kontroll"/>'
OLD = f"""{EVENTS}
<state id="arbeid"><transition event="slutt" target="ferdig" sb:roller="sjef"/>
  <transition event="pause" target="hvile" sb:roller="sjef"/>
  <history id="minne"><transition target="a"/></history>
  <state id="a">{T}<sb:frist navn="svar" dager="14" hendelse="frist.svar"/>
    <sb:frist navn="purring" dager="7" hendelse="frist.purring"/>
    <transition event="frist.svar frist.purring"/><transition event="fram" target="b" sb:roller="sjef"/></state>
  <state id="b">{T}<transition event="fram" target="a" sb:roller="sjef"/></state></state>
<state id="hvile">{T}<transition event="fram" target="minne" sb:roller="sjef"/></state>
<final id="ferdig">{T}</final>"""
# «purring» is gone, «kontroll» is new, and the states have other names.
NEW = (
    OLD.replace('<sb:frist navn="purring" dager="7" hendelse="frist.purring"/>', KONTROLL)
    .replace('dager="14" hendelse="frist.svar"', 'dager="21" hendelse="frist.svar2"')
    .replace("frist.svar frist.purring", "frist.svar2 frist.kontroll")
    .replace('"a"', '"x"')
    .replace('"b"', '"y"')
    .replace('"minne"', '"huske"')
)
PARALLEL = f"""{EVENTS}<parallel id="begge"><transition event="slutt" target="ferdig" sb:roller="sjef"/>
<state id="en"><state id="en1">{T}<transition event="fram" target="en2" sb:roller="sjef"/></state>
  <state id="en2">{T}<transition event="pause" target="en1" sb:roller="sjef"/></state></state>
<state id="to"><state id="to1">{T}</state></state></parallel><final id="ferdig">{T}</final>"""
MAP = {"a": ("x",), "b": ("y",), "hvile": ("hvile",), "minne": ("huske",)}


@pytest.fixture
def registry(source: Source) -> Registry:
    def chart(body: str, versjon: int) -> Chart:
        content = source(body).replace(b'sb:versjon="1"', f'sb:versjon="{versjon}"'.encode())
        return compile_chart(f"proeve.{versjon}.scxml", content)

    registry = Registry()
    for versjon, body in enumerate((OLD, NEW, PARALLEL), 1):
        registry.add(chart(body, versjon))
    return registry


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


class InVersionOne(Registry):
    """Cases start in the oldest version, as if the newer were not there yet."""

    def chart(self, id: str, versjon: int | None = None) -> Chart:
        return super().chart(id, versjon or 1)


@pytest.fixture
def service(session: Session, registry: Registry) -> WorkflowService:
    old = InVersionOne()
    old._charts = registry._charts
    return WorkflowService(session, old, CLOCK, subjects=lambda _flyt: None)


@pytest.fixture
def migration(session: Session, registry: Registry) -> MigrationService:
    return MigrationService(session, registry, LATER)


def case(service: WorkflowService, *events: str) -> Flyt:
    flyt = service.start("proeve", None, SYSTEMET)
    for event in events:
        service.fire(flyt, event, None, SYSTEMET, {"sjef"})
    return flyt


def stored(session: Session) -> list[tuple[object, ...]]:
    session.expire_all()
    flyter = [
        (each.id, each.versjon, each.aktive, each.historikkverdier, each.radversjon)
        for each in session.scalars(sa.select(Flyt).order_by(Flyt.id))
    ]
    frister = [
        (each.id, each.tilstand, each.navn, each.hendelse, each.status)
        for each in session.scalars(sa.select(Frist).order_by(Frist.id))
    ]
    return [*flyter, *frister, (session.scalar(sa.select(sa.func.count(Flythistorikk.id))),)]


def test_a_case_is_moved_with_its_deadlines_and_a_row_in_its_history(
    service: WorkflowService, migration: MigrationService, session: Session
) -> None:
    flyt = case(service)
    plan = migration.migrate("proeve", 1, 2, MAP, "Administrator", 3)
    assert (flyt.versjon, flyt.aktive, flyt.radversjon) == (2, "x", 2)
    (move,) = plan.moves
    assert (move.fra, move.til, move.beholdt, move.avbrutt) == (("a",), ("x",), ("svar",), ("purring",))
    assert move.satt == (("kontroll", dt.date(2024, 4, 7)),)
    frister = {each.navn: each for each in session.scalars(sa.select(Frist))}
    assert {name: each.status for name, each in frister.items()} == {
        "svar": Friststatus.VENTER,
        "purring": Friststatus.KANSELLERT,
        "kontroll": Friststatus.VENTER,
    }
    assert (frister["svar"].tilstand, frister["svar"].hendelse) == ("x", "frist.svar2")
    assert frister["svar"].forfaller == dt.datetime(2024, 3, 16, tzinfo=OSLO)  # as it was
    assert frister["kontroll"].forfaller == dt.datetime(2024, 4, 8, tzinfo=OSLO)
    row = service.history(flyt)[-1]
    assert (row.sekvens, row.hendelse, row.fra, row.til, row.aktoer) == (2, MIGRATION, "a", "x", "Administrator")
    assert (row.dato, row.data) == (dt.date(2024, 3, 8), {"fra_versjon": 1, "til_versjon": 2})


def test_a_moved_case_goes_on_in_the_new_version(service: WorkflowService, migration: MigrationService) -> None:
    flyt = case(service)
    migration.migrate("proeve", 1, 2, MAP, "Administrator")
    service.fire_due(dt.datetime(2024, 3, 16, tzinfo=OSLO))
    service.fire(flyt, "fram", None, SYSTEMET, {"sjef"})
    assert [row.hendelse for row in service.history(flyt)] == ["start", MIGRATION, "frist.svar2", "fram"]
    assert flyt.aktive == "y"


def test_what_a_history_state_remembers_is_moved_too(service: WorkflowService, migration: MigrationService) -> None:
    flyt = case(service, "fram", "pause")
    assert flyt.historikkverdier == {"minne": ["b"]}
    migration.migrate("proeve", 1, 2, MAP, "Administrator")
    assert flyt.historikkverdier == {"huske": ["y"]}
    service.fire(flyt, "fram", None, SYSTEMET, {"sjef"})
    assert flyt.aktive == "y"


def test_a_deadline_that_has_fired_is_not_set_again(
    service: WorkflowService, migration: MigrationService, session: Session
) -> None:
    flyt = case(service)
    service.fire_due(dt.datetime(2024, 3, 20, tzinfo=OSLO))
    plan = migration.migrate("proeve", 1, 2, MAP, "Administrator")
    assert [name for name, _ in plan.moves[0].satt] == ["kontroll"]
    names = sa.select(Frist.navn).where(Frist.flyt_id == flyt.id, Frist.status == Friststatus.VENTER)
    assert session.scalars(names).all() == ["kontroll"]


def test_cases_that_are_over_stay(service: WorkflowService, migration: MigrationService) -> None:
    over, standing = case(service, "slutt"), case(service)
    plan = migration.migrate("proeve", 1, 2, MAP, "Administrator")
    assert (over.versjon, standing.versjon, plan.avsluttede) == (1, 2, 1)
    assert migration.migrate("proeve", 1, 2, MAP, "Administrator").moves == ()


def test_one_state_may_become_several_that_are_active_at_once(
    service: WorkflowService, migration: MigrationService
) -> None:
    flyt = case(service)
    migration.migrate("proeve", 1, 3, {"a": ("en2", "to1")}, "Administrator")
    assert flyt.aktive == "en2 to1"
    service.fire(flyt, "pause", None, SYSTEMET, {"sjef"})
    assert flyt.aktive == "en1 to1"


@pytest.mark.parametrize(
    ("til", "states", "reasons"),
    [
        (2, {}, ["Saker står i «a» (T), som kartet ikke har.", "Saker står i «hvile» (T), som kartet ikke har."]),
        (2, MAP | {"b": ("borte",)}, ["Kartet sender «b» til «borte», som ikke finnes i versjon 2."]),
        (2, MAP | {"c": ("x",)}, ["Kartet nevner «c», som ikke finnes i versjon 1."]),
        (2, MAP | {"a": ("arbeid",)}, ["En sak kan ikke stå i «arbeid» i versjon 2: velg innerste"]),
        (2, MAP | {"a": ("x", "y")}, ["En sak kan ikke stå i «x» og «y» i versjon 2"]),
        (2, MAP | {"a": ("ferdig",)}, ["En åpen sak kan ikke flyttes rett til slutten «ferdig»."]),
        (2, MAP | {"a": ("huske",)}, ["En sak kan ikke stå i «huske» i versjon 2"]),
        (2, {name: MAP[name] for name in ("a", "hvile")}, ["Saker husker «minne»", "Saker husker «b»"]),
        (2, MAP | {"minne": ("x",)}, ["«minne» er en historikk, men «x» i versjon 2 er ikke det."]),
        (2, MAP | {"b": ("hvile",)}, ["«huske» i versjon 2 kan ikke huske «hvile», som ligger utenfor."]),
        (
            3,
            {"a": ("en1",), "hvile": ("en1", "to1")},
            ["En sak kan ikke stå i «en1» i versjon 3: velg", "Saker husker"],
        ),
        (1, MAP, ["Kartet sender «a» til «x»", "Sakene står allerede i versjon 1."]),
    ],
)
def test_a_refused_migration_says_why_and_changes_nothing(
    service: WorkflowService,
    migration: MigrationService,
    session: Session,
    til: int,
    states: dict[str, tuple[str, ...]],
    reasons: list[str],
) -> None:
    case(service)
    case(service, "fram", "pause")
    before = stored(session)
    with pytest.raises(Refusal) as caught:
        migration.migrate("proeve", 1, til, states, "Administrator")
    texts = [reason.text for reason in caught.value.reasons]
    assert all(any(text.startswith(reason) for text in texts) for reason in reasons), texts
    assert stored(session) == before
    assert [reason.text for reason in migration.plan("proeve", 1, til, states).grunner] == texts


def test_a_plan_changes_nothing_and_says_what_would_happen(
    service: WorkflowService, migration: MigrationService, session: Session
) -> None:
    first, second, _ = case(service), case(service, "fram"), case(service, "slutt")
    before = stored(session)
    plan = migration.plan("proeve", 1, 2, MAP)
    assert report(plan, {first.id: "24/1", second.id: "24/2"}.__getitem__) == [
        "24/1: a -> x; frister som går videre: svar; frister som avbrytes: purring; "
        "frister som settes: kontroll til 07.04.2024",
        "24/2: b -> y",
        "Prøve: 2 saker fra versjon 1 til 2. 1 avsluttede saker blir stående i versjon 1.",
    ]
    assert stored(session) == before


def test_an_unknown_version_is_refused(migration: MigrationService) -> None:
    with pytest.raises(SetupError, match="«proeve» versjon 7 finnes ikke"):
        migration.plan("proeve", 1, 7, MAP)


def test_a_map_is_read_from_json() -> None:
    assert read_map('{"a": "x", "b": ["y", "z"]}') == {"a": ("x",), "b": ("y", "z")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Kartet er ikke gyldig JSON"),
        ("[]", "Kartet må være et JSON-objekt"),
        ('{"a": 3}', "Kartet har ingen tilstand for «a»"),
        ('{"a": []}', "Kartet har ingen tilstand for «a»"),
        ('{"a": ["x", 3]}', "Kartet har ingen tilstand for «a»"),
    ],
)
def test_a_map_that_is_none_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        read_map(text)
