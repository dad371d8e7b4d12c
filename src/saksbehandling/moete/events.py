"""What happens in meetings and to treatments."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BehandlingStanset:
    """A treatment ended without a decision on the substance: postponed, sent back or withdrawn."""

    moetesak_id: int


@dataclass(frozen=True, slots=True)
class MoeteSatt:
    """A meeting was opened, or taken up again."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class MoeteHevet:
    """A meeting was adjourned."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class FrammoeteEndret:
    """Somebody came to a meeting or left it."""

    moete_id: int


@dataclass(frozen=True, slots=True)
class MoeteEndret:
    """A meeting was put into the calendar, or has come further: summoned, opened, adjourned, over, called off."""

    moete_id: int
