"""What happens to cases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SakEndret:
    """Something of the case, or of its treatments, was changed or published."""

    saksmappe_id: int
