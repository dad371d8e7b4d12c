"""Golden run: the shipped definitions carry PS 87/19 through its real dates of 2019."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock
from saksbehandling.errors import Refusal
from saksbehandling.vakter_sakstyper import SAKSTYPEVAKTER
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.route import route
from saksbehandling.workflow_engine.service import Actor, WorkflowService

GOLDEN = Path(__file__).parents[3] / "../shared/golden/ps-87-19.json"
EIRIN = Actor("Eirin Berg", 1)
SKRIVER = {"saksbehandler"}
SEKRETARIAT = {"sekretariat"}
RAAD = {"raadssekretaer"}


def day(month: int, number: int) -> dt.date:
    return dt.date(2019, month, number)


@dataclass
class Sak:
    """The case as the guards see it."""

    flyt: Flyt | None = None
    har_saksframlegg: bool = False
    behandlinger: list[Behandling] = field(default_factory=list)
    oppfoelginger_igjen: int = 0


@dataclass
class Behandling:
    """A body's treatment as the guards see it."""

    sak: Sak
    type: str
    flyt: Flyt | None = None
    til_stede: bool = True

    def er(self, *tilstander: str) -> bool:
        return self.flyt is not None and not self.flyt.besoekte.isdisjoint(tilstander)


def alle_uttalelser_avgitt(sak: Sak) -> str | None:
    venter = [b for b in sak.behandlinger if b.type == "uttalelse" and not b.er("behandlet", "trukket")]
    return f"{len(venter)} råd har ikke uttalt seg." if venter else None


def protokoll_godkjent(sak: Sak) -> str | None:
    vedtak = [b for b in sak.behandlinger if b.type == "vedtak" and b.er("behandlet")]
    return None if any(b.er("protokoll_godkjent") for b in vedtak) else "Protokollen er ikke godkjent."


@pytest.fixture
def registry() -> Registry:
    registry = Registry.load()
    registry.add_guard("alle_uttalelser_avgitt", alle_uttalelser_avgitt)
    registry.add_guard("har_saksframlegg", lambda sak: None if sak.har_saksframlegg else "Saksframlegget mangler.")
    registry.add_guard("protokoll_godkjent", protokoll_godkjent)
    registry.add_guard("skjerming_avklart", lambda _sak: None)
    registry.add_guard("alle_oppfoelginger_ferdige", lambda sak: "Noe gjenstår." if sak.oppfoelginger_igjen else None)
    registry.add_guard("beslutningsdyktig", lambda b: None if b.til_stede else "For få er til stede.")
    registry.add_guard("alt_avgjort", lambda _behandling: None)
    for kind in ("innstilling", "vedtak"):
        registry.add_guard(f"er_{kind}", lambda b, kind=kind: None if b.type == kind else f"Dette er ikke {kind}.")
    for name in SAKSTYPEVAKTER:  # of the other case types
        registry.add_guard(name, lambda _sak, *_args, **_kwargs: None)
    registry.check()
    return registry


@dataclass
class Replay:
    service: WorkflowService
    sak: Sak

    def sak_gjoer(self, hendelse: str, roller: set[str], dato: dt.date) -> None:
        assert self.sak.flyt is not None
        self.service.fire(self.sak.flyt, hendelse, self.sak, EIRIN, roller, dato=dato)

    def sett_opp(self, type: str, dato: dt.date) -> Behandling:
        """A treatment on an agenda, as a sub-case."""
        behandling = Behandling(self.sak, type)
        definisjon = "uttalelse" if type == "uttalelse" else "behandling"
        behandling.flyt = self.service.start(definisjon, behandling, EIRIN, dato=dato, forelder=self.sak.flyt)
        self.sak.behandlinger.append(behandling)
        return behandling

    def behandle(self, behandling: Behandling, dato: dt.date, *hendelser: str, roller: set[str] = SEKRETARIAT) -> None:
        assert behandling.flyt is not None
        for hendelse in ("aapne", *hendelser):
            self.service.fire(behandling.flyt, hendelse, behandling, EIRIN, roller, dato=dato)

    def historie(self, flyt: Flyt | None) -> list[tuple[str, str, str]]:
        assert flyt is not None
        return [(row.dato.isoformat(), row.hendelse, row.til) for row in self.service.history(flyt)]


