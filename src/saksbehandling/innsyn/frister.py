"""A workflow's deadline in words, with its last day. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from saksbehandling.clock import OSLO
from saksbehandling.workflow_engine.models import Frist, Friststatus

NAVN = {"uttalelsesfrist": "Frist for uttalelser"}


class Fristord(NamedTuple):
    """`avvist`: why the case refused what the deadline was to do, sentence after sentence."""

    ord: str
    dato: dt.date
    avvist: str = ""


def fristord(frist: Frist) -> Fristord:
    return Fristord(
        NAVN.get(frist.navn, frist.navn.capitalize()), siste_dag(frist.forfaller), " ".join((frist.grunn or "").split())
    )


def gjeldende(frister: Iterable[Frist], tilstander: Collection[str]) -> list[Frist]:
    """Those that wait, and those that were refused in one of the `tilstander` and not set again since, by date.

    `frister`: of one case, in the order in which they were set.
    """
    siste = {(frist.tilstand, frist.navn): frist for frist in frister}.values()
    vises = [frist for frist in siste if _vises(frist, tilstander)]
    return sorted(vises, key=lambda frist: frist.forfaller)


def _vises(frist: Frist, tilstander: Collection[str]) -> bool:
    refused_here = frist.status is Friststatus.AVVIST and frist.tilstand in tilstander
    return frist.status is Friststatus.VENTER or refused_here


def siste_dag(forfaller: dt.datetime) -> dt.date:
    """The last day that counts: a deadline falls due the moment after it."""
    return (forfaller - dt.timedelta(seconds=1)).astimezone(OSLO).date()
