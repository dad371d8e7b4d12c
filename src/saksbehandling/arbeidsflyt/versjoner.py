"""The versions of a definition: who saved each and when, what it changed, and how many cases go by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.arbeidsflyt.forskjell import forskjell
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.definition import Definition, Lagring
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.registry import Registry


@dataclass(frozen=True, slots=True)
class Versjonslinje:
    """`lagret`: None for a version that came with the product. `endringer`: from the version before; none in the
    first. `saker`: how many cases go by it, those that are done among them."""

    versjon: int
    lagret: Lagring | None
    endringer: Sequence[str]
    saker: int


def versjonslinjer(session: Session, registry: Registry, id: str) -> list[Versjonslinje]:
    """The newest first."""
    known = [found for chart in registry.charts() if chart.id == id and (found := registry.definition(chart))]
    cases = _saker(session, id)
    return [
        Versjonslinje(each.chart.versjon, each.lagret, _fra(before, each), cases.get(each.chart.versjon, 0))
        for before, each in reversed(list(zip([None, *known], known, strict=False)))
    ]


def endret_av_andre(registry: Registry, fra: Chart, til: Chart) -> tuple[Lagring | None, list[str]]:
    """Who saved `til` after somebody opened `fra`, and what has changed since."""
    old, new = registry.definition(fra), registry.definition(til)
    return (new.lagret, forskjell(old, new)) if old and new else (None, [])


def _fra(before: Definition | None, each: Definition) -> list[str]:
    return forskjell(before, each) if before else []


def _saker(session: Session, id: str) -> Mapping[int, int]:
    found = sa.select(Flyt.versjon, sa.func.count()).where(Flyt.definisjon == id).group_by(Flyt.versjon)
    return dict(session.execute(found).all())
