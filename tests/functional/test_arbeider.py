"""The worker on a real index and a real database: killed at the worst moments it loses nothing and doubles nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.assembly import Parts
from saksbehandling.config import Settings
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import ALLE
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.filer import DOKUMENTTYPE
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument
from saksbehandling.search_engine.model import Hit, Options
from saksbehandling.search_engine.query import parse
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata

LESERE = {ALLE, *(f"rolle:{rolle.value}" for rolle in Rolle)}

# A worker of its own that kills itself where the test says: before or after the index was written, or right after the
# document was stored.
DREPT = """
import os, signal, sys
from pathlib import Path
from saksbehandling import config
from saksbehandling.assembly import Parts
from saksbehandling.jobs.indeksering import Indeksering
from saksbehandling.jobs.services import UtboksService

def doe(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

hvor, mappe, url = sys.argv[1:]
ekte = Indeksering.oppdater
if hvor == "foer":
    Indeksering.oppdater = doe
elif hvor == "etter":
    Indeksering.oppdater = lambda *args: (ekte(*args), doe())
else:
    UtboksService.ferdig = doe
given = {"data_dir": mappe, "database_url": url, "worker_in_process": False}
Parts(lambda: config.load(given, {})).worker().toem()
print("arbeideren overlevde")
"""


@pytest.fixture
def parts(settings: Settings) -> Iterator[Parts]:
    deler = Parts(lambda: settings)
    yield deler
    deler.close()


def drep(settings: Settings, hvor: str) -> None:
    """Run a worker until it kills itself there."""
    mappe, url = str(settings.data_dir), settings.database_url
    ferdig = subprocess.run(
        [sys.executable, "-c", DREPT, hvor, mappe, url], capture_output=True, text=True, check=False
    )
    assert ferdig.returncode == -signal.SIGKILL, (ferdig.stdout, ferdig.stderr)


def behandlet(parts: Parts, tittel: str = "Ny kai ved fergeleiet") -> tuple[int, int]:
    """A decided and approved case; the ids of the case and of its treatment."""
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        alle = {utvalg.navn: utvalg for utvalg in tj.utvalg.alle()}
        styret = alle.get("Kommunestyret") or raad.utvalg(session)
        moetesak = raad.behandling(tj, styret, raad.sak(tj, tittel))
        _voter(tj, moetesak)
        tj.vedtak.fatt(moetesak, raad.SEKRETAER)
        tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
        tj.protokoller.publiser(moetesak, raad.SEKRETAER)
        return moetesak.saksmappe_id, moetesak.id


def _voter(tj: Tjenester, moetesak: Moetesak) -> None:
    forslag = tj.forslag.fremsett(
        moetesak, Forslagstype.TILLEGG, parse_notation("Kaia får lys."), [raad.stiller(tj, moetesak.utvalg, "SV")]
    )
    for objekter in (raad.segmenter(moetesak), [forslag]):
        tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, objekter, enstemmig=True))


def indeksen(parts: Parts) -> dict[str, Hit]:
    """Everything that it holds; fails when something is there twice."""
    treff = parts.search_engine.search(parse(""), LESERE, Options(limit=10_000)).hits
    assert len({hit.id for hit in treff}) == len(treff)
    return {hit.id: hit for hit in treff}


def bygd_paa_nytt(parts: Parts) -> dict[str, Hit]:
    with parts.reading() as session:
        parts.indexing.bygg(session, lambda _gjort, _av: None)
    return indeksen(parts)


def venter(parts: Parts) -> int:
    with parts.reading() as session:
        return session.scalar(sa.select(sa.func.count(Utboks.id)).where(Utboks.utfoert.is_(None))) or 0


def protokolldokumenter(parts: Parts) -> int:
    soek = sa.select(sa.func.count(Dokument.id)).where(Dokument.dokumenttype == DOKUMENTTYPE)
    with parts.reading() as session:
        return session.scalar(soek) or 0


@pytest.mark.parametrize("hvor", ["foer", "etter", "noter"])
def test_a_killed_worker_loses_nothing_and_doubles_nothing(parts: Parts, settings: Settings, hvor: str) -> None:
    assert indeksen(parts) == {}
    behandlet(parts)
    drep(settings, hvor)
    assert venter(parts)
    parts.worker().toem()
    assert venter(parts) == 0
    assert protokolldokumenter(parts) == 1
    funnet = indeksen(parts)
    slag = {"sak", "behandling", "forslag", "votering", "vedtak", "dokument", "moete"}
    assert {id_.split(":")[0] for id_ in funnet} == slag
    assert funnet == bygd_paa_nytt(parts)


def test_doing_everything_twice_is_doing_it_once(parts: Parts) -> None:
    behandlet(parts)
    parts.worker().toem()
    foer = indeksen(parts)
    with parts.session() as session:
        session.execute(sa.update(Utboks).values(utfoert=None))
    assert parts.worker().toem()
    assert indeksen(parts) == foer
    assert protokolldokumenter(parts) == 1


def test_the_rebuilt_index_is_the_one_that_grew(parts: Parts) -> None:
    for nummer in range(3):
        behandlet(parts, f"Kai nummer {nummer}")
        parts.worker().toem()
    vokst = indeksen(parts)
    assert len(vokst) == 25
    assert bygd_paa_nytt(parts) == vokst


def test_an_index_that_was_lost_comes_back_by_itself(parts: Parts) -> None:
    behandlet(parts)
    parts.worker().toem()
    foer = indeksen(parts)
    parts.search_engine.rebuild((), 0)
    assert indeksen(parts) == {}
    parts.worker().toem()
    assert indeksen(parts) == foer


def test_a_ballot_that_was_taken_back_leaves_the_index(parts: Parts) -> None:
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj))
        _voter(tj, moetesak)
        moetesak_id = moetesak.id
    parts.worker().toem()
    assert len([id_ for id_ in indeksen(parts) if id_.startswith("votering:")]) == 2
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        tj.voteringer.angre_siste(session.get_one(Moetesak, moetesak_id))
    parts.worker().toem()
    assert len([id_ for id_ in indeksen(parts) if id_.startswith("votering:")]) == 1
    assert indeksen(parts) == bygd_paa_nytt(parts)


def test_what_a_rolled_back_transaction_did_is_never_found(parts: Parts) -> None:
    with parts.session_factory() as session:
        tj = Tjenester(parts.felles, session)
        raad.sak(tj)
        session.flush()
        session.rollback()
    assert parts.worker().toem() == 0
    assert indeksen(parts) == {}


def test_two_workers_at_once_share_the_work(parts: Parts, settings: Settings) -> None:
    for nummer in range(4):
        behandlet(parts, f"Kai nummer {nummer}")
    andre = Parts(lambda: settings)
    assert andre.search_engine is not parts.search_engine
    traader = [threading.Thread(target=deler.worker().toem) for deler in (parts, andre)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    andre.close()
    parts.worker().toem()  # what one of them left to the other
    assert (venter(parts), protokolldokumenter(parts)) == (0, 4)
    assert indeksen(parts) == bygd_paa_nytt(parts)


@pytest.mark.postgresql
def test_a_change_that_is_committed_late_is_not_passed_over(parts: Parts) -> None:
    """Numbers are given before the commit: here the lower one becomes visible after the higher was indexed."""
    if parts.engine.dialect.name != "postgresql":
        pytest.skip("SQLite gir numre i den rekkefølgen det lagres")
    behandlet(parts, "Første kai")
    sen = parts.session_factory()
    sak = raad.sak(Tjenester(parts.felles, sen), "Sen kai", saksnummer="19/500")
    sen.flush()
    assert _ventende(sen)
    behandlet(parts, "Rask kai")
    parts.worker().toem()
    sen.commit()
    assert f"sak:{sak.id}" not in indeksen(parts)
    sen.close()
    parts.worker().toem()
    assert f"sak:{sak.id}" in indeksen(parts)


def _ventende(session: Session) -> int:
    soek = sa.select(sa.func.count(Utboks.id)).where(Utboks.type == Oppgavetype.INDEKSER, Utboks.utfoert.is_(None))
    return session.scalar(soek) or 0
