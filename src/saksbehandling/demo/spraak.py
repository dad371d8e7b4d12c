"""The grammar that generated cases are told in: themes and sentences with slots, filled at random."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)\}")

STEDER = (
    "Fagervika", "Storhaugen", "Kvernbekken", "Tangen", "Myrvoll", "Elvebakken", "Nordre Havn", "Brattlia",
    "Solheimsøya", "Vestre Kai", "Kirkebakken", "Hestmyra", "Grønnlia", "Åsbygda", "Øvre Sæter", "Stordalen",
    "Bekkefaret", "Rognlia", "Leirvollen", "Skjærgata", "Fjordgløtt", "Ekornskogen", "Møllesvingen", "Prestejordet",
    "Sagtomta", "Ørnehaugen", "Indre Nes", "Sjøbadet", "Gamlebrua", "Lillevann",
)  # fmt: skip
_TALL: Mapping[str, tuple[int, int]] = {"lite": (4, 24), "tall": (3, 96), "stort": (110, 980), "aar": (1958, 2014)}


@dataclass(frozen=True, slots=True)
class Tema:
    """What cases of one kind are about. `komite`: the committee that prepares them.

    `titler`: noun phrases; `fakta`, `hensyn`: sentences; `tiltak`: paragraphs to decide, of the body `{organ}`;
    `oensker`: additions that a party may move.
    """

    enhet: str
    komite: str
    titler: tuple[str, ...]
    fakta: tuple[str, ...]
    hensyn: tuple[str, ...]
    tiltak: tuple[str, ...]
    oensker: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spraak:
    """A language form (nb or nn): its themes, its sentences by kind, and what proposals are called."""

    maalform: str
    temaer: tuple[Tema, ...]
    setninger: Mapping[str, tuple[str, ...]]
    betegnelser: Mapping[str, str]


class Forteller:
    """Tells one case: the same place and body throughout, numbers and phrases drawn anew for each slot."""

    def __init__(self, spraak: Spraak, rng: random.Random, **faste: str) -> None:
        self.setninger = spraak.setninger
        self._faste = faste
        self._rng = rng

    def fyll(self, mal: str, **faste: str) -> str:
        """The template with every slot filled. Raises `KeyError` on an unknown slot."""
        return _SLOT.sub(lambda slot: faste.get(slot[1]) or self._verdi(slot[1]), mal)

    def en(self, slag: str, **faste: str) -> str:
        """One sentence of a kind."""
        return self.fyll(self._rng.choice(self.setninger[slag]), **faste)

    def flere(self, maler: tuple[str, ...], antall: int) -> list[str]:
        """`antall` different sentences out of `maler`, or all there are."""
        return [self.fyll(mal) for mal in self._rng.sample(maler, min(antall, len(maler)))]

    def avsnitt(self, slag: str, antall: int) -> str:
        """One paragraph of `antall` different sentences of a kind."""
        return " ".join(self.flere(self.setninger[slag], antall))

    def _verdi(self, navn: str) -> str:
        if navn in self._faste:
            return self._faste[navn]
        if navn in _TALL:
            return str(self._rng.randint(*_TALL[navn]))
        return self.fyll(self._rng.choice(self.setninger[navn]))
