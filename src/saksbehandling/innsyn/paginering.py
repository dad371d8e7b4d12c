"""Pages of long lists, and the addresses that lead from one view of a list to another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

PER_SIDE = 25
SISTE_SIDE = 100_000


@dataclass(frozen=True, slots=True)
class Utsnitt:
    """One page of `antall` things. `side` counts from 1 and is never past the last."""

    side: int
    antall: int
    per_side: int = PER_SIDE

    @property
    def sider(self) -> int:
        return max(1, -(-self.antall // self.per_side))

    @property
    def foerste(self) -> int:
        """How many things stand before this page."""
        return (self.side - 1) * self.per_side


def utsnitt(oensket: str, antall: int, per_side: int = PER_SIDE) -> Utsnitt:
    """The page asked for in the address, or the nearest one that exists."""
    return Utsnitt(min(sidetall(oensket), max(1, -(-antall // per_side))), antall, per_side)


def sidetall(tekst: str) -> int:
    """A page number from an address; 1 for anything else."""
    tall = int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else 1
    return min(max(tall, 1), SISTE_SIDE)


def adresse(sti: str, felter: Mapping[str, str | Iterable[str]], **endret: str | Iterable[str] | None) -> str:
    """`sti` with those fields in the query, some changed or (None) taken away; empty ones are left out."""
    alle = {**felter, **endret}
    par = [(navn, verdi) for navn, verdier in alle.items() for verdi in _liste(verdier) if verdi]
    return f"{sti}?{urlencode(par)}" if par else sti


def _liste(verdier: str | Iterable[str] | None) -> list[str]:
    if verdier is None:
        return []
    return [verdier] if isinstance(verdier, str) else list(verdier)
