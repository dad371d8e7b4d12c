"""Hundreds of processes that write and index, each killed at a random moment: nothing is lost, and nothing doubled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.drept import Draper, draper
from saksbehandling.assembly import Parts
from saksbehandling.config import Settings
from saksbehandling.saksmappe.models import Saksmappe

from .test_arbeider import bygd_paa_nytt, indeksen, venter

DRAP = {"sqlite": 500, "postgresql": 100}  # a server keeps what it confirmed by itself, and each begins more slowly
SE_ETTER = 25  # killed one after the other, before somebody looks
LENGST = 0.1  # seconds: time for a handful of cases


@pytest.fixture
def parts(settings: Settings) -> Iterator[Parts]:
    deler = Parts(lambda: settings)
    yield deler
    deler.close()


def test_nothing_is_lost_or_doubled_by_kills_at_any_moment(parts: Parts, settings: Settings, tmp_path: Path) -> None:
    lykke, antall = random.Random(500), DRAP[sa.make_url(settings.database_url).get_backend_name()]
    with draper(settings, tmp_path / "kvittering") as de_drepte:
        for drap in range(1, antall + 1):
            de_drepte.drep(f"Kai{drap}", lykke.uniform(0, LENGST))
            if drap % SE_ETTER == 0:
                se_etter(parts, de_drepte)
        assert len(de_drepte.lagret()) > antall // 5
    assert indeksen(parts) == bygd_paa_nytt(parts)


def se_etter(parts: Parts, de_drepte: Draper) -> None:
    """What was stored is in the database and, once the next worker has been there, in the index, once."""
    parts.worker().toem()
    assert venter(parts) == 0
    with parts.reading() as session:
        saker = set(session.scalars(sa.select(Saksmappe.id)))
    assert de_drepte.lagret() <= saker
    assert {id_ for id_ in indeksen(parts) if id_.startswith("sak:")} == {f"sak:{sak}" for sak in saker}
