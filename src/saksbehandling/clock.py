"""Clocks: the system's and a fixed one (`IClock`), and how Norwegians write dates."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from zope.interface import implementer

from saksbehandling.interfaces import IClock

OSLO = ZoneInfo("Europe/Oslo")


@implementer(IClock)
class SystemClock:
    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def today(self) -> dt.date:
        return dt.datetime.now(OSLO).date()


@implementer(IClock)
class FixedClock:
    """Stands still at `instant` (aware) until `set` moves it."""

    def __init__(self, instant: dt.datetime) -> None:
        self._instant = instant

    def now(self) -> dt.datetime:
        return self._instant.astimezone(dt.UTC)

    def today(self) -> dt.date:
        return self._instant.astimezone(OSLO).date()

    def set(self, instant: dt.datetime) -> None:
        self._instant = instant


def at_noon(date: dt.date) -> dt.datetime:
    """Noon in Oslo on `date`, as an instant: when a replayed event is held to have happened."""
    return dt.datetime.combine(date, dt.time(12), OSLO)
