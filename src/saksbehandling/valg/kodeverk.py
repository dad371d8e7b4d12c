"""The code lists of elections. Values are stored; never rename one."""

from __future__ import annotations

from enum import StrEnum


class Valgform(StrEnum):
    """How a body elects (kommuneloven §§ 7-4 to 7-8; 1992 §§ 35 to 38 a)."""

    FLERTALLSVALG = "flertallsvalg"
    FORHOLDSVALG = "forholdsvalg"
    AVTALEVALG = "avtalevalg"


class Kjoenn(StrEnum):
    """The legal gender, since the law asks for balance in it."""

    KVINNE = "kvinne"
    MANN = "mann"


class Verv(StrEnum):
    """What a candidate was elected as."""

    MEDLEM = "medlem"
    VARAMEDLEM = "varamedlem"
