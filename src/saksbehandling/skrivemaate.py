"""Dates, times and numbers as Norwegians write them, in documents and on pages. All take `spraak`: nb, nn or en.

Dates and wall times of meetings are local as they stand; recorded instants are UTC and are written in Europe/Oslo.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from saksbehandling.clock import OSLO


def lang_dato(dag: date, spraak: str = "nb") -> str:
    """«torsdag 29. august 2019»"""
    return format_date(local_day(dag), "EEEE d MMMM y" if spraak == "en" else "EEEE d. MMMM y", locale=spraak)


def dato(dag: date, spraak: str = "nb") -> str:
    """«29. august 2019»"""
    return format_date(local_day(dag), "d MMMM y" if spraak == "en" else "d. MMMM y", locale=spraak)


def kort_dato(dag: date, spraak: str = "nb") -> str:  # noqa: ARG001 - a filter has the same arguments as its sisters
    """«29.08.2019», for tables; the same in every language."""
    return local_day(dag).strftime("%d.%m.%Y")


def klokkeslett(naar: time | datetime, spraak: str = "nb") -> str:
    """«kl. 18.00» (English «18:00»). An instant with a zone is shown in Oslo time."""
    local = naar.astimezone(OSLO) if isinstance(naar, datetime) and naar.tzinfo else naar
    return local.strftime("%H:%M") if spraak == "en" else local.strftime("kl. %H.%M")


def tall(verdi: float | Decimal, spraak: str = "nb") -> str:
    """«−12 345,5» with a no-break space between thousands and a real minus sign."""
    return format_decimal(verdi, locale=spraak).replace("-", "\N{MINUS SIGN}")


def local_day(naar: date) -> date:
    """The day in Norway of an instant with a zone; any other date as it is."""
    if isinstance(naar, datetime):
        return (naar.astimezone(OSLO) if naar.tzinfo else naar).date()
    return naar
