"""Where a case stands, as a word with the kind of state that gives it colour and shape. Pure."""

from __future__ import annotations

from typing import NamedTuple

from saksbehandling.saksmappe.models import Mappetype, Saksmappe
from saksbehandling.workflow_engine.chart import Chart

UNNTATT_ORD = "Unntatt offentlighet"


class Tilstand(NamedTuple):
    """`slag`: ferdig, paagaar, venter, stopp, borte or noytral, as the macro `tilstand` takes it."""

    ord: str
    slag: str


UNNTATT = Tilstand(UNNTATT_ORD, "noytral")
ARKIVERT = Tilstand("Arkivert", "noytral")


def tilstand_uten_flyt(sak: Saksmappe) -> Tilstand:
    """Where a case stands that no workflow moves: what it is, or that it came from an archive."""
    return ARKIVERT if sak.mappetype is Mappetype.SAK else Tilstand(sak.mappetype, "noytral")


def tilstand(chart: Chart, aktive: str) -> Tilstand:
    """The case's state in words. `aktive`: its active atomic states, as stored."""
    blader = chart.in_order(aktive.split())
    return Tilstand(" og ".join(chart.title(blad) for blad in blader), _slag(chart, blader))


def _slag(chart: Chart, blader: list[str]) -> str:
    if any(chart.states[blad].merke == "trukket" for blad in blader):
        return "stopp"
    if all(chart.is_end(blad) for blad in blader):
        return "ferdig"
    if any(chart.states[blad].merke or chart.states[blad].delsaker for blad in blader):
        return "venter"
    return "paagaar"
