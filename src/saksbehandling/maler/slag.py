"""The kinds of document that have a template. Each kind is described by the feature that gathers its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Malslag:
    """`tittel`: what people call it. `om`: a sentence of when it is made.

    `eksempel`: the values that a template of this kind can show in «nb» or «nn», all of them filled.
    """

    tittel: str
    om: str
    eksempel: Callable[[str], Mapping[str, Any]]


Slag = Mapping[str, Malslag]
