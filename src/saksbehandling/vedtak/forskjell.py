"""The difference between the computed and the edited text of a decision, for the record. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from saksbehandling.richtext import Block, Blocks, to_notation


@dataclass(frozen=True, slots=True)
class Forskjell:
    """One changed paragraph in notation. `beregnet` None: put in by hand. `redigert` None: taken out by hand."""

    beregnet: str | None
    redigert: str | None


def forskjell(beregnet: Blocks, redigert: Blocks) -> tuple[Forskjell, ...]:
    """What an editor changed, paragraph by paragraph in reading order; empty when nothing."""
    matcher = SequenceMatcher(None, beregnet, redigert, autojunk=False)
    changes = (code for code in matcher.get_opcodes() if code[0] != "equal")
    return tuple(
        change
        for _, from_, to, edited_from, edited_to in changes
        for change in _paired(beregnet[from_:to], redigert[edited_from:edited_to])
    )


def _paired(computed: Sequence[Block], edited: Sequence[Block]) -> Iterable[Forskjell]:
    for before, after in zip_longest(computed, edited):
        yield Forskjell(
            None if before is None else to_notation((before,)),
            None if after is None else to_notation((after,)),
        )
