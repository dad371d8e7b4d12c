"""Deadlines on a line: today, and what is due when. Pure. The lists beside it say the same in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from saksbehandling.innsyn.datoer import antall
from saksbehandling.innsyn.figur_tekst import number
from saksbehandling.skrivemaate import kort_dato

BREDDE, HOEYDE, AKSE, KANT = 960.0, 76.0, 40.0, 44.0
LENGST_TILBAKE = dt.timedelta(days=60)
TOMT = Markup("")


def fristlinje(frister: Sequence[dt.date], idag: dt.date) -> Markup:
    """The line from the first to the last deadline, with today on it; a mark a day, as large as it has deadlines.

    What has been late for long stands together at the beginning. Empty markup for fewer than two days, which a list
    shows as well.
    """
    eldste = idag - LENGST_TILBAKE
    dager = Counter(max(dag, eldste) for dag in frister)
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
        navn=_beskrivelse(frister, idag),
        x0=number(KANT),
        x1=number(BREDDE - KANT),
        y=number(AKSE),
        idag=_idag(plasser[idag]),
        merker=merker,
        ender=TOMT.join(_ord(_dagord(dag, eldste), plasser[dag]) for dag in (min(dager), max(dager))),
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


def _dagord(dag: dt.date, eldste: dt.date) -> str:
    return f"Før {kort_dato(dag)}" if dag == eldste else kort_dato(dag)


def _ord(ord_: str, x: float) -> Markup:
    return Markup('<text class="fristlinje-ord" x="{}" y="{}">{}</text>').format(number(x), number(AKSE + 31), ord_)


def _beskrivelse(frister: Sequence[dt.date], idag: dt.date) -> str:
    over = sum(dag < idag for dag in frister)
    alle = antall(len(frister), "frist", "frister")
    return f"{alle} fra {kort_dato(min(frister))} til {kort_dato(max(frister))}, {over} over fristen"
