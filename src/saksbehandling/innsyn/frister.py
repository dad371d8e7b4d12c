"""A workflow's deadline in words, with its last day. Pure."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from saksbehandling.clock import OSLO
from saksbehandling.workflow_engine.models import Frist

NAVN = {"uttalelsesfrist": "Frist for uttalelser"}


class Fristord(NamedTuple):
    ord: str
    dato: dt.date


def fristord(frist: Frist) -> Fristord:
    return Fristord(NAVN.get(frist.navn, frist.navn.capitalize()), siste_dag(frist.forfaller))


def siste_dag(forfaller: dt.datetime) -> dt.date:
    """The last day that counts: a deadline falls due the moment after it."""
    return (forfaller - dt.timedelta(seconds=1)).astimezone(OSLO).date()
