"""The codes that minutes give the outcome of a treatment, in bokmål and nynorsk. A secretary may write others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resultatord:
    """`behandlet`: the usual code of a decision. `andre`: other codes that a secretary may choose."""

    behandlet: str
    utsatt: str
    sendt_tilbake: str
    avvist: str
    trukket: str
    andre: tuple[str, ...]

    @property
    def alle(self) -> tuple[str, ...]:
        """The codes of what was decided, the usual one first."""
        return (self.behandlet, *self.andre)


RESULTATORD: Mapping[str, Resultatord] = {
    "nb": Resultatord(
        behandlet="Behandlet",
        utsatt="Saken utsatt",
        sendt_tilbake="Saken sendt tilbake",
        avvist="Saken avvist",
        trukket="Trukket",
        andre=("Vedtatt", "Annet forslag vedtatt", "Tatt til orientering", "Ikke vedtatt"),
    ),
    "nn": Resultatord(
        behandlet="Behandla",
        utsatt="Saka utsett",
        sendt_tilbake="Saka send tilbake",
        avvist="Saka avvist",
        trukket="Trekt",
        andre=("Vedteke", "Anna framlegg vedteke", "Teke til orientering", "Ikkje vedteke"),
    ),
}
