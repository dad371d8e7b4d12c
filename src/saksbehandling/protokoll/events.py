"""What happens to protocols."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoeteprotokollEndret:
    """The protocol is to be kept anew: it was approved, signed, corrected, edited or published."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class MoeteprotokollGodkjent:
    """The body has approved the protocol of its meeting."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class ProtokollFrosset:
    """The data of a protocol was frozen; its document can be made."""

    protokoll_id: int
