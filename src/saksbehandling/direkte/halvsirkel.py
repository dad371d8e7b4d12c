"""The seats of a body as a half circle: where each stands, and the drawing with the votes of a ballot. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from saksbehandling.votering.lesing import Stemmetall

INNERST, YTTERST = 40.0, 96.0
_BREDDE, _HOEYDE = 208.0, 112.0
FOR, MOT = "for", "mot"


def plasser(antall: int) -> list[tuple[float, float]]:
    """Where `antall` seats stand, from the left to the right as one sees them, in circles around (0, 0).

    Seats of equal angle follow each other, so that a party that takes the next seats of the list gets a wedge.
    """
    if antall < 1:
        return []
    radier = _radier(antall)
    per_rad = _fordel(antall, radier)
    sted = [
        (math.pi * (1 - (nr + 0.5) / i_raden), radius)
        for radius, i_raden in zip(radier, per_rad, strict=True)
        for nr in range(i_raden)
    ]
    sted.sort(key=lambda ett: (-ett[0], ett[1]))
    return [(radius * math.cos(vinkel), -radius * math.sin(vinkel)) for vinkel, radius in sted]


def halvsirkel(partier: Sequence[Stemmetall], for_: int | None, mot: int | None) -> Markup:
    """The votes as seats: full for, hollow against; what is not known is left out."""
    seter = list(_seter(partier)) or [("", FOR)] * (for_ or 0) + [("", MOT)] * (mot or 0)
    steder = plasser(len(seter))
    radius = min(7.5, 2.6 + 34 / max(len(seter), 1) ** 0.5)
    sirkler = Markup("").join(
        Markup('<circle class="sete" data-parti="{}" data-stemme="{}" cx="{}" cy="{}" r="{}"/>').format(
            parti, stemme, f"{x:.1f}", f"{y:.1f}", f"{radius:.1f}"
        )
        for (x, y), (parti, stemme) in zip(steder, seter, strict=True)
    )
    ramme = f"{-_BREDDE / 2:.0f} {8 - _HOEYDE:.0f} {_BREDDE:.0f} {_HOEYDE:.0f}"
    return Markup('<svg class="halvsirkel" viewBox="{}" aria-hidden="true">{}</svg>').format(ramme, sirkler)


def _seter(partier: Iterable[Stemmetall]) -> Iterable[tuple[str, str]]:
    for rad in partier:
        yield from ((rad.parti, FOR) for _ in range(rad.for_ or 0))
        yield from ((rad.parti, MOT) for _ in range(rad.mot or 0))


def _radier(antall: int) -> list[float]:
    rader = max(1, min(6, round(math.sqrt(antall / 2.2))))
    if rader == 1:
        return [(INNERST + YTTERST) / 2]
    return [INNERST + (YTTERST - INNERST) * nr / (rader - 1) for nr in range(rader)]


def _fordel(antall: int, radier: Sequence[float]) -> list[int]:
    """Seats for each circle in proportion to its length, adding up to `antall`."""
    kvoter = [antall * radius / sum(radier) for radius in radier]
    fordelt = [math.floor(kvote) for kvote in kvoter]
    rest = sorted(range(len(radier)), key=lambda nr: fordelt[nr] - kvoter[nr])
    for nr in rest[: antall - sum(fordelt)]:
        fordelt[nr] += 1
    return fordelt
