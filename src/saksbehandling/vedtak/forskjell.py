"""The difference between the computed and the edited text of a decision, for the record. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from saksbehandling.richtext import Block, Blocks, plain_text, to_notation
from saksbehandling.tekstforskjell import sammenlign


@dataclass(frozen=True, slots=True)
class Forskjell:
    """One changed paragraph in notation. `beregnet` None: put in by hand. `redigert` None: taken out by hand."""

    beregnet: str | None
    redigert: str | None


def forskjell(beregnet: Blocks, redigert: Blocks) -> tuple[Forskjell, ...]:
    """What an editor changed, paragraph by paragraph in reading order; empty when nothing."""
    par = sammenlign(beregnet, redigert, lambda block: plain_text((block,)))
    return tuple(Forskjell(_notation(ett.foer), _notation(ett.etter)) for ett in par if not ett.likt)


def _notation(block: Block | None) -> str | None:
    return None if block is None else to_notation((block,))
