"""Deadlines on a line: today, and what is due when. Pure. The lists beside it say the same in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from saksbehandling.innsyn.datoer import antall, kort_dato
from saksbehandling.innsyn.figur_tekst import number

BREDDE, HOEYDE, AKSE, KANT = 960.0, 76.0, 40.0, 44.0
TOMT = Markup("")


def fristlinje(frister: Sequence[dt.date], idag: dt.date) -> Markup:
    """The line from the first to the last deadline, with today on it; a mark a day, as large as it has deadlines.

    Empty markup for fewer than two days, which a list shows as well.
    """
    dager = Counter(frister)
    if len(dager) < 2:
        return TOMT
    foerst, sist = min(idag, *dager), max(idag, *dager)
    plasser = {dag: KANT + (BREDDE - 2 * KANT) * (dag - foerst).days / (sist - foerst).days for dag in (*dager, idag)}
    merker = TOMT.join(_merke(dag, dager[dag], plasser[dag], dag < idag) for dag in sorted(dager))
    return Markup(
        '<svg class="fristlinje" viewBox="0 0 {w} {h}" role="img" aria-label="{navn}">'
        '<path class="fristlinje-akse" d="M{x0} {y}H{x1}"/>{idag}{merker}{ender}</svg>'
    ).format(
        w=number(BREDDE),
        h=number(HOEYDE),
        navn=_beskrivelse(dager, idag),
        x0=number(KANT),
        x1=number(BREDDE - KANT),
        y=number(AKSE),
        idag=_idag(plasser[idag]),
        merker=merker,
        ender=TOMT.join(_dato(dag, plasser[dag]) for dag in (min(dager), max(dager))),
    )


def _merke(dag: dt.date, hvor_mange: int, x: float, passert: bool) -> Markup:
    return Markup(
        '<circle class="fristlinje-merke" data-passert="{}" cx="{}" cy="{}" r="{}"><title>{}: {}</title></circle>'
    ).format(
        "ja" if passert else "nei",
        number(x),
        number(AKSE),
        number(min(4.0 + 2 * hvor_mange, 12.0)),
        kort_dato(dag),
        antall(hvor_mange, "frist", "frister"),
    )


def _idag(x: float) -> Markup:
    return Markup(
        '<path class="fristlinje-idag" d="M{x} {y0}V{y1}"/><text class="fristlinje-ord" x="{x}" y="{y}">I dag</text>'
    ).format(x=number(x), y0=number(AKSE - 20), y1=number(AKSE + 14), y=number(AKSE - 25))


def _dato(dag: dt.date, x: float) -> Markup:
    return Markup('<text class="fristlinje-ord" x="{}" y="{}">{}</text>').format(
        number(x), number(AKSE + 31), kort_dato(dag)
    )


def _beskrivelse(dager: Counter[dt.date], idag: dt.date) -> str:
    over = sum(hvor_mange for dag, hvor_mange in dager.items() if dag < idag)
    alle = antall(sum(dager.values()), "frist", "frister")
    return f"{alle} fra {kort_dato(min(dager))} til {kort_dato(max(dager))}, {over} over fristen"
