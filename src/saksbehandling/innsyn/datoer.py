"""Periods, and how far off a day is, for templates, beside what `skrivemaate` writes. All take `spraak`: nb, nn or en.

Dates and wall times of meetings are local as they stand; recorded instants are UTC and are shown in Europe/Oslo.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from babel.dates import format_date

from saksbehandling.skrivemaate import dato, klokkeslett, kort_dato, lang_dato, local_day, tall

_NEAR = {
    "nb": {-1: "i går", 0: "i dag", 1: "i morgen", "siden": "for {} siden", "om": "om {}"},
    "nn": {-1: "i går", 0: "i dag", 1: "i morgon", "siden": "for {} sidan", "om": "om {}"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow", "siden": "{} ago", "om": "in {}"},
}
_DAYS = {"nb": ("dag", "dager"), "nn": ("dag", "dagar"), "en": ("day", "days")}


def periode(fra: date, til: date | None, spraak: str = "nb") -> str:
    """«9.–28. mai 2019», «9. mai–13. juni 2019»; without an end «fra 9. mai 2019»."""
    if til is None:
        return f"{'from' if spraak == 'en' else 'fra'} {dato(fra, spraak)}"
    start, end, point = local_day(fra), local_day(til), "" if spraak == "en" else "."
    if start == end:
        return dato(start, spraak)
    if start.year != end.year:
        return f"{dato(start, spraak)} – {dato(end, spraak)}"
    if start.month != end.month:
        return f"{format_date(start, f'd{point} MMMM', locale=spraak)} – {dato(end, spraak)}"
    return f"{start.day}{point}–{dato(end, spraak)}"


def tidspunkt(naar: datetime, spraak: str = "nb") -> str:
    """«29. august 2019 kl. 18.00». A recorded instant without a zone is UTC."""
    instant = naar if naar.tzinfo else naar.replace(tzinfo=UTC)
    return f"{dato(instant, spraak)} {klokkeslett(instant, spraak)}"


def om_dager(dag: date, idag: date, spraak: str = "nb") -> str:
    """How far `dag` is from `idag`: «i dag», «om 3 dager», «for 12 dager siden»."""
    distance, words = (local_day(dag) - idag).days, _NEAR[spraak]
    if distance in words:
        return words[distance]
    return words["om" if distance > 0 else "siden"].format(antall(abs(distance), *_DAYS[spraak], spraak=spraak))


def antall(verdi: int, entall: str, flertall: str, spraak: str = "nb") -> str:
    """«1 forslag», «5 stemmer»: the number with the word that fits it."""
    return f"{tall(verdi, spraak)}\N{NO-BREAK SPACE}{entall if verdi == 1 else flertall}"


def iso(naar: date | datetime | time) -> str:
    """For the `datetime` attribute of `<time>`."""
    return naar.isoformat()


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
