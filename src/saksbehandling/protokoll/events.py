"""What happens to protocols."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoeteprotokollEndret:
    """The document of the protocol is another: it was approved, signed, corrected or edited."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class MoeteprotokollGodkjent:
    """The body has approved the protocol of its meeting."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class ProtokollFrosset:
    """The data of a protocol was frozen; its document can be made."""

    protokoll_id: int
