"""The code lists of meetings. Values are stored; never rename one."""

from __future__ import annotations

from enum import StrEnum


class Moetestatus(StrEnum):
    """Where a meeting stands, from the calendar to the archive."""

    PLANLAGT = "planlagt"
    INNKALT = "innkalt"
    SATT = "satt"
    HEVET = "hevet"
    AVHOLDT = "avholdt"
    AVLYST = "avlyst"


class Moetehendelse(StrEnum):
    """What happens to a meeting."""

    INNKALL = "innkall"
    SETT = "sett"
    HEV = "hev"
    AVSLUTT = "avslutt"
    AVLYS = "avlys"


class Varastatus(StrEnum):
    """What became of calling a substitute to a meeting."""

    INNKALT = "innkalt"
    MOETER = "moeter"
    KAN_IKKE = "kan_ikke"
    IKKE_NOEDVENDIG = "ikke_noedvendig"  # the member could come after all


class Oppfoering(StrEnum):
    """How a case came on the agenda."""

    SAKSLISTE = "saksliste"  # with the summons
    ETTERSENDT = "ettersendt"  # after it, before the meeting was opened
    HASTESAK = "hastesak"  # raised in the meeting itself
