"""A definition that cases stand in cannot be changed without anybody noticing."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories.flytprosesser import start_foerste
from saksbehandling.assembly import Parts
from saksbehandling.clock import FixedClock
from saksbehandling.config import Settings
from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine import in_force
from saksbehandling.workflow_engine.definition import fingerprint, read_definition
from saksbehandling.workflow_engine.models import Arbeidsflytversjon
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import SYSTEMET, WorkflowService

Source = Callable[..., bytes]
CLOCK = FixedClock(dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC))
BODY = """<sb:hendelse navn="ferdig" nb="F" nn="F" en="F"/>
<state id="a"><sb:tittel nb="A" nn="A" en="A"/><transition event="ferdig" target="slutt" sb:roller="sjef"/></state>
<final id="slutt"><sb:tittel nb="S" nn="S" en="S"/></final>"""


def registry_of(*contents: bytes) -> Registry:
    registry = Registry()
    for content in contents:
        registry.add_definition(read_definition("proeve.scxml", content))
    return registry


def start(session: Session, registry: Registry) -> None:
    WorkflowService(session, registry, CLOCK).start("proeve", None, SYSTEMET)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("<state", "<!-- en forklaring --><state", True),
        ("/><transition", "/>\n\n   <transition", True),
        ('id="a"', "id='a'", True),
        ('nb="A"', 'nb="Å"', False),
        ('sb:roller="sjef"', 'sb:roller="skriver"', False),
    ],
)
def test_a_fingerprint_is_of_what_is_said_and_not_of_how(source: Source, old: str, new: str, same: bool) -> None:
    assert old in BODY
    assert (fingerprint(source(BODY)) == fingerprint(source(BODY.replace(old, new)))) is same


def test_the_first_case_takes_a_version_into_use(engine: sa.Engine, source: Source) -> None:
    with Session(engine) as session:
        for _ in range(2):
            start(session, registry_of(source(BODY)))
        used = session.scalars(sa.select(Arbeidsflytversjon)).one()
        assert (used.definisjon, used.versjon, used.tatt_i_bruk) == ("proeve", 1, CLOCK.now())
        assert used.sjekksum == fingerprint(source(BODY))


def test_nothing_is_in_use_before_the_first_case(engine: sa.Engine, source: Source) -> None:
    with Session(engine) as session:
        in_force.hold(session, registry_of(source(BODY)))
        in_force.hold(session, registry_of(source(BODY.replace("sjef", "skriver"))))


def test_a_changed_file_is_refused_at_start_and_by_the_next_case(engine: sa.Engine, source: Source) -> None:
    changed = registry_of(source(BODY.replace("sjef", "skriver")))
    with Session(engine) as session:
        start(session, registry_of(source(BODY)))
        in_force.hold(session, registry_of(source(BODY)))
        message = r"proeve\.scxml: arbeidsflyten «proeve» versjon 1 er i bruk fra 01\.03\.2024 og kan ikke endres"
        with pytest.raises(SetupError, match=message):
            in_force.hold(session, changed)
        with pytest.raises(SetupError, match=message):
            start(session, changed)


def test_a_new_version_beside_the_old_one_is_no_change(engine: sa.Engine, source: Source) -> None:
    newer = source(BODY.replace("sjef", "skriver")).replace(b'sb:versjon="1"', b'sb:versjon="2"')
    with Session(engine) as session:
        start(session, registry_of(source(BODY)))
        both = registry_of(source(BODY), newer)
        in_force.hold(session, both)
        start(session, both)
        versions = sa.select(Arbeidsflytversjon.versjon).order_by(Arbeidsflytversjon.versjon)
        assert session.scalars(versions).all() == [1, 2]
        with pytest.raises(SetupError, match=r"versjon 1 er i bruk, men filen mangler.*proeve\.1\.scxml"):
            in_force.hold(session, registry_of(newer))


def test_the_server_does_not_start_on_a_changed_definition(settings: Settings) -> None:
    parts = Parts(lambda: settings)
    with parts.session() as session:
        session.add(Arbeidsflytversjon(definisjon="behandling", versjon=1, sjekksum="0" * 64, tatt_i_bruk=CLOCK.now()))
    with pytest.raises(SetupError, match=r"behandling\.scxml: arbeidsflyten «behandling» versjon 1 er i bruk"):
        _ = parts.felles
    parts.close()


def test_two_processes_may_start_the_first_case_at_once(shared_engine: sa.Engine, source: Source) -> None:
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(2)
    arguments = (shared_engine.url.render_as_string(hide_password=False), source(BODY), barrier)
    workers = [spawn.Process(target=start_foerste, args=arguments) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with Session(shared_engine) as session:
        assert len(session.scalars(sa.select(Arbeidsflytversjon)).all()) == 1
