"""A definition in force cannot be changed: its fingerprint is kept from the first case on, and held against its file.

A change is a new version in a file of its own; the cases stay in theirs until somebody migrates them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.models import Arbeidsflytversjon
from saksbehandling.workflow_engine.registry import Registry


def note_use(session: Session, registry: Registry, chart: Chart, now: dt.datetime) -> None:
    """Remember that a case starts in this version, in the transaction of the case.

    Raises `SetupError` when the version was taken into use with another content.
    """
    checksum = registry.fingerprint(chart)
    if checksum is None:
        return
    key = (chart.id, chart.versjon)
    known = session.get(Arbeidsflytversjon, key)
    if known is None:
        _insert(session, definisjon=chart.id, versjon=chart.versjon, sjekksum=checksum, tatt_i_bruk=now)
        known = session.get_one(Arbeidsflytversjon, key)
    if known.sjekksum != checksum:
        raise SetupError(_changed(known, chart.file))


def hold(session: Session, registry: Registry) -> None:
    """Hold every version that has been used against its file. Raises `SetupError` with all that differ or are gone."""
    faults = list(_faults(session, registry))
    if faults:
        raise SetupError("\n".join(faults))


def _faults(session: Session, registry: Registry) -> Iterator[str]:
    charts = {(chart.id, chart.versjon): chart for chart in registry.charts()}
    order = (Arbeidsflytversjon.definisjon, Arbeidsflytversjon.versjon)
    for used in session.scalars(sa.select(Arbeidsflytversjon).order_by(*order)):
        chart = charts.get((used.definisjon, used.versjon))
        if chart is None:
            yield (
                f"{_name(used)} er i bruk, men filen mangler. Legg den tilbake i workflows/, "
                f"for eksempel som {used.definisjon}.{used.versjon}.scxml."
            )
        elif registry.fingerprint(chart) != used.sjekksum:
            yield _changed(used, chart.file)


def _insert(session: Session, **values: object) -> None:
    """Two who start the first case at once may both come here; the first one's row stands."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Arbeidsflytversjon).values(**values).on_conflict_do_nothing())


def _changed(used: Arbeidsflytversjon, file: str) -> str:
    return (
        f"{file}: {_name(used)} er i bruk fra {used.tatt_i_bruk:%d.%m.%Y} og kan ikke endres. Sett filen tilbake, og "
        f"lagre endringen i en egen fil med høyere sb:versjon; flytt så sakene med «saksbehandling arbeidsflyt migrer»."
    )


def _name(used: Arbeidsflytversjon) -> str:
    return f"arbeidsflyten «{used.definisjon}» versjon {used.versjon}"
