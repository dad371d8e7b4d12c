"""Dates, times and numbers as Norwegians write them, for templates. All take `spraak`: nb, nn or en.

Dates and wall times of meetings are local as they stand; recorded instants are UTC and are shown in Europe/Oslo.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

OSLO = ZoneInfo("Europe/Oslo")

_NEAR = {
    "nb": {-1: "i går", 0: "i dag", 1: "i morgen", "siden": "for {} siden", "om": "om {}"},
    "nn": {-1: "i går", 0: "i dag", 1: "i morgon", "siden": "for {} sidan", "om": "om {}"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow", "siden": "{} ago", "om": "in {}"},
}
_DAYS = {"nb": ("dag", "dager"), "nn": ("dag", "dagar"), "en": ("day", "days")}


def lang_dato(dag: date, spraak: str = "nb") -> str:
    """«torsdag 29. august 2019»"""
    return format_date(_local_day(dag), "EEEE d MMMM y" if spraak == "en" else "EEEE d. MMMM y", locale=spraak)


def dato(dag: date, spraak: str = "nb") -> str:
    """«29. august 2019»"""
    return format_date(_local_day(dag), "d MMMM y" if spraak == "en" else "d. MMMM y", locale=spraak)


def kort_dato(dag: date, spraak: str = "nb") -> str:  # noqa: ARG001 - a filter has the same arguments as its sisters
    """«29.08.2019», for tables; the same in every language."""
    return _local_day(dag).strftime("%d.%m.%Y")


def periode(fra: date, til: date | None, spraak: str = "nb") -> str:
    """«9.–28. mai 2019», «9. mai–13. juni 2019»; without an end «fra 9. mai 2019»."""
    if til is None:
        return f"{'from' if spraak == 'en' else 'fra'} {dato(fra, spraak)}"
    start, end, point = _local_day(fra), _local_day(til), "" if spraak == "en" else "."
    if start == end:
        return dato(start, spraak)
    if start.year != end.year:
        return f"{dato(start, spraak)} – {dato(end, spraak)}"
    if start.month != end.month:
        return f"{format_date(start, f'd{point} MMMM', locale=spraak)} – {dato(end, spraak)}"
    return f"{start.day}{point}–{dato(end, spraak)}"


def klokkeslett(naar: time | datetime, spraak: str = "nb") -> str:
    """«kl. 18.00» (English «18:00»). An instant with a zone is shown in Oslo time."""
    local = naar.astimezone(OSLO) if isinstance(naar, datetime) and naar.tzinfo else naar
    return local.strftime("%H:%M") if spraak == "en" else local.strftime("kl. %H.%M")


def tidspunkt(naar: datetime, spraak: str = "nb") -> str:
    """«29. august 2019 kl. 18.00». A recorded instant without a zone is UTC."""
    instant = naar if naar.tzinfo else naar.replace(tzinfo=UTC)
    return f"{dato(instant, spraak)} {klokkeslett(instant, spraak)}"


def om_dager(dag: date, idag: date, spraak: str = "nb") -> str:
    """How far `dag` is from `idag`: «i dag», «om 3 dager», «for 12 dager siden»."""
    distance, words = (_local_day(dag) - idag).days, _NEAR[spraak]
    if distance in words:
        return words[distance]
    return words["om" if distance > 0 else "siden"].format(antall(abs(distance), *_DAYS[spraak], spraak=spraak))


def tall(verdi: float, spraak: str = "nb") -> str:
    """«12 345,5» with a no-break space between thousands."""
    return format_decimal(verdi, locale=spraak)


def antall(verdi: int, entall: str, flertall: str, spraak: str = "nb") -> str:
    """«1 forslag», «5 stemmer»: the number with the word that fits it."""
    return f"{tall(verdi, spraak)}\N{NO-BREAK SPACE}{entall if verdi == 1 else flertall}"


def iso(naar: date | datetime | time) -> str:
    """For the `datetime` attribute of `<time>`."""
    return naar.isoformat()


def _local_day(naar: date) -> date:
    if isinstance(naar, datetime):
        return (naar.astimezone(OSLO) if naar.tzinfo else naar).date()
    return naar


FILTRE: dict[str, Callable[..., Any]] = {
    "lang_dato": lang_dato,
    "dato": dato,
    "kort_dato": kort_dato,
    "klokkeslett": klokkeslett,
    "tidspunkt": tidspunkt,
    "om_dager": om_dager,
    "tall": tall,
    "antall": antall,
    "iso": iso,
}
"""The Jinja2 filters of this module by name; `periode` takes two dates and so is a global."""