@pytest.fixture
def replay(engine: sa.Engine, registry: Registry) -> Iterator[Replay]:
    with Session(engine) as session:
        sak = Sak()
        clock = FixedClock(dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
        service = WorkflowService(session, registry, clock, subjects=lambda _flyt: sak)
        sak.flyt = service.start("politisk_sak", sak, EIRIN, dato=day(3, 1))
        yield Replay(service, sak)


def til_godkjent(replay: Replay) -> None:
    """From the start through four statements to an approved saksframlegg."""
    replay.sak_gjoer("send_til_uttalelse", SKRIVER, day(3, 8))
    for dato in (day(3, 26), day(3, 26), day(3, 26), day(4, 2)):
        replay.behandle(replay.sett_opp("uttalelse", day(3, 12)), dato, "vedta", roller=RAAD)
    replay.sak.har_saksframlegg = True
    replay.sak_gjoer("fullfoer_saksframlegg", SKRIVER, day(4, 25))
    replay.sak_gjoer("godkjenn", {"kommunedirektoer"}, day(4, 25))


def til_vedtatt(replay: Replay) -> None:
    """From there through two meetings of the committee and two of bystyret."""
    til_godkjent(replay)
    for type, frist, dato, hendelse in (
        ("innstilling", day(4, 30), day(5, 9), "utsett"),
        ("innstilling", day(5, 20), day(5, 28), "vedta"),
        ("vedtak", day(6, 3), day(6, 13), "utsett"),
        ("vedtak", day(8, 19), day(8, 29), "vedta"),
    ):
        replay.sak_gjoer("sett_paa_saksliste", SEKRETARIAT, frist)
        replay.behandle(replay.sett_opp(type, frist), dato, hendelse)


def test_the_case_goes_its_real_way(replay: Replay) -> None:
    til_vedtatt(replay)
    assert replay.historie(replay.sak.flyt) == [
        ("2019-03-01", "start", "utredning"),
        ("2019-03-08", "send_til_uttalelse", "til_uttalelse"),
        ("2019-03-26", "uttalelse.avgitt", "til_uttalelse"),
        ("2019-03-26", "uttalelse.avgitt", "til_uttalelse"),
        ("2019-03-26", "uttalelse.avgitt", "til_uttalelse"),
        ("2019-04-02", "uttalelse.avgitt", "til_uttalelse"),
        ("2019-04-25", "fullfoer_saksframlegg", "til_godkjenning"),
        ("2019-04-25", "godkjenn", "klar_for_komite"),
        ("2019-04-30", "sett_paa_saksliste", "i_komite"),
        ("2019-05-09", "behandling.utsatt", "utsatt_i_komite"),
        ("2019-05-20", "sett_paa_saksliste", "i_komite"),
        ("2019-05-28", "behandling.innstilling", "klar_for_bystyret"),
        ("2019-06-03", "sett_paa_saksliste", "i_bystyret"),
        ("2019-06-13", "behandling.utsatt", "utsatt_i_bystyret"),
        ("2019-08-19", "sett_paa_saksliste", "i_bystyret"),
        ("2019-08-29", "behandling.vedtak", "vedtatt"),
    ]
    assert [[til for _, _, til in replay.historie(b.flyt)][-1] for b in replay.sak.behandlinger] == [
        *["behandlet"] * 4,
        *["utsatt", "behandlet"] * 2,
    ]


def test_the_dates_are_those_of_the_minutes(replay: Replay) -> None:
    if not GOLDEN.exists():
        pytest.skip("../shared finnes ikke her")
    facts = json.loads(GOLDEN.read_text())
    til_vedtatt(replay)
    of_bodies = [
        (dato, hendelse)
        for dato, hendelse, _ in replay.historie(replay.sak.flyt)
        if hendelse.startswith(("utt", "beh"))
    ]
    ending = {"uttalelse": "uttalelse.avgitt", "innstilling": "behandling.innstilling", "vedtak": "behandling.vedtak"}
    expected = [
        (b["moetedato"], "behandling.utsatt" if b["resultat"] == "Saken utsatt" else ending[b["type"]])
        for b in facts["behandlinger"]
    ]
    assert of_bodies == expected
    assert (facts["saksframlegg"]["dato"], "godkjenn", "klar_for_komite") in replay.historie(replay.sak.flyt)


def test_the_saksframlegg_waits_for_every_statement(replay: Replay) -> None:
    replay.sak_gjoer("send_til_uttalelse", SKRIVER, day(3, 8))
    raad = [replay.sett_opp("uttalelse", day(3, 12)) for _ in range(2)]
    replay.behandle(raad[0], day(3, 26), "vedta")
    with pytest.raises(Refusal) as caught:
        replay.sak_gjoer("fullfoer_saksframlegg", SKRIVER, day(4, 1))
    assert [r.text for r in caught.value.reasons] == ["1 råd har ikke uttalt seg.", "Saksframlegget mangler."]
    replay.behandle(raad[1], day(4, 2), "trekk")
    replay.sak.har_saksframlegg = True
    replay.sak_gjoer("fullfoer_saksframlegg", SKRIVER, day(4, 25))


def test_it_goes_on_to_publication_follow_up_and_the_end(replay: Replay) -> None:
    til_vedtatt(replay)
    with pytest.raises(Refusal, match="Protokollen er ikke godkjent"):
        replay.sak_gjoer("publiser", SEKRETARIAT, day(9, 2))
    siste = replay.sak.behandlinger[-1]
    assert siste.flyt is not None
    for hendelse in ("godkjenn_protokoll", "publiser"):
        replay.service.fire(siste.flyt, hendelse, siste, EIRIN, SEKRETARIAT, dato=day(9, 3))
    replay.sak.oppfoelginger_igjen = 1
    replay.sak_gjoer("publiser", SEKRETARIAT, day(9, 3))
    with pytest.raises(Refusal, match="Noe gjenstår"):
        replay.sak_gjoer("avslutt", {"arkivar"}, day(9, 4))
    replay.sak.oppfoelginger_igjen = 0
    replay.sak_gjoer("avslutt", {"arkivar"}, day(12, 1))
    assert [til for _, _, til in replay.historie(siste.flyt)][-2:] == ["protokoll_godkjent", "publisert"]
    assert replay.historie(replay.sak.flyt)[-1] == ("2019-12-01", "avslutt", "avsluttet")


def test_a_body_without_quorum_decides_nothing(replay: Replay) -> None:
    til_godkjent(replay)
    replay.sak_gjoer("sett_paa_saksliste", SEKRETARIAT, day(4, 30))
    behandling = replay.sett_opp("innstilling", day(4, 30))
    behandling.til_stede = False
    with pytest.raises(Refusal, match="For få er til stede"):
        replay.behandle(behandling, day(5, 9), "vedta")


def test_a_case_on_an_agenda_is_taken_off_it_before_it_is_withdrawn(replay: Replay) -> None:
    til_godkjent(replay)
    replay.sak_gjoer("sett_paa_saksliste", SEKRETARIAT, day(4, 30))
    behandling = replay.sett_opp("innstilling", day(4, 30))
    with pytest.raises(Refusal, match="ikke mulig mens saken står i «I komiteen»"):
        replay.sak_gjoer("trekk", SEKRETARIAT, day(5, 1))
    assert behandling.flyt is not None
    replay.service.fire(behandling.flyt, "trekk", behandling, EIRIN, SEKRETARIAT, dato=day(5, 2))
    replay.sak_gjoer("trekk", SEKRETARIAT, day(5, 2))
    assert [til for _, _, til in replay.historie(replay.sak.flyt)][-2:] == ["klar_for_komite", "trukket"]


def test_bystyret_may_treat_it_without_a_committee_and_send_it_back(replay: Replay) -> None:
    til_godkjent(replay)
    replay.sak_gjoer("sett_paa_saksliste_bystyret", SEKRETARIAT, day(4, 30))
    replay.behandle(replay.sett_opp("vedtak", day(4, 30)), day(6, 13), "send_tilbake")
    assert replay.historie(replay.sak.flyt)[-1] == ("2019-06-13", "behandling.tilbakesendt", "utredning")


def test_a_late_statement_is_noted_and_moves_nothing(replay: Replay) -> None:
    replay.sak_gjoer("send_til_uttalelse", SKRIVER, day(3, 8))
    sent = replay.sett_opp("uttalelse", day(3, 12))
    replay.sak.behandlinger.remove(sent)
    replay.sak.har_saksframlegg = True
    replay.sak_gjoer("fullfoer_saksframlegg", SKRIVER, day(4, 25))
    replay.behandle(sent, day(5, 2), "vedta", roller=RAAD)
    assert replay.historie(replay.sak.flyt)[-1] == ("2019-05-02", "uttalelse.avgitt", "til_godkjenning")


@pytest.mark.parametrize("hendelse", ["behandling.vedtak", "uttalelse.avgitt", "frist.uttalelse"])
def test_nobody_can_fire_what_bodies_and_deadlines_decide(replay: Replay, hendelse: str) -> None:
    alle = {"saksbehandler", "leder", "kommunedirektoer", "sekretariat", "moeteleder", "arkivar", "administrator"}
    replay.sak_gjoer("send_til_uttalelse", SKRIVER, day(3, 8))
    with pytest.raises(Refusal):
        replay.sak_gjoer(hendelse, alle, day(3, 9))


def test_permissions_follow_the_case(replay: Replay) -> None:
    flyt = replay.sak.flyt
    assert flyt is not None
    assert replay.service.permissions(flyt)["rediger_saksframlegg"] == {"saksbehandler", "leder"}
    til_godkjent(replay)
    assert replay.service.permissions(flyt)["rediger_saksframlegg"] == frozenset()
    assert replay.service.permissions(flyt)["rediger_saksliste"] == {"sekretariat"}
    assert "administrator" not in replay.service.permissions(flyt)["les_utkast"]


def test_the_route_shows_where_it_was_and_is(replay: Replay, registry: Registry) -> None:
    til_vedtatt(replay)
    assert replay.sak.flyt is not None
    stations = {s.id: s for s in route(registry.chart("politisk_sak"), replay.service.history(replay.sak.flyt))}
    assert list(stations) == [
        *("utredning", "til_uttalelse", "til_godkjenning", "komite", "bystyret"),
        *("vedtatt", "oppfoelging", "avsluttet"),
    ]
    assert [s.id for s in stations.values() if s.naa] == ["vedtatt"]
    assert [s.id for s in stations.values() if s.neste] == ["oppfoelging"]
    assert [dato for dato, _ in stations["til_uttalelse"].hendelser] == [*[day(3, 26)] * 3, day(4, 2)]
    assert [(b.tilstand, b.inn, b.ut) for b in stations["bystyret"].besoek] == [
        ("klar_for_bystyret", day(5, 28), day(6, 3)),
        ("i_bystyret", day(6, 3), day(6, 13)),
        ("utsatt_i_bystyret", day(6, 13), day(8, 19)),
        ("i_bystyret", day(8, 19), day(8, 29)),
    ]
    assert [b.merke for b in stations["komite"].besoek if b.merke] == ["utsatt"]
    assert stations["vedtatt"].besoek[0].ut is None
    assert stations["bystyret"].titler.en == "City council"
