"""The guards of the case types, as truth tables; and that a case of such a type finds its way through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from saksbehandling.assembly import Parts
from saksbehandling.clock import FixedClock
from saksbehandling.config import Settings
from saksbehandling.errors import Reason
from saksbehandling.saksmappe.models import Journalpost, Journalposttype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.vakter import subjekt_for
from saksbehandling.vakter_sakstyper import SAKSTYPEVAKTER
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.service import SYSTEMET, WorkflowService


def sak_med(**data: Any) -> Saksmappe:
    return Saksmappe(flyt=Flyt(definisjon="x", versjon=1, aktive="a", data=data))


@pytest.mark.parametrize(
    ("vakt", "args", "data", "holder"),
    [
        ("utfylt", ["f"], {"f": "tekst"}, True),
        ("utfylt", ["f"], {"f": False}, True),
        ("utfylt", ["f"], {"f": 0}, True),
        ("utfylt", ["f"], {"f": ""}, False),
        ("utfylt", ["f"], {}, False),
        ("ja", ["f"], {"f": True}, True),
        ("ja", ["f"], {"f": False}, False),
        ("ja", ["f"], {}, False),
        ("valgt", ["f", "a"], {"f": "a"}, True),
        ("valgt", ["f", "a"], {"f": "b"}, False),
        ("valgt", ["f", "a"], {}, False),
        ("minst", ["f", 300], {"f": 300}, True),
        ("minst", ["f", 300], {"f": 299}, False),
        ("minst", ["f", 300], {}, False),
        ("minst", ["f", 0], {"f": "tekst"}, True),
        ("minst_prosent", ["f", "g", 2], {"f": 20, "g": 1000}, True),
        ("minst_prosent", ["f", "g", 2], {"f": 20, "g": 1001}, False),
        ("minst_prosent", ["f", "g", 2], {"f": 20}, False),
        ("minst_prosent", ["f", "g", 2], {"g": 1000}, False),
    ],
)
def test_guards_of_fields(vakt: str, args: list[Any], data: dict[str, Any], holder: bool) -> None:
    svar = SAKSTYPEVAKTER[vakt](sak_med(**data), *args)
    assert (svar is None) is holder
    if not holder:
        assert isinstance(svar, Reason)
        assert (svar.felt, "«f»" in svar.text) == ("f", True)


def test_a_case_without_workflow_has_no_values() -> None:
    assert SAKSTYPEVAKTER["utfylt"](Saksmappe(), "f") is not None
    assert SAKSTYPEVAKTER["har_delsak"](Saksmappe()) is not None


@pytest.mark.parametrize(("slag", "holder"), [(slag, slag is Journalposttype.UTGAAENDE) for slag in Journalposttype])
def test_only_an_outgoing_letter_is_an_answer(slag: Journalposttype, holder: bool) -> None:
    sak = Saksmappe(journalposter=[Journalpost(journalposttype=slag)])
    assert (SAKSTYPEVAKTER["har_utgaaende_brev"](sak) is None) is holder


@pytest.fixture
def tjenester(session: Session, settings: Settings, klokke: FixedClock) -> Iterator[Tjenester]:
    parts = Parts(lambda: settings)
    parts.clock = klokke  # type: ignore[assignment]  # any IClock will do
    yield Tjenester(parts.felles, session)
    parts.close()


def skjenkesak(tjenester: Tjenester, til: str) -> Saksmappe:
    """A case of that type with two statements asked for, when `til` is that far."""
    sak = tjenester.saker.opprett("Skjenkebevilling for Brygga", SYSTEMET)
    skjema = {"virksomhet": "Brygga", "organisasjonsnummer": "999888777", "styrer": "Ola Vik"}
    sak.flyt = tjenester.flyt.start("skjenkebevilling", sak, SYSTEMET, data=skjema)
    tjenester.session.flush()
    if til == "til_uttalelse":
        tjenester.flyt.fire(sak.flyt, "send_til_uttalelse", sak, SYSTEMET, {"saksbehandler"})
    return sak


def test_the_statements_of_agencies_are_sub_cases_of_the_case(tjenester: Tjenester) -> None:
    sak = skjenkesak(tjenester, "til_uttalelse")
    flyt: WorkflowService = tjenester.flyt
    assert sak.flyt is not None
    assert SAKSTYPEVAKTER["har_delsak"](sak) == "Ingen delsak er startet."
    politi, sosial = (flyt.start("etatsuttalelse", sak, SYSTEMET, forelder=sak.flyt) for _ in range(2))
    assert subjekt_for(tjenester.session, politi) is sak
    venter = SAKSTYPEVAKTER["etatsuttalelser_avgitt"](sak)
    assert venter == "2 etater har ikke uttalt seg. Registrer eller frafall uttalelsene."
    flyt.fire(politi, "registrer_uttalelse", sak, SYSTEMET, {"saksbehandler"})
    flyt.fire(sosial, "frafall", sak, SYSTEMET, {"leder"})
    assert SAKSTYPEVAKTER["etatsuttalelser_avgitt"](sak) is None
    flyt.fire(sak.flyt, "start_vurdering", sak, SYSTEMET, {"saksbehandler"})
    assert sak.flyt.aktive == "vurdering"


def test_the_worker_fires_the_deadlines_of_such_cases(tjenester: Tjenester, klokke: FixedClock) -> None:
    sak = skjenkesak(tjenester, "til_uttalelse")
    assert sak.flyt is not None
    tjenester.flyt.start("etatsuttalelse", sak, SYSTEMET, forelder=sak.flyt)
    klokke.set(klokke.now() + dt.timedelta(days=29))
    fired = tjenester.flyt.fire_due(klokke.now())
    assert sorted(firing.frist.hendelse for firing in fired) == ["frist.svar", "frist.uttalelse"]
    assert all(not firing.grunner for firing in fired)
