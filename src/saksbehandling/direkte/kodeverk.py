"""The code lists of a meeting that is held live. Values are stored; never rename one."""

from __future__ import annotations

from enum import StrEnum


class Innleggstype(StrEnum):
    """What somebody has the floor for."""

    INNLEGG = "innlegg"
    REPLIKK = "replikk"
    SVARREPLIKK = "svarreplikk"


class Talerstatus(StrEnum):
    """Where a request for the floor stands."""

    VENTER = "venter"
    TALER = "taler"
    FERDIG = "ferdig"
    STROEKET = "strøket"


class Direktehendelse(StrEnum):
    """What changed in a meeting, in the order of its change log."""

    STARTET = "startet"
    AVSLUTTET = "avsluttet"
    SAK_TATT_OPP = "sak_tatt_opp"
    SAK_ENDRET = "sak_endret"
    KLUBBET = "klubbet"
    DOERENE = "dørene"
    FRAMMOETE = "frammøte"
    TALERLISTE = "talerliste"
    TALETID = "taletid"
    VOTERING_AAPNET = "votering_åpnet"
    VOTERING_LUKKET = "votering_lukket"
    VOTERING_AVBRUTT = "votering_avbrutt"
    STEMME = "stemme"
