"""What the database and the index say when Prometheus asks: work that waits, deadlines that are late, transitions.

Read each time and not counted along the way, so that the figures are the whole installation's, whichever process is
asked, and nothing that was rolled back is among them.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from saksbehandling import db
from saksbehandling.interfaces import IClock, ISearchEngine
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.jobs.services import VENTETID
from saksbehandling.workflow_engine.models import Flyt, Frist, Friststatus

logg = structlog.get_logger(__name__)


class Installation(Collector):
    """The figures that are the same for all processes of an installation."""

    def __init__(self, engine: sa.Engine, clock: IClock, index: ISearchEngine) -> None:
        self._engine = db.reader(engine)
        self._clock = clock
        self._index = index

    def describe(self) -> list[Metric]:
        """Nothing is read when it is registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        with self._engine.connect() as connection:
            yield from self._tasks(connection)
            yield self._late(connection)
            yield self._transitions(connection)
            yield self._index_behind(connection)

    def _tasks(self, connection: sa.Connection) -> Iterator[Metric]:
        waiting = GaugeMetricFamily("saksbehandling_tasks_waiting", "Tasks not done yet.", labels=["type"])
        oldest = GaugeMetricFamily("saksbehandling_tasks_oldest_seconds", "Age of the oldest of them.", labels=["type"])
        given_up = GaugeMetricFamily("saksbehandling_tasks_given_up", "Tasks that failed for good.", labels=["type"])
        lost = sa.case((Utboks.forsoek >= len(VENTETID), 1))
        # Those that failed for good wait for a person, and would hide from the oldest whether the worker keeps up.
        since = sa.func.min(Utboks.opprettet).filter(Utboks.forsoek < len(VENTETID))
        query = sa.select(Utboks.type, sa.func.count(), sa.func.count(lost), since).where(Utboks.utfoert.is_(None))
        found = {row[0]: row for row in connection.execute(query.group_by(Utboks.type))}
        for kind in Oppgavetype:
            _, every, failed, first = found.get(kind, (kind, 0, 0, None))
            waiting.add_metric([kind.value], every - failed)
            given_up.add_metric([kind.value], failed)
            oldest.add_metric([kind.value], (self._clock.now() - first).total_seconds() if first else 0)
        yield from (waiting, oldest, given_up)

    def _late(self, connection: sa.Connection) -> Metric:
        due = sa.select(sa.func.count()).where(Frist.status == Friststatus.VENTER, Frist.forfaller <= self._clock.now())
        late = connection.scalar(due) or 0
        return GaugeMetricFamily("saksbehandling_deadlines_late", "Deadlines due and not fired.", value=late)

    def _transitions(self, connection: sa.Connection) -> Metric:
        """The version of a case's row is 1 when it is started, and grows by one with every transition."""
        counted = CounterMetricFamily("saksbehandling_transitions", "Transitions of cases.", labels=["definition"])
        made = sa.func.sum(Flyt.radversjon) - sa.func.count()
        for definition, number in connection.execute(sa.select(Flyt.definisjon, made).group_by(Flyt.definisjon)):
            counted.add_metric([definition], number)
        return counted

    def _index_behind(self, connection: sa.Connection) -> Metric:
        behind = GaugeMetricFamily("saksbehandling_index_behind", "Changes that the search index does not hold.")
        try:
            watermark = self._index.watermark()
        except Exception:  # the other figures are wanted the more; `/helse` tells what is wrong
            logg.exception("maaling_av_indeksen")
            return behind
        missing = sa.or_(Utboks.id > watermark, Utboks.utfoert.is_(None))
        query = sa.select(sa.func.count()).where(Utboks.type == Oppgavetype.INDEKSER, missing)
        behind.add_metric([], connection.scalar(query) or 0)
        return behind
